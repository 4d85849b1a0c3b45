"""Every contradiction is named with its place, and an estate without one is left alone."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from planner.domain.attendance import attendance_from
from planner.domain.consistency import Numbering, problems_of
from planner.domain.estate import Estate
from planner.domain.records import (
    Assumption,
    Building,
    Floor,
    Header,
    Near,
    Rule,
    Seating,
    Space,
    Team,
)

DAY = dt.date(2026, 11, 3)


def floor(code: str = "A1", **values: Any) -> Floor:
    given = {"building": "A", "level": 1, "lettable_area_m2": Decimal(100), "seats": 20}
    return Floor(code=code, **{**given, **values})


def team(code: str = "T", **values: Any) -> Team:
    return Team(code=code, **{"name": code, "headcount": 10, **values})


def sound(**changes: Any) -> Estate:
    """Return an estate of two floors and two teams in which nothing is wrong."""
    given = Estate(
        header=Header(name="E", owner="O", country="ID", currency="IDR"),
        buildings=(Building(code="A", name="A"),),
        floors=(floor("A1"), floor("A2")),
        teams=(team("T"), team("U")),
        seating=(
            Seating(team="T", floor="A1", people=10),
            Seating(team="U", floor="A2", people=9),
        ),
    )
    return replace(given, **changes)


def lines(given: Estate) -> list[str]:
    return [str(problem) for problem in problems_of(given)]


def rule(kind: str, subject: str = "", at: str = "", value: int | None = None) -> Rule:
    return Rule(rule=kind, subject=subject, object=at, value=value)


def test_a_sound_estate_has_no_problem() -> None:
    assert lines(sound()) == []


DIVIDED = (
    Space(floor="A1", number="1", unit="west", seats=8, drawn_area_m2=Decimal(40)),
    Space(floor="A1", number="2", unit="east", seats=12, declared_area_m2=Decimal(50)),
)
IN_WEST = (Seating(team="T", floor="A1", unit="west", people=8),)


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"buildings": (Building(code="A", name="A"),) * 2}, "sheet buildings, A", "already"),
        ({"floors": (floor(), floor(), floor("A2"))}, "sheet floors, A1", "already"),
        ({"floors": (floor(building="B"), floor("A2"))}, "column building", "no building B"),
        ({"teams": (team(), team("U"), team("U"))}, "sheet teams, U", "already"),
        (
            {"spaces": (Space(floor="A1", number="1"), Space(floor="A1", number="1"))},
            "sheet spaces, A1 1",
            "already",
        ),
        ({"spaces": (Space(floor="Z", number="1"),)}, "column floor", "no floor Z"),
        ({"seating": (Seating(team="X", floor="A1", people=1),)}, "column team", "no team X"),
        ({"seating": (Seating(team="T", floor="A1", people=1),) * 2}, "T A1", "already"),
        (
            {"seating": (Seating(team="T", floor="A1", unit="west", people=1),)},
            "column unit",
            "not divided",
        ),
        ({"seating": (Seating(team="T", floor="A1", people=11),)}, "headcount", "11 are seated"),
        ({"spaces": DIVIDED}, "column unit", "is divided; enter one of east, west"),
        (
            {"spaces": (*DIVIDED[:1], Space(floor="A1", number="2", seats=3)), "seating": IN_WEST},
            "sheet floors, A1, column seats",
            "its spaces have 11",
        ),
        (
            {
                "spaces": (DIVIDED[0], Space(floor="A1", number="2", unit="east", seats=12)),
                "seating": IN_WEST,
            },
            "lettable_area_m2",
            "east of floor A1 has no area",
        ),
        (
            {"floors": (floor(gross_area_m2=Decimal(99)), floor("A2"))},
            "lettable_area_m2",
            "100 m² can be let of a floor of 99 m² gross",
        ),
        ({"near": (Near(team="T", other="U"),)}, "column penalty", "no worth"),
        ({"near": (Near(team="T", other="T", kind="apart"),)}, "other", "same team"),
        (
            {"near": (Near(team="T", other="U", kind="apart"), Near(team="U", other="T"))},
            "sheet near, U T",
            "already",
        ),
        ({"rules": (rule("keep_floor", "T"),)}, "column subject", "no T of this kind"),
        ({"rules": (rule("free_floor"),)}, "column subject", "nothing is named"),
        ({"rules": (rule("fix_team", "T", "A"),)}, "column object", "needs a floor"),
        ({"rules": (rule("keep_floor", "A1", "A2"),)}, "column object", "uses no object"),
        ({"rules": (rule("people_moved_at_most"),)}, "column value", "how many may move"),
        ({"rules": (rule("keep_floor", "A1", value=3),)}, "column value", "clear 3"),
        ({"teams": (team(needs="vault"), team("U"))}, "column needs", "no floor has vault"),
        ({"teams": (team(headcount=21), team("U"))}, "sheet teams, T", "at least 21 seats"),
        (
            {"teams": (team(headcount=41, split_at_least=5), team("U"))},
            "sheet teams, T",
            "all floors it may use have 40",
        ),
        (
            {"teams": (team(), team("U")), "rules": (rule("never_in", "T", "A"),)},
            "sheet teams, T",
            "no floor may take team T",
        ),
        (
            {"teams": (team(attendance_rate=Decimal("0.6"), busiest_rate=Decimal("0.5")),)},
            "busiest_rate",
            "at least 0.6",
        ),
        (
            {"assumptions": (Assumption(key="void_months", value="soon"),)},
            "sheet assumptions, void_months, column value",
            "not a number",
        ),
        ({"assumptions": (Assumption(key="luck", value="1"),)}, "luck", "no such figure"),
        ({"attendance": attendance_from([(DAY, "X", 1)])}, "2026-11-03 X", "no team X"),
        ({"attendance": attendance_from([(DAY, "T", 12)])}, "column present", "but it has 10"),
    ],
)
def test_each_contradiction_is_named_with_its_place(
    changes: dict[str, Any], place: str, said: str
) -> None:
    found = lines(sound(**changes))
    assert any(place in line and said in line for line in found), found


@pytest.mark.parametrize(
    "changes",
    [
        {"attendance": attendance_from([(DAY, "T", 11)])},
        {"spaces": DIVIDED, "seating": IN_WEST, "rules": (rule("keep_floor", "A1/west"),)},
        {"teams": (team(headcount=20), team("U"))},
        {"teams": (team(headcount=40, split_at_least=5), team("U"))},
        {"teams": (team(headcount=40, attendance_rate=Decimal("0.5")), team("U"))},
        {"rules": (rule("people_moved_at_most", value=0),)},
        {"floors": (floor(gross_area_m2=Decimal(100)), floor("A2"))},
    ],
)
def test_what_just_fits_is_no_problem(changes: dict[str, Any]) -> None:
    assert lines(sound(**changes)) == []


def test_rows_are_said_where_they_are_known() -> None:
    given = sound(
        floors=(floor(), floor("A2"), floor("A2")), attendance=attendance_from([(DAY, "X", 1)])
    )
    rows = Numbering(rows={"floors": (4, 5, 9)}, team_day=lambda day, who: 17)
    found = [str(problem) for problem in problems_of(given, rows)]
    assert "sheet floors, row 9, column code: A2 is there already in row 5" in found[0]
    assert found[1].startswith("sheet attendance, row 17, column team: there is no team X")


def test_half_of_the_recorded_days_bound_the_seats_from_below() -> None:
    days = [(DAY + dt.timedelta(days=at), "T", people) for at, people in enumerate((19, 20, 60))]
    big = (team(headcount=60), team("U"))
    assert lines(sound(teams=big, attendance=attendance_from(days))) == []
    days = [(day, who, people + 2) for day, who, people in days]
    found = lines(sound(teams=big, attendance=attendance_from(days)))
    assert len(found) == 1
    assert "needs at least 22 seats together" in found[0]


def test_ten_thousand_present_beyond_the_headcount_are_counted_not_listed() -> None:
    days = [(DAY + dt.timedelta(days=at), "T", 50) for at in range(100)]
    found = lines(sound(teams=(team(), team("U")), attendance=attendance_from(days)))
    assert sum("but it has 10" in line for line in found) == 20
    assert any("80 more team-days" in line for line in found)


@pytest.mark.parametrize(("largest", "refused"), [(20, False), (21, True)])
def test_only_people_who_sit_together_today_must_fit_on_one_floor(largest, refused) -> None:
    parts = (("A1", largest), ("A2", 10))
    found = lines(
        sound(
            teams=(team(headcount=largest + 10),),
            seating=tuple(Seating(team="T", floor=at, people=people) for at, people in parts),
            rules=(rule("fix_team", "T/A2", "A2"),),
        )
    )
    assert [one for one in found if "together" not in one] == []
    assert len(found) == refused
    assert all("needs at least 21 seats together" in one for one in found)


def test_rules_that_leave_a_team_no_floor_are_named() -> None:
    rules = (rule("fix_team", "T", "A1"), rule("never_in", "T", "A1"))
    found = [one for one in lines(sound(rules=rules)) if "no floor may take" in one]
    assert len(found) == 1
    assert "the rules about it (fix_team A1, never_in A1) leave none" in found[0]
