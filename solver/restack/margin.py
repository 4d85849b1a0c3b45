"""What linear programs in floating point may be wrong by, and the scale that keeps it small."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.problem import Problem

# Engines are exact to about 1e-9 of the value here; bounds give away a thousandfold of that.
RELATIVE_MARGIN = 1e-6
# Where bonuses or costs below 0 take costs away again, the value says nothing of the terms that
# were rounded: of these, engines keep a part in 10^14, their own tolerances a part in 10^11.
GROSS_MARGIN = 1e-9
COST_BITS = 14


def scale_of(problem: Problem) -> float:
    """Return the power of two by which costs are divided: exact, and kind to the engine.

    Costs of 10^11, as money in minor units has, left the simplex method imprecise.
    """
    largest = max(_terms(problem), default=0)
    return 2.0 ** max(0, largest.bit_length() - COST_BITS)


def gross_margin(problem: Problem) -> float:
    """Return what to give away of each bound for terms that may cancel one another."""
    return GROSS_MARGIN * float(sum(_terms(problem)))


def _terms(problem: Problem) -> Iterator[int]:
    """Yield the most that each space, team, unit and pair can add to the cost, or take away."""
    for cost in problem.keep:
        yield abs(int(cost))
    for choices in (*problem.costs, *problem.load_costs):
        yield max((abs(int(cost)) for cost in choices), default=0)
    yield from (abs(int(pair.penalty)) for pair in problem.pairs)
    yield from (abs(int(anchor.penalty)) for anchor in problem.anchors)
    yield from (abs(int(unit.bonus)) for unit in problem.units)
