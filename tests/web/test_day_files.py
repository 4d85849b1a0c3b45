"""Attendance files on the site: looked at, said, stored once, dropped; nobody's names are kept."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from sqlalchemy import select

from planner.db.tables import DayFileRow, DaySourceRow
from planner.services import estates, presence
from tests.web.conftest import NOW

DAYS = "date,team,present\n2026-11-02,T1,5\n2026-11-02,Roads,4\n2026-11-03,T1,6\n"
BADGES = (
    "badge,department,event_time,door\n"
    "B1,T1,2026-11-02T17:30:00Z,P1\nB2,T1,2026-11-03 01:00:00Z,P1\n"
)


@pytest.fixture
def send(ani, house):
    """Return a function that uploads a file and returns the address it leads to."""

    def sent(text, name="days.csv", source="HR", client=ani):
        data = {"file": (io.BytesIO(text.encode()), name), "source": source}
        return client.post(
            f"/estates/{house.estate}/attendance/files", data=data,
            content_type="multipart/form-data",
        )  # fmt: skip

    return sent


def days_of(store, house):
    estate = estates.get_estate(store, house.people["ani"], house.estate).estate
    return {(f"{one.date}", one.team): one.present for one in estate.attendance.records()}


def version(store, house):
    return str(estates.get_estate(store, house.people["ani"], house.estate).version)


def test_a_file_is_looked_at_matched_and_stored_once(ani, store, house, send) -> None:
    before = days_of(store, house)
    where = send(DAYS).location
    page = ani.get(where).text
    assert "2 days of teams or floors are ready to be stored" in page
    assert "Roads" in page
    assert days_of(store, house) == before

    assert ani.post(where, data={"team-0": "T2", "column-0": "date", "column-1": "team",
                                 "column-2": "present"}).status_code == 303  # fmt: skip
    assert "3 days of teams or floors are ready" in ani.get(where).text
    done = ani.post(f"{where}/store", data={"version": version(store, house)})
    assert done.status_code == 303
    after = days_of(store, house)
    assert {key: after[key] for key in after.keys() - before.keys()} == {
        ("2026-11-02", "T1"): 5, ("2026-11-02", "T2"): 4, ("2026-11-03", "T1"): 6,
    }  # fmt: skip
    again = ani.get(send(DAYS).location).text
    assert "stored already" in again
    states = [one.state for one in presence.files(store, house.people["ani"], house.estate)]
    assert sorted(states) == ["stored", "waiting"]


def test_what_was_said_is_kept_for_the_next_file_of_the_source(ani, store, house, send) -> None:
    where = send(BADGES, "badges.csv", "Doors").location
    assert "time zone" in ani.get(where).text
    said = {"timezone": "Asia/Jakarta", "doors": "P1=N2", "team-0": ""}
    ani.post(where, data=said)
    page = ani.get(where).text
    assert "2 days of teams or floors are ready" in page  # one of T1, one of floor N2
    ani.post(f"{where}/store", data={"version": version(store, house)})
    assert days_of(store, house)["2026-11-03", "T1"] == 2
    floors = presence.floor_days(store, house.people["ani"], house.estate)
    assert [(f"{one.date}", one.team, one.present) for one in floors.records()] == [
        ("2026-11-03", "N2", 2)
    ]
    text = BADGES.replace("2026-11", "2026-10")
    assert "ready to be stored" in ani.get(send(text, "b2.csv", "Doors").location).text
    (source,) = presence.sources(store, house.people["ani"], house.estate)
    assert (source.name, source.said.timezone) == ("Doors", "Asia/Jakarta")


def test_a_roster_and_the_file_are_gone_once_days_are_stored(ani, store, house, send) -> None:
    where = send("badge,time\nB1,2026-11-03 08:00\n", "b.csv", "Doors").location
    ani.post(where, data={"clock": "local", "roster": "B1, ani.susanti, T1"})
    ani.post(f"{where}/store", data={"version": version(store, house)})
    assert days_of(store, house)["2026-11-03", "T1"] == 1
    with store.reading(house.people["ani"].owner) as scope:
        stored = select(DayFileRow).filter_by(state="stored")
        (file,) = scope.execute(stored).scalars()
        (source,) = scope.execute(select(DaySourceRow)).scalars()
        assert (file.content, file.state) == (b"", "stored")
        assert "susanti" not in f"{file.said}{source.said}"


def test_refused_rows_are_listed_and_nothing_is_stored(ani, store, house, send) -> None:
    before = days_of(store, house)
    where = send("date,team,present\n2026-11-02,T1,-5\n2026-11-03,T1,6\n").location
    page = ani.get(where).text
    assert "present -5 is below 0" in page
    assert f"{where}/store" not in page
    refused = ani.post(f"{where}/store", data={"version": version(store, house)})
    assert refused.status_code == 422
    assert days_of(store, house) == before


def test_a_file_can_be_dropped_and_is_gone(ani, store, house, send) -> None:
    where = send(DAYS).location
    assert ani.post(f"{where}/drop").status_code == 303
    assert ani.get(where).status_code == 409
    kept = presence.files(store, house.people["ani"], house.estate)
    assert where.rsplit("/", 1)[1] not in {one.id for one in kept}


@pytest.mark.parametrize(("who", "status"), [("budi", 403), ("citra", 404)])
def test_only_a_planner_of_the_owner_may_upload_or_look(
    client_as, house, send, who, status
) -> None:
    where = send(DAYS).location
    assert send(DAYS, client=client_as(who)).status_code == status
    assert client_as(who).get(where).status_code == status
    assert client_as(who).post(f"{where}/store", data={"version": "1"}).status_code == status


def test_an_answer_that_makes_no_sense_is_told_on_the_page(ani, send) -> None:
    where = send(DAYS).location
    ani.post(where, data={"first_day": "yesterday"})
    page = ani.get(where)
    assert page.status_code == 200
    assert "&#39;yesterday&#39;: write it like" in page.text


def test_a_waiting_file_is_forgotten_after_a_day(store, house, send) -> None:
    where = send(DAYS).location
    later = replace(store, now=lambda: NOW + dt.timedelta(days=2))
    presence.receive(later, house.people["ani"], house.estate, b"date,team\n", "x.csv", "HR")
    kept = presence.files(store, house.people["ani"], house.estate)
    assert where.rsplit("/", 1)[1] not in {one.id for one in kept}
