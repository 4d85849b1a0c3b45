"""What every drawing shows: who sits where today or in the plan, floor by floor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from planner.domain.eligibility import held_by_rule, is_about, part_name, units_to_let

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.domain.estate import Estate, Unit, UnitId
    from planner.domain.plan import Placement, Plan
    from planner.domain.records import Building, Team

State = Literal["today", "plan"]


class Needs(Protocol):
    """Seats that each team needs per weekday: a `Demand` or a `Plan` both say so."""

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Return which weekdays the allotments speak of, 0 is Monday."""

    @property
    def allotments(self) -> Mapping[str, tuple[int, ...]]:
        """Return seats by team and weekday."""


@dataclass(frozen=True, slots=True)
class Seated:
    """A team, or a part of it, in one unit.

    Args:
        team: the team.
        people: people of the team who sit here.
        seats: seats they take on each weekday.
        origin: the units some of them come from, comma-separated; "" where nobody moved in.
        fixed: whether it may not be moved: it serves the public or a rule says so.
    """

    team: Team
    people: int
    seats: tuple[int, ...]
    origin: UnitId = ""
    fixed: bool = False

    @property
    def most(self) -> int:
        """Return the seats it takes on its busiest weekday."""
        return max(self.seats, default=0)


@dataclass(frozen=True, slots=True)
class UnitView:
    """One lettable unit with those who sit in it; freed, it is to let alone or with its block."""

    unit: Unit
    seated: tuple[Seated, ...]
    taken: tuple[int, ...]
    freed: bool
    to_let: bool = False

    @property
    def most(self) -> int:
        """Return the seats taken on its busiest weekday."""
        return max(self.taken, default=0)


@dataclass(frozen=True)
class Row:
    """All units on one level of a building, drawn side by side."""

    level: int
    units: tuple[UnitView, ...]

    @cached_property
    def area(self) -> float:
        """Return the lettable area of the level in square metres."""
        return float(sum(view.unit.area_m2 for view in self.units))


@dataclass(frozen=True)
class Tower:
    """One building as it is drawn, rows from the lowest level up."""

    building: Building
    rows: tuple[Row, ...]

    @cached_property
    def views(self) -> tuple[UnitView, ...]:
        """Return its units from the lowest level up."""
        return tuple(view for row in self.rows for view in row.units)

    @property
    def freed(self) -> int:
        """Return how many of its floors have all their units freed."""
        return sum(all(view.freed for view in row.units) for row in self.rows)

    @cached_property
    def widest(self) -> float:
        """Return the area of its largest level."""
        return max((row.area for row in self.rows), default=0.0)


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole estate in one state."""

    state: State
    weekdays: tuple[int, ...]
    towers: tuple[Tower, ...]


def scene_of(estate: Estate, needs: Needs, plan: Plan | None = None) -> Scene:
    """Return today's scene, or the plan's where a plan is given."""
    seated = _today(estate, needs) if plan is None else _planned(estate, plan)
    freed = frozenset() if plan is None else plan.freed_units
    let = frozenset() if plan is None else units_to_let(estate, plan)
    weekdays = needs.weekdays if plan is None else plan.weekdays
    views = {
        unit.id: UnitView(
            unit=unit,
            seated=tuple(seated.get(unit.id, ())),
            taken=_sum((one.seats for one in seated.get(unit.id, ())), len(weekdays)),
            freed=unit.id in freed,
            to_let=unit.id in let,
        )
        for unit in estate.units
    }
    levels: dict[str, dict[int, list[UnitView]]] = {}
    for unit in estate.units:
        level = levels.setdefault(unit.building.code, {}).setdefault(unit.floor.level, [])
        level.append(views[unit.id])
    towers = []
    for building in estate.buildings:
        own = levels.get(building.code, {})
        rows = tuple(Row(level, tuple(own[level])) for level in sorted(own))
        if rows:
            towers.append(Tower(building, rows))
    return Scene("today" if plan is None else "plan", weekdays, tuple(towers))


def _today(estate: Estate, needs: Needs) -> Mapping[UnitId, list[Seated]]:
    """Return who sits where now, parts with their share of the team's seats, rounded up."""
    found: dict[UnitId, list[Seated]] = {}
    fixed = fixed_teams(estate)
    for team in estate.teams:
        now = estate.now[team.code]
        whole = sum(now.values())
        need = needs.allotments.get(team.code, (0,) * len(needs.weekdays))
        for unit, people in now.items():
            seats = tuple(-(-seat * people // whole) for seat in need)
            held = not fixed.isdisjoint({team.code, part_name(team.code, unit)})
            found.setdefault(unit, []).append(Seated(team, people, seats, fixed=held))
    return found


def _planned(estate: Estate, plan: Plan) -> Mapping[UnitId, list[Seated]]:
    """Return who sits where in the plan, parts of one team that meet in a unit as one."""
    found: dict[UnitId, list[Seated]] = {}
    fixed = fixed_teams(estate)
    held = held_by_rule(estate)
    parts: dict[tuple[str, UnitId], list[Placement]] = {}
    for placed in plan.placements:
        parts.setdefault((placed.team, placed.unit), []).append(placed)
    order = {team.code: at for at, team in enumerate(estate.teams)}
    for code, unit in sorted(parts, key=lambda pair: (order[pair[0]], pair[1])):
        together = parts[code, unit]
        came = sorted({one.origin for one in together if one.origin not in {None, unit}})
        found.setdefault(unit, []).append(
            Seated(
                team=estate.team_of[code],
                people=sum(one.people for one in together),
                seats=_sum((one.seats for one in together), len(plan.weekdays)),
                origin=", ".join(filter(None, came)),
                fixed=code in fixed
                or any(part_name(code, one.origin) in fixed for one in together if one.origin)
                or any(
                    rule.object == unit and is_about(rule, code, one.origin)
                    for rule in held
                    for one in together
                ),
            )
        )
    return found


def fixed_teams(estate: Estate) -> frozenset[str]:
    """Return who may not move: teams that serve the public, teams and parts that a rule fixes."""
    ruled = {r.subject for r in estate.rules if r.rule == "fix_team" and r.value is None}
    public = {team.code for team in estate.teams if team.onsite_class == "public_service"}
    return frozenset(ruled | public)


def _sum(rows: Iterable[tuple[int, ...]], width: int) -> tuple[int, ...]:
    return tuple(map(sum, zip((0,) * width, *rows, strict=False)))
