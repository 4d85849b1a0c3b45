"""The open database, as services get it: transactions that see one owner."""

from __future__ import annotations

import math
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from planner.db.engine import open_engine
from planner.db.prepare import prepare
from planner.db.scope import EVERY_OWNER, Scope
from planner.db.tables.base import utc_now
from planner.errors import Unavailable, sentence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from planner.domain.estate import Estate

__all__ = ["EVERY_OWNER", "Scope", "Store", "open_store"]

_KEPT_RECORDS: Final = 4_000_000
"""Team-days and other records of the estates kept in memory, so that pages need not read them each
time: some 100 MB, eight estates of the largest kind or hundreds of small ones."""
_KEPT_ESTATES: Final = 200
_REASONS: Final = {
    "full": sentence("its disk is full"),
    "no space": sentence("its disk is full"),
    "locked": sentence("it is busy"),
}
_GONE: Final = sentence("it does not answer")
"""What people are told; the driver's own words name hosts and users, and go to the log alone."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Store:
    """The open database; made once a process by `open_store(url)`.

    Args:
        engine: where it is.
        now: tells the moment; another one only in tests.
    """

    engine: Engine
    now: Callable[[], dt.datetime] = utc_now
    _estates: dict[tuple[str, int], Estate] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _missed: list[float] = field(default_factory=lambda: [-math.inf])

    @contextmanager
    def reading(self, owner: str) -> Iterator[Scope]:
        """Give a session that sees one owner, all of it as of one moment, and stores nothing."""
        engine = self.engine
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with self._clearly(), Scope(engine, autoflush=False) as scope:
            scope.owner = owner
            yield scope

    @contextmanager
    def glancing(self, owner: str) -> Iterator[Scope]:
        """Give a session for one question, outside a transaction: no words to begin and end one.

        What every page asks is asked so; two answers need not be of the same moment.
        """
        options: dict[str, Any] = {"planner_glance": True}
        if self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "AUTOCOMMIT"
        engine = self.engine.execution_options(**options)
        with self._clearly(), Scope(engine, autoflush=False) as scope:
            scope.owner = owner
            yield scope

    @contextmanager
    def writing(self, owner: str) -> Iterator[Scope]:
        """Give a session that sees one owner; all of it is stored at the end, or nothing."""
        engine = self.engine.execution_options(planner_writing=True)
        with self._clearly(), Scope(engine, expire_on_commit=False) as scope, scope.begin():
            scope.owner = owner
            scope.info["writing"] = True
            yield scope

    def kept(self, estate_id: str, version: int, load: Callable[[], Estate]) -> Estate:
        """Return an estate at a version, from memory if it was read lately."""
        known = self.known(estate_id, version)
        if known is not None:
            return known
        estate = load()
        self.keep(estate_id, version, estate)
        return estate

    def known(self, estate_id: str, version: int) -> Estate | None:
        """Return an estate at a version if it is in memory."""
        with self._lock:
            found = self._estates.pop((estate_id, version), None)
            if found is not None:
                self._estates[estate_id, version] = found  # asked for last, forgotten last
            return found

    def newest(self, estate_id: str) -> tuple[int, Estate | None]:
        """Return the newest version of an estate in memory, and the estate; None if none is."""
        with self._lock:
            known = [version for ident, version in self._estates if ident == estate_id]
            newest = max(known, default=0)
            return newest, self._estates.get((estate_id, newest))

    def keep(self, estate_id: str, version: int, estate: Estate) -> None:
        """Remember an estate as it is at a version."""
        with self._lock:
            self._estates.pop((estate_id, version), None)
            self._estates[estate_id, version] = estate
            room = _KEPT_RECORDS - sum(map(_records, self._estates.values()))
            while len(self._estates) > 1 and (room < 0 or len(self._estates) > _KEPT_ESTATES):
                room += _records(self._estates.pop(next(iter(self._estates))))

    def ready(self) -> bool:
        """Say whether the database answers."""
        try:
            with self.engine.connect() as connection:
                return connection.execute(text("SELECT 1")).scalar() == 1
        except DBAPIError:
            return False

    def unbroken(self) -> float:
        """Return for how many seconds the database has answered whatever this process asked."""
        return time.monotonic() - self._missed[0]

    @contextmanager
    def _clearly(self) -> Iterator[None]:
        try:
            with _clearly():
                yield
        except Unavailable:
            self._missed[0] = time.monotonic()
            raise

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def open_store(url: str, now: Callable[[], dt.datetime] = utc_now) -> Store:
    """Open a database: `sqlite:///path/planner.db` or `postgresql+psycopg://...`.

    An empty one gets its tables; an older SQLite file is brought up, with a copy beside it.

    Raises:
        InvalidInput: another kind of database, or no URL.
        Conflict: its tables are not those of this program.
        Unavailable: it does not answer.
    """
    engine = open_engine(url)
    with _clearly():
        prepare(engine)
    return Store(engine, now)


def _records(estate: Estate) -> int:
    """Return about how many records an estate holds."""
    sheets = (estate.teams, estate.seating, estate.spaces, estate.floors)
    return estate.attendance.known.size + sum(map(len, sheets))


@contextmanager
def _clearly() -> Iterator[None]:
    """Turn a database that is gone, full or locked into a sentence; nothing was stored."""
    try:
        yield
    except OperationalError as failure:
        said = (str(failure.orig).splitlines() or [""])[0]
        _log.warning("database cannot be used", reason=said)
        reason = next((told for mark, told in _REASONS.items() if mark in said.lower()), _GONE)
        raise Unavailable(
            sentence(
                "The database cannot be used now ({reason}). Nothing was changed; try "
                "again, and tell the administrator if it stays so.",
                reason=reason,
            )
        ) from failure
