"""The owner as a whole: its name, its audit, and its end."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, select
from sqlmodel import col

from planner.db.audit import note
from planner.db.store import EVERY_OWNER
from planner.db.tables import AuditRow, MembershipRow, OwnerRow, UserRow
from planner.errors import InvalidInput, Problem, sentence
from planner.services.access import Right, require
from planner.services.guesses import forget_tries
from planner.services.seen import refuse_changed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from planner.db.store import Store
    from planner.services.access import Actor

_LONGEST_NAME: Final = 200
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit: when, who, what was done to what."""

    at: dt.datetime
    who: str
    action: str
    subject: str
    subject_id: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some lines of the audit, newest first, with how many there are in all."""

    entries: tuple[Entry, ...]
    total: int


def audit(
    store: Store, actor: Actor, *, text: str = "", start: int = 0, most: int | None = None
) -> AuditPage:
    """Return the owner's audit; for administrators.

    Args:
        store: the open database.
        actor: who asks.
        text: only lines in which it stands, in any case.
        start: how many of the newest to leave out.
        most: how many to return; None for all.
    """
    require(actor, Right.ADMINISTER)
    who = func.coalesce(col(UserRow.name), "") + " " + func.coalesce(col(UserRow.email), "")
    wanted = select(AuditRow, UserRow).join(
        UserRow, col(UserRow.id) == col(AuditRow.actor_id), isouter=True
    )
    if text:
        places = (col(AuditRow.action), col(AuditRow.subject), col(AuditRow.detail), who)
        words = func.lower(_joined(places))
        wanted = wanted.where(words.contains(text.lower(), autoescape=True))
    with store.reading(actor.owner) as scope:
        total = scope.execute(select(func.count()).select_from(wanted.subquery())).scalar() or 0
        rows = wanted.order_by(col(AuditRow.id).desc()).offset(start)
        found = scope.execute(rows if most is None else rows.limit(most))
        return AuditPage(
            tuple(
                Entry(
                    at=row.at,
                    who=row.actor_id if user is None else user.name or user.email,
                    action=row.action,
                    subject=row.subject,
                    subject_id=row.subject_id,
                    detail=row.detail,
                )
                for row, user in found
            ),
            total,
        )


def audit_csv(store: Store, actor: Actor) -> bytes:
    """Return the whole audit as CSV, oldest first."""
    entries = audit(store, actor).entries
    rows = (
        (one.at.isoformat(), one.who, one.action, one.subject, one.subject_id, one.detail)
        for one in reversed(entries)
    )
    return table_csv(("at", "who", "action", "subject", "subject_id", "detail"), rows)


def rename_owner(store: Store, actor: Actor, name: str, seen: str | None = None) -> None:
    """Give the owner another name on pages and new documents; `seen` is the one before.

    Raises:
        InvalidInput: no name, or too long a one.
        Conflict: it has yet another name by now.
    """
    require(actor, Right.ADMINISTER)
    text = name.strip()
    if not text or len(text) > _LONGEST_NAME:
        raise InvalidInput(
            [
                Problem(
                    sentence("field owner"),
                    sentence(
                        "enter a name of 1 to {longest_name} characters", longest_name=_LONGEST_NAME
                    ),
                )
            ]
        )
    with store.writing(actor.owner) as scope:
        row = scope.one_locked(OwnerRow, "owner", id=actor.owner)
        refuse_changed(row.name, seen)
        row.name = text
        note(scope, actor.id, "rename", "owner", actor.owner, now=store.now())


def delete_owner(store: Store, actor: Actor, name: str) -> None:
    """Delete the owner with its estates, plans, proposals, documents, people and audit, for good.

    One line of the audit stays and tells of it, by numbers that lead to nobody any more.

    Raises:
        InvalidInput: `name` is not the owner's name.
    """
    require(actor, Right.ADMINISTER)
    if name.strip() != actor.owner_name:
        raise InvalidInput(
            [
                Problem(
                    sentence("field name"),
                    sentence(
                        "to delete everything, type the name: {owner_name}",
                        owner_name=actor.owner_name,
                    ),
                )
            ]
        )
    with store.writing(EVERY_OWNER) as scope:
        mine = select(col(MembershipRow.user_id)).where(col(MembershipRow.owner_id) == actor.owner)
        elsewhere = select(col(MembershipRow.user_id)).where(
            col(MembershipRow.owner_id) != actor.owner
        )
        leaving = scope.execute(mine.where(col(MembershipRow.user_id).not_in(elsewhere)))
        people = list(leaving.scalars())
        theirs = select(col(UserRow.email)).where(col(UserRow.id).in_(people))
        for email in scope.execute(theirs).scalars():
            forget_tries(scope, email, store.now())
        scope.execute(delete(OwnerRow).where(col(OwnerRow.id) == actor.owner))
        scope.execute(delete(UserRow).where(col(UserRow.id).in_(people)))
        scope.execute(delete(AuditRow).where(col(AuditRow.owner_id) == actor.owner))
        scope.owner = actor.owner
        note(scope, actor.id, "delete", "owner", actor.owner, now=store.now())


def _joined(places: Sequence[object]) -> object:
    found = places[0]
    for one in places[1:]:
        found = found + " " + one  # type: ignore[operator]
    return found


def table_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV in which no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return out.getvalue().encode()
