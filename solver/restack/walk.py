"""One walk among seatings: the places now, what each change costs, and what may not be undone yet.

Source:
    Strategic oscillation as in Glover and Laguna (1997), "Tabu Search", chapter 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solver.restack.problem import Floats, Ints
    from solver.restack.swap import Places, Swaps


# Entries tried as one side of a swap in each step; the other side is anybody.
ROWS = 24
TENURE = (4, 14)
PATIENCE = 8
STEEPER, RANGE = 1.3, 1_000
KICK_AFTER, KICKS = 1_500, 4


class Toll:
    """What one unit too much costs: more after a while with some, less after one without."""

    def __init__(self, start: float) -> None:
        """Begin at a price, and stay near it."""
        self.price = start
        self._least, self._most = start / RANGE, start * RANGE
        self._run = 0
        self._fits = False

    def judge(self, *, fits: bool) -> None:
        """Learn whether the places of this step fit."""
        self._run = self._run + 1 if fits == self._fits else 1
        self._fits = fits
        if self._run % PATIENCE == 0:
            factor = 1 / STEEPER if fits else STEEPER
            self.price = min(self._most, max(self._least, self.price * factor))


class Walk:
    """One walk of a search by moves and swaps.

    Args:
        swaps: what is searched.
        places: where it begins; they are changed.
    """

    def __init__(self, swaps: Swaps, places: Places) -> None:
        """Price every entry in every space as the others sit."""
        self.swaps = swaps
        self.now = places
        self.teams = np.arange(len(places.space))
        self.filled = np.zeros_like(swaps.seats)
        np.add.at(self.filled, places.space, swaps.load[places.entry])
        self.price = swaps.cost.copy()
        for pair in swaps.problem.pairs:
            near = swaps.near[pair.reach]
            self._raise(pair.first, pair.penalty * ~near[:, places.space[pair.second]])
            self._raise(pair.second, pair.penalty * ~near[:, places.space[pair.first]])
        self.apart = np.array(swaps.problem.apart, dtype=np.int64).reshape(-1, 2)
        for one, other in swaps.problem.apart:
            self.price[self._rows_of(one), places.space[other]] += swaps.dear
            self.price[self._rows_of(other), places.space[one]] += swaps.dear
        self.until = np.zeros(swaps.cost.shape, dtype=np.int64)
        self.room = Toll(swaps.dear / max(1.0, float(swaps.load.max(initial=0.0))))
        self.churn = Toll(swaps.dear / max(1.0, float(swaps.problem.people.max(initial=0))))
        self.best: Places | None = None
        self.best_cost = np.inf
        self.last_better = 0
        self.done = 0

    def _rows_of(self, team: int) -> slice:
        return slice(int(self.swaps.entries[team]), int(self.swaps.entries[team + 1]))

    def _raise(self, team: int, by: Floats | Ints) -> None:
        self.price[self._rows_of(team)] += by

    def total(self) -> float:
        """Return the cost of the places; what pairs cost is on both of their teams."""
        here = self.now.entry, self.now.space
        alone = self.swaps.cost[here]
        return float(alone.sum() + (self.price[here] - alone).sum() / 2)

    def moved_too_many(self) -> float:
        """Return the people moved above the limit, negative below it."""
        moved, cap = self.swaps.moved, self.swaps.problem.cap
        if moved is None or cap is None:
            return -np.inf
        return float(moved[self.now.entry, self.now.space].sum()) - cap

    def step(self) -> None:
        """Make the best move or swap that is not barred, and price room and moves anew."""
        now = self.done
        self.done += 1
        spare = self.filled - self.swaps.seats
        excess = np.maximum(spare, 0.0).sum(axis=1)
        many = self.moved_too_many()
        self._judge(float(excess.sum()), many, now)
        if now - self.last_better > KICK_AFTER:
            self._kick(now)
            return
        rows = self._rows(excess)
        price = np.where(self.until > now, np.inf, self.price)
        shift = self._shifts(price, spare, excess, many)
        swap = self._exchanges(rows, price, spare, excess, many)
        best, other = int(np.argmin(shift)), int(np.argmin(swap))
        if not np.isfinite(min(shift.flat[best], swap.flat[other])):
            return
        if shift.flat[best] <= swap.flat[other]:
            entry, space = divmod(best, shift.shape[1])
            self._move(entry, space, now)
        else:
            row, second = divmod(other, swap.shape[1])
            first = int(rows[row])
            one, two = (int(self.swaps.team_of[entry]) for entry in (first, second))
            to, back = int(self.now.space[two]), int(self.now.space[one])
            self._move(first, to, now)
            self._move(second, back, now)

    def _shifts(self, price: Floats, spare: Floats, excess: Floats, many: float) -> Floats:
        """Return what each move of one team changes, shape (entries, spaces).

        `price` is that of each entry in each space, infinite where it is barred.
        """
        swaps, space, entry = self.swaps, self.now.space, self.now.entry
        load, team_of = swaps.load, swaps.team_of
        left = spare[space] - load[entry]
        gone = np.maximum(left, 0.0).sum(axis=1) - excess[space]
        change = _over(load, spare) - excess + gone[team_of][:, None]
        if len(team_of) > len(space):  # another load in the same space
            stay = np.maximum(left[team_of] + load, 0.0).sum(axis=1) - excess[space[team_of]]
            change[np.arange(len(team_of)), space[team_of]] = stay
        here = self.price[entry, space]
        shift: Floats = price - here[team_of][:, None] + self.room.price * change
        if swaps.moved is not None:
            more = swaps.moved - swaps.moved[entry, space][team_of][:, None]
            shift += self._churn(more, many)
        shift[entry, space] = np.inf
        return shift

    def _exchanges(
        self, rows: Ints, price: Floats, spare: Floats, excess: Floats, many: float
    ) -> Floats:
        """Return what each exchange of two teams changes, shape (rows, entries).

        A pair between the two is counted as if the other stayed.
        """
        swaps, space, entry = self.swaps, self.now.space, self.now.entry
        load, team_of = swaps.load, swaps.team_of
        left = spare[space] - load[entry]
        mine, theirs = space[team_of[rows]], space[team_of]
        change = _over(left[team_of[rows]], load) + _over(load[rows], left[team_of])
        change -= excess[mine][:, None] + excess[theirs][None, :]
        there = price[rows][:, theirs] + price[:, mine].T
        here = self.price[entry, space][team_of]
        swap: Floats = there - here[rows][:, None] - here[None, :] + self.room.price * change
        if swaps.moved is not None:
            was = swaps.moved[entry, space][team_of]
            goes = swaps.moved[rows][:, theirs] + swaps.moved[:, mine].T
            swap += self._churn(goes - was[rows][:, None] - was[None, :], many)
        swap[mine[:, None] == theirs[None, :]] = np.inf
        return swap

    def _churn(self, more: Floats, many: float) -> Floats:
        """Return what so many more people moved cost."""
        return self.churn.price * (np.maximum(many + more, 0.0) - max(many, 0.0))

    def _rows(self, excess: Floats) -> Ints:
        """Return entries to swap: of overfull spaces if there are any."""
        there = self.now.space[self.swaps.team_of]
        full = np.flatnonzero(excess[there] > 0)
        pool = full if len(full) else np.arange(len(there))
        if len(pool) <= ROWS:
            return pool
        return self.swaps.rng.choice(pool, ROWS, replace=False)

    def _judge(self, excess: float, many: float, now: int) -> None:
        """Keep better sound places; price room and moves anew."""
        fits = excess <= 0
        if fits and many <= 0:
            cost = self.total()
            if cost < self.best_cost and cost < np.inf and not self._clash():
                self.best_cost, self.best = cost, self.now.copy()
                self.last_better = now
        self.room.judge(fits=fits)
        self.churn.judge(fits=many <= 0)

    def _clash(self) -> bool:
        """Return whether two teams that must be apart share a space."""
        return bool((self.now.space[self.apart[:, 0]] == self.now.space[self.apart[:, 1]]).any())

    def _kick(self, now: int) -> None:
        """Move a few teams at random."""
        swaps, rng = self.swaps, self.swaps.rng
        self.last_better = now
        for _ in range(KICKS):
            rows = self._rows_of(int(rng.integers(len(self.teams))))
            options = np.flatnonzero(np.isfinite(swaps.cost[rows]))
            entry, space = divmod(int(rng.choice(options)), swaps.cost.shape[1])
            self._move(rows.start + entry, space, now)

    def _move(self, entry: int, space: int, now: int) -> None:
        """Give a team another entry, another space or both."""
        swaps, problem = self.swaps, self.swaps.problem
        team = int(swaps.team_of[entry])
        before, was = int(self.now.space[team]), int(self.now.entry[team])
        if (before, was) == (space, entry):
            return
        self.filled[before] -= swaps.load[was]
        self.filled[space] += swaps.load[entry]
        self.now.space[team], self.now.entry[team] = space, entry
        barred = slice(was, was + 1) if before == space else self._rows_of(team)
        self.until[barred, before] = now + int(swaps.rng.integers(*TENURE))
        if before == space:
            return
        for position in problem.pairs_of[team]:
            pair = problem.pairs[position]
            other = pair.second if pair.first == team else pair.first
            near = swaps.near[pair.reach].astype(np.float64)
            self._raise(other, pair.penalty * (near[:, before] - near[:, space]))
        for other in problem.apart_of[team]:
            self.price[self._rows_of(other), before] -= swaps.dear
            self.price[self._rows_of(other), space] += swaps.dear


def _over(some: Floats, more: Floats) -> Floats:
    """Return the seats too many of each two rows together, all days added up."""
    total = np.zeros((len(some), len(more)))
    for one, other in zip(some.T, more.T, strict=True):
        together = one[:, None] + other[None, :]
        total += np.maximum(together, 0.0, out=together)
    return total
