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
from sqlmodel import SQLModel

from planner.db.backup import all_rows
from planner.db.types import Exact, PlainJson
from planner.services import accounts, owners
from planner.services.exporting import NOBODYS, SECRETS, tables_of

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
