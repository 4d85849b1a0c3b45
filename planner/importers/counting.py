"""How many rows of how many a reader has read, told to whoever waits for it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Tell = Callable[[int, int], None]

T = TypeVar("T")

_EVERY: Final = 1_000
"""Rows after which it is told again."""
_LISTENER: ContextVar[Tell | None] = ContextVar("listener", default=None)


@contextmanager
def told_to(listener: Tell) -> Iterator[None]:
    """Tell a listener of rows read and rows in all while this is open."""
    before = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(before)


class Count:
    """Rows of one file, counted as they are read; free of cost where nobody listens."""

    def __init__(self, rows: Callable[[], int]) -> None:
        """Begin with none read of so many; they are counted only where somebody listens."""
        self._listener = _LISTENER.get()
        self._rows = 0 if self._listener is None else rows()
        self._read = 0

    def add(self, rows: int) -> None:
        """Tell that more rows are read."""
        self._read += rows
        if self._listener is not None:
            self._listener(min(self._read, self._rows), self._rows)

    def over(self, rows: Sequence[T]) -> Iterator[T]:
        """Yield rows, telling now and then."""
        for start in range(0, len(rows), _EVERY):
            some = rows[start : start + _EVERY]
            yield from some
            self.add(len(some))
