"""Who must be on site on which weekday, and why: the mapping of posts that the law asks for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final, Literal, cast

from planner.domain.assumptions import register_of
from planner.domain.fields import tags
from planner.domain.posts import TIES, Agency, agencies_from, posts_from, weekday_shares

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.records import Team

Why = Literal[
    "class", "counter", "equipment", "supervision", "face_to_face", "no_ict", "targets", "new",
    "discipline", "days", "eligible", "ict", "least", "weekday", "agency", "free",
]  # fmt: skip
"""What keeps people on site: the team's class; a tie of the post to the place; what bars the
post's people; the cap on days elsewhere; people who are not eligible; people not equipped; the
least on site; a weekday of the team; a weekday of its agency; nothing."""

WORKDAYS: Final = 5
_ON_TOP: Final = frozenset({"least", "weekday", "agency"})


@dataclass(frozen=True, slots=True)
class TeamPresence:
    """How many of a team must be present from Monday to Friday, and why.

    Args:
        team: its code.
        people: on its books.
        may_be_away: people who may be elsewhere on one day.
        remote_days: days a week each of them may be elsewhere, None where nothing caps them;
            the most of any post.
        must: people, Monday to Friday.
        parts: for each day, what keeps how many; they add up to `must`.
    """

    team: str
    people: int
    may_be_away: int
    remote_days: int | None
    must: tuple[int, ...]
    parts: tuple[tuple[tuple[Why, int], ...], ...]

    @property
    def why(self) -> tuple[Why, ...]:
        """Return for each day what sets the figure: what was asked on top, else what keeps most."""
        return tuple(_setting(day) for day in self.parts)

    @property
    def share(self) -> Decimal:
        """Return the share that must be present on the day that asks for most, rounded up."""
        if not self.people:
            return Decimal(0)
        exact = Decimal(max(self.must)) / self.people
        return exact.quantize(Decimal("0.000001"), ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class _Caps:
    """Days a week elsewhere: of the estate, and what each agency rules."""

    estate: int | None
    agencies: dict[str, Agency]


def presence_of(estate: Estate) -> tuple[TeamPresence, ...]:
    r"""Return who must be on site for every team, in the estate's order.

    Posts come first: one whose checklist ties its work to the place, or bars its people, is on
    site as a whole. The people whom no post names follow the team's own figures. Days elsewhere
    are spread evenly over the week: of $e$ people who may be elsewhere on $r$ of 5 days,
    $\lfloor e r / 5 \rfloor$ are away on each day.

    Raises:
        InvalidInput: posts, agencies or weekdays that cannot be read.

    Source:
        PermenPANRB 4/2025 (in force 21 April 2025): article 13(1) caps days elsewhere at two a
        week; tasks qualify that need no special room or equipment, little meeting in person
        and no constant supervision; people newly placed or under discipline do not.
    """
    binds = estate.header.country == "ID" and estate.header.owner_kind in {"state", "regional"}
    cap = int(register_of(estate).number("remote_days_a_week")) if binds else None
    caps = _Caps(cap, agencies_from(estate.header.agencies))
    return tuple(_presence(team, caps) for team in estate.teams)


def _presence(team: Team, caps: _Caps) -> TeamPresence:
    people = team.headcount
    ties = [tie for tie in TIES if tie in tags(team.tied_to or "")]
    if team.onsite_class in {"public_service", "on_site"} or ties:
        why: Why = ties[0] if ties else "class"
        held = ((why, people),) if people else ()
        return TeamPresence(team.code, people, 0, 0, (people,) * WORKDAYS, (held,) * WORKDAYS)
    agency = caps.agencies.get(team.department.casefold(), Agency())
    usual = _days(team, agency, caps.estate)
    fixed, loose = _fixed(team, usual)
    away = sum(group for group, _ in loose)
    home = sum(group if days is None else group * days // WORKDAYS for group, days in loose)
    base = [*fixed, ("days", away - home)]
    days = [day for _, day in loose]
    unbound = None in days or (usual is None and not days)
    parts = tuple(
        _topped(base, people, _asked(team, agency, weekday)) for weekday in range(WORKDAYS)
    )
    return TeamPresence(
        team=team.code,
        people=people,
        may_be_away=away,
        remote_days=None if unbound else max(day for day in (*days, usual or 0) if day is not None),
        must=tuple(sum(count for _, count in day) for day in parts),
        parts=parts,
    )


def _days(team: Team, agency: Agency, cap: int | None) -> int | None:
    """Return the days a week elsewhere: the team's own, its agency's, else the estate's."""
    if team.remote_days is not None:
        return team.remote_days
    if agency.remote_days is not None:
        return agency.remote_days
    return None if team.onsite_class == "remote" else cap


def _fixed(
    team: Team, usual: int | None
) -> tuple[list[tuple[Why, int]], list[tuple[int, int | None]]]:
    """Return who is on site every day and why, and who may be away on how many days a week."""
    fixed: dict[Why, int] = {}
    loose: list[tuple[int, int | None]] = []

    def keep(why: str, people: int) -> None:
        if people:
            key = cast("Why", why)
            fixed[key] = fixed.get(key, 0) + people

    posts = posts_from(team.posts)
    for post in posts:
        if post.marks:
            keep(post.marks[0], post.people)
        else:
            loose.append((post.people, usual if post.remote_days is None else post.remote_days))
    rest = max(0, team.headcount - sum(post.people for post in posts))
    barred = min(rest, team.not_eligible or 0)
    ready = Decimal(1) if team.ict_ready is None else team.ict_ready
    away = int(((rest - barred) * ready).to_integral_value(ROUND_FLOOR))
    keep("eligible", barred)
    keep("ict", rest - barred - away)
    loose.append((away, usual))
    return list(fixed.items()), [one for one in loose if one[0]]


def _asked(team: Team, agency: Agency, weekday: int) -> list[tuple[Why, int]]:
    """Return what else asks for people on a weekday, and for how many in all."""
    own = weekday_shares(team.on_site_days or "").get(weekday, Decimal(0))
    ruled = agency.shares.get(weekday, Decimal(0))
    return [
        ("least", _up(team.min_on_site * team.headcount)),
        ("weekday", _up(own * team.headcount)),
        ("agency", _up(ruled * team.headcount)),
    ]


def _topped(
    base: list[tuple[Why, int]], people: int, asked: list[tuple[Why, int]]
) -> tuple[tuple[Why, int], ...]:
    """Return who is kept by the base, and by the strictest of what else is asked on top."""
    have = sum(count for _, count in base)
    why, most = max(asked, key=lambda one: one[1])
    more = min(people, most) - have
    found = [*base, (why, more)] if more > 0 else base
    return tuple(one for one in found if one[1])


def _setting(day: tuple[tuple[Why, int], ...]) -> Why:
    if not day:
        return "free"
    return day[-1][0] if day[-1][0] in _ON_TOP else max(day, key=lambda one: one[1])[0]


def _up(people: Decimal) -> int:
    return int(people.to_integral_value(ROUND_CEILING))
