"""Floors traced by hand: outline, core and rooms become records; areas are worked out here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from shapely.geometry import MultiPolygon, Polygon
from shapely.ops import unary_union

from planner.domain.areas import estimate
from planner.domain.drafts import Draft, with_drafts
from planner.domain.geometry import area_m2, outline_of, parts_of, shape_of
from planner.domain.records import Space
from planner.errors import InvalidInput, NotFound, Problem, sentence
from planner.importers.plans import PlanFloor, PlanSpace
from planner.importers.plans.checks import warnings_of
from planner.services.access import Right, require
from planner.services.estates import Stored, change

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from planner.db.store import Store
    from planner.domain.estate import Estate
    from planner.domain.geometry import Shape
    from planner.domain.records import Floor
    from planner.domain.records.kinds import AreaMethod, Category
    from planner.importers.plans import PlanWarning
    from planner.services.access import Actor

TOLERANCE: Final = Decimal("0.05")
"""How far a traced area may be off; four corners set by hand gave 5.6% at worst."""


@dataclass(frozen=True, slots=True)
class TracedRoom:
    """A room or zone as traced.

    Args:
        was: number of the stored space that this is, None for a new one.
        number, name, category, seats, unit: as entered.
        shape: None where it is only listed.
    """

    was: str | None
    number: str
    name: str = ""
    category: Category = "unspecified"
    seats: int | None = None
    unit: str = ""
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """All that was traced of one floor, and what of the floor's record follows from it.

    Args:
        gross: the floor's outline.
        cores: outlines of the core.
        rooms: in the order entered.
        north_deg: where north is, None where unknown.
        take_gross: the gross area becomes that of the outline.
        take_seats: the floor's seats become those of its rooms.
        lettable: the rule that gives the lettable area, None to keep what is stored.
    """

    gross: Shape | None = None
    cores: tuple[Shape, ...] = ()
    rooms: tuple[TracedRoom, ...] = ()
    north_deg: Decimal | None = None
    take_gross: bool = False
    take_seats: bool = False
    lettable: AreaMethod | None = None


def traced(estate: Estate, floor: str, trace: Trace) -> Draft:
    """Return the floor as it would be stored.

    Raises:
        NotFound: no such floor.
        InvalidInput: the rule asked for has no figure, or a number stands for two rooms.
    """
    record = _floor(estate, floor)
    _refuse_twins(trace)
    stored = {space.number: space for space in estate.spaces if space.floor == floor}
    spaces = tuple(_space(floor, room, stored.get(room.was or "")) for room in trace.rooms)
    core = _joined(trace.cores)
    changes: dict[str, Any] = {
        "outline": None if trace.gross is None else outline_of(trace.gross),
        "core": None if core is None else outline_of(core),
        "north_deg": trace.north_deg,
    }
    draft = Draft(record.model_copy(update=changes), spaces)
    if trace.take_gross:
        draft = gross_from_outline(draft)
    if trace.take_seats:
        draft = seats_from_rooms(draft)
    return draft if trace.lettable is None else measured(estate, draft, trace.lettable)


def gross_from_outline(draft: Draft, declared: Decimal | None = None) -> Draft:
    """Return a draft whose gross area is that of its outline, or as a file declares it."""
    drawn = shape_of(draft.floor.outline)
    area = declared if drawn is None else area_m2(drawn)
    if area is None:
        return draft
    return replace(draft, floor=draft.floor.model_copy(update={"gross_area_m2": area}))


def seats_from_rooms(draft: Draft) -> Draft:
    """Return a draft whose floor has the seats of its rooms."""
    seats = sum(space.seats or 0 for space in draft.spaces)
    return replace(draft, floor=draft.floor.model_copy(update={"seats": seats}))


def measured(estate: Estate, draft: Draft, method: AreaMethod) -> Draft:
    """Return a draft whose lettable area is the estimate of a rule.

    Raises:
        InvalidInput: the rule has no figure for this floor.
    """
    code = draft.floor.code
    found = estimate(with_drafts(estate, [draft]), code, method)
    if found.area_m2 is None:
        raise InvalidInput([Problem(sentence("lettable"), _WHY[found.missing])])
    floor = draft.floor.model_copy(
        update={
            "lettable_area_m2": found.area_m2,
            "area_basis": found.rule.basis,
            "area_method": method,
        }
    )
    return replace(draft, floor=floor)


def store_trace(
    store: Store, actor: Actor, estate_id: str, floor: str, trace: Trace, version: int
) -> Stored:
    """Store a traced floor in place of what was drawn of it.

    Raises:
        NotFound: no such estate or floor of this owner.
        Conflict: the estate changed since `version`.
        InvalidInput: as `traced`, or the estate would contradict itself.
    """
    require(actor, Right.EDIT)

    def make(estate: Estate) -> Estate:
        return with_drafts(estate, [traced(estate, floor, trace)])

    return change(store, actor, estate_id, version, make, f"floor {floor} traced")


def copy_outline(
    store: Store,
    actor: Actor,
    estate_id: str,
    floor: str,
    targets: Sequence[str],
    version: int,
    *,
    rooms: bool = False,
) -> Stored:
    """Give other floors of the building the outline and core of this one.

    Args:
        store: the open database.
        actor: who does it.
        estate_id: the estate.
        floor: what is copied.
        targets: floors that get it; their areas and seats stay as they are.
        version: of the estate that the actor saw.
        rooms: also the rooms, for floors that have none.

    Raises:
        NotFound: no such estate or floor.
        InvalidInput: nothing to copy, nowhere to copy it to, or another building.
    """
    require(actor, Right.EDIT)

    def make(estate: Estate) -> Estate:
        source = _floor(estate, floor)
        others = [_floor(estate, code) for code in targets if code != floor]
        _refuse_copy(source, others)
        drafts = [_copied(estate, source, other, rooms=rooms) for other in others]
        return with_drafts(estate, drafts)

    what = f"outline of floor {floor} copied to {', '.join(targets)}"
    return change(store, actor, estate_id, version, make, what)


def findings(draft: Draft) -> tuple[PlanWarning, ...]:
    """Return what to look at on a floor as it would be stored; the checks of every import."""
    floor = draft.floor
    gross, core = shape_of(floor.outline), shape_of(floor.core)
    spaces = [_plan_space(space) for space in draft.spaces]
    if core is not None:
        rings = _rings(core)
        if not any(one.category in {"stairs", "elevator", "shaft"} for one in spaces):
            spaces.append(PlanSpace("", "core", "shaft", source_ref="core", outline=rings))
    plan = PlanFloor(
        name=floor.code,
        level=floor.level,
        gross_area_m2=floor.gross_area_m2 if gross is None else area_m2(gross),
        spaces=tuple(spaces),
        gross_outline=None if gross is None else _rings(gross),
    )
    return warnings_of([plan])


_WHY: Final = {
    "gross": "The floor has no gross area; draw its outline or enter the area first.",
    "rooms": "No room has an area that a tenant would pay for; draw rooms or a core first.",
    "above_gross": "The rooms are larger together than the floor leaves for them; correct the "
    "outline or the rooms first.",
}


def _floor(estate: Estate, code: str) -> Floor:
    found = estate.floor_of.get(code)
    if found is None:
        raise NotFound(sentence("There is no floor {code!r} in this estate.", code=code))
    return found


def _space(floor: str, room: TracedRoom, stored: Space | None) -> Space:
    """Return a room as a record; what cannot be traced stays as it is stored."""
    outline = None if room.shape is None else outline_of(room.shape)
    values: dict[str, Any] = {} if stored is None else stored.model_dump()
    values |= {
        "floor": floor,
        "number": room.number,
        "name": room.name,
        "category": room.category,
        "seats": room.seats,
        "unit": room.unit,
    }
    before = None if stored is None else shape_of(stored.outline)
    if outline != (None if before is None else outline_of(before)):
        values["outline"] = outline
        values["drawn_area_m2"] = None if room.shape is None else area_m2(room.shape)
        values["drawn_how"] = None if room.shape is None else "traced"
    return Space.model_validate(values)


def _joined(shapes: Sequence[Shape]) -> Shape | None:
    found = unary_union(shapes)
    return found if isinstance(found, (Polygon, MultiPolygon)) and found.area else None


def _refuse_twins(trace: Trace) -> None:
    numbers = [room.number for room in trace.rooms]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise InvalidInput(
            [
                Problem(
                    sentence("number"),
                    sentence(
                        "Number {number} stands for two rooms; give one another.", number=number
                    ),
                )
                for number in twice
            ]
        )


def _refuse_copy(source: Floor, others: Collection[Floor]) -> None:
    if source.outline is None:
        raise InvalidInput(
            sentence("Floor {source} has no outline yet; draw it first.", source=source.code)
        )
    if not others:
        raise InvalidInput(sentence("No floor was chosen; tick those that look the same."))
    for other in others:
        if other.building != source.building:
            raise InvalidInput(
                sentence(
                    "Floor {other} is in building {building}, not {own}; an outline is "
                    "copied within a building only.",
                    other=other.code,
                    building=other.building,
                    own=source.building,
                )
            )


def _copied(estate: Estate, source: Floor, other: Floor, *, rooms: bool) -> Draft:
    own = tuple(space for space in estate.spaces if space.floor == other.code)
    if rooms and not own:
        own = tuple(
            space.model_copy(update={"floor": other.code, "unit": "", "declared_area_m2": None})
            for space in estate.spaces
            if space.floor == source.code
        )
    changes = {name: getattr(source, name) for name in ("outline", "core", "north_deg")}
    return Draft(other.model_copy(update=changes), own)


def _plan_space(space: Space) -> PlanSpace:
    drawn = shape_of(space.outline)
    return PlanSpace(
        number=space.number,
        name=space.name,
        category=space.category,
        drawn_area_m2=space.drawn_area_m2,
        declared_area_m2=space.declared_area_m2,
        seats=space.seats,
        outline=None if drawn is None else _rings(drawn),
    )


def _rings(drawn: Shape) -> tuple[tuple[tuple[float, float], ...], ...]:
    largest = max(parts_of(drawn), key=lambda part: part.area)
    return tuple(
        tuple((float(x), float(y)) for x, y, *_ in ring.coords)
        for ring in (largest.exterior, *largest.interiors)
    )
