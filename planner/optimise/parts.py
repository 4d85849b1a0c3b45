"""Parts of a large estate, solved apart and joined with one valid bound."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planner.optimise.cut import instance_of_part, restricted, within
from planner.optimise.large import unit_of
from planner.optimise.settle import settled
from planner.optimise.solve import glimpse_of, refusal
from solver.outcome import Status
from solver.restack.check import cost_of
from solver.restack.instance import are_near
from solver.restack.solution import Solution

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.domain.plan import Plan
    from planner.optimise.again import Again
    from planner.optimise.cut import Part
    from planner.optimise.solve import Glimpse
    from solver.outcome import Outcome
    from solver.restack.instance import Instance


@dataclass(frozen=True, slots=True)
class Piece:
    """What was found of one part: its plan, and a bound on the cost of every plan of it."""

    solution: Solution
    bound: int | None

    def to_json(self) -> str:
        """Return it as a row holds it."""
        one = self.solution
        return json.dumps(
            {
                "place": {team: dict(places) for team, places in one.place.items()},
                "load": dict(one.load),
                "kept": list(one.kept),
                "cost": one.cost,
                "bound": self.bound,
            }
        )


def piece_from(text: str) -> Piece:
    """Return the piece that a row holds."""
    row: dict[str, Any] = json.loads(text)
    solution = Solution(row["place"], row["load"], tuple(row["kept"]), row["cost"])
    return Piece(solution, row["bound"])


def solve_part(
    again: Again, part: Part, start: Plan | None, on_glimpse: Callable[[Glimpse], None] | None
) -> Piece:
    """Return the best plan of one part found within the time, and its bound.

    Raises:
        Infeasible: no plan of the part keeps all rules, so none of the whole does.
        OutOfTime: nothing was found in time.
    """
    whole = again.instance()
    instance = instance_of_part(whole, part)
    first = None if start is None else within(instance, restricted(again.at(start), part))
    units = [space.id for space in instance.spaces]
    today = today_of(instance)
    listen = None if on_glimpse is None else glimpse_of(on_glimpse, today, units)
    outcome = again.run(instance, first, listen)
    if outcome.best is None:
        raise refusal(again, _of_the_whole(again, whole, outcome))
    best = outcome.best
    if first is not None and unit_of(instance) == 1:
        best = settled(instance, first, best, again.options.seed, again.should_stop)
    return Piece(best, outcome.bound)


def _of_the_whole(again: Again, whole: Instance, outcome: Outcome[Solution]) -> Outcome[Solution]:
    """Return why the whole has no plan, after a run of a part that found none.

    What is proved of a part holds of the whole, though its rules may be others there.
    """
    if outcome.status is not Status.INFEASIBLE:
        return outcome
    found = again.run(whole, None)
    if found.status is Status.INFEASIBLE:
        return found
    return replace(outcome, reasons=(), reasons_minimal=False)


def joined(again: Again, pieces: Sequence[Piece], limit: int | None) -> Plan:
    """Return the plan of the whole that plans of all its parts make up.

    Its cost is the sum of theirs and a rest that no choice changes, so the sum of their bounds
    and that rest is a bound on every plan of the whole.
    """
    place = {team: seats for piece in pieces for team, seats in piece.solution.place.items()}
    load = {team: at for piece in pieces for team, at in piece.solution.load.items()}
    kept = tuple(space for piece in pieces for space in piece.solution.kept)
    whole = Solution(place, load, kept, 0)
    cost = cost_of(again.instance(), whole)
    rest = cost - sum(piece.solution.cost for piece in pieces)
    bounds = [piece.bound for piece in pieces]
    proved = [bound for bound in bounds if bound is not None]
    bound = rest + sum(proved) if len(proved) == len(bounds) else None
    known = None if limit is None else again.today - limit
    best = max((one for one in (bound, known) if one is not None), default=None)
    return again.plan(replace(whole, cost=cost), best)


def today_of(instance: Instance) -> int:
    """Return the cost of doing nothing in a part: all spaces kept, today's nearness."""
    homes = {
        team.id: [instance.space_by_id[unit] for unit in team.now if unit in instance.space_by_id]
        for team in instance.teams
    }
    missed = sum(
        pair.penalty
        for pair in instance.near
        if homes[pair.first]
        and homes[pair.second]
        and not any(
            are_near(one, other, pair.within)
            for one in homes[pair.first]
            for other in homes[pair.second]
        )
    )
    return sum(space.keep_cost for space in instance.spaces) + missed
