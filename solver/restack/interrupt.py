"""Engines that are ended when somebody says so; the linear one, which gives up at times."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Self

from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

if TYPE_CHECKING:
    from collections.abc import Callable

POLL_SECONDS = 0.1
LEAST_SECONDS = 0.05


class Stopped(Exception):
    """Somebody asked to stop before a model was stated."""


def go_on(should_stop: Callable[[], bool] | None) -> None:
    """Do nothing unless somebody asked to stop.

    Raises:
        Stopped: somebody did.
    """
    if should_stop is not None and should_stop():
        raise Stopped


class Asking:
    """Asks `should_stop` beside a running engine, and ends the run when told to."""

    def __init__(self, should_stop: Callable[[], bool] | None, end: Callable[[], object]) -> None:
        """Take what to ask, and what ends the run."""
        self._should_stop = should_stop
        self._end = end
        self._done = threading.Event()
        self._thread: threading.Thread | None = None
        self.fired = False

    def __enter__(self) -> Self:
        """Start to ask."""
        if self._should_stop is not None:
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ask no more."""
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(POLL_SECONDS):
            if self._should_stop is not None and self._should_stop():
                self.fired = True
                self._end()
                return


def solve_linear(
    solver: mathopt.IncrementalSolver,
    algorithm: mathopt.LPAlgorithm,
    presolve: mathopt.Emphasis,
    seconds: float,
    should_stop: Callable[[], bool] | None,
    wanted: mathopt.ModelSolveParameters | None = None,
) -> mathopt.SolveResult | None:
    """Return what the engine found; None where it lost its way, which large models may do to it.

    Args:
        solver: of the model.
        algorithm: of the simplex.
        presolve: whether to simplify first.
        seconds: limit.
        should_stop: asked now and then; when it returns True, the call ends.
        wanted: what to return, None for all.
    """
    parameters = mathopt.SolveParameters(
        time_limit=dt.timedelta(seconds=max(seconds, LEAST_SECONDS)),
        lp_algorithm=algorithm,
        presolve=presolve,
    )
    interrupter = SolveInterrupter()
    with Asking(should_stop, interrupter.interrupt):
        try:
            return solver.solve(params=parameters, model_params=wanted, interrupter=interrupter)
        except (AttributeError, RuntimeError, ValueError):
            # GLOP ended "abnormally"; ortools 9.15 fails once more on its way to say so.
            return None
