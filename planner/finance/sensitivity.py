"""One figure at a time, two at a time, and how far a figure may go before value is lost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of
from planner.domain.figures import FIGURES
from planner.errors import InvalidInput, sentence
from planner.finance.reprice import reworth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.money import Minor
    from planner.finance.case import Case

SPANS: Final[tuple[tuple[str, str, str], ...]] = (
    ("achieved_rent", "x0.75", "x1.15"),
    ("void_months", "+15", "-6"),
    ("works_per_m2", "x1.5", "x0.8"),
    ("running_saving_share", "x0.6", "x1"),
    ("discount_rate", "+0.027", "-0.018"),
    ("escalation_rate", "-0.05", "+0.02"),
    ("move_cost_per_person", "x1.5", "x0.8"),
    ("move_cost_elsewhere_per_person", "x1.5", "x0.8"),
    ("capital_contingency", "x2", "x0"),
    ("default_allowance", "x3", "x0"),
    ("void_cost_per_m2_month", "x1.5", "x0.8"),
    ("commission_rate", "x2", "x0"),
    ("rent_free_months", "+4", "-2"),
    ("release_month", "+6", "-3"),
    ("running_cost_growth", "-0.02", "+0.02"),
)
"""Each figure with its bad and its good end: times (x) or plus or minus; our choice."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What one figure does alone.

    Args:
        key: of the figure.
        values: at its bad end, as stated, at its good end.
        npvs: of the case at each of the three, minor units.
    """

    key: str
    values: tuple[Decimal, Decimal, Decimal]
    npvs: tuple[Minor, Minor, Minor]

    @property
    def width(self) -> Minor:
        """Return how far the value swings."""
        return max(self.npvs) - min(self.npvs)


def tornado(case: Case, spans: Iterable[tuple[str, str, str]] = SPANS) -> tuple[Swing, ...]:
    """Return what each figure does alone, the widest swing first.

    Args:
        case: the plan; its moves and releases stay as they are.
        spans: key, bad end and good end: `x1.5` times, `+6` or `-6` more or less. Ends are
            held within what the figure may be.
    """
    register = register_of(case.values.estate)
    found = []
    for key, bad, good in spans:
        stated = register.number(key)
        most = _most(case, key)
        low, high = _end(key, stated, bad, most), _end(key, stated, good, most)
        found.append(
            Swing(key, (low, stated, high), (_npv(case, key, low), case.npv, _npv(case, key, high)))
        )
    return tuple(sorted(found, key=lambda swing: (-swing.width, swing.key)))


def scenarios(
    case: Case, rows: tuple[str, Sequence[Decimal]], columns: tuple[str, Sequence[Decimal]]
) -> tuple[tuple[Minor, ...], ...]:
    """Return the value for each pair of two figures.

    Args:
        case: the plan.
        rows: key and values of one figure.
        columns: key and values of the other.

    Returns:
        Minor units, one tuple a row.
    """
    return tuple(
        tuple(reworth(case, {rows[0]: str(one), columns[0]: str(other)}) for other in columns[1])
        for one in rows[1]
    )


def break_even_rent(case: Case) -> Decimal | None:
    """Return the achieved share of the asked rent at which the case is worth nothing.

    The value is linear in it but for roundings, so two points give the line.

    Returns:
        The share, to 4 decimals; below 0 if the case pays without rent; None if rent does
        not matter.
    """
    none, full = _npv(case, "achieved_rent", Decimal(0)), _npv(case, "achieved_rent", Decimal(1))
    if none == full:
        return None
    return (Decimal(-none) / (full - none)).quantize(Decimal("0.0001"))


def break_even_void(case: Case) -> int | None:
    """Return the longest void, in months, at which the case is still worth at least 0.

    Returns:
        Months; None if it is worth less than 0 even without void. A case that pays even
        if nothing is let gives its horizon.
    """
    high = case.values.terms.clock.horizon
    if _npv(case, "void_months", Decimal(high)) >= 0:
        return high
    if _npv(case, "void_months", Decimal(0)) < 0:
        return None
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        if _npv(case, "void_months", Decimal(middle)) >= 0:
            low = middle
        else:
            high = middle
    return low


def _npv(case: Case, key: str, value: Decimal) -> Minor:
    return reworth(case, {key: str(value)})


def _most(case: Case, key: str) -> Decimal | None:
    """Return the most that a figure may be: no rent is waived for longer than a term."""
    most = FIGURES[key].most
    if key == "rent_free_months" and most is not None:
        return min(most, Decimal(case.values.terms.deal.months))
    return most


def _end(key: str, stated: Decimal, change: str, most: Decimal | None) -> Decimal:
    """Return a figure after a change, held within its bounds and whole where it must be."""
    if change[0] not in "x+-":
        raise InvalidInput(
            sentence("span {change!r} of {key}: write x1.5, +6 or -6", change=change, key=key)
        )
    number = Decimal(change.lstrip("x"))
    value = stated * number if change[0] == "x" else stated + number
    figure = FIGURES[key]
    if figure.least is not None:
        value = max(figure.least, value)
    if most is not None:
        value = min(most, value)
    return Decimal(round(value)) if figure.kind in {"months", "count"} else value
