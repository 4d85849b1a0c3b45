"""From a drawing to the report of a floor plan."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from planner.errors import ImportRefused
from planner.importers.plans.cad.floors import split_floors
from planner.importers.plans.cad.guessing import best_profile, with_labels
from planner.importers.plans.cad.listing import layers_yield
from planner.importers.plans.cad.notes import notes_on
from planner.importers.plans.cad.rooms import Found, Room, find_rooms, layers_of
from planner.importers.plans.categories import category_of
from planner.importers.plans.checks import warnings_of
from planner.importers.plans.levels import level_of
from planner.importers.plans.picture import lines_picture
from planner.importers.plans.profiles import BY_NAME, chosen_profile
from planner.importers.plans.report import (
    Backdrop,
    PlanDesk,
    PlanFloor,
    PlanReport,
    PlanSpace,
    PlanWarning,
    Scale,
)
from planner.importers.plans.shapes import area_of, rings_of, scaled
from planner.importers.plans.units import scale_of
from planner.sentences import N_, told

if TYPE_CHECKING:
    from planner.importers.plans.cad.drawing import Drawing
    from planner.importers.plans.cad.floors import FloorPart
    from planner.importers.plans.choices import Choices
    from planner.importers.plans.profiles import Profile
    from planner.importers.plans.report import Point

_FAR_M: Final = 10_000.0
_GRID_M: Final = 1_000.0
MOST_ROOMS: Final = 5_000


def report_of(drawing: Drawing, name: str, kind: str, choices: Choices) -> PlanReport:
    """Return the rooms of a drawing, or a picture of it to trace where it has none.

    Args:
        drawing: what the file draws.
        name: of the file without its ending; names the floor.
        kind: `dxf` or `dwg`.
        choices: profile, layers, unit and desk blocks that the user named.

    Raises:
        ImportRefused: an unknown profile, layer or unit; more rooms than a floor can have.
    """
    profile, guessed, yields = _profile(drawing, choices)
    found = find_rooms(drawing, profile, choices.seats)
    if len(found.rooms) > MOST_ROOMS:
        raise ImportRefused(
            told(
                N_(
                    "{name} yields {count} rooms on {layers}; at most {most} are read."
                    " Name the layer that holds room outlines alone."
                ),
                name=name,
                count=len(found.rooms),
                layers=", ".join(_room_layers(found)),
                most=MOST_ROOMS,
            )
        )
    scale = _scale(drawing, found, choices)
    metres = scale.metres
    floors = _floors(drawing, found, metres, name)
    notes = (*notes_on(drawing, found, scale, guessed=guessed), *_elsewhere(found, choices, yields))
    return PlanReport(
        floors,
        (*notes, *warnings_of(floors)),
        kind=kind,
        scale=scale,
        preset=profile.name if found.rooms else "",
        presets=yields,
        layers=layers_yield(drawing, found.roles, metres),
    )


def _profile(
    drawing: Drawing, choices: Choices
) -> tuple[Profile, tuple[str, ...], tuple[tuple[str, int], ...]]:
    """Return the profile to read with, layers that were guessed, and what each profile yields."""
    named = chosen_profile(choices)
    guess = best_profile(drawing)
    if named is None or not named.layers.get("room"):
        base = guess.profile or BY_NAME["custom"]
        base = replace(base, layers={**base.layers, **choices.layers})
        return base, guess.guessed, guess.yields
    layers = layers_of(drawing)
    missing = [
        layer
        for layer in (one for some in choices.layers.values() for one in some)
        if "*" not in layer and layer.casefold() not in {one.casefold() for one in layers}
    ]
    if missing:
        raise ImportRefused(
            told(
                N_("The drawing has no layer {names}; it has {there}."),
                names=", ".join(missing),
                there=", ".join(layers[:40]),
            )
        )
    return with_labels(drawing, named), (), guess.yields


def _elsewhere(
    found: Found, choices: Choices, yields: tuple[tuple[str, int], ...]
) -> tuple[PlanWarning, ...]:
    """Return a hint where the profile that the user named finds nothing but another would."""
    if found.rooms or not choices.preset or not yields:
        return ()
    name, rooms = yields[0]
    text = told(
        N_("The profile {preset} finds no rooms; {name} would find {count}."),
        preset=choices.preset,
        name=name,
        count=rooms,
    )
    return (PlanWarning("other_profile", text, told(N_("profile {name}"), name=name)),)


def _room_layers(found: Found) -> list[str]:
    return [layer for layer, roles in found.roles.items() if "room" in roles]


def _scale(drawing: Drawing, found: Found, choices: Choices) -> Scale:
    shapes = [room.shape for room in found.rooms if room.shape is not None]
    declared = [
        (room.shape.area, float(room.label.area))
        for room in found.rooms
        if room.shape is not None and room.label.area
    ]
    return scale_of(
        [shape.area for shape in shapes],
        headers=(drawing.unit, found.profile.unit),
        metric=drawing.metric,
        stated=choices.unit,
        declared=declared,
    )


def _floors(
    drawing: Drawing, found: Found, metres: float | None, name: str
) -> tuple[PlanFloor, ...]:
    parts = split_floors(drawing, found, name)
    shared = _origin(parts, metres or 1.0) if len(parts) == 1 else None
    return tuple(_floor(drawing, found, part, metres, shared) for part in parts)


def _origin(parts: list[FloorPart], metres: float) -> Point:
    """Return what becomes (0, 0): the drawing's own origin unless it is kilometres away."""
    shapes = [shape for part in parts for shape in part.shapes]
    if not shapes:
        return (0.0, 0.0)
    left, bottom, _, _ = shapely.total_bounds(shapes)
    if max(abs(left), abs(bottom)) * metres < _FAR_M:
        return (0.0, 0.0)
    grid = _GRID_M / metres
    return (math.floor(left / grid) * grid, math.floor(bottom / grid) * grid)


def _floor(
    drawing: Drawing, found: Found, part: FloorPart, metres: float | None, origin: Point | None
) -> PlanFloor:
    rooms = [found.rooms[at] for at in part.rooms]
    if origin is None:
        left, bottom, _, _ = shapely.total_bounds(part.shapes)
        origin = (float(left), float(bottom))
    place = {at: position for position, at in enumerate(part.rooms)}
    gross = max(part.gross, key=lambda shape: shape.area, default=None)
    spaces = tuple(_space(room, metres, origin) for room in rooms)
    factor = metres or 1.0
    desks = tuple(
        PlanDesk(
            (
                round((desk.at[0] - origin[0]) * factor, 3),
                round((desk.at[1] - origin[1]) * factor, 3),
            ),
            place.get(desk.room) if desk.room is not None else None,
            desk.label,
            desk.ref,
        )
        for desk in found.desks
        if desk.room in place or (desk.room is None and part.first)
    )
    total = sum(shape.area for shape in part.gross)
    return PlanFloor(
        part.name,
        level_of(part.name),
        area_of(total * metres**2) if gross is not None and metres is not None else None,
        spaces,
        gross_outline=(
            rings_of(scaled(gross, metres, origin))
            if gross is not None and metres is not None
            else None
        ),
        desks=desks if metres is not None else (),
        backdrop=_backdrop(drawing, part, metres, origin),
    )


def _space(room: Room, metres: float | None, origin: Point) -> PlanSpace:
    label = room.label
    shape = None
    if room.shape is not None and metres is not None:
        shape = scaled(room.shape, metres, origin)
    category = category_of(label.name)
    return PlanSpace(
        number=label.number,
        name=label.name,
        category=category if category != "unspecified" else category_of(room.layer),
        drawn_area_m2=None if shape is None else area_of(shape.area),
        declared_area_m2=None if label.area is None else area_of(float(label.area)),
        declared_basis=None if label.area is None else N_("written in the drawing"),
        seats=room.seats or None,
        outline=None if shape is None else rings_of(shape),
        source_ref=room.ref,
        layer=room.layer,
        department=label.department,
    )


def _backdrop(
    drawing: Drawing, part: FloorPart, metres: float | None, origin: Point
) -> Backdrop | None:
    around = None
    if part.shapes:
        left, bottom, right, top = shapely.total_bounds(part.shapes)
        around = (
            float(left) - origin[0],
            float(bottom) - origin[1],
            float(right) - origin[0],
            float(top) - origin[1],
        )
    lines = [
        [(x - origin[0], y - origin[1]) for x, y in path.points]
        + ([(path.points[0][0] - origin[0], path.points[0][1] - origin[1])] if path.closed else [])
        for path in drawing.paths
    ]
    labels = [
        (text.text, (text.at[0] - origin[0], text.at[1] - origin[1])) for text in drawing.texts
    ]
    return lines_picture(lines, labels, metres_per_unit=metres, around=around)
