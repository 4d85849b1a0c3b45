"""The whole chain from the command line: workbook, plan, check, and the same bytes again."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from planner.cli import main
from planner.cli.planning import rule_of
from planner.domain.estate import Estate
from planner.domain.records import Assumption, Building, Header, Rule, Team
from planner.errors import InvalidInput
from planner.importers.attendance import read_attendance
from planner.importers.workbook import estate_bytes
from tests.estates import estate, floor, seat, team
from tests.samples import samples_dir

FILES = {"plan.json", "proposal.pdf", "model.xlsx", "moves.csv", "moves.ics"}
"""Of a plan whose moves have dates."""


def run(*arguments: object) -> int:
    return main([str(one) for one in arguments])


def workbook(folder: Path, given: Estate) -> Path:
    file = folder / "estate.xlsx"
    file.write_bytes(estate_bytes(given))
    return file


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """Return a folder with the documents of the small estate."""
    folder = tmp_path_factory.mktemp("chain")
    book = workbook(folder, estate())
    assert run("plan", book, "--out", folder / "out", "--seconds", 5) == 0
    return folder


def test_a_plan_yields_its_files_and_nothing_else(made):
    assert {path.name for path in (made / "out").iterdir()} == FILES


def test_each_team_that_moves_gets_its_notice_where_asked(made, tmp_path):
    out = tmp_path / "out"
    asked = ("--seconds", 5, "--notices")
    assert run("plan", made / "estate.xlsx", "--out", out, *asked) == 0
    moved = {move["team"] for move in json.loads((out / "plan.json").read_text())["moves"]}
    notices = sorted((out / "notices").iterdir())
    assert {path.stem.partition("-")[2] for path in notices} == moved
    assert len(PdfReader(notices[0]).pages) == 1
    assert (out / "moves.ics").read_text().count("BEGIN:VEVENT") >= len(moved)


def test_the_plan_passes_the_check(made):
    assert run("check", made / "out/plan.json", made / "estate.xlsx") == 0


def test_one_seat_changed_by_hand_is_named(made, tmp_path, capsys):
    plan = json.loads((made / "out/plan.json").read_text())
    plan["placements"][0]["seats"][1] += 1
    changed = tmp_path / "plan.json"
    changed.write_text(json.dumps(plan))
    assert run("check", changed, made / "estate.xlsx") == 1
    said = capsys.readouterr().out
    assert f"team {plan['placements'][0]['team']}, Tuesday" in said


def test_the_same_inputs_and_seed_give_the_same_bytes(made, tmp_path):
    again = tmp_path / "again"
    assert run("plan", made / "estate.xlsx", "--out", again, "--seconds", 5) == 0
    for name in FILES:
        assert (again / name).read_bytes() == (made / "out" / name).read_bytes(), name


def test_each_period_gets_a_folder_that_passes_the_check(made, tmp_path, capsys):
    out = tmp_path / "out"
    periods = ("--stage", "now:6", "--stage", "next year:18:1.1")
    capsys.readouterr()
    assert (
        run("stages", made / "estate.xlsx", "--out", out, *periods, "--seconds", 1, "--json") == 0
    )
    said = json.loads(capsys.readouterr().out)
    assert [one["stage"] for one in said["stages"]] == ["now", "next year"]
    assert sum(one["npv"] for one in said["stages"]) == said["npv"]
    assert sorted(path.name for path in out.iterdir()) == ["1-now", "2-next-year"]
    for folder in out.iterdir():
        assert run("check", folder / "plan.json", folder / "estate.xlsx") == 0


def test_rules_that_conflict_end_with_status_1_and_no_files(tmp_path, capsys):
    rules = (
        Rule(rule="free_floor", subject="N1"),
        Rule(rule="fix_team", subject="a", object="N1"),
    )
    book = workbook(tmp_path, estate(rules=rules))
    assert run("plan", book, "--out", tmp_path / "out", "--seconds", 5) == 1
    assert "N1 must be freed" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_rule_with_a_number_holds_so_many_people_and_leaves_the_others(tmp_path, capsys):
    given = estate(teams=tuple(team(code, split_at_least=2) for code in "abcd"))
    book, out = workbook(tmp_path, given), tmp_path / "out"
    asked = ("--rule", "fix_team a S2 3", "--rule", "keep_floor N1", "--seconds", 5)
    assert run("plan", book, "--out", out, *asked) == 0
    plan = json.loads((out / "plan.json").read_text())
    assert {"rule": "fix_team", "subject": "a", "object": "S2", "value": 3, "reason": ""} in plan[
        "rules"
    ]
    there = [
        one["people"] for one in plan["placements"] if (one["team"], one["unit"]) == ("a", "S2")
    ]
    assert sum(there) >= 3
    assert run("check", out / "plan.json", book) == 0
    capsys.readouterr()
    assert run("plan", book, "--out", tmp_path / "none", "--rule", "fix_team a S2 9") == 2
    assert "enter 1 to 8" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_a_lock_of_this_run_alone_that_leaves_no_plan_is_named_with_its_number(tmp_path, capsys):
    book = workbook(tmp_path, estate())
    asked = ("--rule", "fix_team a S2 3", "--rule", "people_moved_at_most 2", "--seconds", 2)
    assert run("plan", book, "--out", tmp_path / "out", *asked) == 1
    said = capsys.readouterr().err
    assert "At least 3 people of Team a sit on S2" in said
    assert "At most 2 people may move." in said
    assert "fits in few units only" not in said
    assert "At most 0 people" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fix_team a N1 3 4", "enter a rule"),
        ("fix_team a", "enter a rule"),
        ("keep_floor N1 3", "enter a rule"),
        ("", "enter a rule"),
        ("fix_team a N1 many", "'many' is not a whole number"),
        ("fix_team a N1 -3", "'-3' is not a whole number"),
        ("people_moved_at_most ²", "'²' is not a whole number"),
        ("people_moved_at_most 12345678", "'12345678' is not a whole number"),
    ],
)
def test_a_rule_that_is_none_is_refused_with_what_to_enter(text, said):
    with pytest.raises(InvalidInput, match=f"--rule {re.escape(repr(text))}.*{re.escape(said)}"):
        rule_of(text)


def test_a_team_larger_than_every_floor_is_named(tmp_path, capsys):
    large = estate(teams=(team("a", 90),), seating=(seat("a", "N1", 90),), floors=(floor("N1"),))
    assert run("plan", workbook(tmp_path, large), "--out", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "a" in said
    assert "90" in said


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello"])
def test_an_unusable_workbook_ends_with_status_2(tmp_path, content, capsys):
    file = tmp_path / "estate.xlsx"
    file.write_bytes(content)
    assert run("plan", file, "--out", tmp_path / "out") == 2
    assert "estate.xlsx" in capsys.readouterr().err


def test_a_real_office_with_real_attendance_becomes_a_proposal(tmp_path):
    model = samples_dir() / "plans/ifc/Office_A_20110811.ifc"
    days = samples_dir() / "occupancy/sociopatterns/derived_InVS15_daily_presence_by_dept.csv"
    heads = read_attendance(days).headcounts
    figures = {
        "discount_rate": "0.05",
        "void_cost_per_m2_month": "3",
        "works_per_m2": "60",
        "move_cost_per_person": "300",
        "move_cost_elsewhere_per_person": "400",
        "m2_per_seat": "8",
    }
    real = Estate(
        header=Header(name="Office A", owner="Owner", country="FR", currency="EUR"),
        buildings=(
            Building(
                code="O",
                name="Office A",
                rent_per_m2_month=Decimal(20),
                running_cost_per_m2_month=Decimal(5),
            ),
        ),
        teams=tuple(Team(code=code, name=code, headcount=people) for code, people in heads.items()),
        assumptions=tuple(Assumption(key=k, value=v, source="test") for k, v in figures.items()),
    )
    book = workbook(tmp_path, real)
    out = tmp_path / "out"
    files = ("--plans", model, "--attendance", days)
    assert run("plan", book, "--out", out, "--seconds", 5, *files) == 0
    assert run("check", out / "plan.json", book, *files) == 0
    plan = json.loads((out / "plan.json").read_text())
    assert len(plan["allotments"]) == 12
    assert len(PdfReader(out / "proposal.pdf").pages) > 5
