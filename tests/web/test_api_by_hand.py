"""The API answers for locks, moves by hand and studies as the pages do."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace

import pytest

from planner.cli import restack
from planner.demand.model import demand_of
from planner.domain.records import Rule
from planner.finance.values import values_of
from planner.optimise.again import Again
from planner.optimise.options import Options
from planner.services import plans
from planner.services.asked import options_of
from planner.web.show.changes import Change, changed_plan
from solver.outcome import Outcome, Status
from solver.params import Params
from solver.restack.solution import solution_to_json
from tests.web.conftest import office
from tests.web.test_api import api, token  # noqa: F401  fixtures


def first(solved):
    return next(one for one in solved.placements if one.team.startswith("T"))


def test_a_run_takes_locks_and_a_plan_to_start_from(api, house, token, store, solved) -> None:  # noqa: F811
    rules = [{"rule": "keep_floor", "subject": "N1"},
             {"rule": "fix_team", "subject": "T1", "object": "N1", "reason": "Lab"}]  # fmt: skip
    at = f"/api/v1/estates/{house.estate}/runs"
    sent = api.post(
        at, headers=token("ani"), json={"name": "L", "rules": rules, "start": house.plan}
    )
    assert sent.status_code == 202
    from planner.db.tables import RunRow  # noqa: PLC0415

    with store.reading(house.people["ani"].owner) as scope:
        params = scope.one(RunRow, "run", id=sent.json["id"]).params
    assert params["start"] == house.plan
    assert options_of(params, "L").rules == tuple(Rule(**one) for one in rules)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"rules": [{"rule": "keep_floor", "subject": "Z9"}]}, 422),
        ({"rules": [{"rule": "keep_floor", "subject": "N1\x08"}]}, 422),
        ({"rules": [{"rule": "no_moves", "subject": "2027-01-01"}]}, 422),
        ({"rules": [{"rule": "people_moved_at_most"}]}, 422),
        ({"start": "nothing"}, 404),
    ],
)
def test_a_lock_on_nothing_is_refused(api, house, token, changes, status) -> None:  # noqa: F811
    at = f"/api/v1/estates/{house.estate}/runs"
    answer = api.post(at, headers=token("ani"), json={"name": "L", **changes})
    assert answer.status_code == status


@pytest.mark.parametrize("target", [unit.id for unit in office().units])
def test_moves_are_judged_as_on_the_stack_plan(api, house, token, solved, target) -> None:  # noqa: F811
    one = first(solved)
    answer = api.post(
        f"/api/v1/plans/{house.plan}/judge",
        headers=token("ani", "see"),
        json={"moves": [{"team": one.team, "origin": one.unit, "target": target}]},
    )
    assert answer.status_code == 200
    then = changed_plan(solved, [Change(one.team, one.unit, target)], values_of(office()))
    assert set(answer.json["freed"]) == then.freed_units
    assert answer.json["people_moved"] == then.people_moved
    if not answer.json["problems"]:
        assert answer.json["bound"] == solved.bound
        assert answer.json["value"] <= solved.bound
    else:
        assert answer.json["bound"] is None
        assert all(one["where"] and one["message"] for one in answer.json["problems"])


@pytest.mark.parametrize("target", [unit.id for unit in office().units])
def test_the_bare_check_finds_the_same_value_and_the_same_fault(
    api,  # noqa: F811
    house,
    token,  # noqa: F811
    solved,
    target,
    tmp_path,
    capsys,
) -> None:
    one = first(solved)
    told = api.post(
        f"/api/v1/plans/{house.plan}/judge",
        headers=token("ani", "see"),
        json={"moves": [{"team": one.team, "origin": one.unit, "target": target}]},
    ).json
    demand = demand_of(office(), level=solved.level, seed=solved.seed)
    again = Again(office(), demand, values_of(office()), Options(), 1)
    then = again.at(changed_plan(solved, [Change(one.team, one.unit, target)], again.worth))
    cost = again.today - told["value"]
    plan = replace(then, cost=cost)
    outcome = Outcome(Status.FEASIBLE, plan, cost, None, 0.0)
    files = [tmp_path / "instance.json", tmp_path / "solution.json"]
    document = solution_to_json(outcome, Params(seconds=1, workers=1, seed=1))
    files[0].write_text(json.dumps(again.instance().to_json()))
    files[1].write_text(json.dumps(document))
    parser = argparse.ArgumentParser()
    restack.add_commands(parser.add_subparsers(required=True))
    asked = parser.parse_args(["restack-check", *map(str, files)])
    assert asked.func(asked) == (1 if told["problems"] else 0)
    lines = capsys.readouterr().out.splitlines()
    assert not any(line.startswith("cost") for line in lines)
    document["cost"] = cost + 1
    files[1].write_text(json.dumps(document))
    assert asked.func(asked) == 1
    assert any(line.startswith("cost") for line in capsys.readouterr().out.splitlines())


def test_moves_of_what_is_not_there_are_refused_each(api, house, token) -> None:  # noqa: F811
    moves = [{"team": "NO", "origin": "N1", "target": "N2"},
             {"team": "T1", "origin": "Z8", "target": "Z9"}]  # fmt: skip
    answer = api.post(
        f"/api/v1/plans/{house.plan}/judge", headers=token("ani"), json={"moves": moves}
    )
    assert answer.status_code == 422
    assert [detail.split(": ")[0] for detail in answer.json["details"]] == [
        "move 1", "move 2", "move 2",
    ]  # fmt: skip


@pytest.mark.parametrize(("who", "status"), [("ani", 200), ("budi", 200), ("citra", 404)])
def test_a_viewer_may_judge_and_an_outsider_may_not(api, house, token, who, status) -> None:  # noqa: F811
    at = f"/api/v1/plans/{house.plan}/judge"
    assert api.post(at, headers=token(who, "see"), json={"moves": []}).status_code == status


def test_a_study_is_asked_for_and_read(api, house, token, store) -> None:  # noqa: F811
    at, head = f"/api/v1/plans/{house.plan}/study", token("ani")
    assert api.get(at, headers=head).json == {
        "run_id": None, "open": False, "problem": None, "study": None,
    }  # fmt: skip
    sent = api.post(at, headers=head, json={"seconds": 5})
    assert api.get(at, headers=head).json["open"] is True
    assert plans.run_state(store, house.people["ani"], sent.json["id"]).kind == "study"
