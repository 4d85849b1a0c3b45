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
    assert "4 not equipped to work elsewhere; 4 fixed weekday (Mon)" in page


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


def test_a_post_is_stored_changed_and_taken_away_and_tells_who_must_come(ani, store, house):
    where = f"/estates/{house.estate}/attendance/on-site"

    def send(**data):
        sent = {"team": "T1", "post": "Cashier", "version": version(store, house)} | data
        return ani.post(f"{where}/post", data=sent)

    assert send(people="3", mark=["discipline", "counter"]).status_code == 303
    assert teams(store, house)["T1"].posts == "3 Cashier: counter, discipline"
    page = ani.get(where).text
    assert "3 public counter" in page
    assert "Cashier" in page
    send(people="2", mark=["new"], days="1")
    send(people="1", post="Driver", days="1")
    assert teams(store, house)["T1"].posts == "2 Cashier: new, 1 days; 1 Driver: 1 days"
    send(people="0")
    assert teams(store, house)["T1"].posts == "1 Driver: 1 days"
    for wrong in ({"people": "many"}, {"people": "3", "post": " "}, {"people": "3", "days": "9"},
                  {"people": "30"}):  # fmt: skip
        assert send(**wrong).status_code == 422, wrong
    assert teams(store, house)["T1"].posts == "1 Driver: 1 days"


def test_a_department_rules_its_teams_and_blank_takes_the_rules_away(ani, store, house):
    where = f"/estates/{house.estate}/attendance/on-site"

    def send(**data):
        sent = {"department": "Works", "version": version(store, house)} | data
        return ani.post(f"{where}/agency", data=sent)

    assert send(remote_days="1", on_site_days="Thu 75%").status_code == 303
    page = ani.get(where).text
    assert "at most 1 day elsewhere a week" in page
    assert "Thu 75%" in page
    assert send(remote_days="9").status_code == 422
    assert send(on_site_days="Someday").status_code == 422
    send(remote_days="", on_site_days="")
    header = estates.get_estate(store, house.people["ani"], house.estate).estate.header
    assert header.agencies is None


@pytest.mark.parametrize(("who", "status"), [("budi", 403), ("citra", 404)])
def test_only_a_planner_changes_the_mapping(client_as, house, who, status):
    for tail in ("on-site", "on-site/require", "on-site/post", "on-site/agency"):
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


def stored(store, house, data, name):
    actor = house.people["ani"]
    file = presence.receive(store, actor, house.estate, data, name, "Sensors")
    presence.confirm(store, actor, house.estate, file, int(version(store, house)))


def test_a_use_it_file_goes_in_and_out_again_with_its_usable_area(ani, store, house):
    where = f"/estates/{house.estate}/attendance"
    text = (
        "space_id,date,occupancy,usable_area_sqft\nN1,2026-11-02,7,3000.0\nN1,2026-11-03,9,3000.0\n"
    )
    stored(store, house, text.encode(), "use-it.csv")
    floor = estates.get_estate(store, house.people["ani"], house.estate).estate.floor_of["N1"]
    assert floor.usable_area_m2 is not None
    assert round(floor.usable_area_m2) == 279
    assert ani.get(f"{where}/use-it.csv").text == text
    page = ani.get(f"{where}/use").text
    assert "679 m²" in page or "679\u00a0m²" in page  # 279 stated, two floors of 200 let
    assert "Two years are not on record yet" in page


def test_sensor_hours_are_shown_floor_by_floor(ani, store, house):
    lines = [f"2026-11-0{day} {hour:02}:00,N1,{hour}" for day in (2, 3) for hour in range(8, 18)]
    data = "time,floor,count\n" + "\n".join(lines) + "\n"
    actor = house.people["ani"]
    file = presence.receive(store, actor, house.estate, data.encode(), "s.csv", "Sensors")
    found = presence.review(store, actor, house.estate, file)
    presence.say(store, actor, house.estate, file, replace(found.said, clock="local"))
    presence.confirm(store, actor, house.estate, file, int(version(store, house)))
    page = ani.get(f"/estates/{house.estate}/attendance/use").text
    assert "People by hour" in page
    assert '<th class="num">17</th>' in page
    assert ">17</td>" in page


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
    assert {"team:T1+1", "team:T3", "dept:Works", "all"} <= keys
    assert shown(lambda rows: rows, "team:T1", teams=small).chosen == "all"
