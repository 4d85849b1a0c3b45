"""The open database, as services get it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Store:
    """The open database; made once a process by `open_store(url)`."""

    engine: Engine


def open_store(url: str) -> Store:
    """Open a database: `sqlite:///path/planner.db` or `postgresql+psycopg://...`."""
    raise NotImplementedError
