"""Attendance of fewer than five people is shown nowhere, to nobody, in neither language."""

import io
from dataclasses import replace

import openpyxl
import pytest

from planner.domain.privacy import Shown
from planner.services import estates
from planner.services.access import Right, Role
from planner.services.shown import team_days, to_take_away
from tests.web.conftest import office


def with_a_small_team():
    """T1 has four people; its department has T2 and T3 beside it."""
    found = office()
    small = {"T1": {"headcount": 4}}
    teams = tuple(one.model_copy(update=small.get(one.code, {})) for one in found.teams)
    seating = tuple(
        one.model_copy(update={"people": 4}) if one.team == "T1" else one for one in found.seating
    )
    moved = tuple(
        one.model_copy(update={"floor": "N1" if one.team == "LOKET" else "N3"})
        if one.team in {"LOKET", "T1"}
        else one
        for one in seating
    )
    days = found.attendance
    at = days.teams.index("T1")
    present = days.present.copy()
    present[:, at] = present[:, at].clip(max=4)
    table = type(days)(days.days, days.teams, present, days.known.copy())
    return replace(found, teams=teams, seating=moved, attendance=table)


@pytest.fixture
def small(store, house):
    stored = estates.add_estate(store, house.people["ani"], with_a_small_team())
    return stored.estate_id


def test_no_page_of_attendance_has_a_row_of_a_small_team(ani, small) -> None:
    label = next(one.label for one in Shown(with_a_small_team()).groups if one.merged)
    assert "T1" in label
    for tail in ("", "/on-site"):
        page = ani.get(f"/estates/{small}/attendance{tail}").text
        assert f">{label}</td>" in page or f">{label}<" in page, tail
        assert "<td>T1</td>" not in page
        assert ">T1</a></td>" not in page
    calendar = ani.get(f"/estates/{small}/attendance/calendar").text
    assert 'value="team:T1"' not in calendar
    assert 'value="team:T1+1"' in calendar


@pytest.mark.parametrize(("who", "whole"), [("ani", True), ("sari", True), ("budi", False)])
def test_raw_counts_go_to_those_who_enter_or_check_them_only(store, house, who, whole) -> None:
    actor, estate = house.people[who], with_a_small_team()
    teams = {one.team for one in team_days(actor, estate)}
    assert ("T1" in teams) is whole
    assert ("T1+1" in teams) is not whole
    taken = to_take_away(actor, estate).attendance.teams
    assert ("T1" in taken) is whole
    # The team that joined the small one stays out too, or the sum on a page less it would tell.
    assert len(taken) == (7 if whole else 5)


def test_a_viewer_takes_away_a_workbook_without_small_teams(client_as, small) -> None:
    def days_of(who):
        answer = client_as(who).get(f"/estates/{small}/workbook.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(answer.data), read_only=True)
        return {row[1] for row in book["attendance"].iter_rows(values_only=True)}

    assert "T1" in days_of("ani")
    assert "T1" not in days_of("budi")
    assert "T4" in days_of("budi")


def test_a_token_for_seeing_alone_is_a_viewer(house) -> None:
    ani = house.people["ani"]
    assert Role.VIEWER not in ani.roles
    seeing = replace(ani, scopes=frozenset({Right.SEE}))
    assert "T1" not in {one.team for one in team_days(seeing, with_a_small_team())}
