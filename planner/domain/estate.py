"""The frozen estate: everything calculations may know, loaded once, with one hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.attendance import NOBODY_COUNTED, Attendance
from planner.domain.fields import tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlmodel import SQLModel

    from planner.domain.records import (
        Assumption,
        Building,
        Floor,
        Header,
        Near,
        Rule,
        Seating,
        Space,
        Team,
    )

UnitId = str
"""A lettable unit: the floor's code, or `floor/unit` where the floor is divided."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest part of a building that is kept or freed as one.

    Args:
        id: `floor` or `floor/unit`.
        floor: the floor it lies on.
        building: its building.
        name: its part of the floor, "" where it is the whole floor.
        seats: workplaces in it.
        places: people it may hold on a day: its seats, or fewer where the floor's exits
            allow fewer; a divided floor shares its exit capacity by seats, rounded down.
        area_m2: lettable area; its basis is the floor's.
        features: what it offers to teams that need it.
    """

    id: UnitId
    floor: Floor
    building: Building
    name: str
    seats: int
    places: int
    area_m2: Decimal
    features: frozenset[str]

    @property
    def lettable(self) -> bool:
        """Say whether it can be let on its own."""
        return self.floor.lettable

    @property
    def rent_per_m2_month(self) -> Decimal | None:
        """Return the floor's rent or, failing that, the building's; None if neither is known."""
        own = self.floor.rent_per_m2_month
        return self.building.rent_per_m2_month if own is None else own


@dataclass(frozen=True, slots=True)
class Block:
    """Units that earn a premium when all of them are freed: here, a whole building."""

    id: str
    building: Building
    units: tuple[UnitId, ...]


@dataclass(frozen=True, eq=False)
class Estate:
    """All buildings of one owner with their teams, wishes and figures; never changed.

    Two estates with the same records have the same `hash`, whatever the order they came in.
    """

    header: Header
    buildings: tuple[Building, ...] = ()
    floors: tuple[Floor, ...] = ()
    spaces: tuple[Space, ...] = ()
    teams: tuple[Team, ...] = ()
    seating: tuple[Seating, ...] = ()
    attendance: Attendance = field(default=NOBODY_COUNTED)
    near: tuple[Near, ...] = ()
    rules: tuple[Rule, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    def sheets(self) -> Iterator[tuple[str, Iterable[SQLModel]]]:
        """Yield each sheet's name and its records, in the order of the workbook."""
        yield "estate", (self.header,)
        yield "buildings", self.buildings
        yield "floors", self.floors
        yield "spaces", self.spaces
        yield "teams", self.teams
        yield "seating", self.seating
        yield "attendance", self.attendance.records()
        yield "near", self.near
        yield "rules", self.rules
        yield "assumptions", self.assumptions

    @cached_property
    def hash(self) -> str:
        """Return 64 hexadecimal digits that stand for every record of the estate."""
        digest = hashlib.sha256(b"planner-estate/1\n")
        for name, records in self.sheets():
            if name == "attendance":
                self.attendance.feed(digest.update)
                continue
            lines = sorted(_canonical(record) for record in records)
            digest.update(f"{name} {len(lines)}\n".encode())
            digest.update("\n".join(lines).encode())
        return digest.hexdigest()

    @cached_property
    def building_of(self) -> Mapping[str, Building]:
        """Return the buildings by code."""
        return {building.code: building for building in self.buildings}

    @cached_property
    def floor_of(self) -> Mapping[str, Floor]:
        """Return the floors by code."""
        return {floor.code: floor for floor in self.floors}

    @cached_property
    def team_of(self) -> Mapping[str, Team]:
        """Return the teams by code."""
        return {team.code: team for team in self.teams}

    @cached_property
    def assumed(self) -> Mapping[str, Assumption]:
        """Return the assumptions that this estate states itself, by key."""
        return {assumption.key: assumption for assumption in self.assumptions}

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Return the lettable units, by building and level.

        A floor none of whose spaces names a unit is one unit, with the floor's own seats
        and lettable area. A divided floor has one unit a name, with the seats and areas of
        its spaces; its spaces without a name are common parts and stay with the owner.
        """
        parts: dict[str, dict[str, list[Space]]] = {}
        for space in self.spaces:
            if space.unit:
                parts.setdefault(space.floor, {}).setdefault(space.unit, []).append(space)
        found: list[Unit] = []
        for floor in sorted(
            self.floors, key=lambda floor: (floor.building, floor.level, floor.code)
        ):
            if floor.code in parts:
                found += self._divided(floor, parts[floor.code])
            else:
                found.append(self._whole(floor))
        return tuple(found)

    @cached_property
    def unit_of(self) -> Mapping[UnitId, Unit]:
        """Return the lettable units by id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Return whole buildings of two units or more, all of which can be let."""
        found = []
        for building in self.buildings:
            units = [unit for unit in self.units if unit.building is building]
            if len(units) > 1 and all(unit.lettable for unit in units):
                found.append(Block(building.code, building, tuple(unit.id for unit in units)))
        return tuple(found)

    @cached_property
    def now(self) -> Mapping[str, Mapping[UnitId, int]]:
        """Return where each team sits today: team code to unit id to people."""
        found: dict[str, dict[UnitId, int]] = {team.code: {} for team in self.teams}
        for seating in self.seating:
            unit = f"{seating.floor}/{seating.unit}" if seating.unit else seating.floor
            found[seating.team][unit] = found[seating.team].get(unit, 0) + seating.people
        return found

    def _whole(self, floor: Floor) -> Unit:
        return Unit(
            id=floor.code,
            floor=floor,
            building=self.building_of[floor.building],
            name="",
            seats=floor.seats,
            places=_places(floor, floor.seats, floor.seats),
            area_m2=floor.lettable_area_m2,
            features=tags(floor.has),
        )

    def _divided(self, floor: Floor, parts: Mapping[str, list[Space]]) -> Iterator[Unit]:
        seats = {name: sum(space.seats or 0 for space in parts[name]) for name in sorted(parts)}
        for name, own in seats.items():
            yield Unit(
                id=f"{floor.code}/{name}",
                floor=floor,
                building=self.building_of[floor.building],
                name=name,
                seats=own,
                places=_places(floor, own, sum(seats.values())),
                area_m2=self._let(floor, parts[name]),
                features=tags(floor.has),
            )

    def _let(self, floor: Floor, spaces: list[Space]) -> Decimal:
        """Return the lettable area of some spaces by the floor's rule, or their sum."""
        if floor.area_method is not None:
            from planner.domain.areas import estimate  # noqa: PLC0415  it reads estates

            numbers = frozenset(space.number for space in spaces)
            found = estimate(self, floor.code, floor.area_method, numbers)
            if found.area_m2 is not None:
                return found.area_m2
        return sum((area_of(space) for space in spaces), start=Decimal(0))


def _places(floor: Floor, seats: int, of: int) -> int:
    """Return how many of `of` seats' people the exits allow in a part with `seats` seats."""
    if floor.exit_capacity is None or of <= floor.exit_capacity:
        return seats
    return floor.exit_capacity * seats // of


def area_of(space: Space) -> Decimal:
    """Return the area that counts for a space, square metres, else 0.

    Declared counts before drawn, unless the space says otherwise.
    """
    areas = (space.declared_area_m2, space.drawn_area_m2)
    for area in reversed(areas) if space.area_counts == "drawn" else areas:
        if area is not None:
            return area
    return Decimal(0)


def _canonical(record: SQLModel) -> str:
    """Return one record as JSON whose text depends on its values only (2 equals 2.0)."""
    values = {
        name: _plain(value) for name, value in record.model_dump().items() if value is not None
    }
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value if isinstance(value, (bool, int, str)) else str(value)
