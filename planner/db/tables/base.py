"""What tables share: keys, the owner, and column helpers."""
# No `from __future__ import annotations`: SQLModel reads annotations at class creation.

import datetime as dt
import secrets
from typing import Any

from sqlmodel import Field, SQLModel

from planner.db.types import BigId, Moment, PlainJson

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


def new_id() -> str:
    """Return 20 letters and digits that nobody can guess, for use in addresses."""
    return secrets.token_hex(10)


def identity() -> Any:
    """Return the key column of a thing that has an address."""
    return Field(default_factory=new_id, primary_key=True)


def counted() -> Any:
    """Return a key column that counts up, which also keeps the order of rows."""
    return Field(default=None, sa_type=BigId, primary_key=True)


def part_of(column: str, *, key: bool = False, index: bool = True) -> Any:
    """Return a column that refers to what this row belongs to and goes with."""
    return Field(foreign_key=column, ondelete="CASCADE", index=index and not key, primary_key=key)


def part_of_or_none(column: str) -> Any:
    """Return such a column that may stay blank until there is what the row belongs to."""
    return Field(default=None, foreign_key=column, ondelete="CASCADE", index=True, nullable=True)


def moment() -> Any:
    """Return a column for a moment that is always known."""
    return Field(sa_type=Moment, nullable=False)


def moment_or_none() -> Any:
    """Return a column for a moment that may not have come."""
    return Field(default=None, sa_type=Moment, nullable=True)


def listed() -> Any:
    """Return a column for a short list or mapping, kept as JSON text."""
    return Field(default_factory=list, sa_type=PlainJson, nullable=False)


def utc_now() -> dt.datetime:
    """Return the present moment in UTC."""
    return dt.datetime.now(dt.UTC)


class Owned(SQLModel):
    """A row that belongs to one owner; a session shows its own owner's rows only."""

    owner_id: str = part_of("owner.id")
