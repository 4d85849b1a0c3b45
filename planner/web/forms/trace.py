"""The form of a traced floor: one block a shape, each with its corner points as text.

It is the whole truth of the page: the script draws what stands in it and writes back into it,
and without a script it is an ordinary form.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from pydantic import ValidationError

from planner.domain.areas import RULES
from planner.domain.geometry import shape_of
from planner.domain.records import Space
from planner.domain.records.kinds import CATEGORIES
from planner.errors import InvalidInput
from planner.services.tracing import Trace, TracedRoom
from planner.web.forms.points import points_text, read_points
from planner.web.forms.reading import read_number, shown
from planner.web.forms.refusals import messages_of

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.geometry import Shape
    from planner.domain.records.kinds import Category
    from planner.errors import PlannerError
    from planner.i18n import Speech
    from planner.services.backdrops import Picture

KINDS: Final = ("gross", "core", "room")
_FIELDS: Final = ("kind", "was", "number", "name", "category", "seats", "unit", "points")
_MOST_BLOCKS: Final = 5_000
_FULL_TURN: Final = 360


@dataclass(frozen=True, slots=True)
class Block:
    """One shape as typed, with what is wrong in each of its fields."""

    at: str
    kind: str = "room"
    was: str = ""
    number: str = ""
    name: str = ""
    category: str = "unspecified"
    seats: str = ""
    unit: str = ""
    points: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Say whether nothing was entered."""
        typed = (self.number, self.name, self.seats, self.unit, self.points)
        return not any(text.strip() for text in typed)


@dataclass(frozen=True, slots=True)
class TraceForm:
    """All blocks and what of the floor's record is to follow from them."""

    blocks: tuple[Block, ...]
    north: str = ""
    take_gross: bool = False
    take_seats: bool = False
    lettable: str = ""
    problems: tuple[str, ...] = ()
    north_error: str = ""

    @property
    def is_right(self) -> bool:
        """Say whether nothing is wrong."""
        return not (self.problems or self.north_error or any(one.errors for one in self.blocks))

    @property
    def wrong(self) -> tuple[tuple[str, str, str], ...]:
        """Return the id of each wrong field, the room or kind it is of, and its sentence."""
        found = [
            (f"f-{name}-{one.at}", one.number or one.kind, said)
            for one in self.blocks
            for name, said in one.errors.items()
        ]
        return (*found, *((("f-north", "north", self.north_error),) if self.north_error else ()))

    def with_block(self, kind: str) -> TraceForm:
        """Return the form with one more empty block."""
        taken = [int(one.at) for one in self.blocks if one.at.isdigit()]
        return replace(
            self, blocks=(*self.blocks, Block(str(max(taken, default=-1) + 1), kind=kind))
        )

    def with_sketches(self, under: Picture) -> TraceForm:
        """Return the form with the rooms of the picture's file that it does not have yet."""
        scale = under.calibration
        if scale is None:
            return self
        taken = {one.number for one in self.blocks}
        fresh: list[Block] = []
        for one in under.sketch:
            shape, number = one.outline(scale), one.number or "room"
            if shape is None or number in taken:
                continue
            same = sum(block.number.split("#")[0] == number for block in fresh)
            seats = "" if one.seats is None else str(one.seats)
            fresh.append(
                Block(
                    at="",
                    number=f"{number}#{same + 1}" if same or not one.number else number,
                    name=one.name,
                    category=one.category,
                    seats=seats,
                    points=points_text(shape),
                )
            )
        blocks = (*self.blocks, *fresh)
        return replace(
            self, blocks=tuple(replace(one, at=str(at)) for at, one in enumerate(blocks))
        )

    def told(self, refusal: PlannerError, speech: Speech) -> TraceForm:
        """Return the form with what the services refuse."""
        return replace(self, problems=messages_of(refusal, speech))


def form_of(estate: Estate, floor: str) -> TraceForm:
    """Return the form of a floor as it is stored."""
    record = estate.floor_of[floor]
    blocks = []
    for kind, outline in (("gross", record.outline), ("core", record.core)):
        shape = shape_of(outline)
        if shape is not None:
            blocks.append(Block("", kind=kind, points=points_text(shape)))
    blocks += [_block(space) for space in estate.spaces if space.floor == floor]
    north = "" if record.north_deg is None else shown(record.north_deg)
    numbered = tuple(replace(one, at=str(at)) for at, one in enumerate(blocks))
    return TraceForm(numbered, north=north, take_gross=record.gross_area_m2 is None)


def read_form(typed: dict[str, str], order: list[str], speech: Speech) -> TraceForm:
    """Return the form as typed, with what is wrong in it; blocks to be removed are gone.

    Args:
        typed: fields by name, `points-3` and so on.
        order: the numbers of the blocks, in the order of the page.
        speech: the reader's language.
    """
    blocks = [
        _checked(block, speech)
        for at in dict.fromkeys(order[:_MOST_BLOCKS])
        if f"remove-{at}" not in typed
        for block in [_typed(at, typed)]
        if not block.blank
    ]
    north = typed.get("north", "").strip()
    return TraceForm(
        tuple(blocks),
        north=north,
        take_gross="take_gross" in typed,
        take_seats="take_seats" in typed,
        lettable=typed.get("lettable", ""),
        north_error=_north_error(north, speech),
    )


def trace_of(form: TraceForm, speech: Speech) -> Trace:
    """Return what a form without errors says."""
    shapes: dict[str, list[Shape]] = {kind: [] for kind in KINDS}
    rooms = []
    for one in form.blocks:
        shape = read_points(one.points, speech)
        if one.kind == "room":
            seats = None if not one.seats else int(read_number(one.seats, speech))
            rooms.append(
                TracedRoom(
                    was=one.was or None,
                    number=one.number,
                    name=one.name,
                    category=cast("Category", one.category),
                    seats=seats,
                    unit=one.unit,
                    shape=shape,
                )
            )
        elif shape is not None:
            shapes[one.kind].append(shape)
    return Trace(
        gross=shapes["gross"][0] if shapes["gross"] else None,
        cores=tuple(shapes["core"]),
        rooms=tuple(rooms),
        north_deg=read_number(form.north, speech) if form.north else None,
        take_gross=form.take_gross,
        take_seats=form.take_seats,
        lettable=next((rule.key for rule in RULES if rule.key == form.lettable), None),
    )


def _block(space: Space) -> Block:
    return Block(
        at="",
        was=space.number,
        number=space.number,
        name=space.name,
        category=space.category,
        seats="" if space.seats is None else str(space.seats),
        unit=space.unit,
        points=points_text(shape_of(space.outline)),
    )


def _typed(at: str, typed: dict[str, str]) -> Block:
    kind, was, number, name, category, seats, unit, points = (
        typed.get(f"{field}-{at}", "").strip() for field in _FIELDS
    )
    return Block(at, kind, was, number, name, category, seats, unit, points)


def _checked(block: Block, speech: Speech) -> Block:
    errors: dict[str, str] = {}
    if block.kind not in KINDS:
        block = replace(block, kind="room")
    try:
        shape = read_points(block.points, speech)
        if block.kind != "room" and shape is None:
            errors["points"] = speech._("Draw it, or enter its corners.")
    except InvalidInput as refusal:
        errors["points"] = " ".join(speech.told(refusal))
    if block.kind == "room":
        errors |= _room_errors(block, speech)
    return replace(block, errors=errors)


def _room_errors(block: Block, speech: Speech) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not block.number:
        errors["number"] = speech._("Give this room a number; it is how lists name it.")
    if block.category not in CATEGORIES:
        errors["category"] = speech._("Choose a use from the list.")
    seats = None
    if block.seats:
        try:
            number = read_number(block.seats, speech)
            seats = int(number)
            if number != seats or seats < 0:
                errors["seats"] = speech._("Enter a whole number of seats, for example 12.")
        except InvalidInput as refusal:
            errors["seats"] = " ".join(speech.told(refusal))
    if not errors:
        errors = _declared_errors(block, seats, speech)
    return errors


def _declared_errors(block: Block, seats: int | None, speech: Speech) -> dict[str, str]:
    """Return what the declaration of a space refuses."""
    try:
        Space(floor="x", number=block.number, name=block.name, unit=block.unit, seats=seats)
    except ValidationError as refusal:
        return {
            str(error["loc"][0]): speech._("This is too long or has a sign that is not allowed.")
            for error in refusal.errors(include_url=False, include_input=False)
            if error["loc"]
        }
    return {}


def _north_error(text: str, speech: Speech) -> str:
    if not text:
        return ""
    try:
        north = read_number(text, speech)
    except InvalidInput as refusal:
        return " ".join(speech.told(refusal))
    if not 0 <= north <= _FULL_TURN or north != north.quantize(Decimal("0.1")):
        return speech._("Enter degrees from 0 to 360, with at most one decimal.")
    return ""
