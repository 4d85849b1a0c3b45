"""Sets of kept spaces that differ a little from those of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.problem import Floats, Ints, Plan, Problem


# How far down the list of sets or spaces every second choice goes, on average.
RANK = 8.0
# Several spaces closed at once: so many at most; how often they are those kept of one unit.
MOST_CLOSED, BY_UNIT = 4, 0.5


def neighbours(problem: Problem, plan: Plan, spare: float = 0.0) -> Iterator[frozenset[int]]:
    """Yield sets with one space more, one less or one exchanged, what looks cheapest first.

    Estimated is what keeping them costs, and where each team would go if seats were no matter.
    """
    kept = np.array(sorted(plan.kept), dtype=np.int64)
    enter = np.flatnonzero(~np.isin(np.arange(problem.n_spaces), kept) & ~problem.must_free)
    gain, loss = _opening(problem, plan, enter), _closing(problem, plan, kept)
    days = list(problem.days_that_bind)
    seats = problem.seats[:, days]
    room = seats[kept].sum(axis=0) - (1.0 + spare) * _least_need(problem)
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


def farther(
    problem: Problem, plan: Plan, rng: np.random.Generator, spare: float = 0.0
) -> frozenset[int]:
    """Return a set with several spaces closed at once, those of a unit perhaps, and some opened.

    A unit pays only once its last space is free, and two small spaces may do for a large one.
    """
    kept = np.array(sorted(plan.kept), dtype=np.int64)
    closed, barred = _closed_at_once(problem, plan, _closing(problem, plan, kept), rng)
    shut = ~np.isin(np.arange(problem.n_spaces), [*plan.kept, *barred])
    enter = np.flatnonzero(shut & ~problem.must_free)
    gain = _opening(problem, plan, enter) / np.maximum(problem.seats[enter].max(axis=1), 1)
    spread = float(gain.std()) if len(enter) else 0.0
    chosen = set(plan.kept - closed)
    days = list(problem.days_that_bind)
    need = (1.0 + spare) * _least_need(problem)
    for at in np.argsort(gain + spread * rng.random(len(enter))).tolist():
        if (problem.seats[sorted(chosen)][:, days].sum(axis=0) >= need).all():
            break
        chosen.add(int(enter[at]))
    return frozenset(chosen)


def _closed_at_once(
    problem: Problem, plan: Plan, loss: Floats, rng: np.random.Generator
) -> tuple[frozenset[int], tuple[int, ...]]:
    """Return kept spaces to close together, and what may not be opened in their place."""
    by_space = dict(zip(sorted(plan.kept), loss.tolist(), strict=True))
    closable = [space for space in by_space if np.isfinite(by_space[space])]
    closable.sort(key=by_space.__getitem__)
    inside = [(plan.kept.intersection(unit.spaces), unit.spaces) for unit in problem.units]
    units = [one for one in inside if 0 < len(one[0]) <= MOST_CLOSED and one[0].issubset(closable)]
    if units and rng.random() < BY_UNIT:
        return units[int(rng.integers(len(units)))]
    many = int(rng.integers(1, MOST_CLOSED))
    order = np.argsort(np.arange(len(closable)) + RANK * rng.random(len(closable)))
    return frozenset(closable[at] for at in order[:many].tolist()), ()


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
