"""The lines of a freed unit: a base in minor units times its calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final, Literal

from planner.finance.bases import Base, unit_bases
from planner.finance.calendar import Clock, Multipliers, calendar_of
from planner.finance.discount import EXACT, amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.domain.estate import Unit
    from planner.domain.fields import Words
    from planner.domain.money import Minor
    from planner.finance.terms import Terms

Ledger = Literal["owner", "receiver"]
"""Who the money concerns: the owner of the estate, or whoever the law sends the rent to."""

LINES: Final[Mapping[str, Words]] = {
    "rent": ("Rent", "Sewa"),
    "default": ("Default allowance", "Cadangan gagal bayar"),
    "rent_tax": ("Tax on rent", "Pajak sewa"),
    "deposit": ("Deposits", "Uang jaminan"),
    "commission": ("Letting commission", "Komisi"),
    "service_cost": ("Services to tenants", "Biaya layanan"),
    "service_charge": ("Service charge", "Service charge"),
    "service_tax": ("Tax on service charge", "Pajak service charge"),
    "running_saved": ("Running cost saved", "Biaya operasi hemat"),
    "rent_saved": ("Rent no longer paid", "Sewa tak lagi dibayar"),
    "repairs_avoided": ("Repairs avoided", "Perbaikan terhindar"),
    "void_cost": ("Cost of empty space", "Biaya ruang kosong"),
    "works": ("Separation works", "Pekerjaan pemisahan"),
    "reinstatement": ("Reinstatement", "Pengembalian kondisi"),
    "break_penalty": ("Penalty for a break", "Denda berhenti"),
    "move": ("Moves", "Pindah"),
    "wave": ("Waves of moves", "Gelombang pindah"),
    "it": ("IT of moves", "TI pindah"),
    "fit_out": ("Fit-out of moves", "Penataan ruang pindah"),
    "running_cost": ("Running cost", "Biaya operasi"),
    "rent_paid": ("Rent paid", "Sewa yang dibayar"),
    "repairs_due": ("Repairs that are due", "Perbaikan jatuh tempo"),
}
"""Every line by name in the order printed; the last three are business as usual."""

_RECEIVED: Final = frozenset({"rent", "default", "rent_tax", "deposit"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the cash flow of one part.

    Args:
        name: what it is, a key of `LINES`.
        part: what it belongs to: a unit, a block or a move, by id.
        base: exact amount that the calendar multiplies, minor units; negative for a cost.
        calendar: which row of the calendar it follows.
        amounts: minor units a month, month 1 first.
        ledger: whose money it is.
        unit: the unit whose clock it follows, "" for a move.
    """

    name: str
    part: str
    base: Decimal
    calendar: str
    amounts: tuple[Minor, ...]
    ledger: Ledger = "owner"
    unit: str = ""


def unit_lines(unit: Unit, terms: Terms, currency: str, release: int | None = None) -> list[Line]:
    """Return the lines of a unit that is freed, against leaving it as it is.

    Args:
        unit: what is freed.
        terms: what it is priced with.
        currency: of the estate.
        release: month after which it is empty, if not the usual one.
    """
    clock = clock_of(unit, terms, release)
    with localcontext(EXACT):
        bases = unit_bases(unit, terms, currency, clock.release)
        return _lines(unit, terms, clock, bases, part=unit.id, times=Decimal(1))


def block_lines(unit: Unit, terms: Terms, currency: str, release: int | None = None) -> list[Line]:
    """Return what a unit earns on top when its whole building can be let."""
    if not terms.lease.premium and unit.building.tenure == "owned":
        return []
    clock = clock_of(unit, terms, release)
    with localcontext(EXACT):
        bases = unit_bases(unit, terms, currency, clock.release)
        on_rent = [base for base in bases if base.on_rent]
        premium = terms["whole_building_premium"]
        return _lines(unit, terms, clock, on_rent, part=unit.building.code, times=premium)


def clock_of(unit: Unit, terms: Terms, release: int | None = None) -> Clock:
    """Return the timing of a unit: of its rent rule, its lettability and its tenure."""
    month = terms.clock.release if release is None else release
    if unit.building.tenure == "leased" and terms.tenancy is not None:
        let = unit.lettable and terms.tenancy.route == "sublet"
        return replace(
            terms.sublet_clock,
            release=month,
            void=terms.sublet_clock.void if let else None,
            until=terms.tenancy.last_month(unit.building.code, month),
        )
    return replace(terms.clock, release=month, void=terms.clock.void if unit.lettable else None)


def spread(base: Decimal, multipliers: Multipliers) -> tuple[Minor, ...]:
    """Return each month's amount, rounded on its own."""
    return tuple(amount(base * times) if times else 0 for times in multipliers)


def _lines(
    unit: Unit, terms: Terms, clock: Clock, bases: Iterable[Base], *, part: str, times: Decimal
) -> list[Line]:
    calendar = calendar_of(clock)
    elsewhere = terms.rule.receiver is not None and unit.building.tenure == "owned"
    found = []
    for base in bases:
        value = base.value * times
        multipliers: Multipliers = getattr(calendar, base.row)
        ledger: Ledger = "receiver" if elsewhere and base.name in _RECEIVED else "owner"
        found.append(
            Line(base.name, part, value, base.row, spread(value, multipliers), ledger, unit.id)
        )
    return found
