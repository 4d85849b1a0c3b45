"""Seating whole teams in chosen spaces by moves and swaps: quick where seats are scarce.

Where a choice of spaces leaves one seat in a hundred free, exact engines find no packing at all in
ten seconds. A tabu search that may overfill spaces, at a price that rises while it does, passes
through such plans to sound ones within one or two.

Source:
    Strategic oscillation as in Glover and Laguna (1997), "Tabu Search", chapter 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.construct import idle_kept
from solver.restack.problem import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from solver.restack.problem import Ints, Problem

    Floats = NDArray[np.float64]

# Teams tried as one side of a swap in each step; the other side is anybody.
ROWS = 24
TENURE = (4, 14)
PATIENCE = 8
STEEPER = 1.3
KICK_AFTER, KICKS = 1_500, 4
ASK_EVERY = 50
# Work of one step, by its fixed part and by the numbers it handles: 0.4 ms on 120 teams, 21 spaces
# and 4 days, 0.3 ms on 300 teams, 31 spaces and one day; half a unit of work is a second.
STEP_WORK, NUMBER_WORK = 6e-5, 5e-9


@dataclass(frozen=True, slots=True)
class Seating:
    """What a search ended with.

    Args:
        plan: the best sound plan it saw, None if it saw none.
        steps: how many it took.
    """

    plan: Plan | None
    steps: int


class Swaps:
    """A search over the seatings of a problem whose teams stay whole with one load each."""

    def __init__(self, problem: Problem, spaces: Iterable[int], seed: int) -> None:
        """Take the spaces that may be used."""
        self.problem = problem
        self.spaces = np.array(sorted(spaces), dtype=np.int64)
        self.rng = np.random.default_rng(seed)
        days = list(problem.days_that_bind)
        load = np.array([load[0, days] for load in problem.loads], dtype=np.float64)
        self.load = load.reshape(problem.n_teams, len(days))
        self.seats = problem.seats[self.spaces][:, days].astype(np.float64)
        number = np.full(problem.n_spaces, -1, dtype=np.int64)
        number[self.spaces] = np.arange(len(self.spaces))
        self.number = number
        self.cost = np.full((problem.n_teams, len(self.spaces)), np.inf)
        for team, (options, costs) in enumerate(zip(problem.options, problem.costs, strict=True)):
            inside = number[options]
            self.cost[team, inside[inside >= 0]] = costs[inside >= 0]
        finite = self.cost[np.isfinite(self.cost)]
        self.dear = float(finite.max(initial=1.0)) + float(sum(p.penalty for p in problem.pairs))
        self.near = [close[np.ix_(self.spaces, self.spaces)] for close in problem.close]

    @property
    def work_of_step(self) -> float:
        """Return the work of one step, in units of which half a one is a second."""
        return STEP_WORK + NUMBER_WORK * float(self.load.size * (len(self.spaces) + ROWS))

    def possible(self) -> bool:
        """Return whether every team may sit in one of the spaces."""
        return bool(np.isfinite(self.cost).any(axis=1).all())

    def first(self, goes: Iterable[Iterable[int]]) -> Ints:
        """Return a seating, overfull perhaps: each team, large ones first, where most room is.

        Args:
            goes: spaces for each team; where none of them may be used, any.
        """
        places = np.zeros(self.problem.n_teams, dtype=np.int64)
        wanted = [self.number[np.array(list(spaces), dtype=np.int64)] for spaces in goes]
        room = self.seats.copy()
        order = sorted(range(len(wanted)), key=lambda t: (len(wanted[t]) > 1, -self.load[t].max()))
        for team in order:
            at = [s for s in wanted[team].tolist() if s >= 0 and np.isfinite(self.cost[team, s])]
            options = np.array(at or np.flatnonzero(np.isfinite(self.cost[team])), dtype=np.int64)
            left = (room[options] - self.load[team]).min(axis=1)
            places[team] = options[int(np.argmax(left))]
            room[places[team]] -= self.load[team]
        return places

    def at(self, plan: Plan) -> Ints:
        """Return the seating of a plan that uses these spaces only."""
        return self.number[[parts[0][0] for parts in plan.parts]]

    def search(
        self, places: Ints, steps: int, should_stop: Callable[[], bool] | None = None
    ) -> Seating:
        """Return the best sound plan met on the way from a seating."""
        walk = _Walk(self, places.copy())
        done = 0
        while done < steps:
            if done % ASK_EVERY == 0 and should_stop is not None and should_stop():
                break
            walk.step(done)
            done += 1
        return Seating(None if walk.best is None else self.plan(walk.best), done)

    def plan(self, places: Ints) -> Plan:
        """Return the plan of a seating."""
        problem = self.problem
        at = self.spaces[places].tolist()
        parts = tuple(((s, int(n)),) for s, n in zip(at, problem.people, strict=True))
        return Plan(parts, (0,) * problem.n_teams, frozenset(at) | idle_kept(problem))


class _Walk:
    """One walk: the seating now, what a move would cost, and what may not be undone yet."""

    def __init__(self, swaps: Swaps, places: Ints) -> None:
        self.swaps, self.places = swaps, places
        self.teams = np.arange(len(places))
        self.filled = np.zeros_like(swaps.seats)
        np.add.at(self.filled, places, swaps.load)
        self.price = swaps.cost.copy()
        for pair in swaps.problem.pairs:
            near = swaps.near[pair.reach]
            self.price[pair.first] += pair.penalty * ~near[:, places[pair.second]]
            self.price[pair.second] += pair.penalty * ~near[:, places[pair.first]]
        for one, other in swaps.problem.apart:
            self.price[one, places[other]] += swaps.dear
            self.price[other, places[one]] += swaps.dear
        self.until = np.zeros(swaps.cost.shape, dtype=np.int64)
        self.over = swaps.dear / max(1.0, float(swaps.load.max()))
        self.least, self.most = self.over / 1_000, self.over * 1_000
        self.run = 0
        self.fits = False
        self.best: Ints | None = None
        self.best_cost = np.inf
        self.last_better = 0

    def total(self) -> float:
        """Return the cost of the seating; what pairs cost is on both of their teams."""
        swaps, here = self.swaps, (self.teams, self.places)
        alone = swaps.cost[here]
        return float(alone.sum() + (self.price[here] - alone).sum() / 2)

    def step(self, now: int) -> None:
        """Make the best move or swap that is not barred, and price room anew."""
        spare = self.filled - self.swaps.seats
        excess = np.maximum(spare, 0.0).sum(axis=1)
        self._judge(float(excess.sum()), now)
        if now - self.last_better > KICK_AFTER:
            self._kick(now)
            return
        rows = self._rows(excess)
        shift = self._shifts(spare, excess, now)
        swap = self._exchanges(rows, spare, excess, now)
        best, other = int(np.argmin(shift)), int(np.argmin(swap))
        if not np.isfinite(min(shift.flat[best], swap.flat[other])):
            return
        if shift.flat[best] <= swap.flat[other]:
            team, space = divmod(best, shift.shape[1])
            self._move(team, space, now)
        else:
            row, second = divmod(other, swap.shape[1])
            first = int(rows[row])
            to, back = int(self.places[second]), int(self.places[first])
            self._move(first, to, now)
            self._move(second, back, now)

    def _shifts(self, spare: Floats, excess: Floats, now: int) -> Floats:
        """Return what each move of one team changes, shape (teams, spaces)."""
        load, places = self.swaps.load, self.places
        gone = np.maximum(spare[places] - load, 0.0).sum(axis=1) - excess[places]
        come = np.maximum(spare[None, :, :] + load[:, None, :], 0.0).sum(axis=2) - excess
        here = self.price[self.teams, places]
        shift: Floats = self.price - here[:, None] + self.over * (come + gone[:, None])
        shift[self.until > now] = np.inf
        shift[self.teams, places] = np.inf
        return shift

    def _exchanges(self, rows: Ints, spare: Floats, excess: Floats, now: int) -> Floats:
        """Return what each exchange of two teams changes, shape (rows, teams).

        A pair between the two is counted as if the other stayed.
        """
        load, places = self.swaps.load, self.places
        here = self.price[self.teams, places]
        mine = places[rows]
        delta = load[None, :, :] - load[rows][:, None, :]
        into = np.maximum(spare[mine][:, None, :] + delta, 0.0).sum(axis=2)
        out = np.maximum(spare[places][None, :, :] - delta, 0.0).sum(axis=2)
        change = into + out - excess[mine][:, None] - excess[places][None, :]
        price = self.price[rows][:, places] + self.price[:, mine].T
        swap: Floats = price - here[rows][:, None] - here[None, :] + self.over * change
        swap[self.until[rows][:, places] > now] = np.inf
        swap[(self.until[:, mine] > now).T] = np.inf
        swap[mine[:, None] == places[None, :]] = np.inf
        return swap

    def _rows(self, excess: Floats) -> Ints:
        """Return teams to swap: of overfull spaces if there are any."""
        full = np.flatnonzero(excess[self.places] > 0)
        pool = full if len(full) else self.teams
        if len(pool) <= ROWS:
            return pool
        return self.swaps.rng.choice(pool, ROWS, replace=False)

    def _judge(self, excess: float, now: int) -> None:
        """Keep a better sound seating; make room dearer after a while without, and cheaper."""
        fits = excess <= 0
        if fits:
            cost = self.total()
            if cost < self.best_cost and cost < np.inf:
                self.best_cost, self.best = cost, self.places.copy()
                self.last_better = now
        self.run = self.run + 1 if fits == self.fits else 1
        self.fits = fits
        if self.run % PATIENCE == 0:
            factor = 1 / STEEPER if fits else STEEPER
            self.over = min(self.most, max(self.least, self.over * factor))

    def _kick(self, now: int) -> None:
        """Go back to the best and move a few teams at random."""
        rng = self.swaps.rng
        self.last_better = now
        for _ in range(KICKS):
            team = int(rng.integers(len(self.teams)))
            options = np.flatnonzero(np.isfinite(self.swaps.cost[team]))
            self._move(team, int(rng.choice(options)), now)

    def _move(self, team: int, space: int, now: int) -> None:
        swaps, before = self.swaps, int(self.places[team])
        if before == space:
            return
        problem = swaps.problem
        self.filled[before] -= swaps.load[team]
        self.filled[space] += swaps.load[team]
        self.places[team] = space
        for position in problem.pairs_of[team]:
            pair = problem.pairs[position]
            other = pair.second if pair.first == team else pair.first
            near = swaps.near[pair.reach].astype(np.float64)
            self.price[other] += pair.penalty * (near[:, before] - near[:, space])
        for other in problem.apart_of[team]:
            self.price[other, before] -= swaps.dear
            self.price[other, space] += swaps.dear
        self.until[team, before] = now + int(swaps.rng.integers(*TENURE))
