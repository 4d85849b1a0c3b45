"""Passwords: what is strong enough, and how they are kept."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from planner.errors import Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST: Final = 12
LONGEST: Final = 256
_FEWEST_DIFFERENT: Final = 5

_HASHER: Final = PasswordHasher()


def password_problems(password: str, email: str) -> Iterator[Problem]:
    """Yield why a password is too weak: length counts, not odd characters."""
    where = "field password"
    if len(password) < SHORTEST:
        yield Problem(
            where,
            sentence(
                "has {count} characters; enter at least {shortest}",
                count=len(password),
                shortest=SHORTEST,
            ),
        )
    if len(password) > LONGEST:
        yield Problem(
            where,
            sentence(
                "has {count} characters; enter at most {longest}",
                count=len(password),
                longest=LONGEST,
            ),
        )
    if password and len(set(password)) < _FEWEST_DIFFERENT:
        yield Problem(where, sentence("repeats too few characters; enter several words"))
    name = email.partition("@")[0].lower()
    if name and name in password.lower():
        yield Problem(where, sentence("holds the name of the email address; enter something else"))


def hashed(password: str) -> str:
    """Return what is stored in place of a password."""
    return _HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Say whether a password is the stored one; takes as long where nothing is stored."""
    try:
        right = _HASHER.verify(_decoy() if stored is None else stored, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


@cache
def _decoy() -> str:
    return _HASHER.hash("nobody has this password")
