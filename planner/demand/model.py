"""An estate's demand: the seats every team needs on every weekday, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import numpy as np

from planner.demand.allot import allot, raised_to
from planner.demand.confidence import Grade, grade_of, notes_of
from planner.demand.drift import STEPS, Margin, extra_seats, margin_of
from planner.demand.joint import Joint, joint_days, planned_people
from planner.demand.quantile import check_level
from planner.demand.rates import (
    BLENDED_UNTIL,
    TYPED_WEIGHT,
    Guess,
    blended_rate,
    seats_by_rate,
)
from planner.domain.assumptions import register_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.demand.notes import Note
    from planner.demand.usable import LeftOut
    from planner.domain.estate import Estate
    from planner.domain.records import Team

Basis = Literal["measured", "typed", "headcount"]

_FIVE_DAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class TeamDemand:
    """What one team needs, and why.

    Args:
        team: its code.
        planned: people after growth.
        seats: per weekday, in the order of the demand's weekdays.
        basis: counted days, a typed rate (corrected by the days counted), or a seat each.
        assumed: whether the figure is to be marked as assumed.
        days: usable days on which it was counted.
        rate: the rate behind a typed basis, None otherwise.
    """

    team: str
    planned: int
    seats: tuple[int, ...]
    basis: Basis
    assumed: bool
    days: int
    rate: Decimal | None

    @property
    def allotment(self) -> int:
        """Return the seats it needs on its worst weekday."""
        return max(self.seats)


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """The seats an estate needs at a service level.

    Args:
        level: share of days on which they suffice.
        seed: kept for what is drawn from this demand later; nothing here is drawn.
        weekdays: days worked, 0 is Monday.
        teams: every team of the estate, by code.
        allotments: seats per team, one figure a weekday.
        pooled: seats for all teams together, one figure a weekday.
        days: usable days it rests on; 0 if nobody counted.
        first_day, last_day: of these days, None without any.
        margin: seats added because past days misjudged later ones.
        claimed: share of days that may be claimed for all teams together before a plan is
            tried: the level where enough days show it, else what so few days can show; 0
            without any.
        confidence: A to D.
        notes: what a reader must know.
        left_out: days and team-days not used.
        joint: the days themselves, for checks of a plan.
    """

    level: Decimal
    seed: int
    weekdays: tuple[int, ...]
    teams: tuple[TeamDemand, ...]
    allotments: Mapping[str, tuple[int, ...]]
    pooled: tuple[int, ...]
    days: int
    first_day: dt.date | None
    last_day: dt.date | None
    margin: Margin
    claimed: Decimal
    confidence: Grade
    notes: tuple[Note, ...]
    left_out: tuple[LeftOut, ...]
    joint: Joint

    @property
    def headcount(self) -> int:
        """Return all planned people."""
        return sum(team.planned for team in self.teams)

    @property
    def sum_of_team_quantiles(self) -> int:
        """Return the seats if every team keeps those of its own worst weekday."""
        return sum(team.allotment for team in self.teams)

    @property
    def peak_pooled(self) -> int:
        """Return the seats that all teams need together on the worst weekday."""
        return max(self.pooled)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return the notes as English sentences."""
        return tuple(map(str, self.notes))

    @property
    def team_margin(self) -> Decimal:
        """Return the seats added per planned person of a team."""
        return Decimal(self.margin.team) / STEPS

    @property
    def pool_margin(self) -> Decimal:
        """Return the seats added per planned person of all teams together."""
        return Decimal(self.margin.pool) / STEPS


def demand_of(
    estate: Estate, *, level: Decimal, seed: int, concurrency: Decimal = Decimal(1)
) -> Demand:
    """Return the seats an estate needs at a service level.

    All usable days count, up to the latest 250: a plan should know the freshest. How well
    that works on days it has not seen is the business of `backtest_of`.

    Args:
        estate: teams, attendance and figures.
        level: share of days on which seats must suffice, in (0, 1].
        seed: stored with the demand.
        concurrency: most people seated at once over different people of a day, in (0, 1].

    Raises:
        InvalidDemand: a level out of range.
    """
    check_level(level)
    joint = joint_days(estate, concurrency)
    weekdays = _weekdays(joint)
    counted = _counted(estate, joint, level, weekdays)
    rest = {
        team.code: _guessed(estate, team, joint, level, len(weekdays))
        for team in estate.teams
        if team.code not in counted.teams
    }
    teams = tuple(
        counted.teams.get(team.code) or rest[team.code]
        for team in sorted(estate.teams, key=lambda team: team.code)
    )
    pooled = _pooled(estate, counted, tuple(rest.values()), level)
    return Demand(
        level=level,
        seed=seed,
        weekdays=weekdays,
        teams=teams,
        allotments={team.team: team.seats for team in teams},
        pooled=pooled,
        days=len(joint.days),
        first_day=joint.days[0] if joint.days else None,
        last_day=joint.days[-1] if joint.days else None,
        margin=counted.margin,
        claimed=counted.margin.claim(level, len(joint.days)),
        confidence=grade_of(joint, teams),
        notes=notes_of(estate, joint, teams, level, margin=counted.margin),
        left_out=joint.left_out,
        joint=joint,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """What the counted teams need, and all of them together."""

    teams: Mapping[str, TeamDemand]
    pooled: NDArray[np.int64]
    margin: Margin


def _weekdays(joint: Joint) -> tuple[int, ...]:
    """Return the days worked; while few were counted, Monday to Friday are among them."""
    if len(joint.days) >= TYPED_WEIGHT:
        return joint.weekdays
    return tuple(sorted({*_FIVE_DAYS, *joint.weekdays}))


def _counted(estate: Estate, joint: Joint, level: Decimal, weekdays: tuple[int, ...]) -> _Counted:
    """Return the demand of the teams that rest on counted days alone."""
    days = joint.known.sum(axis=0)
    rests = [
        at
        for at, code in enumerate(joint.teams)
        if days[at] and (days[at] >= BLENDED_UNTIL or _typed(estate.team_of[code]) is None)
    ]
    if not rests:
        return _Counted({}, np.zeros(len(weekdays), np.int64), Margin())
    measured = joint.of_teams(rests)
    margin = margin_of(measured, level, weekdays)
    seats, pooled = seats_with_margin(measured, level, weekdays, margin)
    found = {}
    for at, code in enumerate(measured.teams):
        fixed = estate.team_of[code].onsite_class == "public_service"
        found[code] = TeamDemand(
            team=code,
            planned=int(measured.planned[at]),
            seats=tuple(map(int, seats[at])),
            basis="headcount" if fixed else "measured",
            assumed=not fixed and bool(days[rests[at]] < TYPED_WEIGHT),
            days=int(days[rests[at]]),
            rate=None,
        )
    return _Counted(found, pooled, margin)


def seats_with_margin(
    joint: Joint, level: Decimal, weekdays: tuple[int, ...], margin: Margin
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return seats per team and weekday, and pooled per weekday, the margin included.

    Team seats are raised where they would not hold all teams together, so that on every
    weekday their sum is at least what all need at once.
    """
    allotted = allot(joint, level, weekdays)
    everybody = joint.planned.sum(keepdims=True)
    pooled = np.minimum(allotted.pooled + extra_seats(margin.pool, everybody), everybody)
    extra = np.where(joint.firm, 0, extra_seats(margin.team, joint.planned))
    seats = np.minimum(allotted.seats + extra[:, None], joint.planned[:, None])
    for at in range(len(weekdays)):
        seats[:, at] = raised_to(seats[:, at], int(pooled[at]), joint.planned)
    return seats, pooled


def _typed(team: Team) -> Decimal | None:
    """Return the typed rate to plan for: of the busiest day if it was entered.

    Nobody says which weekday is the busiest, so each is planned as if it were.
    """
    if team.onsite_class == "public_service":
        return None
    return team.attendance_rate if team.busiest_rate is None else team.busiest_rate


def _guessed(estate: Estate, team: Team, joint: Joint, level: Decimal, weekdays: int) -> TeamDemand:
    """Return the demand of a team with too few counted days: from its typed rate, or a seat each.

    What was counted corrects the rate, more with every day.
    """
    planned = planned_people(team)
    typed = _typed(team)
    if typed is None:
        fixed = team.onsite_class == "public_service" or not planned
        seats = (planned,) * weekdays
        return TeamDemand(team.code, planned, seats, "headcount", not fixed, 0, None)
    days, counted = _counted_rate(team, joint)
    rate = max(blended_rate(typed, counted, days), team.min_on_site)
    correlation = register_of(estate).number("correlation")
    seats = (seats_by_rate([Guess(planned, rate)], level, correlation),) * weekdays
    return TeamDemand(team.code, planned, seats, "typed", days < TYPED_WEIGHT, days, rate)


def _counted_rate(team: Team, joint: Joint) -> tuple[int, Decimal | None]:
    """Return on how many days a team was counted, and its mean rate to match what was typed.

    A typed rate of the busiest day is matched by the mean of its busiest weekday.
    """
    if team.code not in joint.teams or not planned_people(team):
        return 0, None
    at = joint.teams.index(team.code)
    known = joint.known[:, at]
    if not known.any():
        return 0, None
    strata = [known]
    if team.busiest_rate is not None:
        strata = [known & (joint.weekday == one) for one in set(joint.weekday[known].tolist())]
    means = [
        Decimal(int(joint.seats[rows, at].sum())) / int(rows.sum()) / planned_people(team)
        for rows in strata
    ]
    return int(known.sum()), max(means)


def _pooled(
    estate: Estate, counted: _Counted, rest: tuple[TeamDemand, ...], level: Decimal
) -> tuple[int, ...]:
    """Return seats for all teams at once: counted days, typed rates together, a seat each."""
    guesses = [Guess(team.planned, team.rate) for team in rest if team.rate is not None]
    correlation = register_of(estate).number("correlation")
    typed = seats_by_rate(guesses, level, correlation) if guesses else 0
    heads = sum(team.planned for team in rest if team.rate is None)
    return tuple(int(seats) + typed + heads for seats in counted.pooled)
