"""Sentences that several pages say."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from planner.reports.facts.words import count_word

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.services.plan_files import Told
    from planner.services.plans import PlanSummary, RunState


def capital(text: str) -> str:
    """Return a sentence with its first letter large.

    >>> capital("nine floors")
    'Nine floors'
    """
    return text[:1].upper() + text[1:]


def floors_words(count: int, speech: Speech) -> str:
    """Return `nine floors`."""
    return speech.n(
        "%(floors)s floor", "%(floors)s floors", count, floors=count_word(count, speech)
    )


def units_words(count: int, speech: Speech) -> str:
    """Return `nine units`: floors, or parts of floors."""
    return speech.n("%(units)s unit", "%(units)s units", count, units=count_word(count, speech))


def goodness(plan: PlanSummary, speech: Speech) -> str:
    """Return how good a plan is proved to be."""
    if plan.status == "optimal":
        return speech._("proved best")
    if plan.bound is None or plan.bound <= 0:
        return speech._("no limit proved")
    return speech._("%(share)s of the limit", share=share_of(plan.value, plan.bound, speech))


def share_of(value: int, bound: int, speech: Speech) -> str:
    """Return value over bound, never rounded up to all of it."""
    share = (Decimal(value) / Decimal(bound)).quantize(Decimal("0.001"), ROUND_FLOOR)
    return speech.percent(share)


def run_words(run: RunState, speech: Speech) -> str:
    """Return how a run stands, in a few words."""
    _ = speech._
    if run.state == "queued":
        return _("waiting for its turn")
    if run.kind in {"import", "document"}:
        return _errand_words(run, speech)
    if run.kind == "study":
        seen = {"running": _("being looked into"), "done": _("looked into"),
                "failed": _("not looked into: see why")}  # fmt: skip
        return seen.get(run.state, _("stopped; what was known is kept"))
    if run.state == "running":
        return _("being solved")
    if run.state == "failed":
        return _("no plan: see why")
    return (
        _("stopped, plan kept")
        if run.state == "stopped" and run.plan_id
        else (_("done") if run.plan_id else _("stopped without a plan"))
    )


def _errand_words(run: RunState, speech: Speech) -> str:
    """Return how a document, or a file that is taken in, stands."""
    _ = speech._
    if run.kind == "import":
        taken = {"running": _("being read"), "done": _("ready"), "failed": _("refused: see why")}
        return taken.get(run.state, _("stopped; nothing was stored"))
    made = {"running": _("being made"), "done": _("ready"), "failed": _("not made: see why")}
    return made.get(run.state, _("stopped before it was ready"))


def file_words(file: Told, speech: Speech) -> str:
    """Return how a drawing that was uploaded stands, in a few words."""
    _ = speech._
    if file.state == "reading":
        return _("being read")
    return _("read; look at it, then store it") if file.state == "read" else _("refused: see why")


def warning_words(code: str, speech: Speech) -> str:
    """Return what a finding on a plan is about, in the reader's language."""
    _ = speech._
    known = {
        "above_gross": _("Rooms larger than the floor"),
        "area_differs": _("Drawn and declared areas differ"),
        "broken": _("Shapes that cannot be used"),
        "desk_outside": _("Desks in no room"),
        "desks_guessed": _("Desks were guessed"),
        "duplicate_number": _("A number twice"),
        "from_lines": _("Rooms closed from lines"),
        "layer_guessed": _("Layers were guessed"),
        "no_core": _("No core"),
        "no_geometry": _("Rooms without a shape"),
        "no_outlines": _("No closed outlines"),
        "no_rooms": _("No rooms"),
        "no_headings": _("Headings that are not known"),
        "no_storey": _("Rooms on no floor"),
        "nested": _("Rooms within rooms"),
        "area_unit": _("Unit of stated areas"),
        "several_parts": _("Rooms of several parts"),
        "self_crossing": _("Outlines that cross themselves"),
        "unclosed": _("Open outlines"),
        "gap_closed": _("Gaps that were closed"),
        "drawn_twice": _("Outlines drawn twice"),
        "xref_missing": _("A drawing that is referred to"),
        "other_profile": _("Another layer profile fits"),
        "pages_left_out": _("Pages left out"),
        "scale_written": _("A scale is written on the page"),
        "to_trace": _("To be traced"),
        "no_scale": _("No scale"),
        "unlabelled_shapes": _("Shapes without a text"),
        "not_a_number": _("Cells that are no numbers"),
        "total_row": _("Rows of totals"),
        "unit_assumed": _("The unit of area was assumed"),
        "unknown_floor": _("Floors that are not listed"),
        "not_rooms": _("Shapes that are no rooms"),
        "dwg_reader": _("Read from DWG"),
        "not_read": _("Parts that were not read"),
        "odd_size": _("Unusual sizes"),
        "orphan_label": _("Labels in no room"),
        "overlap": _("Rooms overlap"),
        "unit_guessed": _("The length unit was guessed"),
        "unit_unknown": _("The length unit is not known"),
        "unlabelled": _("Rooms without a label"),
        "wrong_ending": _("The file's ending does not fit"),
    }
    return known.get(code, capital(code.replace("_", " ")))
