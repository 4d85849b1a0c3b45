"""How often somebody asks: numbers handed out to all processes from one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.dialects import postgresql, sqlite

from planner.db.store import EVERY_OWNER
from planner.db.tables import CountRow

if TYPE_CHECKING:
    import datetime as dt

    from planner.db.store import Store

_INSERT: Final[dict[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def count_up(store: Store, who: str, until: dt.datetime, by: int) -> int:
    """Add to a count in one statement, so that no process loses what another adds.

    Args:
        store: the open database.
        who: whose count, as a hash.
        until: the moment at which it ends; another moment begins another count.
        by: how much to add, at least 1.

    Returns:
        What the count is now.
    """
    first = _INSERT[store.engine.dialect.name](CountRow).values(who=who, until=until, hits=by)
    again = first.on_conflict_do_update(
        index_elements=["who", "until"], set_={"hits": CountRow.hits + first.excluded.hits}
    ).returning(CountRow.hits)
    with store.writing(EVERY_OWNER) as scope:
        return int(scope.connection().execute(again).scalar_one())
