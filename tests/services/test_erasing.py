"""An owner's export holds every row that is the owner's; after its end none is left, anywhere.

No list of tables is kept here: each one that the program declares gets a row of each owner, in
which every value that can carry a mark does.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Float, LargeBinary, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from planner.db.backup import all_rows
from planner.db.store import EVERY_OWNER
from planner.db.tables import UserRow
from planner.db.types import Exact, PlainJson
from planner.optimise.options import Options
from planner.services import accounts, estates, owners, plans
from planner.services.exporting import NOBODYS, SECRETS, tables_of
from tests.factories import small_estate

if TYPE_CHECKING:
    from sqlalchemy import Column, Table

    from planner.db.store import Store
    from planner.services.access import Actor
    from tests.factories import People

TODAY = dt.date(2026, 11, 27)
BY_THE_PROGRAM = {"owner", "user_account", "membership"}


def value(column: Column[Any], mark: str) -> Any:
    kind = column.type
    plain = (
        (PlainJson, [mark]),
        (Exact, Decimal(1)),
        (Boolean, True),
        (LargeBinary, mark.encode()),
        (Float, 1.0),
        (Date, TODAY),
        (BigInteger, 1),
    )
    for one, given in plain:
        if isinstance(kind, one):
            return given
    if getattr(kind, "impl_instance", kind).__class__ is DateTime:
        return dt.datetime(2026, 11, 27, tzinfo=dt.UTC)
    return 1 if kind.python_type is int else mark


def row_of(table: Table, actor: Actor, mark: str, known: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the owner: what it refers to is the owner's, everything else is marked."""
    row: dict[str, Any] = {}
    for column in table.columns:
        key = next(iter(column.foreign_keys), None)
        if column.name == "owner_id":
            row[column.name] = actor.owner
        elif key is not None:
            row[column.name] = known[key.target_fullname]
        elif column.primary_key and not isinstance(value(column, mark), str) and len(
            table.primary_key
        ) == 1:  # fmt: skip
            continue  # counts up by itself
        else:
            row[column.name] = value(column, f"{mark}-{table.name}-{column.name}")
    return row


def fill(store: Store, actor: Actor, mark: str) -> set[str]:
    """Give an owner a row in every table; return the marks."""
    known: dict[str, Any] = {"owner.id": actor.owner, "user_account.id": actor.id}
    marks: set[str] = set()
    with store.engine.execution_options(planner_writing=True).begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name in BY_THE_PROGRAM | NOBODYS:
                continue
            row = row_of(table, actor, mark, known)
            connection.execute(insert(table).values(row))
            known |= {f"{table.name}.{name}": given for name, given in row.items()}
            marks |= {
                given
                for name, given in row.items()
                if isinstance(given, str) and mark in given and name not in SECRETS
            }
    return marks


def of_the_other(store: Store) -> list[Any]:
    return [row for row in all_rows(store.engine) if "ELSE" in json.dumps(row, default=str)]


def told(store: Store) -> str:
    return "\n".join(json.dumps(row, default=str) for row in all_rows(store.engine))


@pytest.fixture
def filled(store: Store, people: People) -> dict[str, set[str]]:
    return {
        "ours": fill(store, people.admin, "OURS"),
        "theirs": fill(store, people.outsider, "ELSE"),
    }


def test_the_export_holds_every_row_of_the_owner_and_no_secret(store, people, filled) -> None:
    found = {name: lines.decode() for name, lines in tables_of(store, people.admin)}
    everything = "\n".join(found.values())
    assert {mark for mark in filled["ours"] if mark not in everything} == set()
    assert "ELSE" not in everything
    assert people.outsider.email not in everything
    assert {person.email for person in accounts.list_users(store, people.admin)} <= {
        json.loads(line)["email"] for line in found["user_account"].splitlines()
    }
    assert "argon2" not in everything
    assert not any(f'"{name}"' in everything for name in SECRETS)
    declared = {table.name for table in SQLModel.metadata.sorted_tables}
    assert declared - found.keys() == NOBODYS


def test_after_the_end_of_an_owner_no_row_tells_of_it(store, people, filled) -> None:
    everybody = accounts.list_users(store, people.admin)
    accounts.sign_in(store, people.viewer.email, "guess", store.now())
    before = of_the_other(store)
    owners.delete_owner(store, people.admin, people.admin.owner_name)
    left = [row for row in all_rows(store.engine) if people.admin.owner in str(row)]
    assert [(table, row["action"], row["subject"], row["detail"]) for table, row in left] == [
        ("audit", "delete", "owner", "")
    ]
    text = told(store)
    assert "OURS" not in text
    for person in everybody:
        assert person.email not in text
        assert person.id == people.admin.id or person.id not in text
    assert not [table for table, _ in all_rows(store.engine) if table == "sign_in_failure"]
    assert [
        row for row in all_rows(store.engine) if "ELSE" in json.dumps(row, default=str)
    ] == before


STAY_WITH_THE_OWNER = {"owner", "user_account", "membership", "audit", "api_token", "api_request",
                       "brand", "share"}  # fmt: skip


def test_after_the_end_of_an_estate_only_rows_of_the_owner_are_left(store, people, filled) -> None:
    before = of_the_other(store)
    owned = {table for table, row in all_rows(store.engine) if "OURS" in str(row)}
    (estate_id,) = [one.id for one in estates.list_estates(store, people.planner)]
    estates.delete_estate(store, people.planner, estate_id, 1)
    left = {table for table, row in all_rows(store.engine) if "OURS" in str(row)}
    assert left <= STAY_WITH_THE_OWNER
    assert {"estate_snapshot", "document", "team_day"} <= owned - left
    assert of_the_other(store) == before


def test_what_another_plan_was_made_from_stays(store, people) -> None:
    ours = [estates.add_estate(store, people.planner, small_estate()).estate_id for _ in range(2)]
    runs = [plans.start_plan(store, people.planner, one, Options("x", seconds=5)) for one in ours]
    assert len(set(runs)) == 2

    def kept() -> int:
        return len([row for table, row in all_rows(store.engine) if table == "estate_snapshot"])

    assert kept() == 1
    estates.delete_estate(store, people.planner, ours[0], 1)
    assert kept() == 1
    estates.delete_estate(store, people.planner, ours[1], 1)
    assert kept() == 0


def test_a_defect_of_the_database_tells_no_value(store, people) -> None:
    with pytest.raises(IntegrityError) as failure, store.writing(EVERY_OWNER) as scope:
        scope.add(UserRow(email=people.admin.email, password_hash="x", created_at=store.now()))
    told_of_it = str(failure.value).replace(str(failure.value.orig), "")
    assert people.admin.email not in told_of_it
