"""The form of a plan file's review: what becomes of each floor, and each room as corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from planner.domain.areas import RULES
from planner.domain.records.kinds import CATEGORIES
from planner.errors import InvalidInput
from planner.importers.plans import ROLES, Choices
from planner.services.reviewing import FloorChoice, RoomChoice
from planner.web.forms.reading import read_number
from planner.web.forms.refusals import messages_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from werkzeug.datastructures import MultiDict

    from planner.domain.records.kinds import Category
    from planner.errors import PlannerError
    from planner.i18n import Speech
    from planner.importers.plans import PlanReport, Role

NEW: Final = "+"
"""Stands for a new floor in the choice of what a file's floor is."""
UNITS: Final = ("mm", "cm", "m", "in", "ft")
_ROOM_FIELDS: Final = ("number", "name", "category", "seats", "unit")


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """Everything typed, by field name, with what is wrong.

    Args:
        values: as typed; ticks are there or not.
        errors: a sentence by field name.
        problems: sentences that no field carries.
    """

    values: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> str:
        """Return what was typed, "" where nothing was."""
        return self.values.get(name, "")

    @property
    def is_right(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.errors and not self.problems

    def told(self, refusal: PlannerError, speech: Speech) -> ReviewForm:
        """Return the form with what the services refuse."""
        said = messages_of(refusal, speech)
        return ReviewForm(self.values, self.errors, (*self.problems, *said))


def review_form(choices: tuple[FloorChoice, ...], known: frozenset[str]) -> ReviewForm:
    """Return the form that says what a file suggests; `known` are codes of stored floors."""
    values: dict[str, str] = {}
    for at, choice in enumerate(choices):
        new = choice.target not in known
        values |= {
            f"target-{at}": NEW if new else choice.target,
            f"code-{at}": choice.target if new else "",
            f"level-{at}": str(choice.level),
            f"counts-{at}": choice.counts,
            f"lettable-{at}": choice.lettable or "",
        }
        ticks = (("take", choice.take), ("gross", choice.take_gross), ("seats", choice.take_seats))
        values |= {f"{name}-{at}": "yes" for name, on in ticks if on}
        for of, room in enumerate(choice.rooms):
            values |= _room_values(f"{at}-{of}", room)
    return ReviewForm(values)


def read_review(
    typed: Mapping[str, str], report: PlanReport, speech: Speech
) -> tuple[ReviewForm, tuple[FloorChoice, ...]]:
    """Return the form as typed with what is wrong in it, and the choices it makes."""
    errors: dict[str, str] = {}
    choices = tuple(
        _floor(typed, at, len(plan.spaces), errors, speech) for at, plan in enumerate(report.floors)
    )
    return ReviewForm(dict(typed), errors), choices


def read_choices(typed: MultiDict[str, str]) -> Choices:
    """Return what was said about the file: profile, unit, layers and columns."""
    layers: dict[Role, tuple[str, ...]] = {}
    preset = typed.get("preset", "")
    for name, role in _pairs(typed, "layer", "role"):
        if role in ROLES and not preset:
            layers[role] = (*layers.get(role, ()), name)
    columns = {what: name for name, what in _pairs(typed, "column", "field") if what}
    unit = typed.get("measure", "")
    blocks = (name.strip() for name in typed.get("blocks", "").split(","))
    return Choices(
        preset=preset or None,
        unit=unit if unit in UNITS else None,
        layers=layers,
        columns=columns,
        seats=tuple(name for name in blocks if name),
    )


def _pairs(typed: MultiDict[str, str], one: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield the name in each row of a mapping form with what it was mapped to."""
    for at in range(min(5_000, len(typed))):
        if f"{one}-{at}" not in typed:
            return
        yield typed[f"{one}-{at}"], typed.get(f"{other}-{at}", "")


def _room_values(at: str, room: RoomChoice) -> dict[str, str]:
    values = {
        f"number-{at}": room.number,
        f"name-{at}": room.name,
        f"category-{at}": room.category,
        f"seats-{at}": "" if room.seats is None else str(room.seats),
        f"unit-{at}": room.unit,
    }
    return values | ({f"room-{at}": "yes"} if room.take else {})


def _floor(
    typed: Mapping[str, str], at: int, rooms: int, errors: dict[str, str], speech: Speech
) -> FloorChoice:
    target = typed.get(f"target-{at}", NEW)
    level = 0
    take = f"take-{at}" in typed
    if target == NEW:
        target = typed.get(f"code-{at}", "").strip()
        if take and not target:
            errors[f"code-{at}"] = speech._("Give the new floor a code, for example A9.")
        level = _whole(typed, f"level-{at}", errors, speech) or 0
    rule = typed.get(f"lettable-{at}", "")
    return FloorChoice(
        take=take,
        target=target,
        level=level,
        counts="drawn" if typed.get(f"counts-{at}") == "drawn" else "declared",
        take_gross=f"gross-{at}" in typed,
        take_seats=f"seats-{at}" in typed,
        lettable=next((one.key for one in RULES if one.key == rule), None),
        rooms=tuple(_room(typed, f"{at}-{of}", errors, speech) for of in range(rooms)),
    )


def _room(typed: Mapping[str, str], at: str, errors: dict[str, str], speech: Speech) -> RoomChoice:
    number, name, category, _, unit = (typed.get(f"{one}-{at}", "").strip() for one in _ROOM_FIELDS)
    take = f"room-{at}" in typed
    if take and not number:
        errors[f"number-{at}"] = speech._("Give this room a number; it is how lists name it.")
    return RoomChoice(
        number=number,
        name=name,
        category=cast("Category", category if category in CATEGORIES else "unspecified"),
        seats=_whole(typed, f"seats-{at}", errors, speech),
        unit=unit,
        take=take,
    )


def _whole(
    typed: Mapping[str, str], name: str, errors: dict[str, str], speech: Speech
) -> int | None:
    text = typed.get(name, "").strip()
    if not text:
        return None
    try:
        number = read_number(text, speech)
    except InvalidInput as refusal:
        errors[name] = " ".join(speech.told(refusal))
        return None
    if number != int(number):
        errors[name] = speech._("%(typed)s is not a whole number.", typed=text[:40])
        return None
    return int(number)
