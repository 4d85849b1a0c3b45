"""Requests that a program may send again: done once, answered the same each time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from planner.db.tables import RequestRow
from planner.errors import Conflict, InvalidInput, Problem, sentence

if TYPE_CHECKING:
    from planner.db.store import Scope, Store
    from planner.services.access import Actor

KEPT: Final = dt.timedelta(days=1)
"""For how long a request is known again."""

LONGEST_KEY: Final = 100


@dataclass(frozen=True, slots=True)
class Answered:
    """What a request was answered the first time."""

    status: int
    body: str


def begin(store: Store, actor: Actor, token_id: str, key: str, asked: str) -> Answered | None:
    """Note that a request begins; return its answer if it was answered before.

    Args:
        store: the open database.
        actor: who asks.
        token_id: with which token; keys of two tokens have nothing to do with each other.
        key: the program's own word for this request.
        asked: a hash of everything that was asked.

    Raises:
        InvalidInput: no usable key, or the key was used for something else.
        Conflict: the first request has not been answered; it may be under way, or cut off.
    """
    if not key.isprintable() or not 1 <= len(key) <= LONGEST_KEY:
        words = f"has {len(key)} characters; send 1 to {LONGEST_KEY} that can be printed"
        raise InvalidInput([Problem(sentence("header Idempotency-Key"), words)])
    now = store.now()
    try:
        with store.writing(actor.owner) as scope:
            scope.execute(delete(RequestRow).where(col(RequestRow.at) < now - KEPT))
            earlier = _earlier(scope, token_id, key)
            if earlier is None:
                scope.add(RequestRow(token_id=token_id, key=key, asked=asked, at=now))
                return None
    except IntegrityError:  # another process was quicker
        with store.reading(actor.owner) as scope:
            earlier = _earlier(scope, token_id, key)
    if earlier is None or earlier.status is None:
        raise Conflict(
            sentence(
                "The first request with Idempotency-Key {key} has not been answered. Wait "
                "for it; if it was cut off, look at what is stored, then send what is "
                "missing under another key.",
                key=key,
            )
        )
    if earlier.asked != asked:
        words = f"{key} was used for another request; send this one under another key"
        raise InvalidInput([Problem(sentence("header Idempotency-Key"), words)])
    return Answered(earlier.status, earlier.answer)


def answered(store: Store, actor: Actor, token_id: str, key: str, given: Answered) -> None:
    """Keep the answer of a request that was done."""
    with store.writing(actor.owner) as scope:
        scope.execute(
            update(RequestRow)
            .where(col(RequestRow.token_id) == token_id, col(RequestRow.key) == key)
            .values(status=given.status, answer=given.body)
        )


def forget(store: Store, actor: Actor, token_id: str, key: str) -> None:
    """Forget a request that was refused: nothing was done, and it may be sent corrected."""
    with store.writing(actor.owner) as scope:
        scope.execute(
            delete(RequestRow).where(
                col(RequestRow.token_id) == token_id,
                col(RequestRow.key) == key,
                col(RequestRow.status).is_(None),
            )
        )


def _earlier(scope: Scope, token_id: str, key: str) -> RequestRow | None:
    wanted = select(RequestRow).filter_by(token_id=token_id, key=key)
    return scope.execute(wanted).scalars().first()
