"""Many futures: rents, voids and costs drawn together, the case priced in each.

Values are linear in rent and cost, and depend on the void only through the month in
which the lease starts; so each lease is priced once for every start, and a draw is a
look-up. Floats serve here, and only here: the result is a distribution, not an amount.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.domain.assumptions import register_of
from planner.errors import InvalidInput, Problem, sentence
from planner.finance.curves import Curve, Curves

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.finance.case import Case

    Floats = NDArray[np.float64]

DRIVERS: Final = ("rent", "void", "cost")


@dataclass(frozen=True, slots=True)
class Risk:
    """How far things may turn out otherwise.

    Args:
        spreads: standard deviations of the logarithms of rent, void and cost.
        rent_void, rent_cost: correlations.
        shared: share of the variance that hits all leases together, 0 to 1.
    """

    spreads: tuple[float, float, float]
    rent_void: float
    rent_cost: float
    shared: float


@dataclass(frozen=True, slots=True)
class Simulated:
    """Present values of the case in many futures, minor units.

    Args:
        npvs: one a draw, shape (draws,).
        p10, p50, p90: a tenth, a half, nine tenths of the draws are worth less.
        loss: share of draws that are worth less than 0.
        drivers: correlation of the value with rent, void and cost, each taken over all
            leases; the largest in size matters most.
    """

    npvs: Floats
    p10: int
    p50: int
    p90: int
    loss: float
    drivers: dict[str, float]

    @property
    def matters_most(self) -> str:
        """Return the driver with which the value moves most."""
        return max(self.drivers, key=lambda driver: (abs(self.drivers[driver]), driver))


def risk_of(case: Case) -> Risk:
    """Return the risk figures of a case's estate.

    Raises:
        InvalidInput: correlations that no three things can have together.
    """
    register = register_of(case.values.estate)
    rent_void = float(register.number("rent_void_correlation"))
    rent_cost = float(register.number("rent_cost_correlation"))
    if rent_void**2 + rent_cost**2 > 1:
        raise InvalidInput(
            [
                Problem(
                    sentence("sheet assumptions, key rent_void_correlation"),
                    sentence(
                        "{rent_void} with rent_cost_correlation {rent_cost} cannot be together: "
                        "their squares exceed 1; enter smaller ones",
                        rent_void=rent_void,
                        rent_cost=rent_cost,
                    ),
                )
            ]
        )
    return Risk(
        spreads=(
            float(register.number("rent_volatility")),
            float(register.number("void_volatility")),
            float(register.number("cost_volatility")),
        ),
        rent_void=rent_void,
        rent_cost=rent_cost,
        shared=float(register.number("shared_risk")),
    )


def simulate(case: Case, *, draws: int, seed: int, risk: Risk | None = None) -> Simulated:
    """Return what a case is worth in many futures.

    Means stay as stated: rents, voids and costs are multiplied by log-normal numbers of
    mean 1, voids rounded to whole months.

    Args:
        case: the plan.
        draws: how many futures, at least 1.
        seed: start of all randomness; the same seed gives the same draws.
        risk: how far things may turn out otherwise, by default as the estate states.
    """
    if draws < 1:
        raise InvalidInput(sentence("{draws} draws; want at least 1", draws=draws))
    chances = risk or risk_of(case)
    random = np.random.default_rng(seed)
    mix = _mix(chances)
    market = random.standard_normal((draws, 3)) @ mix.T
    worth = np.zeros(draws)
    met = np.zeros((draws, 3))
    curves = Curves(case)
    for unit in case.freed:
        own = random.standard_normal((draws, 3)) @ mix.T
        shock = np.sqrt(chances.shared) * market + np.sqrt(1 - chances.shared) * own
        met += shock
        worth += _worth(curves.of(unit), _multiples(shock, chances))
    moves = _multiples(market, chances)[:, 2]
    worth += moves * float(sum(part.npv for part in case.parts if part.kind in {"move", "wave"}))
    if not case.freed:
        met = market
    low, middle, high = np.quantile(worth, [0.1, 0.5, 0.9])
    return Simulated(
        npvs=worth,
        p10=round(low),
        p50=round(middle),
        p90=round(high),
        loss=float((worth < 0).mean()),
        drivers={name: _moves_with(met[:, at], worth) for at, name in enumerate(DRIVERS)},
    )


def _mix(risk: Risk) -> Floats:
    """Return the lower triangle that makes independent draws correlate."""
    rest = np.sqrt(max(0.0, 1 - risk.rent_void**2))
    cross = 0.0 if rest == 0 else -risk.rent_void * risk.rent_cost / rest
    last = np.sqrt(max(0.0, 1 - risk.rent_cost**2 - cross**2))
    return np.array([[1, 0, 0], [risk.rent_void, rest, 0], [risk.rent_cost, cross, last]])


def _multiples(shock: Floats, risk: Risk) -> Floats:
    """Return log-normal multiples of mean 1."""
    spreads = np.array(risk.spreads)
    multiples: Floats = np.exp(shock * spreads - spreads**2 / 2)
    return multiples


def _worth(curve: Curve, multiples: Floats) -> Floats:
    """Return what a unit is worth in each draw; a lease that never starts is the last entry."""
    last = len(curve.by_rent) - 1
    void = np.rint(curve.void * multiples[:, 1]).astype(np.int64) if curve.let else last
    start = np.minimum(curve.release + void, last)
    found: Floats = (
        curve.by_rent[start] * multiples[:, 0]
        + curve.by_cost[start] * multiples[:, 2]
        + curve.plain[start]
    )
    return found


def _moves_with(driver: Floats, worth: Floats) -> float:
    if driver.std() == 0 or worth.std() == 0:
        return 0.0
    return float(np.corrcoef(driver, worth)[0, 1])
