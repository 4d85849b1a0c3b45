"""A bound by prices: every rule between spaces is priced, each space packs whole teams by itself.

At the prices of the relaxation the bound is at least its value, and above it wherever whole teams
do not fill a space to the last seat, which no linear row says. Spaces are then kept so that their
seats suffice for all together. Any prices of the right sign give a bound.

Source:
    Guignard and Kim (1987), "Lagrangean decomposition", Mathematical Programming 39; for plant
    location with single sourcing: Holmberg, Ronnqvist and Yuan (1999), EJOR 113.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.packing import Packer

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from solver.restack.problem import Flags
    from solver.restack.relax import Relaxation

    Floats = NDArray[np.float64]

STEP = 1.0
SHRINK, PATIENCE, LEAST_STEP = 0.7, 12, 1e-3


@dataclass(frozen=True, slots=True)
class Fixed:
    """Spaces that must be kept and that may be, each of shape (spaces,)."""

    must: Flags
    may: Flags


@dataclass(frozen=True, slots=True)
class Point:
    """The bound at some prices, in the units of the relaxation.

    Args:
        value: the bound, infinite where no plan is left.
        price: of each team.
        slope: where it goes up: 1 less how often each team is seated.
        worth: cost of keeping each space with what it packs.
        chosen: spaces kept.
    """

    value: float
    price: Floats
    slope: Floats
    worth: Floats
    chosen: Flags


@dataclass(frozen=True, slots=True)
class _Packed:
    """What each space seats if kept, and what that is worth at the prices."""

    value: Floats
    sits: Flags


class Prices:
    """The bound of one relaxation of whole teams; rows added to it later are not in here."""

    def __init__(self, relaxation: Relaxation) -> None:
        """Price all rows by their duals but those of seats and of keeping what is used."""
        problem, duals = relaxation.problem, relaxation.duals
        self.problem, self.scale = problem, relaxation.scale
        proto = relaxation.model.export_model()
        rows, columns = proto.linear_constraints, proto.variables
        row_ids, column_ids = np.array(rows.ids), np.array(columns.ids)
        matrix = proto.linear_constraint_matrix
        row = np.searchsorted(row_ids, np.array(matrix.row_ids))
        column = np.searchsorted(column_ids, np.array(matrix.column_ids))
        dual = np.array([duals.get(number, 0.0) for number in row_ids.tolist()])
        low, high = np.array(rows.lower_bounds), np.array(rows.upper_bounds)
        dual = np.where(np.isinf(low), np.minimum(dual, 0.0), dual)
        dual = np.where(np.isinf(high), np.maximum(dual, 0.0), dual)
        self.packer = packer = Packer(relaxation)
        self.need, self.seats = packer.need, packer.seats
        own = np.isin(
            row_ids, relaxation.rows_of_keeping + relaxation.rows_of_seats.get(packer.day, [])
        )
        assign = np.isin(row_ids, relaxation.rows_of_teams)
        dual[own | assign] = 0.0
        cost = np.zeros(len(column_ids))
        objective = proto.objective
        at = np.searchsorted(column_ids, np.array(objective.linear_coefficients.ids))
        cost[at] = np.array(objective.linear_coefficients.values)
        np.subtract.at(cost, column, np.array(matrix.coefficients) * dual[row])
        side = np.where(dual > 0, low, high)
        priced = dual != 0.0
        self.constant = float(objective.offset + (dual[priced] * side[priced]).sum())
        kept = np.searchsorted(column_ids, [v.id for v in relaxation.kept])
        flat = np.searchsorted(column_ids, [v.id for v in relaxation.columns])
        other = np.ones(len(column_ids), dtype=bool)
        other[kept] = other[flat] = False
        lower, upper = np.array(columns.lower_bounds), np.array(columns.upper_bounds)
        rest = cost[other]
        # The columns of distances have no limit, but a share is at most 1.
        upper = np.minimum(upper, 1.0)
        ends = np.where(rest >= 0, lower[other], upper[other])
        used = rest != 0.0
        self.constant += float((rest[used] * ends[used]).sum())
        self.keep, self.cost = cost[kept], cost[flat]
        self.fixed = Fixed(problem.must_keep, ~problem.must_free)
        self.team_of, self.space_of = relaxation.team_of, relaxation.space_of
        self.price = np.array([duals.get(number, 0.0) for number in relaxation.rows_of_teams])

    @property
    def work_of_step(self) -> float:
        """Return the work of one value, in units of which half a one is a second."""
        return self.packer.work

    def pack(self, price: Floats) -> _Packed:
        """Return the best packing of each space at these prices of teams."""
        table = self.packer.table(price[self.team_of] - self.cost)
        filled = table.value.argmax(axis=1)
        sits = np.zeros(len(self.cost), dtype=bool)
        for _, columns in self.packer.unpack(table, filled):
            sits[columns] = True
        return _Packed(table.value[np.arange(len(filled)), filled], sits)

    def choose(self, worth: Floats, fixed: Fixed) -> tuple[float, Flags]:
        """Return the cheapest spaces whose seats suffice for all together, and what they cost.

        Args:
            worth: cost of keeping each space with what it packs, negative where it pays.
            fixed: what is decided about spaces.
        """
        always = fixed.must | ((worth < 0) & fixed.may)
        cost, seats = float(worth[always].sum()), int(self.seats[always].sum())
        missing = self.need - seats
        chosen = always.copy()
        if missing <= 0:
            return cost, chosen
        # Cheapest way to cover what is missing with the other spaces: a knapsack by seats covered.
        least = np.full(missing + 1, np.inf)
        least[0] = 0.0
        others = np.flatnonzero(fixed.may & ~always)
        steps = []
        for space in others.tolist():
            size = int(self.seats[space])
            at = np.maximum(np.arange(missing + 1) - size, 0)
            with_it = least[at] + worth[space]
            took = with_it < least
            least = np.where(took, with_it, least)
            steps.append((space, size, took))
        if not np.isfinite(least[missing]):
            return np.inf, chosen
        still = missing
        for space, size, took in reversed(steps):
            if still > 0 and took[still]:
                chosen[space] = True
                still = max(0, still - size)
        return cost + float(least[missing]), chosen

    def value(self, price: Floats, fixed: Fixed) -> Point:
        """Return the bound at these prices of teams."""
        packed = self.pack(price)
        worth = self.keep - packed.value
        cost, chosen = self.choose(worth, fixed)
        seated = packed.sits & chosen[self.space_of]
        count = np.bincount(self.team_of[seated], minlength=len(price))
        value = self.constant + float(price.sum()) + cost
        slope = (1.0 - count).astype(np.float64)
        return Point(value, price, slope, worth, chosen)

    def climb(
        self,
        price: Floats,
        fixed: Fixed,
        steps: int,
        aim: float | None,
        should_stop: Callable[[], bool] | None = None,
    ) -> tuple[Point, int]:
        """Return the best point of a walk uphill, and the steps it took.

        Args:
            price: of each team, to start from.
            fixed: what is decided about spaces.
            steps: most to take.
            aim: cost of a plan, above which no bound need be; None where none is known.
            should_stop: asked before each step.
        """
        best = here = self.value(price, fixed)
        goal = best.value + 0.02 * abs(best.value) if aim is None else aim / self.scale
        size, waited, done = STEP, 0, 1
        while done < steps and size > LEAST_STEP and best.value < goal:
            square = float((here.slope**2).sum())
            if square == 0.0 or (should_stop is not None and should_stop()):
                break
            length = size * (goal - here.value) / square
            here = self.value(here.price + length * here.slope, fixed)
            done, waited = done + 1, waited + 1
            if here.value > best.value:
                best, waited = here, 0
            elif waited >= PATIENCE:
                size, waited, here = size * SHRINK, 0, best
        return best, done
