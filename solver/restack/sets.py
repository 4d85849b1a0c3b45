"""Searching among sets of kept spaces, each seated by moves and swaps.

Sets come from the coarse model with a little slack, then from the best plan: a space closed,
opened, or exchanged for another. The first set of the coarse model also proves a bound. Divided
teams move piece by piece; now and then one is put together, or another is divided.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.coarse import solve_coarsely
from solver.restack.evaluate import cost_of
from solver.restack.exact import Limits
from solver.restack.pieces import cut
from solver.restack.problem import Plan
from solver.restack.swap import Swaps
from solver.restack.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from solver.restack.pieces import Pieces
    from solver.restack.problem import Ints, Problem

    Floats = NDArray[np.float64]

# Seats of each space left free when the coarse model chooses, in the order tried.
SLACKS = (0.0, 0.003, 0.01, 0.006, 0.02)
COARSE_WORK = 3.0
FIRST_STEPS, STEPS, MORE_STEPS = 3_000, 700, 2_500
# A set whose plan is so close to the best is looked at longer.
CLOSE = 0.004
# How far down the list of sets every second choice goes, on average; every so many turns the
# set of the best plan is searched again.
RANK, AGAIN = 8.0, 5
# Every so many turns several spaces are closed at once, so many at most, or a unit is freed.
FARTHER, MOST_CLOSED, BY_UNIT = 3, 4, 0.5
# What is counted of the time of sets that always pay, and of sets that do not.
PAYING, VAIN, RATE = 0.2, 1.5, 0.05
# How likely a divisible team is put together or divided before a set is searched.
CUT_ANEW = 0.05
# The coarse model is worth its while where buildings pool many spaces, and the choice is wide.
LEAST_COARSE, MOST_COARSE = 3_000, 20_000


@dataclass
class Sets(Task):
    """Try sets of kept spaces of a component."""

    seed: int = 1
    slacks: list[float] = field(default_factory=lambda: list(SLACKS))
    seen: set[frozenset[int]] = field(default_factory=set)
    begun: bool = False
    turn: int = 0
    hope: float = 1.0

    def __post_init__(self) -> None:
        """Start the random choices."""
        self.rng = np.random.default_rng(self.seed)
        problem = self.state.parts[self.number].problem
        pools = problem.n_teams * len(np.unique(problem.building))
        if not problem.plain or problem.size < LEAST_COARSE or pools > MOST_COARSE:
            self.slacks = []

    def charge(self, work: float) -> None:
        """Count less while sets pay, and more while they do not."""
        super().charge(work * (VAIN - (VAIN - PAYING) * self.hope))

    def piece(self, work: float) -> float:
        """Seat everyone in the next set."""
        best = self.state.parts[self.number]
        if not self.begun and best.plan is not None:
            self.begun = True
            return self._within(best.plan.kept, cut(best.problem, best.plan))
        if self.slacks:
            return self._coarsely(work)
        if best.plan is None:
            self.done = True
            return 1e-3
        return self._beside(best.plan)

    def _coarsely(self, work: float) -> float:
        """Seat everyone in the set that the coarse model chooses with the next slack."""
        problem, slack = self.state.parts[self.number].problem, self.slacks.pop(0)
        tight = replace(problem, seats=np.floor(problem.seats * (1.0 - slack)).astype(np.int64))
        coarse = solve_coarsely(
            tight,
            Limits(self.state.left, min(work, COARSE_WORK), 1, self.seed % 2**31),
            on_bound=None if slack else lambda bound: self.state.raise_bound(self.number, bound),
            should_stop=self.state.stop,
        )
        self.cut_short |= coarse.cut_short
        if not slack:
            self.state.raise_bound(self.number, coarse.bound)
        spent = coarse.work + 1e-3
        if coarse.kept is not None and not self.state.stop():
            spent += self._seat(coarse.kept, coarse.goes, FIRST_STEPS, None)
        return spent

    def _beside(self, plan: Plan) -> float:
        """Seat everyone in a set that differs a little from that of the best plan, or in it."""
        self.turn += 1
        problem = self.state.parts[self.number].problem
        pieces = cut(problem, cut_anew(problem, plan, self.rng))
        kept = None if self.turn % AGAIN == 0 else self._another(pieces)
        return self._within(plan.kept if kept is None else kept, pieces)

    def _another(self, pieces: Pieces) -> frozenset[int] | None:
        """Return a set that was not tried, what looks cheapest first; None if there is none."""
        if self.turn % FARTHER == 0:
            far = farther(pieces.problem, pieces.plan, self.rng)
            return None if far in self.seen else far
        rank = int(self.rng.exponential(RANK)) if self.turn % 2 else 0
        last = None
        for near in neighbours(pieces.problem, pieces.plan):
            if near in self.seen:
                continue
            last = near
            if rank == 0:
                break
            rank -= 1
        return last

    def _within(self, kept: frozenset[int], pieces: Pieces) -> float:
        """Search one set from where everyone sits."""
        goes = [[seated[0][0]] if seated[0][0] in kept else [] for seated in pieces.plan.parts]
        return self._seat(kept, goes, STEPS, pieces)

    def _seat(
        self,
        kept: frozenset[int],
        goes: Iterable[Iterable[int]],
        steps: int,
        pieces: Pieces | None,
    ) -> float:
        """Search one set, longer if it looks good; return the work it took."""
        best = self.state.parts[self.number]
        self.seen.add(kept)
        problem = best.problem if pieces is None else pieces.problem
        swaps = Swaps(problem, kept, int(self.rng.integers(2**31)))
        if not swaps.possible():
            return 1e-3
        places, done = swaps.first(goes, None if pieces is None else pieces.plan.load), 0
        better = False
        for more in (steps, MORE_STEPS):
            seating = swaps.search(places, more, self.state.stop)
            done += seating.steps
            if seating.plan is None:
                break
            before = best.cost
            plan = seating.plan if pieces is None else pieces.joined(seating.plan)
            better |= self.state.offer(self.number, plan)
            cost = cost_of(best.problem, plan)
            if before is not None and cost - before > CLOSE * abs(before):
                break
            places = swaps.at(seating.plan)
        self.cut_short |= self.state.stopped
        self.hope += RATE * (better - self.hope)
        return 1e-3 + done * swaps.work_of_step


def cut_anew(
    problem: Problem, plan: Plan, rng: np.random.Generator, often: float = CUT_ANEW
) -> Plan:
    """Return a plan, overfull perhaps, with a few teams put together or divided otherwise."""
    if not problem.smallest.any():
        return plan
    parts = list(plan.parts)
    for team in np.flatnonzero(problem.smallest).tolist():
        least, people = int(problem.smallest[team]), int(problem.people[team])
        if rng.random() >= often:
            continue
        space = max(parts[team], key=lambda part: part[1])[0]
        if len(parts[team]) > 1:
            parts[team] = ((space, people),)
        elif 2 * least <= people:
            some = int(rng.integers(least, people - least + 1))
            parts[team] = ((space, some), (space, people - some))
    return Plan(tuple(parts), plan.load, plan.kept)


def neighbours(problem: Problem, plan: Plan) -> Iterator[frozenset[int]]:
    """Yield sets with one space more, one less or one exchanged, what looks cheapest first.

    Estimated is what keeping them costs, and where each team would go if seats were no matter.
    """
    kept = np.array(sorted(plan.kept), dtype=np.int64)
    enter = np.flatnonzero(~np.isin(np.arange(problem.n_spaces), kept) & ~problem.must_free)
    gain, loss = _opening(problem, plan, enter), _closing(problem, plan, kept)
    days = list(problem.days_that_bind)
    seats = problem.seats[:, days]
    room = seats[kept].sum(axis=0) - _least_need(problem)
    leaves = (room >= seats[kept]).all(axis=1)
    fits = (room + seats[enter][None, :, :] >= seats[kept][:, None, :]).all(axis=2)
    change = np.concatenate(
        [
            np.where(fits, loss[:, None] + gain[None, :], np.inf).ravel(),
            np.where(leaves, loss, np.inf),
            gain,
        ]
    )
    same = plan.kept
    for at in np.argsort(change, kind="stable").tolist():
        if not np.isfinite(change[at]):
            return
        if at < fits.size:
            yield same - {int(kept[at // len(enter)])} | {int(enter[at % len(enter)])}
        elif at < fits.size + len(kept):
            yield same - {int(kept[at - fits.size])}
        else:
            yield same | {int(enter[at - fits.size - len(kept)])}


def farther(problem: Problem, plan: Plan, rng: np.random.Generator) -> frozenset[int]:
    """Return a set with several spaces closed at once, those of a unit perhaps, and some opened.

    A unit pays only once its last space is free, and two small spaces may do for a large one.
    """
    kept = np.array(sorted(plan.kept), dtype=np.int64)
    loss = dict(zip(kept.tolist(), _closing(problem, plan, kept).tolist(), strict=True))
    closable = sorted((space for space in loss if np.isfinite(loss[space])), key=loss.__getitem__)
    inside = [plan.kept.intersection(unit.spaces) for unit in problem.units]
    units = [some for some in inside if 0 < len(some) <= MOST_CLOSED and some.issubset(closable)]
    if units and rng.random() < BY_UNIT:
        closed = units[int(rng.integers(len(units)))]
    else:
        many = int(rng.integers(1, MOST_CLOSED))
        order = np.argsort(np.arange(len(closable)) + RANK * rng.random(len(closable)))
        closed = frozenset(closable[at] for at in order[:many].tolist())
    enter = np.flatnonzero(~np.isin(np.arange(problem.n_spaces), kept) & ~problem.must_free)
    gain = _opening(problem, plan, enter) / np.maximum(problem.seats[enter].max(axis=1), 1)
    chosen = set(plan.kept - closed)
    days = list(problem.days_that_bind)
    need = _least_need(problem)
    for at in np.argsort(gain + rng.random(len(enter)) * gain.std()).tolist():
        if (problem.seats[sorted(chosen)][:, days].sum(axis=0) >= need).all():
            break
        chosen.add(int(enter[at]))
    return frozenset(chosen)


def _least_need(problem: Problem) -> Ints:
    """Return the fewest seats that all teams together take on each day that binds."""
    days = list(problem.days_that_bind)
    least: Ints = np.array([load[:, days].min(axis=0) for load in problem.loads]).sum(axis=0)
    return least


def _closing(problem: Problem, plan: Plan, kept: Ints) -> Floats:
    """Return what closing each kept space seems to cost: infinite where that is not allowed."""
    loss = -problem.keep[kept].astype(np.float64)
    at = {space: number for number, space in enumerate(kept.tolist())}
    for team, (options, costs) in enumerate(zip(problem.options, problem.costs, strict=True)):
        here = plan.where(team)
        elsewhere = costs[np.isin(options, kept) & (options != here)]
        now = int(costs[np.searchsorted(options, here)])
        loss[at[here]] += int(elsewhere.min()) - now if len(elsewhere) else np.inf
    for unit in problem.units:
        inside = plan.kept.intersection(unit.spaces)
        if len(inside) == 1:
            loss[at[next(iter(inside))]] -= unit.bonus
    loss[problem.must_keep[kept]] = np.inf
    return loss


def _opening(problem: Problem, plan: Plan, enter: Ints) -> Floats:
    """Return what opening each other space seems to cost."""
    gain = problem.keep.astype(np.float64)
    for team, (options, costs) in enumerate(zip(problem.options, problem.costs, strict=True)):
        now = int(costs[np.searchsorted(options, plan.where(team))])
        gain[options] -= np.maximum(now - costs, 0)
    for unit in problem.units:
        if plan.kept.isdisjoint(unit.spaces):
            gain[list(unit.spaces)] += unit.bonus
    return gain[enter]
