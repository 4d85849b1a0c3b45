"""When money moves: each line of a unit is a base amount times a multiplier a month.

Units that are freed and let on the same terms share one calendar; only their bases
differ. A spreadsheet, the exact case and the simulation all use this one split.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

from planner.finance.discount import EXACT, MONTHS

Multipliers = tuple[Decimal, ...]
"""One number a month, month 1 first: how many bases are paid in that month."""

_ZERO = Decimal(0)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Clock:
    """The timing of one unit; months count from the start of the case.

    Args:
        horizon: months counted.
        release: months until the unit is empty; it is empty from month release + 1 on.
        void: months from empty to the start of the lease; None if it is never let.
        rent_free: months at the start of the lease without rent.
        term: months of one lease; the next follows at once.
        pay: months that one payment covers, in advance.
        step: months between escalations.
        steps: rise at each escalation, the last one repeated.
        growth: yearly growth of running costs, at each anniversary of the start.
        inflation: yearly rate by which amounts are deflated; 0 for a nominal case.
        leaving: chance that the tenant leaves at the end of a term.
        break_at: month of each term after which the tenant may leave; None if it may not.
        break_leaving: chance that it then leaves.
        relet: months a unit stands empty after a tenant has left.
        until: last month in which the unit is held and can be let.
        repairs_at: month of repairs that an empty unit avoids; None if there are none.
    """

    horizon: int
    release: int
    void: int | None
    rent_free: int
    term: int
    pay: int
    step: int
    steps: tuple[Decimal, ...]
    growth: Decimal
    inflation: Decimal = _ZERO
    leaving: Decimal = _ZERO
    break_at: int | None = None
    break_leaving: Decimal = _ZERO
    relet: int = 0
    until: int = 10_000
    repairs_at: int | None = None

    @property
    def lease_start(self) -> int | None:
        """Return the first month of the first lease, None if none starts in time."""
        if self.void is None:
            return None
        first = self.release + self.void + 1
        return first if first <= self.last_let else None

    @property
    def last_let(self) -> int:
        """Return the last month in which rent can be earned."""
        return min(self.horizon, self.until)

    def grown(self, month: int) -> Decimal:
        """Return what running costs have grown to, deflated."""
        return (1 + self.growth) ** ((month - 1) // MONTHS) * self.deflator(month)

    def deflator(self, month: int) -> Decimal:
        """Return the prices of the start over those of a month's end; 1 if nominal."""
        if not self.inflation:
            return _ONE
        return (1 + self.inflation) ** (Decimal(-month) / MONTHS)

    def escalated(self, lease_month: int) -> Decimal:
        """Return the rent of a month of the lease (0 is its first) over the first rent."""
        level = _ONE
        for rise in range(lease_month // self.step):
            level *= 1 + self.steps[min(rise, len(self.steps) - 1)]
        return level

    def gone(self, lease_month: int, months: int) -> Decimal:
        """Return the chance that a tenant left within the `months` before this one's end."""
        terms, at = divmod(lease_month, self.term)
        if terms and at < months:
            return self.leaving
        if self.break_at is not None and self.break_at <= at < self.break_at + months:
            return self.break_leaving
        return _ZERO


@dataclass(frozen=True, slots=True)
class Calendar:
    """Multipliers of one clock, each of horizon months.

    Args:
        rent: first monthly rents received, payments in advance included.
        earned: first monthly rents earned in that month, whenever paid.
        commission: first years' rents on which commission falls due.
        let: share of the unit that is let and served, grown and deflated.
        void: share that stands empty, grown and deflated.
        saved: running costs no longer paid, grown and deflated.
        works: separation works.
        deposit: deposits taken (1) and given back (-1).
        exit: what falls due in the last month that a leased unit is held.
        after: months after a leased unit was handed back, deflated.
        repairs: repairs that business as usual would have paid.
    """

    rent: Multipliers
    earned: Multipliers
    commission: Multipliers
    let: Multipliers
    void: Multipliers
    saved: Multipliers
    works: Multipliers
    deposit: Multipliers
    exit: Multipliers
    after: Multipliers
    repairs: Multipliers


@lru_cache(maxsize=4096)
def calendar_of(clock: Clock) -> Calendar:
    """Return when money moves for a clock."""
    with localcontext(EXACT):
        months = range(1, clock.horizon + 1)
        earned = tuple(_earned(clock, month) for month in months)
        return Calendar(
            rent=tuple(_paid(clock, earned, month) for month in months),
            earned=earned,
            commission=tuple(_commission(clock, month) for month in months),
            let=tuple(_let(clock, month) * clock.grown(month) for month in months),
            void=tuple(_void(clock, month) * clock.grown(month) for month in months),
            saved=tuple(clock.grown(month) if month > clock.release else _ZERO for month in months),
            works=once(clock, clock.release + 1),
            deposit=_deposit(clock),
            exit=once(clock, clock.until),
            after=tuple(
                clock.deflator(month) if month > clock.until else _ZERO for month in months
            ),
            repairs=once(clock, _avoided(clock)),
        )


def once(clock: Clock, month: int) -> Multipliers:
    """Return one payment in a month, deflated; nothing if it lies outside the horizon."""
    with localcontext(EXACT):
        return tuple(
            clock.deflator(month) if at == month else _ZERO for at in range(1, clock.horizon + 1)
        )


def _lease_month(clock: Clock, month: int) -> int | None:
    """Return the month of the lease, 0 for its first, None while there is no lease."""
    start = clock.lease_start
    if start is None or not start <= month <= clock.last_let:
        return None
    return month - start


def _earned(clock: Clock, month: int) -> Decimal:
    at = _lease_month(clock, month)
    if at is None or at < clock.rent_free:
        return _ZERO
    staying = 1 - clock.gone(at, clock.relet + clock.rent_free)
    return staying * clock.escalated(at)


def _paid(clock: Clock, earned: Multipliers, month: int) -> Decimal:
    """Return the rent of all months that the payment of this month covers.

    Months after the horizon are left out although they are paid for: nothing after the
    horizon counts, so a horizon that cuts a year cannot be made to pay.
    """
    at = _lease_month(clock, month)
    if at is None or at % clock.term % clock.pay:
        return _ZERO
    covered = min(clock.pay, clock.term - at % clock.term)
    return sum(earned[month - 1 : month - 1 + covered], start=_ZERO) * clock.deflator(month)


def _commission(clock: Clock, month: int) -> Decimal:
    at = _lease_month(clock, month)
    if at is None:
        return _ZERO
    if at == 0:
        return clock.deflator(month)
    if at < clock.relet:
        return _ZERO
    new = clock.gone(at - clock.relet, 1)
    return new * clock.escalated(at) * clock.deflator(month)


def _void(clock: Clock, month: int) -> Decimal:
    at = _lease_month(clock, month)
    if at is not None:
        return clock.gone(at, clock.relet)
    return _ONE if clock.release < month <= clock.until else _ZERO


def _let(clock: Clock, month: int) -> Decimal:
    at = _lease_month(clock, month)
    return _ZERO if at is None else 1 - clock.gone(at, clock.relet)


def _avoided(clock: Clock) -> int:
    """Return the month of the repairs that are avoided, 0 if none are."""
    if clock.repairs_at is None or clock.repairs_at <= clock.release:
        return 0
    return clock.repairs_at


def _deposit(clock: Clock) -> Multipliers:
    """Return the deposit taken as the lease starts and owed back at the last month."""
    start = clock.lease_start
    if start is None:
        return (_ZERO,) * clock.horizon
    taken = once(clock, start)
    back = once(clock, clock.last_let)
    return tuple(one - other for one, other in zip(taken, back, strict=True))
