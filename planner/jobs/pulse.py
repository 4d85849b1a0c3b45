"""The sign of life of a worker: each second it says that it lives, and what it has found."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final, Self

import structlog
from sqlalchemy import insert, select, update
from sqlmodel import col

from planner.db.store import EVERY_OWNER
from planner.db.tables import RunLogRow, RunRow
from planner.errors import Unavailable
from planner.jobs.claims import held, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.db.store import Store
    from planner.jobs.claims import Claim

_BEAT_SECONDS: Final = 1.0


class Pulse:
    """Beats while it is open, writes progress, and learns whether to stop.

    All of it happens on a thread of its own, so that a solver is never held up by a database.
    """

    def __init__(self, store: Store, claim: Claim, beat_seconds: float = _BEAT_SECONDS) -> None:
        """Prepare; `with` starts it."""
        self._store, self._claim, self._beat = store, claim, beat_seconds
        self._started = time.monotonic()
        self._lock = threading.Lock()
        self._pending: list[dict[str, object]] = []
        self._last: tuple[int | None, int | None] = (None, None)
        self._news: dict[str, object] = {}
        self._asked, self._lost = threading.Event(), threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        """Begin to beat."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Beat a last time, with what is still to be told."""
        self._over.set()
        self._thread.join()

    @property
    def stop_requested(self) -> bool:
        """Say whether somebody asked the run to stop."""
        return self._asked.is_set()

    @property
    def lost(self) -> bool:
        """Say whether another worker holds the run now."""
        return self._lost.is_set()

    def step(self, name: str) -> None:
        """Tell that a step begins."""
        with self._lock:
            self._news["step"] = name
            self._pending.append(self._entry(step=name))

    def at(self, step: str) -> None:
        """Tell where the work is, without keeping that it was there."""
        with self._lock:
            self._news["step"] = step

    def rows(self, read: int, rows: int) -> None:
        """Tell how many rows of how many have been read."""
        with self._lock:
            self._news |= {"rows_read": read, "rows_in": rows}

    def better(
        self, value: int | None, bound: int | None, freed: Sequence[str] | None = None
    ) -> None:
        """Tell of a better plan or a nearer bound, in minor units."""
        with self._lock:
            if freed is not None:
                self._news["freed"] = sorted(freed)
            if (value, bound) != self._last:
                self._last = (value, bound)
                self._pending.append(self._entry(value=value, bound=bound))

    def _entry(self, **told: object) -> dict[str, object]:
        seconds = round(time.monotonic() - self._started, 2)
        blank = {"step": None, "value": None, "bound": None}
        mine = {"run_id": self._claim.run_id, "attempt": self._claim.attempt, "seconds": seconds}
        return {**blank, **mine, **told}

    def _run(self) -> None:
        log = structlog.get_logger().bind(run=self._claim.run_id, attempt=self._claim.attempt)
        while True:
            last = self._over.wait(self._beat)
            try:
                self._write()
            except Unavailable as failure:
                log.warning("pulse missed", reason=str(failure))
            if last or self.lost:
                return

    def _write(self) -> None:
        with self._lock:
            pending, news = self._pending, dict(self._news)
            self._pending = []
        try:
            with self._store.writing(EVERY_OWNER) as scope:
                beat = {"heartbeat": moment(self._store, scope), **news}
                if not scope.touch(update(RunRow).where(*held(self._claim)).values(**beat)):
                    self._lost.set()
                    return
                if pending:
                    scope.execute(insert(RunLogRow), pending)
                wish = select(col(RunRow.stop_requested)).where(*held(self._claim))
                if scope.execute(wish).scalar():
                    self._asked.set()
        except Unavailable:
            with self._lock:
                self._pending = pending + self._pending
            raise
