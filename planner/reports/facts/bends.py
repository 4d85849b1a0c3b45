"""How far rents, the cost of moves and attendance may change before the plan would."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from planner.reports.facts.why import some, upwards

if TYPE_CHECKING:
    from planner.domain.study import Bend, Edge
    from planner.i18n import Speech


def figure_words(bend: Bend, speech: Speech) -> str:
    """Return the name of what may change."""
    return {
        "rent": speech._("Rents"),
        "moves": speech._("Cost of moves"),
        "attendance": speech._("People who come"),
    }[bend.figure]


def edge_words(bend: Bend, edge: Edge, speech: Speech) -> str:
    """Return how far one way the plan stays as it is, and what comes then."""
    _ = speech._
    if bend.figure == "attendance" and edge is bend.up:
        return _holds(edge, speech)
    said = []
    if edge.stays is not None and edge.stays != 1:
        said.append(_("Stays the best to %(change)s, proved.", change=change(edge.stays, speech)))
    elif edge.tried is not None and edge.tried != 1:
        said.append(_("No better plan found to %(change)s.", change=change(edge.tried, speech)))
    if edge.changes is not None and edge.changes == 1:
        said.append(_("Another plan is better already."))
    elif edge.changes is not None and not edge.freed:
        said.append(
            _("At %(change)s a plan that frees nothing is better.",
              change=change(edge.changes, speech))
        )  # fmt: skip
    elif edge.changes is not None:
        said.append(
            _("At %(change)s another plan is better, which frees %(units)s.",
              change=change(edge.changes, speech), units=some(upwards(edge.freed), speech))
        )  # fmt: skip
    return " ".join(said) or _("Not known.")


def _holds(edge: Edge, speech: Speech) -> str:
    _ = speech._
    if edge.changes is None and edge.stays is None:
        return _("Not known.")
    if edge.changes is None:
        return _(
            "Every floor has seats to %(change)s, of no team more than all its people; more was "
            "not looked at.",
            change=change(edge.stays or Decimal(1), speech),
        )
    if edge.stays is None or edge.stays == 1:
        return _("A floor is full on its busiest weekday: one per cent more and seats run short.")
    return _(
        "Every floor has seats to %(change)s; above that one runs short.",
        change=change(edge.stays, speech),
    )


def change(factor: Decimal, speech: Speech) -> str:
    """Return a factor as a change.

    >>> from planner.i18n import speech_of
    >>> change(Decimal("1.25"), speech_of("en")), change(Decimal("0.9"), speech_of("id"))
    ('+25%', '−10%')
    """
    percent = speech.percent(factor - 1, 0)
    return f"+{percent}" if factor > 1 else percent
