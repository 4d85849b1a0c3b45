"""The business case of one plan: its dated lines, its parts with their values, its measures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from planner.errors import InvalidInput, Problem, sentence
from planner.finance import measures
from planner.finance.discount import amount, present_exact
from planner.finance.parameters import Parameters, parameters_of
from planner.finance.values import Values, total, values_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from planner.domain.estate import Estate, UnitId
    from planner.domain.money import Minor
    from planner.finance.leases import Ledger, Line

COSTS: Final = frozenset(
    {
        "commission",
        "service_cost",
        "void_cost",
        "works",
        "reinstatement",
        "break_penalty",
        "move",
        "wave",
        "it",
        "fit_out",
    }
)
"""Lines below the stroke of a benefit-cost ratio; default and taxes lessen the benefits."""

Move = tuple[str, str, str, int]
"""Team, unit it leaves, unit it goes to, people."""


@dataclass(frozen=True, slots=True)
class Part:
    """A freed unit, block, move or wave of moves, with its present value.

    Args:
        kind: what it is.
        id: of the unit or the block; `team:origin>target` for a move; a wave's number.
        unit: the unit that is freed or left, "" for a block or a wave.
        building: where that is, "" for a wave.
        npv: minor units.
        lines: its cash flow.
    """

    kind: Literal["unit", "block", "move", "wave"]
    id: str
    unit: UnitId
    building: str
    npv: Minor
    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """A business case; amounts are minor units, month 1 first.

    Args:
        months: first day of each month.
        parts: units, blocks, moves and waves; the plan's value is the sum of theirs.
        values: the prices it was made with.
        freed, moves, releases, waves: the plan, as it was asked.
    """

    months: tuple[dt.date, ...]
    parts: tuple[Part, ...]
    values: Values
    freed: tuple[UnitId, ...]
    moves: tuple[Move, ...]
    releases: Mapping[UnitId, int]
    waves: tuple[int, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Return all lines of all parts."""
        return tuple(line for part in self.parts for line in part.lines)

    @cached_property
    def npv(self) -> Minor:
        """Return the net present value: the sum of the parts, each rounded on its own."""
        return sum(part.npv for part in self.parts)

    @cached_property
    def net(self) -> tuple[Minor, ...]:
        """Return the net amount of each month."""
        return total(self.lines, len(self.months))

    @cached_property
    def irr(self) -> Decimal | None:
        """Return the yearly rate of return, None if there is none or several."""
        return measures.irr(self.net)

    @cached_property
    def payback_months(self) -> int | None:
        """Return after how many months the money is back for good, None if it is not."""
        return measures.payback_months(self.net)

    @cached_property
    def peak_funding(self) -> Minor:
        """Return the most money that is out at the end of any month."""
        return measures.peak_funding(self.net)

    @cached_property
    def by_line(self) -> Mapping[str, tuple[Minor, ...]]:
        """Return monthly amounts by name of line, in the order they first appear."""
        names = dict.fromkeys(line.name for line in self.lines)
        return {
            name: total((line for line in self.lines if line.name == name), len(self.months))
            for name in names
        }

    @cached_property
    def by_unit(self) -> Mapping[UnitId, tuple[Minor, ...]]:
        """Return net monthly amounts by freed unit."""
        return {
            part.id: total(part.lines, len(self.months))
            for part in self.parts
            if part.kind == "unit"
        }

    @cached_property
    def by_ledger(self) -> Mapping[Ledger, tuple[Minor, ...]]:
        """Return net monthly amounts of the owner and of whoever receives the rent.

        The receiver is there only where the rent rule names one, for example a treasury.
        """
        ledgers: tuple[Ledger, ...] = ("owner", "receiver")
        return {
            ledger: total((line for line in self.lines if line.ledger == ledger), len(self.months))
            for ledger in ledgers
            if ledger == "owner" or self.values.terms.rule.receiver is not None
        }

    @cached_property
    def npv_by_ledger(self) -> Mapping[Ledger, Minor]:
        """Return the value in each ledger; together they are the case's value."""
        found: dict[Ledger, Minor] = {"owner": self.npv}
        if "receiver" in self.by_ledger:
            found["receiver"] = self.values.worth(self.by_ledger["receiver"])
            found["owner"] -= found["receiver"]
        return found

    @cached_property
    def npv_by_building(self) -> Mapping[str, Minor]:
        """Return the value of each building's parts; moves count where they leave."""
        sums: Counter[str] = Counter()
        for part in self.parts:
            sums[part.building] += part.npv
        return dict(sums)

    @cached_property
    def equivalent_annual(self) -> Minor:
        """Return the yearly amount that is worth as much as the case."""
        return measures.equivalent_annual(self.npv, self.values.terms.rate, len(self.months))

    @cached_property
    def benefit_cost(self) -> Decimal | None:
        """Return present benefits over present costs, None without costs."""
        rate = self.values.terms.rate
        worth = {name: present_exact(flows, rate) for name, flows in self.by_line.items()}
        zero = Decimal(0)
        costs = -sum((value for name, value in worth.items() if name in COSTS), start=zero)
        benefits = sum((value for name, value in worth.items() if name not in COSTS), start=zero)
        return measures.benefit_cost(benefits, costs)

    @cached_property
    def vat(self) -> tuple[Minor, ...]:
        """Return the VAT charged on rent and handed on each month; no part of the value."""
        billed = ("rent", "default", "service_charge")
        rate = self.values.terms["vat_rate"]
        taxed = total((line for line in self.lines if line.name in billed), len(self.months))
        return tuple(amount(paid * rate) for paid in taxed)

    def parameters(self, unit_id: UnitId) -> Parameters:
        """Return what a spreadsheet needs to rebuild a unit's lines with live formulas."""
        return parameters_of(
            self.values.unit(unit_id),
            self.values.terms,
            self.values.currency,
            self.releases.get(unit_id),
        )

    @property
    def years(self) -> tuple[int, ...]:
        """Return the calendar years that the months touch."""
        return tuple(dict.fromkeys(month.year for month in self.months))

    def yearly(self, flows: Iterable[Minor]) -> Mapping[int, Minor]:
        """Return the sums of monthly amounts by calendar year."""
        sums: Counter[int] = Counter(dict.fromkeys(self.years, 0))
        for month, paid in zip(self.months, flows, strict=True):
            sums[month.year] += paid
        return dict(sums)

    def npv_of(self, kind: Literal["unit", "block", "move", "wave"], part_id: str) -> Minor:
        """Return the value of one part.

        Raises:
            InvalidInput: the case has no such part.
        """
        for part in self.parts:
            if (part.kind, part.id) == (kind, part_id):
                return part.npv
        raise InvalidInput(
            [
                Problem(
                    sentence("{kind} {part_id}", kind=kind, part_id=part_id),
                    sentence("is not part of this case"),
                )
            ]
        )


def case_of(
    estate: Estate,
    freed: Collection[UnitId],
    moves: Collection[Move],
    releases: Mapping[UnitId, int] | None = None,
    waves: Sequence[int] = (),
    *,
    values: Values | None = None,
) -> Case:
    """Return the business case of a plan.

    Args:
        estate: what the plan is about.
        freed: ids of the units that nobody uses any more.
        moves: team, origin, target and people of each move.
        releases: month after which a freed unit is empty, where it is not the usual one;
            moves out of it follow.
        waves: month of each wave of moves, in their order.
        values: prices, if they are at hand.

    Raises:
        InvalidInput: figures are missing, or a unit, team or number of people cannot be.
    """
    prices = values or values_of(estate)
    months = releases or {}
    _check(estate, freed, moves, months)
    parts = [
        _part(
            prices,
            "unit",
            unit.id,
            unit.building.code,
            prices.unit_lines(unit.id, months.get(unit.id)),
        )
        for unit in estate.units
        if unit.id in freed
    ]
    parts += [
        _part(prices, "block", block.id, block.id, prices.block_lines(block.id, months))
        for block in estate.blocks
        if set(block.units) <= set(freed)
    ]
    parts += [_moved(prices, move, months) for move in moves if move[1] != move[2]]
    for number, month in enumerate(waves, start=1):
        lines = prices.wave_lines(number, month)
        if lines:
            parts.append(Part("wave", str(number), "", "", prices.present(lines), tuple(lines)))
    return Case(
        months=_dates(prices),
        parts=tuple(parts),
        values=prices,
        freed=tuple(unit.id for unit in estate.units if unit.id in freed),
        moves=tuple(moves),
        releases=dict(months),
        waves=tuple(waves),
    )


def worth_of(
    prices: Values,
    freed: Collection[UnitId],
    moves: Collection[Move],
    releases: Mapping[UnitId, int],
    waves: Sequence[int] = (),
) -> Minor:
    """Return the value alone of the case that `case_of` would make, without its lines."""
    total = sum(prices.present(prices.unit_lines(unit, releases.get(unit))) for unit in set(freed))
    total += sum(
        prices.present(prices.block_lines(block.id, releases))
        for block in prices.estate.blocks
        if set(block.units) <= set(freed)
    )
    # A person's move costs the same from every unit left in the same month, near or far.
    ways: dict[tuple[bool, int | None], tuple[UnitId, UnitId, int]] = {}
    for _, origin, target, people in moves:
        if origin != target:
            near = prices.unit(origin).building.code == prices.unit(target).building.code
            way = (near, releases.get(origin))
            one, other, before = ways.get(way, (origin, target, 0))
            ways[way] = (one, other, before + people)
    for (_, month), (origin, target, people) in ways.items():
        total += people * prices.present(prices.person_lines(origin, target, month))
    return total + sum(
        prices.present(prices.wave_lines(number, month))
        for number, month in enumerate(waves, start=1)
    )


def _part(
    prices: Values,
    kind: Literal["unit", "block"],
    part_id: str,
    building: str,
    lines: list[Line],
) -> Part:
    return Part(
        kind,
        part_id,
        part_id if kind == "unit" else "",
        building,
        prices.present(lines),
        tuple(lines),
    )


def _moved(prices: Values, move: Move, months: Mapping[UnitId, int]) -> Part:
    """Return a move: every person's rounded cost, as many times as people move."""
    team, origin, target, people = move
    one = prices.person_lines(origin, target, months.get(origin))
    part_id = f"{team}:{origin}>{target}"
    lines = tuple(
        replace(
            line,
            part=part_id,
            base=line.base * people,
            amounts=tuple(paid * people for paid in line.amounts),
        )
        for line in one
    )
    building = prices.unit(origin).building.code
    return Part("move", part_id, origin, building, people * prices.present(one), lines)


def _dates(prices: Values) -> tuple[dt.date, ...]:
    start = prices.terms.start
    first = start.year * 12 + start.month - 1
    return tuple(
        dt.date(month // 12, month % 12 + 1, 1)
        for month in range(first, first + prices.terms.clock.horizon)
    )


def _check(
    estate: Estate,
    freed: Collection[UnitId],
    moves: Collection[Move],
    releases: Mapping[UnitId, int],
) -> None:
    problems = [
        Problem(
            sentence("unit {unit}", unit=unit),
            sentence("there is no such lettable unit in this estate"),
        )
        for unit in dict.fromkeys(
            [*freed, *releases, *(end for move in moves for end in move[1:3])]
        )
        if unit not in estate.unit_of
    ]
    for team, origin, target, people in moves:
        where = sentence(
            "move of {team} from {origin} to {target}", team=team, origin=origin, target=target
        )
        if team not in estate.team_of:
            problems.append(Problem(where, sentence("there is no such team in this estate")))
        if people < 0:
            problems.append(
                Problem(where, sentence("{people} people; enter 0 or more", people=people))
            )
    problems += [
        Problem(
            sentence("unit {unit}", unit=unit),
            sentence("released after month {month}; enter 0 or more", month=month),
        )
        for unit, month in releases.items()
        if month < 0
    ]
    if problems:
        raise InvalidInput(problems)
