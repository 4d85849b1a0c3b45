"""What a plan file yields, as a person corrected it: floors and rooms that may be stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from planner.domain.drafts import Draft, with_drafts
from planner.domain.records import Space
from planner.errors import ImportRefused, InvalidInput, Problem
from planner.importers.plans.merging import (
    home_of,
    new_floor,
    spaces_of,
    stating_seats,
    target_of,
    with_outline,
)
from planner.sentences import N_, told
from planner.services.access import Right, require
from planner.services.backdrops import lay_if_none
from planner.services.estates import change
from planner.services.plan_files import decide, get
from planner.services.tracing import gross_from_outline, measured, seats_from_rooms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.db.store import Scope, Store
    from planner.domain.estate import Estate
    from planner.domain.records import Building, Floor
    from planner.domain.records.kinds import AreaMethod, Category
    from planner.importers.plans import PlanFloor, PlanReport
    from planner.services.access import Actor
    from planner.services.estates import Stored

Counts = Literal["declared", "drawn"]


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """A room as corrected; `take` False leaves it out."""

    number: str
    name: str
    category: Category
    seats: int | None
    unit: str
    take: bool = True


@dataclass(frozen=True, slots=True)
class FloorChoice:
    """What becomes of one floor of a file.

    Args:
        take: whether it is stored at all.
        target: code of the estate's floor that it is, or of a new one.
        level: of a new floor.
        counts: which area of a room counts where both are known.
        take_gross, take_seats: whether the floor's gross area and seats follow.
        lettable: the rule of its lettable area, None to keep or to add up.
        rooms: one for each space of the file's floor, in its order.
    """

    take: bool
    target: str
    level: int
    counts: Counts
    take_gross: bool
    take_seats: bool
    lettable: AreaMethod | None
    rooms: tuple[RoomChoice, ...]


def proposed(estate: Estate, report: PlanReport, building: str) -> tuple[FloorChoice, ...]:
    """Return what a file suggests, floor by floor; nothing is decided by it."""
    home = _home(estate, report, building)
    return tuple(_proposed(estate, home, plan) for plan in report.floors)


def drafts_from(
    estate: Estate, report: PlanReport, building: str, choices: Sequence[FloorChoice]
) -> tuple[Draft, ...]:
    """Return the chosen floors as they would be stored.

    Raises:
        InvalidInput: every contradiction of the choices, with the floor it is on.
    """
    home = _home(estate, report, building)
    problems: list[Problem] = []
    found = []
    for at, (plan, choice) in enumerate(zip(report.floors, choices, strict=True)):
        if not choice.take:
            continue
        try:
            found.append(_draft(estate, home, plan, choice))
        except InvalidInput as refusal:
            problems += [
                Problem(told(N_("floor {name}"), name=str(at)), one.message)
                for one in refusal.problems
            ]
    codes = [draft.floor.code for draft in found]
    problems += [
        Problem(
            "",
            told(
                N_("Two floors of the file would become floor {code}; choose another for one."),
                code=code,
            ),
        )
        for code in sorted({code for code in codes if codes.count(code) > 1})
    ]
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def confirm(
    store: Store,
    actor: Actor,
    estate_id: str,
    import_id: str,
    building: str,
    choices: Sequence[FloorChoice],
    version: int,
) -> Stored:
    """Store the chosen floors of a file, all of them or none, and close its review.

    Raises:
        NotFound: no such file of this owner.
        Conflict: the estate changed since `version`, or the file is decided already.
        InvalidInput: as `drafts_from`, or nothing was chosen.
    """
    require(actor, Right.EDIT)
    file = get(store, actor, estate_id, import_id)
    report = file.report
    if report is None:
        raise InvalidInput(
            told(
                N_("{file} has not been read; nothing can be stored of it."),
                file=file.file_name,
            )
        )
    if not any(choice.take for choice in choices):
        raise InvalidInput(told(N_("No floor was chosen; tick at least one, or reject the file.")))

    def make(estate: Estate) -> Estate:
        drafts = drafts_from(estate, report, building, choices)
        merged = with_drafts(estate, drafts)
        return stating_seats(merged) if any(one.assumed_seats for one in drafts) else merged

    def also(scope: Scope) -> None:
        decide(store, scope, actor, estate_id, import_id, "confirmed")
        for plan, choice in zip(report.floors, choices, strict=True):
            if choice.take and plan.backdrop is not None:
                lay_if_none(
                    scope, actor, estate_id, choice.target, plan.backdrop, file.file_name, store
                )

    return change(store, actor, estate_id, version, make, f"floor plan {file.file_name}", also=also)


def _home(estate: Estate, report: PlanReport, building: str) -> Building | None:
    try:
        return home_of(estate, report, building or None)
    except ImportRefused:
        return None


def _proposed(estate: Estate, home: Building | None, plan: PlanFloor) -> FloorChoice:
    stored = None if home is None else target_of(estate, home, plan)
    fresh = None if home is None or stored is not None else new_floor(estate, home, plan)[0]
    floor = stored or fresh
    spaces = () if floor is None else tuple(spaces_of(estate, floor, plan))
    return FloorChoice(
        take=bool(plan.gross_outline) or any(one.sketch is None for one in plan.spaces),
        target="" if floor is None else floor.code,
        level=(plan.level or 0) if floor is None else floor.level,
        counts="declared",
        take_gross=plan.gross_area_m2 is not None
        and (stored is None or stored.gross_area_m2 is None),
        take_seats=stored is not None and any(one.seats for one in plan.spaces),
        lettable=None,
        rooms=tuple(
            RoomChoice(one.number, one.name, one.category, one.seats, one.unit) for one in spaces
        ),
    )


def _draft(estate: Estate, home: Building | None, plan: PlanFloor, choice: FloorChoice) -> Draft:
    floor, guessed = estate.floor_of.get(choice.target), False
    if floor is None:
        if home is None:
            raise InvalidInput(told(N_("Choose the building that this floor belongs to.")))
        floor, guessed = new_floor(estate, home, plan)
        floor = _named(floor, choice)
    floor = with_outline(floor, plan)
    spaces = tuple(
        _corrected(space, room, choice.counts)
        for space, room in zip(spaces_of(estate, floor, plan), choice.rooms, strict=True)
        if room.take
    )
    _refuse_twins(spaces)
    draft = Draft(floor, spaces, guessed)
    if choice.take_gross:
        draft = gross_from_outline(draft, plan.gross_area_m2)
    if choice.take_seats:
        draft = replace(seats_from_rooms(draft), assumed_seats=False)
    return draft if choice.lettable is None else measured(estate, draft, choice.lettable)


def _named(floor: Floor, choice: FloorChoice) -> Floor:
    if not choice.target:
        raise InvalidInput(
            told(N_("Give the new floor a code that no other floor has, for example A9."))
        )
    values = floor.model_dump() | {"code": choice.target, "level": choice.level}
    try:
        return type(floor).model_validate(values)
    except ValidationError:
        raise InvalidInput(
            told(
                N_(
                    "Code {code} or level {level} is not possible for a floor; a code has"
                    " no slash and at most 60 letters, a level lies between -20 and 250."
                ),
                code=repr(choice.target),
                level=choice.level,
            )
        ) from None


def _corrected(space: Space, room: RoomChoice, counts: Counts) -> Space:
    both = space.drawn_area_m2 is not None and space.declared_area_m2 is not None
    values: dict[str, Any] = space.model_dump() | {
        "number": room.number,
        "name": room.name,
        "category": room.category,
        "seats": room.seats,
        "unit": room.unit,
        "area_counts": "drawn" if both and counts == "drawn" else None,
    }
    try:
        return Space.model_validate(values)
    except ValidationError as refusal:
        field = ".".join(str(part) for part in refusal.errors()[0]["loc"])
        raise InvalidInput(
            told(
                N_(
                    "Room {number}: {field} is not possible; shorten it, or take away signs"
                    " such as a slash."
                ),
                number=room.number or space.number,
                field=field,
            )
        ) from None


def _refuse_twins(spaces: Sequence[Space]) -> None:
    numbers = [space.number for space in spaces]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise InvalidInput(
            [
                Problem(
                    "",
                    told(
                        N_("Number {number} stands for two rooms; give one of them another."),
                        number=number,
                    ),
                )
                for number in twice
            ]
        )
