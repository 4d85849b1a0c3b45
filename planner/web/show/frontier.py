"""What if fewer people moved? Each dot is a real plan of the estate as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.money import to_major
from planner.web.show.gap import Tick
from planner.web.show.scale import axis_of
from planner.web.show.words import units_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.i18n import Speech

_LEFT: Final = 40.0
_TOP: Final = 22.0
_BOTTOM: Final = 44.0
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """One plan to be shown as a dot; `aside` ones lie beside the line of the others."""

    id: str
    name: str
    value: int
    people_moved: int
    freed: tuple[str, ...]
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """One plan: where it lies, whether it is this one, and what it says of itself."""

    id: str
    x: float
    y: float
    here: bool
    words: str
    spoken: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Frontier:
    """The chart laid out in pixels, with the sentence below it."""

    width: float
    height: float
    left: float
    right: float
    base: float
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    line: str
    dots: tuple[Dot, ...]
    said: str
    unit: str


def frontier_of(
    plans: Sequence[Shown], chosen: str, speech: Speech, *, width: float, height: float
) -> Frontier | None:
    """Lay out the plans of one estate; None with fewer than two.

    Args:
        plans: those that answer the estate as the chosen one does.
        chosen: id of the plan of this page.
        speech: the reader's language.
        width: of the chart in pixels.
        height: of the chart in pixels.
    """
    if len(plans) < _FEWEST:
        return None
    power, unit = speech.money_scale([plan.value for plan in plans])

    def major(minor: int) -> Decimal:
        return to_major(minor, speech.currency).scaleb(-power)

    across = axis_of(0, max(plan.people_moved for plan in plans), 5)
    values = [Decimal(0), *(major(plan.value) for plan in plans)]
    up = axis_of(min(values), max(values), 5)
    right, base = width - 24, height - _BOTTOM

    def x(people: int) -> float:
        return round(_LEFT + across.at(people, right - _LEFT), 1)

    def y(value: Decimal) -> float:
        return round(base - up.at(value, base - _TOP), 1)

    ordered = sorted(plans, key=lambda plan: (plan.people_moved, plan.value))
    dots = tuple(
        Dot(
            id=plan.id,
            x=x(plan.people_moved),
            y=y(major(plan.value)),
            here=plan.id == chosen,
            words=units_words(len(plan.freed), speech) if plan.id == chosen else "",
            spoken=f"{plan.name}: {_about(plan, speech)}" if plan.name else _about(plan, speech),
            anchor="end" if x(plan.people_moved) > width - 90 else "middle",
        )
        for plan in ordered
    )
    line = [dot for dot, plan in zip(dots, ordered, strict=True) if not plan.aside]
    points = [(x(0), y(Decimal(0))), *((dot.x, dot.y) for dot in line)]
    return Frontier(
        width=width,
        height=height,
        left=_LEFT,
        right=right,
        base=base,
        rows=tuple(Tick(y(tick), _short(tick, speech)) for tick in up.ticks),
        columns=tuple(Tick(x(int(tick)), speech.number(tick)) for tick in across.ticks),
        line="M" + "L".join(f"{one} {other}" for one, other in points),
        dots=dots,
        said=_said(ordered, chosen, speech),
        unit=unit,
    )


def _about(plan: Shown, speech: Speech) -> str:
    return speech._(
        "%(units)s, %(people)s people move, %(money)s",
        units=units_words(len(plan.freed), speech),
        people=speech.number(plan.people_moved),
        money=speech.money_short(plan.value),
    )


def _said(ordered: Sequence[Shown], chosen: str, speech: Speech) -> str:
    """Return what the next plan with fewer moves would give up."""
    here = next((plan for plan in ordered if plan.id == chosen), None)
    if here is None:
        return ""
    fewer = [plan for plan in ordered if plan.people_moved < here.people_moved]
    if not fewer:
        return speech._("No other plan of this estate moves fewer people.")
    other = fewer[-1]
    gap = here.value - other.value
    if gap <= 0:
        return speech._(
            "“%(name)s” moves %(people)s fewer people and is worth no less.",
            name=other.name,
            people=speech.number(here.people_moved - other.people_moved),
        )
    return speech._(
        "“%(name)s” moves %(people)s fewer people and is worth %(money)s less.",
        name=other.name,
        people=speech.number(here.people_moved - other.people_moved),
        money=speech.money_short(gap),
    )


def _short(tick: Decimal, speech: Speech) -> str:
    exponent = tick.normalize().as_tuple().exponent
    places = min(2, max(0, -exponent)) if isinstance(exponent, int) else 0
    return speech.number(tick, places)
