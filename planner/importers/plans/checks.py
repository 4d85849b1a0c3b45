"""What to look at before a plan counts, whatever format it came from."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import shapely

from planner.errors import joined
from planner.importers.plans.report import PlanWarning
from planner.importers.plans.shapes import polygon_from
from planner.sentences import N_, fixed, ngettext, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.importers.plans.report import PlanFloor, PlanSpace

_CORE: Final = frozenset({"stairs", "elevator", "shaft"})
_OVERLAP_M2: Final = 0.5
_WITHIN: Final = 0.95
"""A room that shares this much of itself with a larger one lies in it."""
_SMALLEST_M2, _LARGEST_M2 = Decimal(1), Decimal(2000)
_DIFFERS: Final = Decimal("0.05")
_ABOVE: Final = Decimal("1.001")
_SHOWN: Final = 5


def warnings_of(floors: Sequence[PlanFloor]) -> tuple[PlanWarning, ...]:
    """Return what is worth a look on each floor, the same checks for every format."""
    found: list[PlanWarning] = []
    for floor in floors:
        where = place_of(floor)
        found += _numbers(floor, where)
        found += _labels(floor, where)
        found += _sizes(floor, where)
        found += _overlaps(floor, where)
        found += _gross(floor, where)
    return tuple(found)


def place_of(floor: PlanFloor) -> str:
    """Return where a floor's warnings stand."""
    return told(N_("floor {name}"), name=floor.name) if floor.name else told(N_("floor"))


def said(space: PlanSpace) -> str:
    """Return how a person would name a space."""
    name = " ".join(part for part in (space.number, space.name) if part)
    if name or not space.source_ref:
        return name or told(N_("without a number"))
    return told(N_("without a number ({ref})"), ref=space.source_ref)


def listed(names: Iterable[str], shown: int = _SHOWN) -> str:
    """Return the first few names and how many more there are.

    >>> listed(["A", "B", "C"], 2)
    'A, B and 1 more'
    """
    every = list(names)
    first = joined(every[:shown], ", ")
    if len(every) <= shown:
        return first
    return told(N_("{names} and {more} more"), names=first, more=len(every) - shown)


def _numbers(floor: PlanFloor, where: str) -> Iterator[PlanWarning]:
    rooms = defaultdict(list)
    for space in floor.spaces:
        if space.number:
            rooms[space.number].append(space)
    for number, same in rooms.items():
        if len(same) > 1:
            yield PlanWarning(
                "duplicate_number",
                told(
                    N_("Number {number} stands for {count} rooms."), number=number, count=len(same)
                ),
                where,
            )


def _labels(floor: PlanFloor, where: str) -> Iterator[PlanWarning]:
    bare = [space for space in floor.spaces if not space.number and not space.name]
    if bare:
        refs = listed(space.source_ref for space in bare if space.source_ref)
        yield PlanWarning(
            "unlabelled",
            told(
                ngettext(
                    "{count} of {all} rooms has neither number nor name.",
                    "{count} of {all} rooms have neither number nor name.",
                ),
                count=len(bare),
                all=len(floor.spaces),
            ),
            told(N_("{where}: {refs}"), where=where, refs=refs) if refs else where,
        )


def _sizes(floor: PlanFloor, where: str) -> Iterator[PlanWarning]:
    known = [(space, area) for space in floor.spaces if (area := space.drawn_area_m2) is not None]
    odd = [(space, area) for space, area in known if not _SMALLEST_M2 <= area <= _LARGEST_M2]
    if odd:
        names = listed(
            told(N_("{room}: {area} m²"), room=said(space), area=area) for space, area in odd
        )
        yield PlanWarning(
            "odd_size",
            told(
                N_("Below {low} or above {high} m²: {names}."),
                low=_SMALLEST_M2,
                high=_LARGEST_M2,
                names=names,
            ),
            where,
        )
    differ = [
        (space, area)
        for space, area in known
        if space.declared_area_m2 and abs(area - space.declared_area_m2) > _DIFFERS * area
    ]
    if differ:
        names = listed(
            told(
                N_("{room} {drawn} drawn, {declared} declared"),
                room=said(space),
                drawn=fixed(area, 1),
                declared=fixed(space.declared_area_m2 or 0, 1),
            )
            for space, area in differ
        )
        yield PlanWarning(
            "area_differs",
            told(
                ngettext(
                    "Drawn and declared areas differ by more than 5% in {count} room: {names}.",
                    "Drawn and declared areas differ by more than 5% in {count} rooms: {names}.",
                ),
                count=len(differ),
                names=names,
            ),
            where,
        )


def _overlaps(floor: PlanFloor, where: str) -> Iterator[PlanWarning]:
    drawn = [
        (space, polygon_from(space.outline)) for space in floor.spaces if space.outline is not None
    ]
    shapes = [shape for _, shape in drawn]
    if len(shapes) < 2:  # noqa: PLR2004  nothing to overlap
        return
    tree = shapely.STRtree(shapes)
    pairs = tree.query(shapes, predicate="intersects").T
    held: dict[int, list[int]] = defaultdict(list)
    for one, other in sorted((int(a), int(b)) for a, b in pairs if a < b):
        shared = shapely.intersection(shapes[one], shapes[other]).area
        if shared <= _OVERLAP_M2:
            continue
        small, large = sorted((one, other), key=lambda at: shapes[at].area)
        if shared >= _WITHIN * shapes[small].area:
            held[large].append(small)
            continue
        yield PlanWarning(
            "overlap",
            told(
                N_("{one} and {other} overlap by {shared} m²."),
                one=said(drawn[one][0]),
                other=said(drawn[other][0]),
                shared=fixed(shared, 1),
            ),
            where,
        )
    for outer, inner in held.items():
        names = listed(said(drawn[at][0]) for at in inner)
        yield PlanWarning(
            "nested",
            told(
                N_(
                    "{room} holds {names}, so that their areas count twice. Cut them out of"
                    " it, or leave one or the other out."
                ),
                room=said(drawn[outer][0]),
                names=names,
            ),
            where,
        )


def _gross(floor: PlanFloor, where: str) -> Iterator[PlanWarning]:
    if not floor.spaces:
        return
    total = sum((space.drawn_area_m2 or Decimal(0) for space in floor.spaces), Decimal(0))
    if floor.gross_area_m2 is not None and total > floor.gross_area_m2 * _ABOVE:
        yield PlanWarning(
            "above_gross",
            told(
                N_("The rooms come to {total} m², the floor's outline to {gross} m²."),
                total=fixed(total, 1),
                gross=fixed(floor.gross_area_m2, 1),
            ),
            where,
        )
    if not any(space.category in _CORE for space in floor.spaces):
        yield PlanWarning(
            "no_core", told(N_("No stairs, lift or shaft is among the rooms.")), where
        )
