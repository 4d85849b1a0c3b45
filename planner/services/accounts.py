"""Owners, the people who work for them, and signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from planner.db.store import Store
    from planner.services.access import Actor, Role


@dataclass(frozen=True, slots=True)
class Person:
    """A user as an administrator sees one."""

    id: str
    email: str
    name: str
    roles: frozenset[Role]
    active: bool
    language: str
    signed_in_at: dt.datetime | None


def sign_in(store: Store, email: str, password: str, now: dt.datetime) -> Actor | None:
    """Return who this is, None if email and password do not belong together.

    Raises:
        Refused: too many failures for this email within a quarter of an hour.
    """
    raise NotImplementedError


def actor_of(store: Store, user_id: str, session: str | None = None) -> Actor | None:
    """Return the actor behind a signed-in session; None if that session is over."""
    raise NotImplementedError


def nobody_yet(store: Store) -> bool:
    """Say whether there is no user at all, so that the first start may create one."""
    raise NotImplementedError


def create_owner_with_admin(
    store: Store,
    owner_name: str,
    email: str,
    password: str,
    *,
    name: str = "",
    language: str = "en",
) -> Actor:
    """Create an owner and its first user, who is administrator, planner and finance at once.

    Raises:
        InvalidInput: no name, no email address, a weak password, an email already in use.
    """
    raise NotImplementedError


def add_user(
    store: Store, actor: Actor, email: str, password: str, *, roles: Iterable[Role], name: str = ""
) -> str:
    """Add a user to the actor's owner and return the id.

    Raises:
        Refused: the actor is no administrator.
        InvalidInput: as for the first user, or no role.
    """
    raise NotImplementedError


def list_users(store: Store, actor: Actor) -> tuple[Person, ...]:
    """Return the owner's users by email, those switched off too; for administrators."""
    raise NotImplementedError


def set_roles(store: Store, actor: Actor, user_id: str, roles: Iterable[Role]) -> None:
    """Give a user exactly these roles.

    Raises:
        Conflict: nobody would be administrator any more.
    """
    raise NotImplementedError


def set_active(store: Store, actor: Actor, user_id: str, *, active: bool) -> None:
    """Let a user sign in again, or no more; ends the user's sessions.

    Raises:
        Conflict: nobody would be administrator any more.
    """
    raise NotImplementedError


def set_password(
    store: Store, actor: Actor, user_id: str, password: str, current: str | None = None
) -> None:
    """Set a password: one's own with the current one, another's as administrator.

    Raises:
        Refused: neither oneself nor an administrator, or a wrong current password.
        InvalidInput: a weak password.
    """
    raise NotImplementedError


def set_language(store: Store, actor: Actor, language: str) -> None:
    """Set the language of the actor's pages, `en` or `id`."""
    raise NotImplementedError
