"""The tour of the demo: seven stops, about five minutes, left whenever one likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import g, url_for

if TYPE_CHECKING:
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: where it is, and what one sees there."""

    number: int
    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Tour:
    """The stop one is at, and how many there are."""

    stop: Stop
    count: int


def tour_of(number: int, place: tuple[str, str] | None) -> Tour | None:
    """Return the tour at a stop; None where there is no such stop, or nothing to show.

    Args:
        number: of the stop, 0 is the first.
        place: ids of the estate and of its newest plan, "" while there is none.
    """
    stop = tour_at(number, place)
    return None if stop is None else Tour(stop, len(_stops("", "", g.speech)))


def tour_at(number: int, place: tuple[str, str] | None) -> Stop | None:
    """Return one stop of the tour."""
    if place is None:
        return None
    stops = _stops(*place, g.speech)
    return stops[number] if 0 <= number < len(stops) else None


def _stops(estate: str, plan: str, speech: Speech) -> tuple[Stop, ...]:
    _ = speech._

    def at(endpoint: str) -> str:
        return url_for(endpoint, estate=estate or "-")

    result = url_for("plans.page", plan=plan) if plan else at("plans.index")
    stack = url_for("stack.page", plan=plan) if plan else at("estate.stack")
    told = (
        (
            _("The campus from the street"),
            _(
                "Five buildings of a city. A bay is ten seats; a coloured bay is used on the "
                "busiest day. Half of the seats stay empty even then."
            ),
            at("today.page"),
        ),
        (
            _("Who sits where"),
            _("Each block is a team, as wide as its people. Select one to see its week."),
            at("estate.stack"),
        ),
        (
            _("Who comes when"),
            _("Seats follow from days on which all teams were counted together, not from heads."),
            at("attendance.page"),
        ),
        (
            _("What the money rests on"),
            _("Every figure has a source, a date and how sure it is. You can change each."),
            at("assumptions.page"),
        ),
        (
            _("Let it search"),
            _("Press Solve; the defaults work. Watch the gap close, or go on and come back."),
            at("plans.new"),
        ),
        (
            _("What it found"),
            _("What is freed, earned, spent first and risked, and how good the plan is proved."),
            result,
        ),
        (
            _("Move teams by hand"),
            _(
                "Select a team: each floor says at once whether it fits and what that costs. Then "
                "make a proposal from the plan, and finance decides."
            ),
            stack,
        ),
    )
    return tuple(Stop(number, *words) for number, words in enumerate(told))
