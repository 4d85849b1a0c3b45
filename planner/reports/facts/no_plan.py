"""What would have to give where no plan keeps all rules, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reports.facts.why import clash_words, some

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.study import NoPlanStudy
    from planner.i18n import Speech


def minimal_words(study: NoPlanStudy, speech: Speech) -> str:
    """Return whether each of the rules is needed for the conflict."""
    if not study.clashes:
        return speech._("Proved: no plan keeps all rules. Which conflict was not found in time.")
    if study.minimal:
        return speech._("Proved: no plan keeps all of them, and without any one of them one could.")
    return speech._("Proved: no plan keeps all of them. Some may not be needed for the conflict.")


def more_words(study: NoPlanStudy, estate: Estate, speech: Speech) -> tuple[str, ...]:
    """Return the ways out beside single rules: seats to add, rules that must give together."""
    _ = speech._
    said = []
    if study.seats:
        count = sum(seats for _unit, seats in study.seats)
        where = some([f"{unit}: {speech.number(seats)}" for unit, seats in study.seats], speech)
        said.append(
            speech.n(
                "Or add %(count)s seat (%(where)s).",
                "Or add %(count)s seats (%(where)s).",
                count,
                where=where,
            )
            + (" " + _("Proved: fewer would not do.") if study.fewest_seats else "")
        )
    if study.drop:
        fewest = study.fewest_drop and len(study.drop) > 1
        said.append(
            (
                _("No single rule would do. The fewest that must give together:")
                if fewest
                else _("It would do to give up:")
            )
            + " "
            + " ".join(clash_words(study.drop, estate, speech))
        )
    if not said and not study.ways:
        said.append(_("No way out was found in the time given. Drop a rule, or add seats."))
    return tuple(said)
