"""Signing in: who gets in, who does not, and how often one may guess."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planner.errors import Conflict, InvalidInput, Refused
from planner.services import accounts, guesses
from planner.services.access import Role
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from planner.db.store import Store
    from tests.factories import People

NOW = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)


def test_the_right_password_opens_whatever_the_case_of_the_email(store, people) -> None:
    actor = accounts.sign_in(store, " Ani@Kota.ID ", PASSWORD, NOW)
    assert actor is not None
    assert actor.id == people.admin.id


@pytest.mark.parametrize("password", ["", PASSWORD.upper(), PASSWORD + " ", PASSWORD[:-1]])
def test_another_password_opens_nothing(store: Store, people: People, password: str) -> None:
    assert accounts.sign_in(store, "ani@kota.id", password, NOW) is None


def test_an_unknown_email_is_answered_like_a_wrong_password(store, people) -> None:
    assert accounts.sign_in(store, "nobody@kota.id", PASSWORD, NOW) is None


def test_after_eight_failures_even_the_right_password_waits_a_quarter_of_an_hour(
    store: Store, people: People
) -> None:
    for _ in range(guesses.MOST_FAILURES):
        assert accounts.sign_in(store, "ani@kota.id", "guess", NOW) is None
    with pytest.raises(Refused, match="15 minutes"):
        accounts.sign_in(store, "ANI@kota.id", PASSWORD, NOW)
    assert accounts.sign_in(store, "viewer@kota.id", PASSWORD, NOW) is not None
    later = NOW + dt.timedelta(minutes=15, seconds=1)
    assert accounts.sign_in(store, "ani@kota.id", PASSWORD, later) is not None


def test_a_success_forgets_the_failures_before_it(store: Store, people: People) -> None:
    for _ in range(3):
        for _ in range(guesses.MOST_FAILURES - 1):
            accounts.sign_in(store, "ani@kota.id", "guess", NOW)
        assert accounts.sign_in(store, "ani@kota.id", PASSWORD, NOW) is not None


def test_somebody_switched_off_does_not_get_in(store: Store, people: People) -> None:
    accounts.set_active(store, people.admin, people.viewer.id, active=False)
    assert accounts.sign_in(store, "viewer@kota.id", PASSWORD, NOW) is None


@pytest.mark.parametrize(
    "password", ["elevenchars", "abcabcabcabcabc", "my name is budi", "x" * 257]
)
def test_a_weak_password_is_refused(store: Store, people: People, password: str) -> None:
    with pytest.raises(InvalidInput):
        accounts.add_user(store, people.admin, "budi@kota.id", password, roles=[Role.VIEWER])


def test_the_last_administrator_stays_one(store: Store, people: People) -> None:
    with pytest.raises(Conflict):
        accounts.set_roles(store, people.admin, people.admin.id, [Role.PLANNER])
    with pytest.raises(Conflict):
        accounts.set_active(store, people.admin, people.admin.id, active=False)


def test_nobody_manages_the_people_of_another_owner(store: Store, people: People) -> None:
    emails = {person.email for person in accounts.list_users(store, people.outsider)}
    assert emails == {"citra@lain.id"}
    with pytest.raises(Exception, match="no such user"):
        accounts.set_password(store, people.outsider, people.viewer.id, PASSWORD)


def test_two_users_never_share_a_hash_of_the_same_password(store: Store, people: People) -> None:
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT password_hash FROM user_account").fetchall()
    assert len({row[0] for row in rows}) == len(rows) == 5
    assert all(row[0].startswith("$argon2id$") for row in rows)


@pytest.mark.parametrize(
    ("named", "held"),
    [([], {"administrator", "planner", "finance"}), (["planner"], {"administrator", "planner"})],
)
def test_the_first_user_gets_the_roles_that_the_operator_named(store, named, held) -> None:
    found = accounts.add_user_as_operator(
        store, "New owner", "dewi@kota.id", PASSWORD, roles=named, name=""
    )
    assert set(found.roles) == held
