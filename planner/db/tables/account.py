"""Owners, users, what users are to an owner, failed sign-ins, and how often who asked."""
# No `from __future__ import annotations`: SQLModel reads annotations at class creation.

import datetime as dt

from sqlmodel import Field, SQLModel

from planner.db.tables.base import (
    Owned,
    counted,
    identity,
    listed,
    moment,
    moment_or_none,
    new_id,
    part_of,
)
from planner.db.types import Moment


class OwnerRow(SQLModel, table=True):
    """A tenant: nothing of it is seen by another."""

    __tablename__ = "owner"
    id: str = identity()
    name: str
    created_at: dt.datetime = moment()


class BrandRow(Owned, table=True):
    """What an owner puts on documents: a colour as `#RRGGBB` and a small PNG, "" for none."""

    __tablename__ = "brand"
    owner_id: str = part_of("owner.id", key=True)
    colour: str = ""
    logo: bytes = b""
    changed_at: dt.datetime = moment()


class UserRow(SQLModel, table=True):
    """A person who signs in; the email is in lower case."""

    __tablename__ = "user_account"
    id: str = identity()
    email: str = Field(unique=True)
    name: str = ""
    password_hash: str
    language: str = "en"
    session: str = Field(default_factory=new_id)
    created_at: dt.datetime = moment()
    signed_in_at: dt.datetime | None = moment_or_none()


class MembershipRow(Owned, table=True):
    """What a user is to an owner: roles, and whether the user may sign in."""

    __tablename__ = "membership"
    owner_id: str = part_of("owner.id", key=True)
    user_id: str = part_of("user_account.id", key=True)
    roles: list[str] = listed()
    active: bool = True


class AttemptRow(SQLModel, table=True):
    """A failed sign-in; the email is kept as a hash, as it may be nobody's."""

    __tablename__ = "sign_in_failure"
    id: int | None = counted()
    email_hash: str = Field(index=True)
    at: dt.datetime = moment()


class CountRow(SQLModel, table=True):
    """How often somebody asked until a moment; `who` is a keyed hash that nobody can read back."""

    __tablename__ = "request_count"
    who: str = Field(primary_key=True)
    until: dt.datetime = Field(sa_type=Moment, primary_key=True)
    hits: int
