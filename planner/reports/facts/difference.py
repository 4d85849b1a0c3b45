"""What differs between two versions of a proposal, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of
from planner.domain.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.i18n import Speech

_MOST_NAMED: Final = 6


def difference_of(
    before: tuple[Estate, Plan], after: tuple[Estate, Plan], speech: Speech
) -> tuple[str, ...]:
    """Return sentences on what the newer version changes; one that says so if nothing does.

    Args:
        before: estate and plan of the older version.
        after: estate and plan of the newer one.
        speech: the reader's language.
    """
    (old_estate, old), (new_estate, new) = before, after
    found = [*_freed(old, new, speech), *_people(old, new, speech), *_money(old, new, speech)]
    if old.estate_hash != new.estate_hash:
        found += _figures(old_estate, new_estate, speech)
        found += _estate(old_estate, new_estate, speech)
    if old.level != new.level:
        found.append(
            speech._(
                "The service level goes from %(before)s to %(after)s.",
                before=speech.percent(old.level, 0),
                after=speech.percent(new.level, 0),
            )
        )
    if not found:
        found.append(speech._("Nothing that the documents say has changed."))
    return tuple(found)


def _freed(old: Plan, new: Plan, speech: Speech) -> list[str]:
    found = []
    more, less = new.freed_units - old.freed_units, old.freed_units - new.freed_units
    if more:
        found.append(speech._("Freed besides: %(units)s.", units=_named(more, speech)))
    if less:
        found.append(speech._("No longer freed: %(units)s.", units=_named(less, speech)))
    return found


def _people(old: Plan, new: Plan, speech: Speech) -> list[str]:
    before, after = _places(old), _places(new)
    changed = {team for team in before.keys() | after.keys() if before.get(team) != after.get(team)}
    found = []
    if changed:
        found.append(
            speech.n(
                "%(count)s team sits elsewhere than in the version before: %(teams)s.",
                "%(count)s teams sit elsewhere than in the version before: %(teams)s.",
                len(changed),
                teams=_named(changed, speech),
            )
        )
    if old.people_moved != new.people_moved:
        found.append(
            speech._(
                "People who move: %(after)s instead of %(before)s.",
                before=speech.number(old.people_moved),
                after=speech.number(new.people_moved),
            )
        )
    return found


def _money(old: Plan, new: Plan, speech: Speech) -> list[str]:
    found = []
    if old.npv != new.npv:
        found.append(
            speech._(
                "The net value goes from %(before)s to %(after)s.",
                before=speech.money_short(old.npv, 2),
                after=speech.money_short(new.npv, 2),
            )
        )
    if old.bound != new.bound and new.bound is not None:
        found.append(
            speech._("The proved limit is now %(limit)s.", limit=speech.money_short(new.bound, 2))
        )
    return found


def _figures(old: Estate, new: Estate, speech: Speech) -> list[str]:
    """Return each figure of the register that has another value."""
    before, after = register_of(old), register_of(new)
    found = []
    for key, figure in FIGURES.items():
        was, now = before.entry(key), after.entry(key)
        if (was and was.value) == (now and now.value):
            continue
        found.append(
            speech._(
                "%(figure)s: %(after)s instead of %(before)s.",
                figure=speech.words(figure.label),
                before=was.value if was else speech._("nothing"),
                after=now.value if now else speech._("nothing"),
            )
        )
    return found


def _estate(old: Estate, new: Estate, speech: Speech) -> list[str]:
    """Return how many records of each sheet were added, taken away or changed."""
    sheets: tuple[tuple[str, Callable[[Estate], dict[str, object]]], ...] = (
        (speech._("Buildings"), lambda one: {row.code: row for row in one.buildings}),
        (speech._("Floors"), lambda one: {row.code: row for row in one.floors}),
        (speech._("Teams"), lambda one: {row.code: row for row in one.teams}),
        (speech._("Spaces"), lambda one: {f"{row.floor} {row.number}": row for row in one.spaces}),
    )
    found = []
    for label, rows_of in sheets:
        before, after = rows_of(old), rows_of(new)
        changed = {
            code for code in before.keys() | after.keys() if before.get(code) != after.get(code)
        }
        if changed:
            found.append(
                speech._(
                    "%(sheet)s that were added, taken away or changed: %(codes)s.",
                    sheet=label,
                    codes=_named(changed, speech),
                )
            )
    days = len(new.attendance.days) - len(old.attendance.days)
    if days:
        found.append(
            speech._(
                "Days of attendance on record: %(after)s instead of %(before)s.",
                before=speech.number(len(old.attendance.days)),
                after=speech.number(len(new.attendance.days)),
            )
        )
    return found


def _places(plan: Plan) -> dict[str, dict[str, int]]:
    return {team: dict(units) for team, units in plan.placed.items()}


def _named(codes: Iterable[str], speech: Speech) -> str:
    """Return the first few codes, and how many more there are."""
    ordered = sorted(codes)
    if len(ordered) <= _MOST_NAMED:
        return speech.listing(ordered)
    more = len(ordered) - _MOST_NAMED
    return speech.listing(
        [*ordered[:_MOST_NAMED], speech.n("%(count)s more", "%(count)s more", more)]
    )
