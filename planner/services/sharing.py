"""Links that show plans to people without a sign-in: to read only, and for some days."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlmodel import col

from planner.db.audit import note
from planner.db.store import EVERY_OWNER
from planner.db.tables import OwnerRow, PlanRow, ShareRow, UserRow
from planner.errors import InvalidInput, NotFound, Problem, sentence
from planner.services.access import Actor, Right, Role, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.db.store import Store

DAYS: Final = (1, 7, 14, 30, 90)
MOST_PLANS: Final = 4


@dataclass(frozen=True, slots=True)
class Share:
    """A link as those who may see plans are told of it; its address is shown only once."""

    id: str
    plans: tuple[str, ...]
    made_by: str
    made_at: dt.datetime
    expires_at: dt.datetime
    ended_at: dt.datetime | None

    def holds(self, now: dt.datetime) -> bool:
        """Say whether the link still opens."""
        return self.ended_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: who reads, which plans, until when."""

    reader: Actor
    plans: tuple[str, ...]
    expires_at: dt.datetime


def share(store: Store, actor: Actor, plans: Sequence[str], days: int) -> str:
    """Make a link for one to four plans and return its secret, which is kept nowhere.

    Raises:
        InvalidInput: no plan or too many, or a time that is not offered.
        NotFound: a plan is not of this owner.
    """
    require(actor, Right.PLAN)
    wanted = tuple(dict.fromkeys(plans))
    if not 0 < len(wanted) <= MOST_PLANS:
        raise InvalidInput(
            [
                Problem(
                    sentence("field plan"),
                    sentence("choose 1 to {most_plans} plans to share", most_plans=MOST_PLANS),
                )
            ]
        )
    if days not in DAYS:
        offered = ", ".join(map(str, DAYS))
        raise InvalidInput(
            [
                Problem(
                    sentence("field days"),
                    sentence("{days} is not offered; choose {offered}", days=days, offered=offered),
                )
            ]
        )
    secret = secrets.token_urlsafe(24)
    with store.writing(actor.owner) as scope:
        for plan in wanted:
            scope.one(PlanRow, "plan", id=plan)
        row = ShareRow(
            secret_hash=_hash(secret),
            plans=list(wanted),
            made_by=actor.id,
            made_at=store.now(),
            expires_at=store.now() + dt.timedelta(days=days),
        )
        scope.add(row)
        scope.flush()
        detail = f"{len(wanted)} plans, {days} days"
        note(scope, actor.id, "share", "plan", wanted[0], now=store.now(), detail=detail)
    return secret


def shares(store: Store, actor: Actor, plan: str | None = None) -> tuple[Share, ...]:
    """Return the links that still open, newest first, those of one plan where one is named."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        rows = scope.execute(
            select(ShareRow, UserRow)
            .join(UserRow, col(UserRow.id) == col(ShareRow.made_by), isouter=True)
            .order_by(col(ShareRow.made_at).desc())
        )
        found = tuple(
            Share(
                id=row.id,
                plans=tuple(row.plans),
                made_by="" if user is None else user.name or user.email,
                made_at=row.made_at,
                expires_at=row.expires_at,
                ended_at=row.ended_at,
            )
            for row, user in rows
        )
    now = store.now()
    return tuple(one for one in found if one.holds(now) and (plan is None or plan in one.plans))


def end_share(store: Store, actor: Actor, share_id: str) -> None:
    """Close a link before its time."""
    require(actor, Right.PLAN)
    with store.writing(actor.owner) as scope:
        row = scope.one(ShareRow, "link", id=share_id)
        if row.ended_at is None:
            row.ended_at = store.now()
            note(scope, actor.id, "end share", "plan", row.plans[0], now=store.now())


def open_share(store: Store, secret: str) -> Opened:
    """Return what a link opens.

    Raises:
        NotFound: no such link, or its time is over.
    """
    with store.reading(EVERY_OWNER) as scope:
        found = scope.execute(
            select(ShareRow, OwnerRow)
            .join(OwnerRow, col(OwnerRow.id) == col(ShareRow.owner_id))
            .where(col(ShareRow.secret_hash) == _hash(secret))
        ).first()
    if found is None or found[0].ended_at is not None or store.now() >= found[0].expires_at:
        raise NotFound(sentence("This link has expired or was closed; ask for a new one."))
    row, owner = found
    reader = Actor(
        id="link",
        owner=owner.id,
        owner_name=owner.name,
        email="",
        name="",
        roles=frozenset({Role.VIEWER}),
        language="en",
        session="",
    )
    return Opened(reader, tuple(row.plans), row.expires_at)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
