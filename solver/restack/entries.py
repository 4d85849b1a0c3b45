"""A sparse matrix that grows by rows and is read by columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from solver.restack.problem import Floats, Ints


class Entries:
    """Rows of a linear program over columns that are not variables of it."""

    def __init__(self, columns: int) -> None:
        """Take how many columns there are; there are no rows yet."""
        self._columns = columns
        self.rows = 0
        self._row = np.zeros(0, dtype=np.int64)
        self._column = np.zeros(0, dtype=np.int64)
        self._entry = np.zeros(0)
        self._starts = np.zeros(columns + 1, dtype=np.int64)

    def add(self, rows: Iterable[Iterable[tuple[int, float]]]) -> None:
        """Add rows, each its columns and entries."""
        rows = [list(row) for row in rows]
        added = [(self.rows + at, *entry) for at, row in enumerate(rows) for entry in row]
        self.rows += len(rows)
        self._row = np.append(self._row, np.array([a[0] for a in added], dtype=np.int64))
        self._column = np.append(self._column, np.array([a[1] for a in added], dtype=np.int64))
        self._entry = np.append(self._entry, np.array([a[2] for a in added]))
        order = np.argsort(self._column, kind="stable")
        self._row, self._column = self._row[order], self._column[order]
        self._entry = self._entry[order]
        self._starts = np.searchsorted(self._column, np.arange(self._columns + 1))

    def priced(self, prices: Floats) -> Floats:
        """Return what the rows charge each column, at a price for each row."""
        charged = self._entry * prices[self._row]
        return np.bincount(self._column, weights=charged, minlength=self._columns).astype(
            np.float64
        )

    def of(self, columns: Ints) -> tuple[Ints, Floats]:
        """Return the rows that some columns together are in, and their entries added up."""
        at = np.concatenate(
            [np.arange(self._starts[c], self._starts[c + 1]) for c in columns.tolist()]
            or [np.zeros(0, dtype=np.int64)]
        )
        rows, back = np.unique(self._row[at], return_inverse=True)
        sums = np.zeros(len(rows))
        np.add.at(sums, back, self._entry[at])
        return rows, sums

    def take(self, keep: NDArray[np.bool_]) -> None:
        """Drop all rows but some, shape (rows,)."""
        number = np.cumsum(keep) - 1
        here = keep[self._row]
        self._row, self._column = number[self._row[here]], self._column[here]
        self._entry = self._entry[here]
        self._starts = np.searchsorted(self._column, np.arange(self._columns + 1))
        self.rows = int(keep.sum())
