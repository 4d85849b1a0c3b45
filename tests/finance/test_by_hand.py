"""Leases of every kind against a reckoning of their own, month by month and in floats."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from planner.finance import case_of
from tests.finance import worked

MONTHS, RELEASE, RENT = 80, 2, 8000.0


@dataclass(frozen=True)
class Lease:
    """What a lease says; `breaks` is the month of a break and the chance that it is used."""

    void: int
    free: int
    term: int
    relet: int = 0
    stays: float = 1.0
    breaks: tuple[int, float] = (0, 0.0)
    pay: int = 1
    deposit: int = 0

    @property
    def start(self) -> int:
        return RELEASE + self.void + 1

    def left(self, month: int, window: int) -> float:
        """Return the chance that a tenant has left within so many months."""
        term, at = divmod(month - self.start, self.term)
        if term > 0 and at < window:
            return 1 - self.stays
        after, chance = self.breaks
        return chance if after and after <= at < after + window else 0.0


LEASES = (
    Lease(3, 1, 60),
    Lease(0, 0, 12, relet=3, stays=0.6, pay=12),
    Lease(5, 4, 36, relet=6, stays=0.5, breaks=(18, 0.3), pay=3, deposit=3),
    Lease(1, 2, 24, relet=4, stays=0.25, breaks=(10, 0.5), pay=24, deposit=2),
    Lease(3, 1, 60, relet=6, breaks=(7, 0.4), deposit=6),
    Lease(90, 1, 60, deposit=3),
)
RISES = {"fixed": (-0.1,), "steps": (0.03, 0.05, -0.2), "index": (0.04,)}
PAYMENTS = {1: "monthly", 3: "quarterly", 12: "yearly", 24: "at_once"}


def level(months: int, rises: tuple[float, ...]) -> float:
    """Return the rent over the first after so many months of the lease."""
    found = 1.0
    for year in range(months // 12):
        found *= 1 + rises[min(year, len(rises) - 1)]
    return found


def earned(lease: Lease, month: int, rises: tuple[float, ...]) -> float:
    at = month - lease.start
    if at < lease.free:
        return 0.0
    return RENT * (1 - lease.left(month, lease.relet + lease.free)) * level(at, rises)


def net_of(lease: Lease, month: int, rises: tuple[float, ...], inflation: float) -> float:
    """Return what a month brings in prices of the start."""
    costs = 1.2 ** ((month - 1) // 12)
    at = month - lease.start
    found = 3000 * costs if month > RELEASE else 0.0
    if month == RELEASE + 1:
        found -= 6200
    if at < 0:
        found -= 2000 * costs if month > RELEASE else 0.0
        return found / (1 + inflation) ** (month / 12)
    found -= 2000 * costs * lease.left(month, lease.relet)
    if at % lease.term % lease.pay == 0:
        paid = min(lease.pay, lease.term - at % lease.term, MONTHS - month + 1)
        found += 0.95 * sum(earned(lease, one, rises) for one in range(month, month + paid))
    new = 1.0 if at == 0 else 0.0
    if at >= max(lease.relet, 1):
        new = lease.left(month - lease.relet, 1)
    found -= 9600 * new * level(at, rises)
    found += lease.deposit * RENT * ((at == 0) - (month == MONTHS))
    return found / (1 + inflation) ** (month / 12)


@pytest.mark.parametrize("lease", LEASES)
@pytest.mark.parametrize("kind", RISES)
@pytest.mark.parametrize(
    ("basis", "rate"), [("nominal", "0"), ("real", "0.5"), ("nominal", "-0.02")]
)
def test_a_lease_comes_to_what_a_hand_reckons(
    lease: Lease, kind: str, basis: str, rate: str
) -> None:
    rises = RISES[kind]
    figures = {
        "horizon_months": str(MONTHS),
        "discount_rate": rate,
        "price_basis": basis,
        "inflation_rate": "0.04",
        "escalation_kind": kind,
        "escalation_rate": str(rises[0]),
        "escalation_steps": ";".join(map(str, rises)),
        "void_months": str(lease.void),
        "rent_free_months": str(lease.free),
        "lease_months": str(lease.term),
        "relet_months": str(lease.relet),
        "renewal_share": str(lease.stays),
        "break_month": str(lease.breaks[0]),
        "break_leaving": str(lease.breaks[1]),
        "payment": PAYMENTS[lease.pay],
        "deposit_months": str(lease.deposit),
    }
    case = case_of(worked.estate(figures), ["P1"], [])
    inflation = 0.04 if basis == "real" else 0.0
    net = [net_of(lease, month, rises, inflation) for month in range(1, MONTHS + 1)]
    assert case.net == pytest.approx(net, abs=3.5)  # each of seven lines is rounded to a yen
    worth = sum(paid / (1 + float(rate)) ** (month / 12) for month, paid in enumerate(net, 1))
    assert case.npv == pytest.approx(worth, abs=3.5 * MONTHS * 1.2)
