"""Calls of the linear engine: ended when somebody says so, and None where it gives up."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

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


class Interrupting:
    """Asks `should_stop` beside a solve, and interrupts the solve when told to."""

    def __init__(self, should_stop: Callable[[], bool] | None) -> None:
        """Take what to ask."""
        self._should_stop = should_stop
        self._done = threading.Event()
        self._thread: threading.Thread | None = None
        self._interrupter = SolveInterrupter()

    def __enter__(self) -> SolveInterrupter:
        """Start to ask."""
        if self._should_stop is not None:
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()
        return self._interrupter

    def __exit__(self, *_: object) -> None:
        """Ask no more."""
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(POLL_SECONDS):
            if self._should_stop is not None and self._should_stop():
                self._interrupter.interrupt()
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
    with Interrupting(should_stop) as interrupter:
        try:
            return solver.solve(params=parameters, model_params=wanted, interrupter=interrupter)
        except (AttributeError, RuntimeError, ValueError):
            # GLOP ended "abnormally"; ortools 9.15 fails once more on its way to say so.
            return None
