"""Who may work elsewhere: posts of a team, agencies and weekdays, as people write them down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.errors import InvalidInput, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TIES: Final = ("counter", "equipment", "supervision", "face_to_face")
"""What ties the work itself to the place."""
BARS: Final = ("no_ict", "targets", "new", "discipline")
"""What bars the people: no laptop or access, targets not met, newly placed, discipline."""
MARKS: Final = (*TIES, *BARS)
MOST_DAYS: Final = 5
_DAY_NAMES: Final[Mapping[str, int]] = {
    name: at
    for at, names in enumerate(
        (("mon", "sen"), ("tue", "sel"), ("wed", "rab"), ("thu", "kam"), ("fri", "jum"))
    )
    for name in names
}
_ON_A_DAY: Final = re.compile(r"^([^\W\d]+)(?:'[^\W\d]*)?(?: +(\d{1,3}(?:[.,]\d+)?) ?%)?$")
_POST: Final = re.compile(r"^(\d{1,5}) +([^:; ](?:[^:;]*[^:; ])?) *(?::(.*))?$")


@dataclass(frozen=True, slots=True)
class Post:
    """People of a team who do the same work.

    Args:
        name: what the post is called, unique in its team.
        people: how many hold it.
        marks: of its checklist, any of which keeps them on site, in the order of `MARKS`.
        remote_days: days a week they may be elsewhere, None takes the team's.
    """

    name: str
    people: int
    marks: tuple[str, ...] = ()
    remote_days: int | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """What a department rules for its teams.

    Args:
        remote_days: most days a week elsewhere, None takes the estate's.
        shares: share that must be on site by weekday, 0 is Monday.
    """

    remote_days: int | None = None
    shares: Mapping[int, Decimal] = field(default_factory=dict)


def weekday_shares(text: str) -> dict[int, Decimal]:
    """Return the share that must be on site by weekday, 0 is Monday.

    Raises:
        InvalidInput: a part that names no weekday, or a share above 100%.

    >>> weekday_shares("Mon, Kamis 50%")
    {0: Decimal('1'), 3: Decimal('0.5')}
    """
    found = {}
    for part in _parts(text, ","):
        match = _ON_A_DAY.match(part)
        day = _DAY_NAMES.get(match[1].lower()[:3]) if match else None
        share = Decimal((match[2] or "100").replace(",", ".")) / 100 if match else Decimal(2)
        if day is None or share > 1:
            raise InvalidInput(
                sentence(
                    "{part!r} is no weekday with a share; write days like Mon, Thu 50%", part=part
                )
            )
        found[day] = share
    return found


def posts_from(text: str | None) -> tuple[Post, ...]:
    """Return the posts that a text names.

    Raises:
        InvalidInput: a part that is no post, a mark that is not known, a post twice.

    >>> posts_from("3 Cashier: counter; 2 Clerk: new, 1 day")[1]
    Post(name='Clerk', people=2, marks=('new',), remote_days=1)
    """
    found: dict[str, Post] = {}
    for part in _parts(text or "", ";"):
        match = _POST.match(part)
        if match is None:
            raise InvalidInput(
                sentence("{part!r} is no post; write posts like 3 Cashier: counter", part=part)
            )
        name = match[2].strip()
        if name.casefold() in found:
            raise InvalidInput(
                sentence("the post {name!r} stands twice; give each post once", name=name)
            )
        marks, days = _checklist(match[3] or "", name)
        found[name.casefold()] = Post(name, int(match[1]), marks, days)
    return tuple(found.values())


def posts_text(posts: Iterable[Post]) -> str | None:
    """Return posts as one text, None where there are none."""
    said = []
    for post in posts:
        days = [] if post.remote_days is None else [f"{post.remote_days} days"]
        checks = ", ".join([*post.marks, *days])
        said.append(f"{post.people} {post.name}" + (f": {checks}" if checks else ""))
    return "; ".join(said) or None


def agencies_from(text: str | None) -> dict[str, Agency]:
    """Return what departments rule, by the department's name in lower case.

    Raises:
        InvalidInput: a part without a name, a number of days, or weekdays that are none.

    >>> agencies_from("Health: 1, Thu 50%")["health"].remote_days
    1
    """
    found = {}
    for part in _parts(text or "", ";"):
        name, mark, rules = part.rpartition(":")
        if not mark or not name.strip():
            raise InvalidInput(
                sentence(
                    "{part!r} rules for no department; write it like Health: 1, Mon", part=part
                )
            )
        days, week = None, []
        for one in _parts(rules, ","):
            if one.isdecimal():
                days = _days(one, name)
            else:
                week.append(one)
        found[name.strip().casefold()] = Agency(days, weekday_shares(",".join(week)))
    return found


def with_agency(text: str | None, name: str, days: str, week: str) -> str | None:
    """Return the rules of all departments with those of one replaced; blank ones are left out.

    Raises:
        InvalidInput: the rules cannot be read.
    """
    kept = [
        part
        for part in _parts(text or "", ";")
        if part.rpartition(":")[0].strip().casefold() != name.strip().casefold()
    ]
    rules = ", ".join(filter(None, (days.strip(), week.strip())))
    said = "; ".join([*kept, *([f"{name.strip()}: {rules}"] if rules else [])])
    agencies_from(said)
    return said or None


def _checklist(text: str, post: str) -> tuple[tuple[str, ...], int | None]:
    marks, days = set(), None
    for one in _parts(text, ","):
        plain = one.lower().replace(" ", "_").replace("-", "_")
        number = plain.split("_")[0]
        if plain in MARKS:
            marks.add(plain)
        elif number.isdecimal() and plain.removeprefix(number) in {"", "_day", "_days", "_hari"}:
            days = _days(number, post)
        else:
            raise InvalidInput(
                sentence(
                    "{one!r} of the post {post!r} is not known; known are {marks} and a number of "
                    "days elsewhere, as 2 days",
                    one=one,
                    post=post,
                    marks=", ".join(MARKS),
                )
            )
    return tuple(mark for mark in MARKS if mark in marks), days


def _days(text: str, whose: str) -> int:
    if int(text) > MOST_DAYS:
        raise InvalidInput(
            sentence(
                "{text} days elsewhere a week for {whose!r}; enter 0 to {most}",
                text=text,
                whose=whose,
                most=MOST_DAYS,
            )
        )
    return int(text)


def _parts(text: str, mark: str) -> list[str]:
    return [part for one in text.replace("\n", mark).split(mark) if (part := one.strip())]
