"""The dated moves as calendar, list, notice and section."""

from __future__ import annotations

import csv
from functools import cache
from io import StringIO

import pytest

from planner.finance.values import values_of
from planner.i18n import speech_of
from planner.optimise.waves import Effort, date_moves
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.gantt import gantt, motion
from planner.reports.facts.scope import Scope
from planner.reports.facts.waves import waves_section
from planner.reports.icalendar import moves_ics
from planner.reports.moves import moves_csv
from planner.reports.sheets.notice import moved_teams, notice_sheet
from planner.services.chain import dossier_of
from planner.web.show.waves import after_wave
from tests.reports.campus import campus, nine_floors

ENGLISH, INDONESIAN = speech_of("en", "IDR"), speech_of("id", "IDR")


@cache
def dossier():
    plan = nine_floors()
    dated = date_moves(campus(), plan, values_of(campus()), Effort(seconds=2))
    return dossier_of(campus(), dated)


def test_the_calendar_is_well_formed() -> None:
    text = moves_ics(dossier(), INDONESIAN)
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")[:-1]
    assert all("\n" not in line and len(line.encode()) <= 75 for line in lines)
    whole = text.replace("\r\n ", "").split("\r\n")
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT")
    assert whole.count("BEGIN:VEVENT") == len(dossier().plan.schedule.legs)
    ids = [line for line in whole if line.startswith("UID:")]
    assert len(set(ids)) == len(ids)
    for name in ("DTSTAMP:", "DTSTART;VALUE=DATE:", "DTEND;VALUE=DATE:", "SUMMARY:", "LOCATION:"):
        assert sum(line.startswith(name) for line in whole) == len(ids)


def test_an_event_keeps_its_identity_in_another_language_and_on_another_day() -> None:
    def ids(text: str) -> set[str]:
        return {line for line in text.split("\r\n") if line.startswith("UID:")}

    assert ids(moves_ics(dossier(), ENGLISH)) == ids(moves_ics(dossier(), INDONESIAN))
    team = dossier().plan.schedule.legs[0].team
    assert ids(moves_ics(dossier(), ENGLISH, team)) < ids(moves_ics(dossier(), ENGLISH))


def test_the_list_for_movers_has_a_date_for_every_move() -> None:
    rows = list(csv.DictReader(StringIO(moves_csv(dossier(), ENGLISH))))
    assert len(rows) == len(dossier().plan.schedule.legs)
    for row in rows:
        assert row["first day"] < row["last day"]
        assert row["contact"]
        assert int(row["seats"]) <= int(row["people"])
    assert sum(int(row["people"]) for row in rows) == dossier().plan.people_moved


@pytest.mark.parametrize("speech", [ENGLISH, INDONESIAN])
def test_the_section_states_when_all_is_done(speech) -> None:
    section = waves_section(Scope(dossier()), speech)
    assert speech.long_date(dossier().plan.schedule.waves[-1].last) in section.title
    assert len(section.tables[0].rows) == len(dossier().plan.schedule.waves)
    assert len(section.tables[1].rows) == len(dossier().plan.freed)


def test_a_notice_names_the_days() -> None:
    team = moved_teams(dossier())[0]
    sheet = notice_sheet(dossier(), team, ENGLISH)
    leg = next(leg for leg in dossier().plan.schedule.legs if leg.team == team)
    assert ENGLISH.long_date(dossier().plan.schedule.wave(leg.wave).first) in sheet.lede
    assert sheet.figures[2].label == "Moves on"


def test_after_the_last_wave_the_stack_is_the_plan_and_never_too_full_before() -> None:
    plan, estate = dossier().plan, campus()
    last = len(plan.schedule.waves)
    assert after_wave(plan, last).taken == plan.taken
    today = after_wave(plan, 0).taken
    for number in range(last + 1):
        for unit, seats in after_wave(plan, number).taken.items():
            assert max(seats) <= max(estate.unit_of[unit].places, *today.get(unit, (0,)))
    assert after_wave(plan, last).freed_units == plan.freed_units


def test_the_drawings_name_every_wave_and_floor() -> None:
    scope = Scope(dossier())
    drawn = gantt(scope, ENGLISH, canvas=screen(800, "g"))
    assert drawn is not None
    for wave in dossier().plan.schedule.waves:
        assert f"Wave {wave.number}<" in drawn
    for unit in dossier().plan.freed:
        assert f">{unit.unit}<" in drawn
    assert motion(scope, ENGLISH, canvas=screen(800, "m")) is not None
