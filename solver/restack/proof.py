"""The two ways to prove a component by its spaces: over packings, and over seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.restack.branch import ROUNDS, Branch
from solver.restack.choose import Run, plan_from
from solver.restack.columns import Master
from solver.restack.compose import compose
from solver.restack.seats import Seats
from solver.restack.whole import Ask

if TYPE_CHECKING:
    from solver.restack.branch import Program
    from solver.restack.nodes import Mixture, Open
    from solver.restack.relax import Relaxation
    from solver.restack.state import Best

# Plans are composed of packings after these many nodes, then after every so many, for so long.
COMPOSE_AFTER, COMPOSE_EVERY, COMPOSE_SECONDS, COMPOSE_SHARE = (1, 20), 60, 8.0, 0.2
# A worker alone is limited by nodes; work of one iteration and row, measured.
COMPOSE_NODES, COMPOSE_WORK = 60, 1.2e-7
# A search for plans below an aim ends long before one for the best, as most of it is cut off at
# once; an aim that is not reached is a bound. Aims leave this share of the gap open, or a small
# gap, and where less than this many small gaps are open, one.
SHARE, SMALL_GAP, NEAR = 0.4, 1e-3, 2


@dataclass
class ByPackings(Branch):
    """Proof where few teams fill a space, and what spaces waste decides.

    Measured on five estates of 20 spaces and 50 teams of 33 people: within 0.34% of the best
    after 60 s, one proved, where the whole model stays at 0.8% to 1.2%.
    """

    def _program(self, relaxation: Relaxation, run: Run) -> Program | None:
        del run
        with self._nodes.lock:
            return Master(relaxation)

    def _settle(self, here: Open, mixture: Mixture, program: Program, *, tight: bool) -> None:
        self._part_team(here, mixture, program, tight=tight)

    def _look(self, here: Open, program: Program, best: Best) -> float:
        """Bound a node; now and then, compose a plan of the packings known so far."""
        spent = super()._look(here, program, best)
        taken = self._nodes.taken
        due = taken in COMPOSE_AFTER or taken % COMPOSE_EVERY == 0
        if due and isinstance(program, Master):
            spent += self._compose(program, best)
        return spent

    def _compose(self, master: Master, best: Best) -> float:
        """Compose a plan; return the work it took. A worker alone is limited by nodes."""
        run = Run(self.state, self.seed)
        seconds = run.limit(min(COMPOSE_SECONDS, COMPOSE_SHARE * self.state.left))
        nodes = None if self.state.parallel else COMPOSE_NODES
        composed = compose(master, self._cutoff(best), run, seconds, nodes)
        self.cut_short |= composed.cut_short and not self.state.parallel
        if composed.values is not None:
            mixture = master.mixture(composed.values, 0.0)
            self._offer(mixture, master)
            with self._nodes.lock:
                master.tighten(mixture)
        rows = master.model.get_num_linear_constraints()
        return float(COMPOSE_WORK * composed.iterations * rows)


@dataclass
class BySeats(Branch):
    """Proof where many teams fill a space, and rows of seats say what packings would."""

    given: bool = False

    def _program(self, relaxation: Relaxation, run: Run) -> Program | None:
        """Return a program of the first relaxation, or of another that is as tight."""
        with self._nodes.lock:
            first, self.given = not self.given, True
        if first:
            return Seats(relaxation)
        other = run.relaxation_of(relaxation.problem)
        for _ in range(ROUNDS):
            relaxed = None if other is None else run.relax(other)
            if other is None or relaxed is None or not other.tighten(relaxed):
                break
        return None if other is None else Seats(other)

    def _settle(self, here: Open, mixture: Mixture, program: Program, *, tight: bool) -> None:
        """Let the engine search where spaces are whole; a worker alone parts teams instead."""
        best = self.state.parts[self.number]
        if not self.state.parallel:
            self._part_team(here, mixture, program, tight=tight)
            return
        below = aim_of(best.cost, self._units(here.bound))
        run = Run(self.state, self.seed)
        ask = Ask(run.left, self.seed, teams=True, below=below, lean=True)
        answer = run.whole(program.relaxation, ask)
        self.cut_short |= answer.cut_short
        if answer.relaxed is not None:
            plan = plan_from(program.relaxation, answer.relaxed, run)
            if plan is not None:
                self.state.offer(self.number, plan)
        if answer.infeasible and below is None:
            return
        low = below if answer.infeasible else None
        if answer.bound is not None:
            low = program.relaxation.bound(answer.bound)
        if low is not None:
            low = low if below is None else min(low, below)
            here.bound = max(here.bound, self._as_bound(low))
        if self._closed(here.bound, best):
            return
        # The engine's best may break a row that was not stated: then it is asked again.
        if answer.proved and answer.relaxed is not None:
            again = program.relaxation.tighten(answer.relaxed) > 0
        else:
            again = low is not None
        if again:
            self._nodes.part(here.bound, here.node)
        else:
            self._nodes.leave(here.bound)


def aim_of(cost: int | None, bound: int | None) -> int | None:
    """Return the cost below which to search next, None for any.

    Args:
        cost: of the best plan, None where there is none.
        bound: no plan costs less, None where nothing is known.
    """
    if cost is None or bound is None:
        return cost
    small, open_ = int(SMALL_GAP * abs(cost)), int(SHARE * (cost - bound))
    if cost - bound <= small:
        return cost
    return cost - (small if open_ <= NEAR * small else open_)
