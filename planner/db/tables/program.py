"""Programs that speak to the API: their tokens, and the requests they may repeat."""
# No `from __future__ import annotations`: SQLModel reads annotations at class creation.

import datetime as dt

from sqlalchemy import UniqueConstraint

from planner.db.tables.base import Owned, counted, identity, listed, moment, moment_or_none, part_of


class TokenRow(Owned, table=True):
    """A key with which a program acts for a user; only a hash of its secret is kept."""

    __tablename__ = "api_token"
    id: str = identity()
    user_id: str = part_of("user_account.id")
    name: str
    scopes: list[str] = listed()
    secret_hash: str
    created_at: dt.datetime = moment()
    expires_at: dt.datetime = moment()
    used_at: dt.datetime | None = moment_or_none()
    revoked_at: dt.datetime | None = moment_or_none()


class RequestRow(Owned, table=True):
    """A request that a program may send again: what was asked under its key, what came of it."""

    __tablename__ = "api_request"
    __table_args__ = (UniqueConstraint("token_id", "key"),)
    id: int | None = counted()
    token_id: str = part_of("api_token.id")
    key: str
    asked: str
    status: int | None = None
    answer: str = ""
    at: dt.datetime = moment()
