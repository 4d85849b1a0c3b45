"""What the page of a run without a plan says of rules, those of the run alone among them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.db.tables import StudyRow
from planner.domain.records import Rule
from planner.domain.study import Clash, NoPlanStudy, Way
from planner.jobs import claim_next, finish
from planner.optimise.options import Options
from planner.services import estates, plans
from tests.estates import estate
from tests.jobs.test_runs import STALE

FEW = Rule(rule="people_moved_at_most", value=200)
LOCK = Rule(rule="fix_team", subject="a", object="S2", value=3)


@pytest.mark.parametrize("own", [True, False])
def test_locks_and_limits_are_told_as_they_are_whoever_laid_them_down(ani, house, store, own):
    actor, rules = house.people["ani"], (FEW, LOCK)
    given = estate() if own else replace(estate(), rules=rules)
    stored = estates.add_estate(store, actor, given)
    options = Options(name="None", seconds=1, rules=rules if own else ())
    run = plans.start_plan(store, actor, stored.estate_id, options)
    claim = claim_next(store, "w1", STALE)
    study = NoPlanStudy(
        estate_hash=given.hash,
        clashes=(Clash(rule="place", teams=("a",)), Clash(rule="churn")),
        minimal=True,
        ways=(
            Way(rule="people_moved_at_most", value=5),
            Way(rule="fix_team", subject="a", object="S2", value=4),
        ),
    )
    with store.writing(actor.owner) as scope:
        finish(scope, claim, "failed", store.now(), problem="none")
        scope.add(StudyRow(run_id=run, content=study.to_json(), made_at=store.now()))
    for page in (f"/runs/{run}", f"/runs/{run}/live"):
        said = ani.get(page).get_data(as_text=True)
        assert said.count("At least 3 people of Team a sit on S2") == 2
        assert "At most 200 people may move." in said
        assert "At most 200 people move<" in said
        assert "fits in few units only" not in said
