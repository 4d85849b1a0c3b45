"""Tries and requests are counted for all processes together, on both databases."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from planner.db.store import EVERY_OWNER, Store
from planner.db.tables import CountRow
from planner.errors import Refused, TooOften
from planner.services import accounts, guesses
from planner.services.tidying import tidy
from planner.settings import load_settings
from planner.web import limits
from planner.web.app import create_app
from planner.web.limits import Rows
from tests.factories import DATABASES, PASSWORD, opened, people_in
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.factories import People

SECRET = "a secret of these tests, long enough"


@pytest.fixture(params=DATABASES)
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with opened(request.param, tmp_path) as found:
        yield Store(found.engine, lambda: NOW)


@pytest.fixture
def people(shared: Store) -> People:
    return people_in(shared)


def processes(store: Store, count: int, block: int) -> list[Rows]:
    return [Rows(store=store, secret=SECRET, block=block) for _ in range(count)]


@pytest.mark.parametrize("block", [1, 5])
def test_no_number_is_given_twice_and_none_is_lost(shared: Store, block: int) -> None:
    several = processes(shared, 3, block)
    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(lambda at: several[at % 3].incr("ani", 60), range(60)))
    assert len(set(numbers)) == 60
    assert max(numbers) <= 60 + 3 * 6 * (block - 1)


def test_another_minute_begins_anew_and_the_one_before_goes(shared: Store) -> None:
    (one,) = processes(shared, 1, 1)
    assert [one.incr("ani", 60) for _ in range(3)] == [1, 2, 3]
    later = Store(shared.engine, lambda: NOW + dt.timedelta(minutes=1))
    (other,) = processes(later, 1, 1)
    assert other.incr("ani", 60) == 1
    assert tidy(Store(shared.engine, lambda: NOW + dt.timedelta(minutes=1, seconds=1))) == 1
    assert other.incr("ani", 60) == 2


def test_the_rows_do_not_tell_who_asked(shared: Store) -> None:
    processes(shared, 1, 1)[0].incr("LIMITER/203.0.113.9/api", 60)
    with shared.reading(EVERY_OWNER) as scope:
        (who,) = scope.execute(select(CountRow.who)).scalars()
    assert "203" not in who
    assert len(who) == 64


def sites(store: Store, folder: Path, count: int) -> list:
    given = {"PLANNER_DATA_DIR": str(folder), "PLANNER_SECRET_KEY": SECRET}
    found = [create_app(load_settings(given), store, lambda: NOW) for _ in range(count)]
    for site in found:
        site.config["WTF_CSRF_ENABLED"] = False
    return found


def test_two_web_processes_count_the_sign_ins_of_an_address_together(
    shared: Store, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SIGN_IN", "4 per minute")
    seen = [
        site.test_client().post("/sign-in", data={"email": f"{at}@x.id"}).status_code
        for at, site in enumerate(sites(shared, tmp_path, 2) * 3)
    ]
    assert seen == [422] * 4 + [429] * 2


def test_two_web_processes_count_the_requests_of_a_program_together(
    shared: Store, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.web.api.asking.RATE", "3 per minute")
    seen = [site.test_client().get("/api/v1/").status_code
            for site in sites(shared, tmp_path, 2) * 3]  # fmt: skip
    assert seen == [401] * 3 + [429] * 3


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        ("192.0.2.1", "192.0.2.2", 2),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::9", 1),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", 2),
    ],
)
def test_a_subscriber_counts_once_however_many_addresses_it_has(
    shared: Store, tmp_path: Path, one: str, other: str, counts: int
) -> None:
    (site,) = sites(shared, tmp_path, 1)
    seen = set()
    for given in (one, other):
        with site.test_request_context(environ_base={"REMOTE_ADDR": given}):
            seen.add(limits.address())
    assert len(seen) == counts


def test_tries_in_the_same_moment_all_count(shared: Store, people: People) -> None:
    def guess(_at: int) -> str:
        try:
            return str(accounts.sign_in(shared, "ani@kota.id", "guess", NOW))
        except Refused:
            return "refused"

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(guess, range(20)))
    assert seen.count("None") <= guesses.MOST_FAILURES
    while guess(0) == "None":
        seen.append("None")
    assert seen.count("None") == guesses.MOST_FAILURES


def test_a_session_left_open_does_not_serve_to_guess_the_password(
    shared: Store, people: People
) -> None:
    def change(current: str) -> None:
        accounts.set_password(shared, people.viewer, people.viewer.id, "an other secret", current)

    for _ in range(guesses.MOST_FAILURES):
        with pytest.raises(Refused, match="not right"):
            change("guess")
    with pytest.raises(TooOften):
        change(PASSWORD)
    with pytest.raises(TooOften):
        accounts.sign_in(shared, people.viewer.email, PASSWORD, NOW)


def test_the_account_page_says_that_it_was_tried_too_often(client_as, house, store) -> None:
    client = client_as("budi")
    given = {"current": "guess", "password": "an other secret", "again": "an other secret"}
    seen = [client.post("/account/password", data=given) for _ in range(9)]
    assert [one.status_code for one in seen] == [422] * 8 + [429]
    assert "try again in 15 minutes" in seen[-1].text
