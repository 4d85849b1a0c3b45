"""What the tracing page tells: totals against what is stored, estimates, what to look at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.domain.areas import estimates
from planner.domain.drafts import Draft, with_drafts
from planner.domain.geometry import area_m2
from planner.domain.records.kinds import CATEGORIES
from planner.errors import InvalidInput
from planner.services.tracing import findings, traced
from planner.web.forms.trace import trace_of
from planner.web.show.areas import EstimateRow, estimate_row

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.i18n import Speech
    from planner.importers.plans import PlanWarning
    from planner.web.forms.trace import TraceForm


@dataclass(frozen=True, slots=True)
class Sum:
    """One line of totals: what is drawn, what is stored."""

    key: str
    words: str
    drawn: str
    stored: str


@dataclass(frozen=True, slots=True)
class TracePage:
    """What the page shows beside the form.

    Args:
        title: the conclusion.
        sums: totals, the same that the script keeps up to date.
        estimates: of the lettable area by each rule.
        warnings: what to look at.
        categories: uses to choose from, with their words.
        others: floors of the building that could get the same outline.
        factor: shown units of area in a square metre, for the script.
    """

    title: str
    sums: tuple[Sum, ...]
    estimates: tuple[EstimateRow, ...]
    warnings: tuple[PlanWarning, ...]
    categories: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    factor: str


def trace_page(
    estate: Estate, floor: str, form: TraceForm, speech: Speech, draft: Draft | None = None
) -> TracePage:
    """Return the page of a floor that is being traced."""
    record = estate.floor_of[floor]
    draft = draft or _draft(estate, floor, form, speech)
    with_it = with_drafts(estate, [draft])
    return TracePage(
        title=_title(draft, floor, speech),
        sums=_sums(estate, floor, form, speech),
        estimates=tuple(estimate_row(one, speech) for one in estimates(with_it, floor)),
        warnings=findings(draft) if draft.spaces or draft.floor.outline else (),
        categories=tuple((key, speech.words(words)) for key, words in CATEGORIES.items()),
        others=tuple(
            one.code
            for one in sorted(estate.floors, key=lambda one: (one.level, one.code))
            if one.building == record.building and one.code != floor
        ),
        factor="10.763910417" if speech.area_unit == "sqft" else "1",
    )


def _draft(estate: Estate, floor: str, form: TraceForm, speech: Speech) -> Draft:
    """Return the floor as typed where that can be drawn, else as it is stored."""
    stored = Draft(
        estate.floor_of[floor], tuple(space for space in estate.spaces if space.floor == floor)
    )
    if not form.is_right:
        return stored
    try:
        return traced(estate, floor, trace_of(form, speech))
    except InvalidInput:
        return stored


def _title(draft: Draft, floor: str, speech: Speech) -> str:
    drawn = [space for space in draft.spaces if space.outline]
    if drawn:
        return speech.n(
            "Floor %(floor)s has %(count)s drawn room",
            "Floor %(floor)s has %(count)s drawn rooms",
            len(drawn),
            floor=floor,
        )
    if draft.floor.outline:
        return speech._("Floor %(floor)s has its outline; rooms or zones come next", floor=floor)
    return speech._("Draw the outline of floor %(floor)s", floor=floor)


def _sums(estate: Estate, floor: str, form: TraceForm, speech: Speech) -> tuple[Sum, ...]:
    record, trace = estate.floor_of[floor], None
    if form.is_right:
        trace = trace_of(form, speech)
    nothing = Decimal(0)
    gross = nothing if trace is None or trace.gross is None else area_m2(trace.gross)
    core = nothing if trace is None else sum((area_m2(one) for one in trace.cores), nothing)
    rooms = (
        nothing
        if trace is None
        else sum((area_m2(one.shape) for one in trace.rooms if one.shape is not None), nothing)
    )
    seats = 0 if trace is None else sum(one.seats or 0 for one in trace.rooms)
    _ = speech._

    def area(value: Decimal | None) -> str:
        return "" if value is None else speech.area(value, 1)

    return (
        Sum("gross", _("Outline (gross area)"), area(gross), area(record.gross_area_m2)),
        Sum("core", _("Core"), area(core), ""),
        Sum("rooms", _("Rooms and zones"), area(rooms), area(record.lettable_area_m2)),
        Sum("rest", _("Walls, and what is not drawn yet"),
            area(max(nothing, gross - core - rooms)), ""),
        Sum("seats", _("Seats"), speech.number(seats), speech.number(record.seats)),
    )  # fmt: skip
