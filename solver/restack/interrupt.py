"""Ending a call of a linear engine when somebody says so."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from ortools.util.python.solve_interrupter import SolveInterrupter

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

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


class Abandonable(Generic[T]):
    """A call of an engine that cannot be interrupted: left to its own time limit when told to."""

    def __init__(self, call: Callable[[], T]) -> None:
        """Take what to call."""
        self._call = call
        self._result: T | None = None
        self._failure: BaseException | None = None

    def run(self, should_stop: Callable[[], bool] | None) -> T | None:
        """Return what the call returned, None if `should_stop` said so before."""
        # No daemon: the interpreter waits for it, as an engine cut off at exit aborts the process.
        thread = threading.Thread(target=self._work)
        thread.start()
        while thread.is_alive():
            thread.join(POLL_SECONDS)
            if thread.is_alive() and should_stop is not None and should_stop():
                return None
        if self._failure is not None:
            raise self._failure
        return self._result

    def _work(self) -> None:
        try:
            self._result = self._call()
        except BaseException as failure:  # noqa: BLE001 - carried to the caller's thread
            self._failure = failure
