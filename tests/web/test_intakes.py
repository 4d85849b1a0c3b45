"""A long file on the site: waited for on a page of its own, with or without scripts."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest

from planner.jobs import Pulse, claim_next
from planner.services import estates, taking_in, uploads
from planner.services.making import carry_out
from tests.services.test_taking_in import spoilt
from tests.web.conftest import take_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from planner.db.store import Store
    from tests.web.conftest import House


@pytest.fixture(autouse=True)
def everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_LONG", 0)


@pytest.fixture
def book(store: Store, house: House) -> bytes:
    return estates.export_workbook(store, house.people["ani"], house.estate)


def send(client: FlaskClient, where: str, data: bytes, name: str, **more: str) -> TestResponse:
    form = {"file": (io.BytesIO(data), name), **more}
    return client.post(where, data=form, content_type="multipart/form-data")


def test_a_long_workbook_is_waited_for_then_stored_and_the_bell_tells(
    ani: FlaskClient, house: House, store: Store, book: bytes
) -> None:
    before = estates.get_estate(store, house.people["ani"], house.estate).version
    where = f"/estates/{house.estate}/upload/workbook"
    answer = send(ani, where, book, "estate.xlsx", version=str(before))
    assert answer.status_code == 303
    page = ani.get(answer.location)
    assert page.status_code == 200
    assert "estate.xlsx waits to be read" in page.text
    assert '<meta http-equiv="refresh"' in page.text
    assert "Stop, store nothing" in page.text
    assert estates.get_estate(store, house.people["ani"], house.estate).version == before
    assert "HX-Redirect" not in ani.get(f"{answer.location}/live").headers
    take_in(store)
    assert ani.get(f"{answer.location}/live").headers["HX-Redirect"] == answer.location
    assert "estate.xlsx" in ani.get("/estates").text
    done = ani.get(answer.location)
    assert done.location == f"/estates/{house.estate}/data"
    assert "records were stored" in ani.get(done.location).text
    assert estates.get_estate(store, house.people["ani"], house.estate).version == before + 1


def test_a_refused_workbook_lists_everything_that_is_wrong(
    ani: FlaskClient, store: Store, book: bytes
) -> None:
    answer = send(ani, "/estates/upload", spoilt(book), "estate.xlsx")
    take_in(store)
    page = ani.get(answer.location)
    assert page.status_code == 200
    assert "2 errors; nothing was stored" in page.text
    assert "sheet teams, row" in page.text
    assert "sheet floors, row" in page.text
    assert 'href="/estates/upload"' in page.text


def test_a_new_estate_from_a_long_workbook_is_gone_to_when_it_is_there(
    ani: FlaskClient, house: House, store: Store, book: bytes
) -> None:
    answer = send(ani, "/estates/upload", book, "estate.xlsx")
    assert ani.get(answer.location).status_code == 200
    take_in(store)
    target = ani.get(answer.location).location
    assert target.endswith("/data")
    assert house.estate not in target


def test_a_long_attendance_file_is_read_reviewed_and_stored_by_the_worker(
    ani: FlaskClient, house: House, store: Store
) -> None:
    days = b"date,team,present\n2026-11-02,T2,5\n2026-11-03,T2,6\n"
    where = f"/estates/{house.estate}/attendance/files"
    file = send(ani, where, days, "long.csv", source="HR").location
    waits = ani.get(file).location
    assert "long.csv waits to be read" in ani.get(waits).text
    take_in(store)
    assert ani.get(waits).location == file
    review = ani.get(file)
    assert review.status_code == 200
    assert "Store these days" in review.text
    version = str(estates.get_estate(store, house.people["ani"], house.estate).version)
    stored = ani.post(f"{file}/store", data={"version": version})
    assert ani.get(stored.location).status_code == 200
    take_in(store)
    done = ani.get(stored.location)
    assert done.location == f"/estates/{house.estate}/attendance"
    assert "2 days of teams or floors were stored." in ani.get(done.location).text


def test_a_long_file_is_stopped_and_tells_so(ani: FlaskClient, store: Store, book: bytes) -> None:
    answer = send(ani, "/estates/upload", book, "estate.xlsx")
    assert ani.post(f"{answer.location}/stop").status_code == 303
    take_in(store)
    page = ani.get(answer.location).text
    assert "estate.xlsx was stopped" in page
    assert "Nothing of it was stored." in page
    assert 'http-equiv="refresh"' not in page


@pytest.mark.parametrize(("who", "status"), [("budi", 403), ("citra", 404)])
def test_only_a_planner_of_the_owner_sees_or_stops_it(
    client_as: Callable[[str], FlaskClient], ani: FlaskClient, book: bytes, who: str, status: int
) -> None:
    where = send(ani, "/estates/upload", book, "estate.xlsx").location
    other = client_as(who)
    assert other.get(where).status_code == status
    assert other.get(f"{where}/live").status_code == status
    assert other.post(f"{where}/stop").status_code == status


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1,250 of 5,000 rows are read"), ("id", "1.250 dari 5.000 baris terbaca")],
)
def test_a_file_that_is_read_shows_how_many_rows_of_how_many(
    ani: FlaskClient, house: House, store: Store, book: bytes, language: str, said: str
) -> None:
    before = estates.get_estate(store, house.people["ani"], house.estate).version
    where = f"/estates/{house.estate}/upload/workbook"
    page = send(ani, where, book, "estate.xlsx", version=str(before)).location
    claim = claim_next(store, "w1", dt.timedelta(seconds=20))
    assert claim is not None
    ani.post("/language", data={"language": language})
    with Pulse(store, claim) as pulse:
        pulse.at("read")
    assert "<progress" not in ani.get(page).text
    with Pulse(store, claim) as pulse:
        pulse.rows(1250, 5000)
    shown = ani.get(page).text
    assert said in shown
    assert 'max="100" value="25"' in shown
    again = claim_next(store, "w2", dt.timedelta(seconds=-1))
    assert again is not None
    assert said not in ani.get(page).text
    carry_out(store, again)
    state = taking_in.intake_state(store, house.people["ani"], page.rpartition("/")[2])
    assert state.state == "done"
    assert state.rows_in is not None
    assert 0 < (state.rows_read or 0) <= state.rows_in
