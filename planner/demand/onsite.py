"""Who must be on site on which weekday, and why: the mapping of posts that the law asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final, Literal

from planner.domain.assumptions import register_of
from planner.domain.fields import tags
from planner.errors import InvalidInput, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.estate import Estate
    from planner.domain.records import Team

Why = Literal[
    "class", "counter", "equipment", "supervision", "face_to_face", "days", "eligible", "ict",
    "least", "weekday", "free",
]  # fmt: skip
"""What keeps people on site: the team's class; a tie to the place; the cap on days elsewhere;
people who are not eligible; people not equipped; the least on site; the weekday; nothing."""

TIES: Final[tuple[Why, ...]] = ("counter", "equipment", "supervision", "face_to_face")
WORKDAYS: Final = 5
_DAY_NAMES: Final[Mapping[str, int]] = {
    name: at
    for at, names in enumerate(
        (("mon", "sen"), ("tue", "sel"), ("wed", "rab"), ("thu", "kam"), ("fri", "jum"))
    )
    for name in names
}
_ON_A_DAY: Final = re.compile(r"^([^\W\d]+)'?[^\W\d]*(?: +(\d{1,3}(?:[.,]\d+)?) ?%)?$")


@dataclass(frozen=True, slots=True)
class TeamPresence:
    """How many of a team must be present from Monday to Friday, and why.

    Args:
        team: its code.
        people: on its books.
        may_be_away: people who may be elsewhere on one day.
        remote_days: days a week each of them may be elsewhere, None where nothing caps them.
        must: people, Monday to Friday.
        why: what sets each of these figures.
    """

    team: str
    people: int
    may_be_away: int
    remote_days: int | None
    must: tuple[int, ...]
    why: tuple[Why, ...]

    @property
    def share(self) -> Decimal:
        """Return the share that must be present on the day that asks for most, rounded up."""
        if not self.people:
            return Decimal(0)
        exact = Decimal(max(self.must)) / self.people
        return exact.quantize(Decimal("0.000001"), ROUND_CEILING)


def presence_of(estate: Estate) -> tuple[TeamPresence, ...]:
    r"""Return who must be on site for every team, in the estate's order.

    Days elsewhere are spread evenly over the week: of $e$ people who may be elsewhere on $r$
    of 5 days, $\lfloor e r / 5 \rfloor$ are away on each day.

    Raises:
        InvalidInput: a team's days on site cannot be read.

    Source:
        PermenPANRB 4/2025 (in force 21 April 2025): article 13(1) caps days elsewhere at two a
        week; tasks qualify that need no special room or equipment, little meeting in person
        and no constant supervision; people newly placed or under discipline do not.
    """
    binds = estate.header.country == "ID" and estate.header.owner_kind in {"state", "regional"}
    cap = int(register_of(estate).number("remote_days_a_week")) if binds else None
    return tuple(_presence(team, cap) for team in estate.teams)


def weekday_shares(text: str) -> dict[int, Decimal]:
    """Return the share that must be on site by weekday, 0 is Monday.

    Raises:
        InvalidInput: a part that names no weekday, or a share above 100%.

    >>> weekday_shares("Mon, Kamis 50%")
    {0: Decimal('1'), 3: Decimal('0.5')}
    """
    found = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
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


def _presence(team: Team, cap: int | None) -> TeamPresence:
    people = team.headcount
    ties = [tie for tie in TIES if tie in tags(team.tied_to or "")]
    if team.onsite_class in {"public_service", "on_site"} or ties:
        why: Why = ties[0] if ties else "class"
        return TeamPresence(team.code, people, 0, 0, (people,) * WORKDAYS, (why,) * WORKDAYS)
    allowed = max(0, people - (team.not_eligible or 0))
    ready = Decimal(1) if team.ict_ready is None else team.ict_ready
    away = int((allowed * ready).to_integral_value(ROUND_FLOOR))
    days = cap if team.remote_days is None else team.remote_days
    if team.onsite_class == "remote" and team.remote_days is None:
        days = None
    shares = weekday_shares(team.on_site_days or "")
    must, reasons = [], []
    for weekday in range(WORKDAYS):
        reasons_by_people: list[tuple[int, Why]] = [
            (0, "free"),
            (people - allowed, "eligible"),
            (people - away, "ict" if away < allowed else "eligible"),
            (_up(team.min_on_site * people), "least"),
            (_up(shares.get(weekday, Decimal(0)) * people), "weekday"),
        ]
        if days is not None:
            reasons_by_people.append((people - away * days // WORKDAYS, "days"))
        most, reason = max(reasons_by_people, key=lambda one: one[0])
        must.append(most)
        reasons.append(reason)
    return TeamPresence(team.code, people, away, days, tuple(must), tuple(reasons))


def _up(people: Decimal) -> int:
    return int(people.to_integral_value(ROUND_CEILING))
