"""Why the other units are not freed, each with a reason that can be checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.eligibility import kept_by_rule, with_rules
from planner.reports.drawings.scene import fixed_teams

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.domain.estate import Unit
    from planner.domain.records import Rule
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope


@dataclass(frozen=True, slots=True)
class Kept:
    """Units kept for one reason.

    Args:
        units: their ids, as many as are read.
        ids: all of them.
        why: a sentence.
        kind: what kind of reason it is.
    """

    units: str
    why: str
    kind: str
    ids: tuple[str, ...] = ()


def kept_units(scope: Scope, speech: Speech, but: frozenset[str] = frozenset()) -> tuple[Kept, ...]:
    """Return the kept units, but for some, grouped by the reason that keeps them."""
    groups: dict[tuple[str, str], list[str]] = {}
    plan = scope.dossier.plan
    estate, placed = with_rules(scope.dossier.estate, plan.rules), plan.placed
    ruled = kept_by_rule(estate)
    held = {unit for code in fixed_teams(estate) for unit in placed.get(code, ())}
    for unit in scope.kept:
        if unit.id in but:
            continue
        reason = _reason(unit, ruled.get(unit.id), held, scope, speech)
        groups.setdefault(reason, []).append(unit.id)
    return tuple(
        Kept(named(units), why, kind, tuple(units)) for (why, kind), units in groups.items()
    )


def _reason(
    unit: Unit, rule: Rule | None, held: Collection[str], scope: Scope, speech: Speech
) -> tuple[str, str]:
    _ = speech._
    if rule is not None:
        why = _("A rule keeps it: %(reason)s", reason=rule.reason or _("no reason was given"))
        return why, _("Rule")
    if unit.id in held:
        return _("Teams that may not move sit there."), _("Teams that stay")
    if not unit.lettable:
        return _("It cannot be let on its own, so freeing it earns no rent."), _("Not lettable")
    spare = scope.seats_kept - max(scope.weekday_totals)
    if unit.places > spare:
        day = speech.weekday(scope.busiest)
        return (
            _("Its seats are needed: without it %(day)s would be short.", day=day),
            _("Seats suffice"),
        )
    return (
        _(
            "Emptying it too would be worth less: its teams fit nowhere else, or moving them "
            "costs more than the rent."
        ),
        _("Cost of moves and needs"),
    )


def named(units: list[str]) -> str:
    """Return the ids of some units, as many as are read."""
    most = 6
    return ", ".join(units[:most]) + (f" +{len(units) - most}" if len(units) > most else "")
