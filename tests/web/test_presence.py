"""The views of attendance: calendar, who must be on site, what if, use of floors."""

import datetime as dt
from dataclasses import replace

import pytest

from planner.domain.attendance import attendance_from
from planner.i18n import speech_of
from planner.services import estates, presence
from planner.web.show.calendar import calendar_page
from tests.web.conftest import office

EN = speech_of("en")


def version(store, house):
    return str(estates.get_estate(store, house.people["ani"], house.estate).version)


def teams(store, house):
    return estates.get_estate(store, house.people["ani"], house.estate).estate.team_of


def test_the_checklist_of_a_department_is_stored_and_tells_who_must_come(ani, store, house):
    where = f"/estates/{house.estate}/attendance/on-site"
    done = ani.post(where, data={"of": "dept:Works", "ict_ready": "0.5", "remote_days": "5",
                                 "on_site_days": "Mon", "not_eligible": "",
                                 "version": version(store, house)})  # fmt: skip
    assert done.status_code == 303
    assert teams(store, house)["T1"].remote_days == 5
    assert teams(store, house)["T4"].remote_days is None
    page = ani.get(where).text
    assert "fixed weekday (Mon)" in page
    assert "not equipped to work elsewhere (Tue, Wed, Thu, Fri)" in page


def test_a_tie_keeps_the_whole_team_and_may_be_required_of_plans(ani, store, house):
    where = f"/estates/{house.estate}/attendance/on-site"
    ani.post(where, data={"of": "team:T5", "tie": ["counter", "supervision"],
                          "version": version(store, house)})  # fmt: skip
    assert teams(store, house)["T5"].tied_to == "counter, supervision"
    assert "public counter" in ani.get(where).text
    ani.post(f"{where}/require", data={"version": version(store, house)})
    assert teams(store, house)["T5"].min_on_site == 1
    assert teams(store, house)["LOKET"].min_on_site == 0  # its class keeps it already


@pytest.mark.parametrize(
    ("data", "words"),
    [({"on_site_days": "Someday"}, "no weekday"), ({"remote_days": "9"}, "remote_days"),
     ({"ict_ready": "much"}, "ict_ready")],
)  # fmt: skip
def test_a_checklist_that_makes_no_sense_is_refused_whole(ani, store, house, data, words):
    before = teams(store, house)["T1"]
    answer = ani.post(
        f"/estates/{house.estate}/attendance/on-site",
        data={"of": "team:T1", "version": version(store, house)} | data,
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert teams(store, house)["T1"] == before


@pytest.mark.parametrize(("who", "status"), [("budi", 403), ("citra", 404)])
def test_only_a_planner_changes_the_mapping(client_as, house, who, status):
    for tail in ("on-site", "on-site/require"):
        where = f"/estates/{house.estate}/attendance/{tail}"
        assert client_as(who).post(where, data={"version": "1"}).status_code == status


def test_what_if_answers_at_once_and_ignores_nonsense(ani, house):
    where = f"/estates/{house.estate}/attendance/what-if"
    assert "All teams together need" in ani.get(where).text
    assert "That would need" in ani.get(f"{where}?remote_days=1&stagger=yes&growth=10").text
    for nonsense in ("level=many", "growth=1e999", "remote_days=NaN", "level="):
        assert ani.get(f"{where}?{nonsense}").status_code == 200


def test_use_shows_floors_and_gives_the_use_it_table(ani, store, house):
    where = f"/estates/{house.estate}/attendance"
    assert "use-it.csv" not in ani.get(f"{where}/use").text
    days = b"date,floor,peak\n2026-11-02,N1,7\n2026-11-03,N1,9\n"
    actor = house.people["ani"]
    file = presence.receive(store, actor, house.estate, days, "floors.csv", "Sensors")
    presence.confirm(store, actor, house.estate, file, int(version(store, house)))
    page = ani.get(f"{where}/use").text
    assert "use-it.csv" in page
    table = ani.get(f"{where}/use-it.csv").text.splitlines()
    assert table[0] == "space_id,date,occupancy,usable_area_sqft"
    assert table[1].startswith("N1,2026-11-02,7,")


def shown(change, chosen="all", **fields):
    estate = office()
    rows = [(one.date, one.team, one.present) for one in estate.attendance.records()]
    estate = replace(estate, attendance=attendance_from(change(rows)), **fields)
    return calendar_page(estate, attendance_from([]), None, chosen, EN)


def test_a_day_nobody_counted_is_a_gap_and_one_with_too_many_is_impossible():
    gone = dt.date(2026, 9, 9)
    full = shown(lambda rows: rows)
    gap = shown(lambda rows: [row for row in rows if row[0] != gone])
    assert (full.counts["gap"], gap.counts["gap"]) == (0, 1)
    assert "Wed" in gap.odd[0][0] or "9 Sep" in gap.odd[0][0]
    many = shown(lambda rows: [(day, team, 90 if day == gone else people)
                               for day, team, people in rows])  # fmt: skip
    assert many.counts["impossible"] == 1


def test_a_team_of_four_is_shown_with_its_department_only():
    small = tuple(
        team.model_copy(update={"headcount": 4}) if team.code == "T1" else team
        for team in office().teams
    )
    keys = {key for key, _ in shown(lambda rows: rows, teams=small).options}
    assert "team:T1" not in keys
    assert {"team:T2", "dept:Works", "all"} <= keys
    assert shown(lambda rows: rows, "team:T1", teams=small).chosen == "all"
