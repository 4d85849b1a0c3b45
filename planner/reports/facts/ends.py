"""What is proved of the two named plans beside a plan: the fewest moves, the most units freed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reports.facts.tables import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.study import Point, Study
    from planner.i18n import Speech


def end_words(point: Point, study: Study, plan: Plan, estate: Estate, speech: Speech) -> str:
    """Return what is proved of a point for what it is named after, "" where nothing is.

    Args:
        point: of the study.
        study: which holds what was proved.
        plan: that the study is about.
        estate: of the plan.
        speech: the reader's language.
    """
    said = tuple(_proofs(point, study, estate, speech))
    if said and plan.fits:
        said = (*said, speech._("among plans that fit the days tried"))
    return ", ".join(said)


def _proofs(point: Point, study: Study, estate: Estate, speech: Speech) -> Iterator[str]:
    _, least, most = speech._, study.least_moved, study.most_freed
    if "fewest_moves" in point.roles and least is not None:
        if point.plan.people_moved <= least:
            yield _("proved: half the value cannot be had with fewer moves")
        else:
            yield speech.n(
                "proved: for half the value at least %(count)s person must move",
                "proved: for half the value at least %(count)s people must move",
                least,
            )
    if "most_floors" in point.roles and most is not None:
        freed = sum(estate.unit_of[unit].lettable for unit in point.plan.freed_units)
        if freed >= most:
            yield _("proved: no plan frees more units that can be let")
        else:
            yield speech.n(
                "proved: no plan frees more than %(count)s unit that can be let",
                "proved: no plan frees more than %(count)s units that can be let",
                most,
            )


def point_name(point: Point, speech: Speech) -> str:
    """Return what a point stands for, "" for one between the others."""
    _ = speech._
    names = {
        "recommended": _("This plan"),
        "fewest_moves": _("Fewest moves for half the value"),
        "most_floors": _("Most units freed"),
    }
    said = [names[role] for role in point.roles if role]
    if said:
        return speech.listing(said)
    return "" if point.plan.freed else _("Do nothing")


def ends_table(study: Study, plan: Plan, estate: Estate, speech: Speech) -> Table:
    """Return the plans with the fewest moves and the most units freed, and what is proved."""
    _ = speech._
    named = [one for one in study.points if {"fewest_moves", "most_floors"} & set(one.roles)]
    return Table(
        title=_("How few could move, and how much could be freed"),
        columns=(
            Column(_("Plan")),
            Column(_("People move"), numeric=True),
            Column(_("Units freed"), numeric=True),
            Column(_("Net value"), numeric=True),
            Column(_("How sure")),
        ),
        rows=tuple(
            (
                Cell(point_name(one, speech), strong=True),
                speech.number(one.plan.people_moved),
                speech.number(len(one.plan.freed)),
                speech.money_short(one.plan.npv, 2),
                end_words(one, study, plan, estate, speech) or _("not proved"),
            )
            for one in named
        ),
    )
