"""The measures of a case, of each of its ledgers, buildings and units by itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from planner.finance import measures
from planner.finance.case import COSTS
from planner.finance.discount import present_exact
from planner.finance.values import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.money import Minor
    from planner.finance.case import Case, Part
    from planner.finance.leases import Line

Of = Literal["plan", "ledger", "building", "unit"]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one part of a case is worth by itself; amounts in minor units.

    Args:
        of, id: the plan (""), a ledger, a building or a unit. A building's blocks and moves are
            its own; a unit's moves are those out of it. Waves are the plan's alone.
        npv: net present value.
        irr: yearly rate of return, None if there is none or several.
        payback_months: after which the money is back for good, None if it never is.
        equivalent_annual: yearly amount that is worth as much.
        benefit_cost: present benefits over present costs, None without costs.
        peak_funding: most money that is out at the end of any month.
        net: amount of each month.
    """

    of: Of
    id: str
    npv: Minor
    irr: Decimal | None
    payback_months: int | None
    equivalent_annual: Minor
    benefit_cost: Decimal | None
    peak_funding: Minor
    net: tuple[Minor, ...]


def measured(case: Case, most_units: int | None = None) -> tuple[Measured, ...]:
    """Return the plan, its ledgers, its buildings and its freed units, each by itself.

    Args:
        case: the business case.
        most_units: so many units at most, the most valuable first; all if not given.
    """
    found = [_measured(case, "plan", "", case.npv, case.lines)]
    found += [
        _measured(case, "ledger", ledger, npv, _in_ledger(case.lines, ledger))
        for ledger, npv in case.npv_by_ledger.items()
        if len(case.npv_by_ledger) > 1
    ]
    buildings = dict.fromkeys(part.building for part in case.parts if part.building)
    for code in buildings:
        own = [part for part in case.parts if part.building == code]
        found.append(_of_parts(case, "building", code, own))
    units = [
        (unit, [part for part in case.parts if part.unit == unit and part.kind != "block"])
        for unit in case.freed
    ]
    units.sort(key=lambda pair: -sum(part.npv for part in pair[1]))
    found += [_of_parts(case, "unit", unit, own) for unit, own in units[:most_units]]
    return tuple(found)


def benefit_cost(case: Case, lines: Iterable[Line]) -> Decimal | None:
    """Return present benefits over present costs of some lines, None without costs."""
    zero = Decimal(0)
    sums: dict[bool, Decimal] = {True: zero, False: zero}
    for line in lines:
        sums[line.name in COSTS] += present_exact(line.amounts, case.values.terms.rate)
    return measures.benefit_cost(sums[False], -sums[True])


def _in_ledger(lines: Iterable[Line], ledger: str) -> Iterator[Line]:
    return (line for line in lines if line.ledger == ledger)


def _of_parts(case: Case, of: Of, ident: str, parts: list[Part]) -> Measured:
    lines = [line for part in parts for line in part.lines]
    return _measured(case, of, ident, sum(part.npv for part in parts), lines)


def _measured(case: Case, of: Of, ident: str, npv: Minor, lines: Iterable[Line]) -> Measured:
    own = tuple(lines)
    months = len(case.months)
    net = total(own, months)
    return Measured(
        of=of,
        id=ident,
        npv=npv,
        irr=measures.irr(net),
        payback_months=measures.payback_months(net),
        equivalent_annual=measures.equivalent_annual(npv, case.values.terms.rate, months),
        benefit_cost=benefit_cost(case, own),
        peak_funding=measures.peak_funding(net),
        net=net,
    )
