"""Dating moves from start to end: the one door to the searches."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Literal

from ortools.sat.python import cp_model

from solver.errors import InvalidModel
from solver.outcome import Outcome, Status
from solver.waves.check import check_solution, cost_of
from solver.waves.conflict import find_conflict
from solver.waves.deadlock import explain
from solver.waves.improve import improve, relaxed
from solver.waves.neighbours import improve_parts
from solver.waves.objective import cost_of as cost_in
from solver.waves.rules import rules_of
from solver.waves.solution import Deadlock, Solution, Trip
from solver.waves.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.params import Params
    from solver.waves.instance import Instance
    from solver.waves.variables import Linear

_Price = tuple[int, int]

WORK_PER_SECOND = 0.5
"""Units of the engine's deterministic time in a second, at least; see `solver.run`."""

STOP_SECONDS = 0.1

LARGE = 3_000
"""Moves times waves above which parts are solved anew before the whole is."""

PARTS_SHARE = 0.8
"""Of the time left; the whole of a large instance proves little more."""

READING_SHARE = 0.01
"""Of all seconds, kept for reading the answer and replaying it."""

WHOLE_SECONDS = 6.0
"""Fewer are not worth building the whole of a large instance for; 600 moves take about four."""

ORDERS_SHARE = (0.1, 0.5)
"""Of all seconds for the first orders: with many workers, and with one, whose work is counted
in the engine's own time so that a busy machine gives the same waves."""


def solve_waves(
    instance: Instance,
    params: Params,
    *,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Outcome[Solution], Deadlock | None]:
    """Return the best waves found within the limits, or why there are none.

    Moves go straight where that is possible at all; only where it is proved not to be may
    some go by way of a swing space, and then as cheaply as possible.

    Args:
        instance: what to date.
        params: limits, workers, seed.
        should_stop: asked about ten times a second; True ends the run with the best so far.

    Raises:
        InvalidModel: a defect of the solver: waves failed their check.
    """
    run = _Run(instance, params, should_stop or (lambda: False))
    return run.solve()


class _Run:
    def __init__(self, instance: Instance, params: Params, should_stop: Callable[[], bool]) -> None:
        self.instance = instance
        self.params = params
        self.should_stop = should_stop
        self.start = time.monotonic()
        self.log: list[tuple[float, int | None, int | None]] = []
        self.deadlock: Deadlock | None = None

    def solve(self) -> tuple[Outcome[Solution], Deadlock | None]:
        if not self.instance.moves:
            cost = cost_of(self.instance, Solution({}, 0))
            return self._outcome(Status.OPTIMAL, Solution({}, cost), cost), None
        share = ORDERS_SHARE[self.params.workers == 1]
        bound, orders = relaxed(
            self.instance, self.params.seconds * share, self._work() / 5, self.params.seed
        )
        first = improve(self.instance, orders, self.params.seed, self._late)
        self._note(first, bound)
        if first is not None and len(self.instance.moves) * len(self.instance.waves) > LARGE:
            budget = (self._left() * PARTS_SHARE, self._work() * PARTS_SHARE)
            first = improve_parts(self.instance, first, self.params, budget, self._late)
            self._note(first, bound)
            if self.params.workers > 1 and self._left() < WHOLE_SECONDS:
                reached = Status.OPTIMAL if first.cost == bound else Status.FEASIBLE
                return self._outcome(reached, first, bound), None
        status, best, proved = self._search(frozenset(), first, bound, None)
        if status is Status.INFEASIBLE:
            return self._without(), self.deadlock
        return self._outcome(status, best, proved), None

    def _without(self) -> Outcome[Solution]:
        """Say why nobody can go straight; then let as few as possible go by swing space."""
        left = self._left()
        reasons, minimal = find_conflict(
            self.instance, frozenset(), max(2.0, left / 4), self.params.seed
        )
        self.deadlock = explain(self.instance, reasons, max(2.0, left / 4), self.params.seed)
        double = frozenset(move.id for move in self.instance.moves if move.swing)
        if not double:
            return self._refused(reasons, minimal=minimal)
        status, best, least = self._search(double, None, None, "least")
        if status is Status.INFEASIBLE:
            reasons, minimal = find_conflict(
                self.instance, double, max(2.0, left / 4), self.params.seed
            )
            return self._refused(reasons, minimal=minimal)
        if best is None:
            return self._outcome(status, None, None)
        status, better, bound = self._search(double, best, None, self._price(best))
        chosen = better or best
        if least is None:  # not proved that no cheaper second moves would do
            status, bound = Status.FEASIBLE, None
        solution = Solution(chosen.trips, chosen.cost, self.deadlock)
        return self._outcome(status, solution, bound)

    def _search(
        self,
        double: frozenset[str],
        hint: Solution | None,
        bound: int | None,
        swing: _Price | Literal["least"] | None,
    ) -> tuple[Status, Solution | None, int | None]:
        """Solve the whole model; `swing`: seek the least second moves, or allow so many."""
        model, v = self._model(double, bound, swing)
        if hint is not None:
            _give_hint(v, hint)
        solver = self._engine()
        status = self._engine_run(solver, model, told=swing != "least")
        if status == cp_model.MODEL_INVALID:
            raise InvalidModel(model.validate())
        if status == cp_model.INFEASIBLE and hint is not None:
            raise InvalidModel("waves that passed their check are not in the model")
        if status == cp_model.INFEASIBLE:
            return Status.INFEASIBLE, None, None
        if status == cp_model.UNKNOWN and hint is None:
            return Status.OUT_OF_TIME, None, bound
        found = hint
        if status != cp_model.UNKNOWN:
            found = self._read(v, solver)
            if hint is not None and swing is None and hint.cost < found.cost:
                found = hint
        assert found is not None  # noqa: S101  for the type checker
        if swing == "least":
            return Status.FEASIBLE, found, 0 if status == cp_model.OPTIMAL else None
        limit = found.cost if status == cp_model.OPTIMAL else _limit(solver, status, bound)
        self._note(found, limit)
        return (Status.OPTIMAL if limit == found.cost else Status.FEASIBLE), found, limit

    def _model(
        self, double: frozenset[str], bound: int | None, swing: _Price | Literal["least"] | None
    ) -> tuple[cp_model.CpModel, Variables]:
        model = cp_model.CpModel()
        v = Variables(model, self.instance, double)
        for _, add in rules_of(self.instance):
            add(v)
        cost = cost_in(v)
        price, people = _second_moves(v)
        if isinstance(swing, tuple):
            model.add(price <= swing[0])
            model.add(people <= swing[1])
        if bound is not None:
            model.add(cost >= bound)
        total = sum(move.people for move in self.instance.moves) + 1
        model.minimize(total * price + people if swing == "least" else cost)
        return model, v

    def _engine(self) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.params.workers
        solver.parameters.random_seed = self.params.seed
        solver.parameters.relative_gap_limit = self.params.gap
        solver.parameters.max_time_in_seconds = max(
            0.5, self._left() - READING_SHARE * self.params.seconds
        )
        solver.parameters.symmetry_level = 0
        if self.params.workers == 1:
            solver.parameters.max_deterministic_time = self._work()
        return solver

    def _read(self, v: Variables, solver: cp_model.CpSolver) -> Solution:
        trips = {}
        waves = self.instance.waves
        for move in self.instance.moves:
            came = sum(not solver.value(step) for step in v.coming[move.id])
            trip = Trip(waves[came].id)
            for space, goes in v.by.get(move.id, {}).items():
                if solver.value(goes):
                    left = sum(not solver.value(step) for step in v.leaving[move.id])
                    trip = Trip(waves[came].id, space, waves[left].id)
            trips[move.id] = trip
        found = Solution(trips, cost_of(self.instance, Solution(trips, 0)))
        broken = check_solution(self.instance, found)
        if broken:
            raise InvalidModel("; ".join(map(str, broken)))
        return found

    def _price(self, solution: Solution) -> _Price:
        goes = [
            (self.instance.move_of[move], trip.via)
            for move, trip in solution.trips.items()
            if trip.via is not None
        ]
        return sum(move.swing[via] for move, via in goes), sum(move.people for move, _ in goes)

    def _engine_run(self, solver: cp_model.CpSolver, model: cp_model.CpModel, *, told: bool) -> int:
        """Run the engine, asking often whether to stop."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(STOP_SECONDS):
                if self.should_stop():
                    solver.stop_search()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            return int(solver.solve(model, _Watch(self) if told else None))
        finally:
            done.set()
            watcher.join()

    def _refused(self, reasons: tuple[object, ...], *, minimal: bool) -> Outcome[Solution]:
        return Outcome(
            Status.INFEASIBLE,
            None,
            None,
            None,
            time.monotonic() - self.start,
            reasons=reasons,  # type: ignore[arg-type]
            reasons_minimal=minimal,
            log=tuple(self.log),
        )

    def _outcome(
        self, status: Status, best: Solution | None, bound: int | None
    ) -> Outcome[Solution]:
        cost = None if best is None else best.cost
        if best is not None and check_solution(self.instance, best):
            raise InvalidModel("; ".join(map(str, check_solution(self.instance, best))))
        return Outcome(
            status, best, cost, bound, time.monotonic() - self.start, log=tuple(self.log)
        )

    def _note(self, best: Solution | None, bound: int | None) -> None:
        row = (round(time.monotonic() - self.start, 3), best.cost if best else None, bound)
        self.log.append(row)

    def _left(self) -> float:
        return self.params.seconds - (time.monotonic() - self.start)

    def _late(self) -> bool:
        return self.should_stop() or (self.params.workers > 1 and self._left() < 0)

    def _work(self) -> float:
        return self.params.deterministic or self.params.seconds * WORK_PER_SECOND


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps a log of costs and bounds."""

    def __init__(self, run: _Run) -> None:
        super().__init__()
        self._run = run

    def on_solution_callback(self) -> None:
        """Note a better solution."""
        self._run.log.append(
            (
                round(time.monotonic() - self._run.start, 3),
                round(self.objective_value),
                round(self.best_objective_bound),
            )
        )


def _limit(solver: cp_model.CpSolver, status: int, bound: int | None) -> int | None:
    """Return the better of the engine's bound and one proved before."""
    if status == cp_model.UNKNOWN:
        return bound
    own = round(solver.best_objective_bound)
    return own if bound is None else max(own, bound)


def _second_moves(v: Variables) -> tuple[Linear, Linear]:
    """Return what second moves cost, and how many people make them."""
    goes = [(move, space, one) for move, ways in v.by.items() for space, one in ways.items()]
    move_of = v.instance.move_of
    price = sum(move_of[move].swing[space] * one for move, space, one in goes)
    return price, sum(move_of[move].people * one for move, _, one in goes)


def _give_hint(v: Variables, hint: Solution) -> None:
    place = {wave.id: at for at, wave in enumerate(v.instance.waves)}
    used = {wave for trip in hint.trips.values() for wave in (trip.wave, trip.leaves)}
    for move, trip in hint.trips.items():
        for at, step in enumerate(v.coming[move]):
            v.model.add_hint(step, at >= place[trip.wave])
        if move in v.by:
            for at, step in enumerate(v.leaving[move]):
                v.model.add_hint(step, at >= place[trip.leaves])
            for space, goes in v.by[move].items():
                v.model.add_hint(goes, space == trip.via)
    for wave, one in zip(v.instance.waves, v.used, strict=True):
        v.model.add_hint(one, wave.id in used)
