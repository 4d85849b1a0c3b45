"""Owners, the people who work for them, and signing in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlmodel import col

from planner.db.audit import note
from planner.db.store import EVERY_OWNER
from planner.db.tables import MembershipRow, OwnerRow, UserRow
from planner.db.tables.base import new_id
from planner.errors import Conflict, InvalidInput, Problem, Refused, sentence
from planner.services.access import Actor, Right, Role, require
from planner.services.guesses import count_try, forget_tries
from planner.services.passwords import hashed, matches, password_problems
from planner.services.seen import refuse_changed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from planner.db.store import Scope, Store

_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)*")
_LONGEST_NAME: Final = 200


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
        TooOften: too many failures for this email within a quarter of an hour.
    """
    count_try(store, email, now)
    with store.reading(EVERY_OWNER) as scope:
        found = _found(scope, _called(email))
        stored = found[0].password_hash if found else None
    if not matches(stored, password) or found is None:
        return None
    user, actor = found
    with store.writing(EVERY_OWNER) as scope:
        forget_tries(scope, email, now)
        scope.one(UserRow, "user", id=user.id).signed_in_at = now
    return actor


def sign_in_by_provider(store: Store, email: str, now: dt.datetime) -> Actor | None:
    """Return the person whose email a trusted provider confirmed; None if unknown or off."""
    with store.writing(EVERY_OWNER) as scope:
        found = _found(scope, _called(email))
        if found is None:
            return None
        user, actor = found
        user.signed_in_at = now
        return actor


def actor_of(store: Store, user_id: str, session: str | None = None) -> Actor | None:
    """Return the actor behind a signed-in session; None if that session is over."""
    with store.glancing(EVERY_OWNER) as scope:
        found = _found(scope, col(UserRow.id) == user_id)
    if found is None or (session is not None and found[1].session != session):
        return None
    return found[1]


def sign_out(store: Store, actor: Actor) -> None:
    """End every session of a person: what was copied of one before opens nothing afterwards."""
    with store.writing(EVERY_OWNER) as scope:
        _end_sessions(scope, actor.id)


def nobody_yet(store: Store) -> bool:
    """Say whether there is no user at all, so that the first start may create one."""
    with store.reading(EVERY_OWNER) as scope:
        return scope.execute(select(col(UserRow.id)).limit(1)).first() is None


def create_owner_with_admin(
    store: Store,
    owner_name: str,
    email: str,
    password: str,
    *,
    name: str = "",
    language: str = "en",
    roles: Iterable[Role] = (Role.PLANNER, Role.FINANCE),
) -> Actor:
    """Create an owner and its first user, who is administrator and holds `roles` besides.

    Raises:
        InvalidInput: no name, no email address, a weak password, an email already in use.
    """
    problems = (
        []
        if owner_name.strip()
        else [Problem(sentence("field owner"), sentence("is blank; enter its name"))]
    )
    _refuse([*problems, *_person_problems(email, password, name)])
    held = frozenset({Role.ADMINISTRATOR, *roles})
    with store.writing(EVERY_OWNER) as scope:
        owner = OwnerRow(name=owner_name.strip(), created_at=store.now())
        scope.add(owner)
        scope.flush()
        user = _new_user(scope, store, email, password, name)
        user.language = language
        scope.add(MembershipRow(owner_id=owner.id, user_id=user.id, roles=sorted(held)))
        scope.owner = owner.id
        note(scope, user.id, "create", "owner", owner.id, now=store.now())
        return _as_actor(owner, user, held)


def add_user(
    store: Store, actor: Actor, email: str, password: str, *, roles: Iterable[Role], name: str = ""
) -> str:
    """Add a user to the actor's owner and return the id.

    Raises:
        Refused: the actor is no administrator.
        InvalidInput: as for the first user, or no role.
    """
    require(actor, Right.ADMINISTER)
    given = frozenset(roles)
    problems = (
        []
        if given
        else [Problem(sentence("field roles"), sentence("no role chosen; choose at least one"))]
    )
    _refuse([*problems, *_person_problems(email, password, name)])
    with store.writing(EVERY_OWNER) as scope:
        user = _new_user(scope, store, email, password, name)
        scope.owner = actor.owner
        scope.add(MembershipRow(user_id=user.id, roles=sorted(given)))
        note(scope, actor.id, "add", "user", user.id, now=store.now(), detail=", ".join(given))
        return user.id


def add_user_as_operator(
    store: Store, owner_name: str, email: str, password: str, *, roles: Iterable[str], name: str
) -> Actor:
    """Add a user from the machine's own command line, where nobody signs in.

    The first user of an owner that is not there yet is its administrator, whatever other `roles`
    are named; where none is, planner and finance too.

    Raises:
        InvalidInput: as for any user, or no role for an owner that is there.
    """
    with store.reading(EVERY_OWNER) as scope:
        owners = scope.execute(select(OwnerRow).filter_by(name=owner_name.strip())).scalars().all()
    if not owners:
        first = tuple(map(Role, roles)) or (Role.PLANNER, Role.FINANCE)
        return create_owner_with_admin(store, owner_name, email, password, name=name, roles=first)
    if len(owners) > 1:
        raise InvalidInput(
            sentence(
                "{count} owners are called {owner_name}; add the user in the site",
                count=len(owners),
                owner_name=owner_name,
            )
        )
    (owner,) = owners
    operator = Actor(
        id="operator",
        owner=owner.id,
        owner_name=owner.name,
        email="",
        name="operator",
        roles=frozenset({Role.ADMINISTRATOR}),
        language="en",
        session="",
    )
    user_id = add_user(store, operator, email, password, roles=map(Role, roles), name=name)
    added = actor_of(store, user_id)
    if added is None:
        raise Conflict(sentence("The user was removed again meanwhile."))
    return added


def list_users(store: Store, actor: Actor) -> tuple[Person, ...]:
    """Return the owner's users by email, those switched off too; for administrators."""
    require(actor, Right.ADMINISTER)
    with store.reading(actor.owner) as scope:
        return tuple(
            Person(
                id=user.id,
                email=user.email,
                name=user.name,
                roles=frozenset(map(Role, member.roles)),
                active=member.active,
                language=user.language,
                signed_in_at=user.signed_in_at,
            )
            for member, user in scope.execute(
                select(MembershipRow, UserRow)
                .where(col(MembershipRow.user_id) == col(UserRow.id))
                .order_by(col(UserRow.email))
            )
        )


def set_roles(
    store: Store, actor: Actor, user_id: str, roles: Iterable[Role], seen: str | None = None
) -> None:
    """Give a user exactly these roles; `seen` are those that the page showed.

    Raises:
        Conflict: nobody would be administrator any more, or the user has other roles by now.
    """
    require(actor, Right.ADMINISTER)
    given = frozenset(roles)
    if not given:
        raise InvalidInput(
            [Problem(sentence("field roles"), sentence("no role chosen; choose at least one"))]
        )
    with store.writing(actor.owner) as scope:
        member = scope.one_locked(MembershipRow, "user", user_id=user_id)
        refuse_changed(" ".join(sorted(member.roles)), seen)
        member.roles = sorted(given)
        _end_sessions(scope, user_id)
        _keep_an_administrator(scope)
        detail = ", ".join(sorted(given))
        note(scope, actor.id, "roles", "user", user_id, now=store.now(), detail=detail)


def set_active(store: Store, actor: Actor, user_id: str, *, active: bool) -> None:
    """Let a user sign in again, or no more; ends the user's sessions.

    Raises:
        Conflict: nobody would be administrator any more.
    """
    require(actor, Right.ADMINISTER)
    with store.writing(actor.owner) as scope:
        scope.one(MembershipRow, "user", user_id=user_id).active = active
        _end_sessions(scope, user_id)
        _keep_an_administrator(scope)
        action = "switch on" if active else "switch off"
        note(scope, actor.id, action, "user", user_id, now=store.now())


def set_password(
    store: Store, actor: Actor, user_id: str, password: str, current: str | None = None
) -> None:
    """Set a password: one's own with the current one, another's as administrator.

    Raises:
        Refused: neither oneself nor an administrator, or a wrong current password.
        TooOften: the current password was wrong too often.
        InvalidInput: a weak password.
    """
    if user_id == actor.id:
        _prove(store, actor, current or "")
    else:
        require(actor, Right.ADMINISTER)
    with store.writing(actor.owner) as scope:
        scope.one(MembershipRow, "user", user_id=user_id)
        user = scope.one(UserRow, "user", id=user_id)
        _refuse(password_problems(password, user.email))
        user.password_hash = hashed(password)
        user.session = new_id()
        note(scope, actor.id, "password", "user", user_id, now=store.now())


def _prove(store: Store, actor: Actor, current: str) -> None:
    """Let only those pass who know their password; a session left open may not guess it."""
    now = store.now()
    count_try(store, actor.email, now)
    with store.reading(actor.owner) as scope:
        stored = scope.one(UserRow, "user", id=actor.id).password_hash
    if not matches(stored, current):
        raise Refused(
            sentence("The current password is not right; enter the one you signed in with.")
        )
    with store.writing(EVERY_OWNER) as scope:
        forget_tries(scope, actor.email, now)


def set_language(store: Store, actor: Actor, language: str) -> None:
    """Set the language of the actor's pages, `en` or `id`."""
    if language not in {"en", "id"}:
        raise InvalidInput(
            sentence(
                "{language!r} is no language of the planner; choose en or id", language=language
            )
        )
    with store.writing(actor.owner) as scope:
        scope.one(UserRow, "user", id=actor.id).language = language


def set_own(store: Store, actor: Actor, name: str, language: str) -> None:
    """Set the actor's own name, and the language of pages after signing in."""
    if not name.strip() or len(name) > _LONGEST_NAME:
        words = sentence(
            "enter a name of 1 to {longest_name} characters", longest_name=_LONGEST_NAME
        )
        raise InvalidInput([Problem(sentence("field name"), words)])
    set_language(store, actor, language)
    with store.writing(actor.owner) as scope:
        scope.one(UserRow, "user", id=actor.id).name = name.strip()
        note(scope, actor.id, "change", "user", actor.id, now=store.now())


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise InvalidInput(found)


def _person_problems(email: str, password: str, name: str) -> Iterator[Problem]:
    if not _EMAIL.fullmatch(email.strip()) or len(email) > _LONGEST_NAME:
        yield Problem(
            sentence("field email"),
            sentence("{email!r} is no email address; enter one like ani@kota.id", email=email),
        )
    if len(name) > _LONGEST_NAME:
        yield Problem(
            sentence("field name"),
            sentence(
                "is longer than {longest_name} characters; shorten it", longest_name=_LONGEST_NAME
            ),
        )
    yield from password_problems(password, email)


def _called(email: str) -> Any:
    return col(UserRow.email) == email.strip().lower()


def _found(scope: Scope, wanted: Any) -> tuple[UserRow, Actor] | None:
    """Return the user and who that is with an owner; None if there is none, or it is off."""
    found = scope.execute(
        select(UserRow, MembershipRow, OwnerRow)
        .join(MembershipRow, col(MembershipRow.user_id) == col(UserRow.id))
        .join(OwnerRow, col(OwnerRow.id) == col(MembershipRow.owner_id))
        .where(wanted, col(MembershipRow.active).is_(True))
    ).first()
    if found is None:
        return None
    user, member, owner = found
    return user, _as_actor(owner, user, frozenset(map(Role, member.roles)))


def _new_user(scope: Scope, store: Store, email: str, password: str, name: str) -> UserRow:
    if scope.execute(select(UserRow).where(_called(email))).first() is not None:
        taken = "is already in use; enter another, or ask its user to sign in"
        raise InvalidInput([Problem(sentence("field email"), taken)])
    user = UserRow(
        email=email.strip().lower(),
        name=name.strip(),
        password_hash=hashed(password),
        created_at=store.now(),
    )
    scope.add(user)
    scope.flush()
    return user


def _as_actor(owner: OwnerRow, user: UserRow, roles: frozenset[Role]) -> Actor:
    return Actor(
        id=user.id,
        owner=owner.id,
        owner_name=owner.name,
        email=user.email,
        name=user.name or user.email,
        roles=roles,
        language=user.language,
        session=user.session,
    )


def _end_sessions(scope: Scope, user_id: str) -> None:
    scope.one(UserRow, "user", id=user_id).session = new_id()


def _keep_an_administrator(scope: Scope) -> None:
    scope.flush()
    members = scope.execute(select(MembershipRow).filter_by(active=True)).scalars()
    if not any(Role.ADMINISTRATOR in member.roles for member in members):
        raise Conflict(
            sentence("Nobody would be administrator any more; make somebody else one first.")
        )
