"""Tokens: keys with which a program acts for a user, within scopes and for a time."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlmodel import col

from planner.db.audit import note
from planner.db.store import EVERY_OWNER
from planner.db.tables import TokenRow, UserRow
from planner.errors import InvalidInput, Problem, Refused, sentence
from planner.services.access import Right, require
from planner.services.accounts import actor_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.db.store import Store
    from planner.services.access import Actor

SCOPES: Final = (Right.SEE, Right.EDIT, Right.PLAN, Right.DECIDE)
"""What a token may be given; people and settings are managed in the site alone."""

MOST_DAYS: Final = 366
_MARK: Final = "plnr"
_LONGEST_NAME: Final = 100
_SEEN_EVERY: Final = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its user or an administrator sees it; never its secret.

    Args:
        id: of the token; the first part of its secret text.
        name: what the user calls it.
        user: whose it is, as pages print it.
        scopes: what it may do at most.
        created_at, expires_at: its time.
        used_at: last use, within ten minutes; None if never.
        active: it is neither expired nor revoked.
    """

    id: str
    name: str
    user: str
    scopes: tuple[Right, ...]
    created_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None
    active: bool


def create(store: Store, actor: Actor, name: str, scopes: Iterable[str], days: int) -> str:
    """Make a token for oneself and return its text, which is shown this once only.

    Args:
        store: the open database.
        actor: whose it will be; a token cannot make another.
        name: what it is for.
        scopes: names out of `SCOPES`, each a right that the actor has.
        days: until it expires, 1 to 366.

    Raises:
        Refused: a token asks.
        InvalidInput: no name, no scope, one that the actor's roles do not cover, or a wrong time.
    """
    _refuse_tokens(actor)
    wanted = tuple(dict.fromkeys(scopes))
    problems = list(_problems(actor, name, wanted, days))
    if problems:
        raise InvalidInput(problems)
    secret, now = secrets.token_urlsafe(32), store.now()
    with store.writing(actor.owner) as scope:
        row = TokenRow(
            user_id=actor.id,
            name=name.strip(),
            scopes=sorted(wanted),
            secret_hash=_hashed(secret),
            created_at=now,
            expires_at=now + dt.timedelta(days=days),
        )
        scope.add(row)
        scope.flush()
        note(scope, actor.id, "create", "token", row.id, now=now, detail=", ".join(row.scopes))
        return f"{_MARK}_{row.id}_{secret}"


def revoke(store: Store, actor: Actor, token_id: str) -> None:
    """End a token: one's own, or as an administrator anybody's of the owner.

    Raises:
        NotFound: no such token of this owner.
        Refused: it is somebody else's, or a token asks.
    """
    _refuse_tokens(actor)
    now = store.now()
    with store.writing(actor.owner) as scope:
        row = scope.one(TokenRow, "token", id=token_id)
        if row.user_id != actor.id:
            require(actor, Right.ADMINISTER)
        row.revoked_at = row.revoked_at or now
        note(scope, actor.id, "revoke", "token", token_id, now=now)


def list_tokens(store: Store, actor: Actor) -> tuple[Token, ...]:
    """Return one's own tokens, newest first; for an administrator everybody's of the owner."""
    wanted = (
        select(TokenRow, UserRow)
        .join(UserRow, col(UserRow.id) == col(TokenRow.user_id))
        .order_by(col(TokenRow.created_at).desc(), col(TokenRow.id))
    )
    if not actor.may(Right.ADMINISTER):
        wanted = wanted.where(col(TokenRow.user_id) == actor.id)
    with store.reading(actor.owner) as scope:
        return tuple(
            Token(
                id=row.id,
                name=row.name,
                user=user.name or user.email,
                scopes=tuple(map(Right, row.scopes)),
                created_at=row.created_at,
                expires_at=row.expires_at,
                used_at=row.used_at,
                active=row.revoked_at is None and row.expires_at > store.now(),
            )
            for row, user in scope.execute(wanted)
        )


def actor_with(store: Store, text: str) -> tuple[str, Actor] | None:
    """Return the token's id and who acts with it; None if the text is no token that holds now.

    The roles are the user's of this moment, so a token never does more than its user may.
    """
    mark, _, rest = text.partition("_")
    token_id, _, secret = rest.partition("_")
    if mark != _MARK or not token_id or not secret:
        return None
    now = store.now()
    with store.reading(EVERY_OWNER) as scope:
        row = scope.execute(select(TokenRow).filter_by(id=token_id)).scalars().first()
    if row is None or not hmac.compare_digest(row.secret_hash, _hashed(secret)):
        return None
    if row.revoked_at is not None or row.expires_at <= now:
        return None
    actor = actor_of(store, row.user_id)
    if actor is None or actor.owner != row.owner_id:
        return None
    if row.used_at is None or now - row.used_at > _SEEN_EVERY:
        with store.writing(row.owner_id) as scope:
            scope.one(TokenRow, "token", id=token_id).used_at = now
    return token_id, replace(actor, scopes=frozenset(map(Right, row.scopes)))


def _problems(actor: Actor, name: str, scopes: tuple[str, ...], days: int) -> Iterable[Problem]:
    if not name.strip() or len(name) > _LONGEST_NAME:
        words = f"{len(name)} characters: enter what the token is for, 1 to {_LONGEST_NAME}"
        yield Problem(sentence("field name"), words)
    if not scopes:
        yield Problem(sentence("field scopes"), sentence("none chosen; choose at least one"))
    for scope in scopes:
        if scope not in SCOPES:
            known = ", ".join(SCOPES)
            yield Problem(
                sentence("field scopes"),
                sentence("{scope!r} is no scope; choose of {known}", scope=scope, known=known),
            )
        elif not actor.may(Right(scope)):
            yield Problem(
                sentence("field scopes"),
                sentence("your roles do not cover {scope}; leave it out", scope=scope),
            )
    if not 1 <= days <= MOST_DAYS:
        yield Problem(
            sentence("field days"),
            sentence("{days}: enter 1 to {most_days}", days=days, most_days=MOST_DAYS),
        )


def _refuse_tokens(actor: Actor) -> None:
    if actor.scopes is not None:
        raise Refused(sentence("A token cannot make or end tokens; sign in to the site for that."))


def _hashed(secret: str) -> str:
    """Return a hash; the secret has 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()
