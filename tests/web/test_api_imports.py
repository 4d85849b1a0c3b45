"""Long files that a program sends are left to a worker: an address at once, the same errors."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from planner.db.store import EVERY_OWNER
from planner.db.tables import DayFileRow
from planner.jobs import claim_next
from planner.services import estates, presence, tokens
from planner.services.uploads import takes_long
from tests.web.conftest import office, take_in

if TYPE_CHECKING:
    from collections.abc import Callable

DAYS = b"date,team,present\n2026-11-02,T1,5\n2026-11-03,T1,4\n"


@pytest.fixture(autouse=True)
def every_file_is_long(monkeypatch) -> None:
    monkeypatch.setattr("planner.services.uploads._LONG", 0)
    assert takes_long("a.csv", 1)


@pytest.fixture
def head(store, house) -> Callable[[str], dict[str, str]]:
    def of(who: str) -> dict[str, str]:
        actor = house.people[who]
        able = [one for one in ("see", "edit") if actor.may(one)]
        return {"Authorization": f"Bearer {tokens.create(store, actor, 'x', able, 1)}"}

    return of


def kept(store, estate: str) -> list[str]:
    """Return the attendance files of an estate of which anything but the name is kept."""
    with store.reading(EVERY_OWNER) as scope:
        rows = scope.execute(select(DayFileRow).filter_by(estate_id=estate)).scalars()
        return [row.file_name for row in rows if row.content or row.look or row.said]


def test_a_long_workbook_becomes_an_estate_once(app, house, store, head) -> None:
    api, ani = app.test_client(), house.people["ani"]
    book = estates.export_workbook(store, ani, house.estate)
    keyed = head("ani") | {"Idempotency-Key": "nightly"}
    asked = api.post("/api/v1/workbooks?filename=copy.xlsx", headers=keyed, data=book)
    assert asked.status_code == 202
    assert (asked.json["state"], asked.json["estate_id"]) == ("queued", None)
    again = api.post("/api/v1/workbooks?filename=copy.xlsx", headers=keyed, data=book)
    assert (again.status_code, again.json) == (202, asked.json)
    address = asked.json["address"]
    for who in ("budi", "sari", "citra"):
        expected = 404 if who == "citra" else 403
        assert api.get(address, headers=head(who)).status_code == expected
        assert api.post(f"{address}/stop", headers=head(who)).status_code == expected
    assert take_in(store) == 1
    done = api.get(address, headers=head("ani")).json
    assert (done["state"], done["problems"]) == ("done", [])
    made = estates.get_estate(store, ani, done["estate_id"]).estate
    assert made.hash == office().hash
    assert done["stored"] > 10


def test_what_is_wrong_is_told_as_in_a_request(app, house, store, head, monkeypatch) -> None:
    api, headers = app.test_client(), head("ani")
    address = api.post("/api/v1/workbooks?filename=x.xlsx", headers=headers, data=b"no").json[
        "address"
    ]
    rows = DAYS + b"2026-11-04,T1,many\n"
    at = f"/api/v1/estates/{house.estate}/attendance/file?version=1&filename=d.csv"
    of_days = api.post(at, headers=headers, data=rows).json["address"]
    take_in(store)
    monkeypatch.setattr("planner.services.uploads._LONG", 10**9)
    at_once = api.post("/api/v1/workbooks?filename=x.xlsx", headers=headers, data=b"no")
    assert api.get(address, headers=headers).json["problems"] == at_once.json["details"]
    told = api.post(at, headers=headers, data=rows)
    assert told.status_code == 422
    found = api.get(of_days, headers=headers).json
    assert (found["state"], found["problems"]) == ("failed", told.json["details"])
    assert not {"d.csv"} & set(kept(store, house.estate))
    assert estates.get_estate(store, house.people["ani"], house.estate).version == 1


def test_long_days_are_stored_at_the_version_that_was_read(app, house, store, head) -> None:
    api, headers = app.test_client(), head("ani")
    at = f"/api/v1/estates/{house.estate}/attendance/file?filename=d.csv"
    asked = api.post(f"{at}&version=1", headers=headers, data=DAYS)
    assert asked.status_code == 202
    take_in(store)
    done = api.get(asked.json["address"], headers=headers).json
    assert (done["state"], done["stored"]) == ("done", 2)
    assert estates.get_estate(store, house.people["ani"], house.estate).version == 2


def test_a_long_look_is_a_run_that_says_what_a_short_one_says_at_once(
    app, house, store, head, monkeypatch
) -> None:
    api, headers, rows = (
        app.test_client(),
        head("ani"),
        DAYS + b"2026-11-04,T9,3\n2026-11-05,T1,many\n",
    )
    at = f"/api/v1/estates/{house.estate}/attendance/file?filename=look.csv"
    asked = api.post(at, headers=headers, data=rows)
    assert (asked.status_code, asked.json["what"], asked.json["look"]) == (202, "look", None)
    address = asked.json["address"]
    assert api.get(address, headers=headers).json["look"] is None
    take_in(store)
    done = api.get(address, headers=headers).json
    assert (done["state"], done["problems"], done["stored"]) == ("done", [], None)
    monkeypatch.setattr("planner.services.uploads._LONG", 10**9)
    at_once = api.post(at, headers=headers, data=rows)
    assert at_once.status_code == 200
    assert done["look"] == at_once.json
    assert (done["look"]["rows"], len(done["look"]["refused"])) == (4, 1)
    assert done["look"]["unknown"] == ["T9"]
    assert estates.get_estate(store, house.people["ani"], house.estate).version == 1
    for who, status in (("budi", 403), ("citra", 404)):
        assert api.get(address, headers=head(who)).status_code == status


def test_a_look_is_gone_once_its_file_is_decided_on(app, house, store, head) -> None:
    api, headers, ani = app.test_client(), head("ani"), house.people["ani"]
    at = f"/api/v1/estates/{house.estate}/attendance/file?filename=look.csv"
    address = api.post(at, headers=headers, data=DAYS).json["address"]
    take_in(store)
    (file,) = [
        one for one in presence.files(store, ani, house.estate) if one.file_name == "look.csv"
    ]
    presence.drop(store, ani, house.estate, file.id)
    found = api.get(address, headers=headers).json
    assert (found["state"], found["look"]) == ("done", None)


def test_a_long_file_that_cannot_be_looked_at_is_dropped_with_the_same_problems(
    app, house, store, head, monkeypatch
) -> None:
    api, headers = app.test_client(), head("ani")
    at = f"/api/v1/estates/{house.estate}/attendance/file?filename=odd.csv"
    address = api.post(at, headers=headers, data=b"what,ever\n1,2\n").json["address"]
    take_in(store)
    monkeypatch.setattr("planner.services.uploads._LONG", 10**9)
    told = api.post(at, headers=headers, data=b"what,ever\n1,2\n")
    found = api.get(address, headers=headers).json
    assert told.status_code == 422
    assert (found["state"], found["problems"]) == ("failed", told.json["details"])
    assert "odd.csv" not in kept(store, house.estate)


@pytest.mark.parametrize("begun", [False, True])
def test_days_that_a_program_stops_are_not_kept(app, house, store, head, begun) -> None:
    api, headers = app.test_client(), head("ani")
    at = f"/api/v1/estates/{house.estate}/attendance/file?version=1&filename=mine.csv"
    asked = api.post(at, headers=headers, data=DAYS).json
    before = kept(store, house.estate)
    assert "mine.csv" in before
    if begun:
        assert claim_next(store, "w1", dt.timedelta(seconds=20)) is not None
    api.post(f"{asked['address']}/stop", headers=headers)
    assert kept(store, house.estate) == [one for one in before if one != "mine.csv"]


def test_a_long_file_is_stopped(app, house, store, head) -> None:
    api, headers = app.test_client(), head("ani")
    asked = api.post("/api/v1/workbooks?filename=x.xlsx", headers=headers, data=b"no").json
    stopped = api.post(f"{asked['address']}/stop", headers=headers)
    assert stopped.json["state"] == "stopped"
    assert api.get("/api/v1/imports/none", headers=headers).status_code == 404
