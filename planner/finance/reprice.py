"""The same plan at other figures, and whether another plan would then be better.

Finance cannot search for plans. It can say two things for certain: that a plan proved
best stays best, because no other plan can have gained more than this one did; and that
a plan is beaten, because leaving one of its floors as it is would be worth more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from planner.domain.assumptions import register_of
from planner.domain.eligibility import freed_by_rule, with_rules
from planner.domain.records import Assumption
from planner.finance.case import case_of, worth_of
from planner.finance.values import values_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.estate import Estate, UnitId
    from planner.domain.money import Minor
    from planner.domain.records import Rule
    from planner.finance.case import Case
    from planner.finance.values import Values

Verdict = Literal["stays", "may_change", "changes"]
"""stays: proved as good as before; changes: a better plan is known; may_change: neither."""


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """A plan at other figures.

    Args:
        before, after: its case at the old and at the new figures.
        value: of the plan at the new figures, unmet nearness counted as before.
        bound: no plan is worth more at the new figures; None if none was proved before.
        verdict: what can be said of other plans.
        keep: freed units that are better kept at the new figures, each with the gain.
    """

    before: Case
    after: Case
    value: Minor
    bound: Minor | None
    verdict: Verdict
    keep: Mapping[UnitId, Minor]

    @property
    def at_most_gained(self) -> Minor | None:
        """Return the most that solving anew could gain, None without a proved bound."""
        return None if self.bound is None else self.bound - self.value


def assume(estate: Estate, changes: Mapping[str, str]) -> Estate:
    """Return the estate with other figures; nothing else changes.

    Args:
        estate: as it is.
        changes: figures by key, as texts; a key stated before keeps its other words.
    """
    kept = [one for one in estate.assumptions if one.key not in changes]
    register = register_of(estate)
    known = {figure.key for figure, _ in register.entries()}
    for key, value in changes.items():
        entry = register.entry(key) if key in known else None
        changed = (
            Assumption(key=key, value=value)
            if entry is None
            else entry.model_copy(update={"value": value, "source": "changed to test the case"})
        )
        kept.append(changed)
    return replace(estate, assumptions=tuple(kept))


def reprice(case: Case, changes: Mapping[str, str]) -> Case:
    """Return the same plan at other figures, without solving anew.

    Dates of moves shift with the month in which the first floor can be empty.

    Raises:
        InvalidInput: a figure cannot be, or a lease would be unlawful.
    """
    estate = assume(case.values.estate, changes)
    return case_of(estate, case.freed, case.moves, *_shifted(case, estate))


def reworth(case: Case, changes: Mapping[str, str]) -> Minor:
    """Return the value alone of the same plan at other figures, without its lines.

    Raises:
        InvalidInput: a figure cannot be, or a lease would be unlawful.
    """
    estate = assume(case.values.estate, changes)
    return worth_of(values_of(estate), case.freed, case.moves, *_shifted(case, estate))


def _shifted(case: Case, estate: Estate) -> tuple[Mapping[UnitId, int], list[int]]:
    """Return releases and waves as they fall when the first floor can be empty at another time."""
    later = _first_month(estate) - _first_month(case.values.estate)
    releases = {unit: max(0, month + later) for unit, month in case.releases.items()}
    return releases, [max(1, month + later) for month in case.waves]


def reconsider(
    case: Case,
    changes: Mapping[str, str],
    *,
    value: Minor,
    bound: Minor | None,
    rules: Sequence[Rule] = (),
) -> Reconsidered:
    """Return the plan at other figures with what can be said of other plans.

    Args:
        case: the plan as it was solved.
        changes: figures by key.
        value: of the plan when it was solved: net present value less unmet nearness.
        bound: what no plan's value exceeded then, None if unproved.
        rules: that hold for the plan alone, beside those of its estate.

    Raises:
        InvalidInput: a figure cannot be, or a lease would be unlawful.
    """
    after = reprice(case, changes)
    keep = _better_kept(after, rules)
    limit = None if bound is None else bound + _most_gained(case.values, after.values)
    value += _undated(after).npv - _undated(case).npv
    if keep:
        verdict: Verdict = "changes"
    elif limit is not None and value >= limit:
        verdict = "stays"
    else:
        verdict = "may_change"
    return Reconsidered(case, after, value, limit, verdict, keep)


def _first_month(estate: Estate) -> int:
    return register_of(estate).whole("release_month")


def _undated(case: Case) -> Case:
    """Return the case as the search values it: every unit released in the usual month."""
    if not case.releases and not case.waves:
        return case
    return case_of(case.values.estate, case.freed, case.moves, values=case.values)


def _most_gained(before: Values, after: Values) -> Minor:
    """Return the most that any plan can have gained from the change of figures.

    Units and blocks gain at most the positive differences; moves at most the fall of
    their cost for everybody.
    """
    estate = before.estate
    units = sum(max(0, after.unit_npv(unit.id) - before.unit_npv(unit.id)) for unit in estate.units)
    blocks = sum(
        max(0, after.block_npv(block.id) - before.block_npv(block.id)) for block in estate.blocks
    )
    return units + blocks + _cheaper_moves(before, after)


def _cheaper_moves(before: Values, after: Values) -> Minor:
    """Return what all people would save if all of them moved as cheapened most."""
    pairs = _pairs(before)
    fall = max(
        (before.move_npv_per_person(*pair) - after.move_npv_per_person(*pair) for pair in pairs),
        default=0,
    )
    people = sum(team.headcount for team in before.estate.teams)
    return max(0, fall) * people


def _pairs(values: Values) -> list[tuple[UnitId, UnitId]]:
    """Return a pair of units in one building and a pair in two, where there are any."""
    units = values.estate.units
    found: dict[bool, tuple[UnitId, UnitId]] = {}
    for one, other in combinations(units, 2):
        found.setdefault(one.building.code == other.building.code, (one.id, other.id))
        if len(found) == 2:  # noqa: PLR2004  within and between
            break
    return list(found.values())


def _better_kept(case: Case, rules: Sequence[Rule]) -> Mapping[UnitId, Minor]:
    """Return units whose people had better stay: unit and block cost more than moves save.

    Nearness wishes are not finance's to weigh; whoever shows this must say so.
    """
    blocks = {
        unit: block.id
        for block in case.values.estate.blocks
        if set(block.units) <= set(case.freed)
        for unit in block.units
    }
    found = {}
    asked = freed_by_rule(with_rules(case.values.estate, rules))
    for unit in case.freed:
        if unit in asked:
            continue
        gain = -case.npv_of("unit", unit)
        if unit in blocks:
            gain -= case.npv_of("block", blocks[unit])
        gain -= sum(part.npv for part in case.parts if part.kind == "move" and part.unit == unit)
        if gain > 0:
            found[unit] = gain
    return found
