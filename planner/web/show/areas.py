"""Estimates of lettable area in words: the figure, its rule, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.records.kinds import AREA_METHODS

if TYPE_CHECKING:
    from planner.domain.areas import AreaEstimate
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """One estimate: `area` is "" where there is none, and `why` then says why."""

    key: str
    method: str
    area: str
    factor: str
    why: str
    says: str
    source: str


def estimate_row(one: AreaEstimate, speech: Speech) -> EstimateRow:
    """Return one estimate in words."""
    _ = speech._
    missing = {
        "": "",
        "gross": _("The gross area is not known."),
        "rooms": _("No room has an area that a tenant would pay for."),
        "above_gross": _("The rooms are larger than the outline leaves for them."),
    }
    notes = [missing[one.missing]]
    if one.area_m2 is not None and one.assumed:
        notes.append(
            speech.n(
                "%(count)s room without a use counts as the tenant's.",
                "%(count)s rooms without a use count as the tenant's.",
                one.assumed,
            )
        )
    if one.area_m2 is not None and one.mixed:
        notes.append(_("Areas of different bases were added."))
    return EstimateRow(
        key=one.rule.key,
        method=speech.words(AREA_METHODS[one.rule.key]),
        area="" if one.area_m2 is None else speech.area(one.area_m2, 1),
        factor="" if one.factor is None else speech.number(one.factor, 3),
        why=" ".join(note for note in notes if note),
        says=speech.words(one.rule.says),
        source=one.rule.source,
    )
