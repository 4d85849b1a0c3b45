"""Ending a call of a linear engine when somebody says so."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ortools.util.python.solve_interrupter import SolveInterrupter

if TYPE_CHECKING:
    from collections.abc import Callable

POLL_SECONDS = 0.1


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
