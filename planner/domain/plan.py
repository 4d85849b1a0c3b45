"""A plan: who sits where, what is freed, what it is worth, and how good it is proved to be."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from planner.domain.records import Rule
from planner.domain.schedule import Schedule
from planner.errors import InvalidInput, Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PLAN_FORMAT: Final = "planner-plan/1"
Promise = Literal["each_floor", "any_floor", "building"]
"""What the service level holds for: each floor has its seats on that share of days; on that
share of days no floor at all is short; each building as a whole, a full floor sending people to
another one of it."""
WEEKDAYS: Final = (
    sentence("Monday"),
    sentence("Tuesday"),
    sentence("Wednesday"),
    sentence("Thursday"),
    sentence("Friday"),
    sentence("Saturday"),
    sentence("Sunday"),
)

_FROZEN: Final = ConfigDict(frozen=True, extra="forbid", strict=False)


class Placement(BaseModel):
    """People of one team who sit together today and will sit together.

    Args:
        team: code of the team.
        origin: id of the unit where these people sit today, None if nowhere.
        unit: id of the lettable unit where they will sit.
        people: how many they are.
        seats: seats they take on each of the plan's weekdays.
    """

    model_config = _FROZEN
    team: str
    origin: str | None
    unit: str
    people: int
    seats: tuple[int, ...]


class FreedUnit(BaseModel):
    """A unit that nobody uses any more, and its net present value in minor units."""

    model_config = _FROZEN
    unit: str
    npv: int


class FreedBlock(BaseModel):
    """A whole building freed, and what its being whole adds, in minor units."""

    model_config = _FROZEN
    block: str
    npv: int


class Move(BaseModel):
    """People of one team who change units; `cost` is its present value in minor units.

    Who goes by way of swing space makes two moves.
    """

    model_config = _FROZEN
    team: str
    origin: str
    target: str
    people: int
    cost: int


class Apart(BaseModel):
    """A wish for nearness that the plan does not meet, and its weight in minor units."""

    model_config = _FROZEN
    team: str
    other: str
    penalty: int


class Tried(BaseModel):
    """What came of trying the plan first found on days held out, where it fell short there.

    Args:
        short: units that were short on more of these days than the level allows, with how many
            days each was short.
        value: what the plan first found was worth.
        days: what was asked then: no floor short on these days either; where a full floor may
            send people to others of its building, in the end only that the building is not.
        end: whether the promise holds now; else no plan is short on none of these days (proved,
            of promises for floors), or none was found in time, or it was stopped.
        limit: no plan that is short on none of these days is worth more; None if not proved.
    """

    model_config = _FROZEN
    short: dict[str, int]
    value: int
    days: tuple[dt.date, ...]
    end: Literal["held", "impossible", "time"]
    limit: int | None = None


class Plan(BaseModel):
    """One answer to one estate, complete enough to be checked without a solver.

    Args:
        estate_hash: the estate it answers.
        program, solver: versions that made it.
        seed, seconds: what was asked of the solver.
        level: service level, share of days.
        weekdays: which days `seats` and `allotments` speak of, 0 is Monday.
        allotments: seats per team and weekday at the level.
        npv: cash value against doing nothing, minor units: units + blocks - moves - waves,
            each in its own month where the moves are dated.
        value: what was maximised: the npv as if every unit were empty in the first month
            that the figures allow, less unmet nearness, against the same today.
        bound: no plan under the same rules has a greater value, whatever days it fits; None
            if none was proved.
        status: `optimal` only where value and bound are equal.
        rules: asked for this plan alone, beside those of the estate.
        spare: seats that were left free in a unit because it ran short on days held out.
        fits: days held out on which no floor is short: the plan was made so.
        tried: what came of trying the plan first found, None where it kept its promise.
        overflow: whether a floor may send people to free seats of its building.
        any_floor: whether the level is promised for all floors at once.
        schedule: when who moves; None where no dates were asked for.

    No clock is in it: the same inputs and seed give the same bytes.
    """

    model_config = _FROZEN
    format: Literal["planner-plan/1"] = PLAN_FORMAT
    name: str
    estate_hash: str
    program: str
    solver: str
    seed: int
    seconds: int
    level: Decimal
    weekdays: tuple[int, ...]
    allotments: dict[str, tuple[int, ...]]
    placements: tuple[Placement, ...]
    freed: tuple[FreedUnit, ...]
    blocks: tuple[FreedBlock, ...]
    moves: tuple[Move, ...]
    apart: tuple[Apart, ...]
    npv: int
    value: int
    bound: int | None
    status: Literal["optimal", "feasible"]
    rules: tuple[Rule, ...] = ()
    spare: dict[str, int] = {}
    fits: tuple[dt.date, ...] = ()
    tried: Tried | None = None
    overflow: bool = False
    any_floor: bool = False
    schedule: Schedule | None = None

    @property
    def promise(self) -> Promise:
        """Return what the service level was promised for."""
        if self.overflow:
            return "building"
        return "any_floor" if self.any_floor else "each_floor"

    @cached_property
    def freed_units(self) -> frozenset[str]:
        """Return the ids of the freed units."""
        return frozenset(freed.unit for freed in self.freed)

    @property
    def people_moved(self) -> int:
        """Return how many people change units, each counted once."""
        return sum(
            placement.people
            for placement in self.placements
            if placement.origin is not None and placement.origin != placement.unit
        )

    @property
    def releases(self) -> dict[str, int]:
        """Return the month in which each unit is left for good, where the moves are dated."""
        return {} if self.schedule is None else self.schedule.months

    @property
    def seen(self) -> tuple[dt.date, ...]:
        """Return the days held out that had a say in the plan, and so are no longer unseen."""
        if self.fits or self.tried is None or self.tried.end != "held":
            return self.fits
        return self.tried.days

    @property
    def fitted(self) -> bool:
        """Say whether more was asked of it than its rules: seats on some days, or seats free."""
        return bool(self.fits) or any(self.spare.values())

    def limit_under(self, rules: Iterable[Rule], level: Decimal) -> int | None:
        """Return its limit if that holds for all plans of its estate under other rules too.

        It does under its own rules or more, at its own level. A plan once took the limit of
        plans that fit the same days for its own: one that is lower than a plan worth more, or
        may be so, is none.
        """
        if level != self.level or not set(map(repr, self.rules)) <= set(map(repr, rules)):
            return None
        first = None if self.tried is None else self.tried.value
        if self.fitted and self.bound is not None and (first is None or self.bound < first):
            return None
        return self.bound

    @property
    def captured(self) -> Decimal | None:
        """Return the value as a share of the proved limit, None without limit or value to win."""
        if self.bound is None or self.bound <= 0:
            return None
        return Decimal(self.value) / Decimal(self.bound)

    @cached_property
    def placed(self) -> Mapping[str, Mapping[str, int]]:
        """Return people by team and unit."""
        found: dict[str, dict[str, int]] = {}
        for placement in self.placements:
            units = found.setdefault(placement.team, {})
            units[placement.unit] = units.get(placement.unit, 0) + placement.people
        return found

    @cached_property
    def taken(self) -> Mapping[str, tuple[int, ...]]:
        """Return seats taken per unit and weekday; a unit nobody uses is missing."""
        found: dict[str, tuple[int, ...]] = {}
        for placement in self.placements:
            before = found.get(placement.unit, (0,) * len(self.weekdays))
            found[placement.unit] = tuple(
                one + more for one, more in zip(before, placement.seats, strict=True)
            )
        return found

    @cached_property
    def seating(self) -> str:
        """Return 16 hexadecimal digits that stand for who sits where and what is freed alone."""
        told = sorted((one.team, one.origin or "", one.unit, one.people) for one in self.placements)
        return hashlib.sha256(repr((told, sorted(self.freed_units))).encode()).hexdigest()[:16]

    @cached_property
    def hash(self) -> str:
        """Return 64 hexadecimal digits that stand for the whole plan."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return the plan with other fields; nothing summed up of the old ones is kept."""
        copy = super().model_copy(update=update, deep=deep)
        for name in ("freed_units", "placed", "taken", "seating", "hash"):
            copy.__dict__.pop(name, None)
        return copy

    def to_json(self) -> str:
        """Return the plan as indented JSON, the same bytes for the same plan."""
        left_out = {"schedule"} if self.schedule is None else set()
        # Plans made before these were known keep their bytes.
        left_out |= {name for name in ("any_floor", "fits", "tried") if not getattr(self, name)}
        return self.model_dump_json(indent=1, exclude=left_out) + "\n"


def parse_plan(text: str | bytes) -> Plan:
    """Return the plan that a file holds.

    Raises:
        InvalidInput: not JSON, not a plan, or a field that cannot be; every place is named.
    """
    try:
        return Plan.model_validate_json(text)
    except ValidationError as refusal:
        raise InvalidInput(
            Problem(".".join(map(str, error["loc"])) or "plan", error["msg"])
            for error in refusal.errors(include_url=False, include_input=False)
        ) from None
