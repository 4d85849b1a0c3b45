# ruff: noqa: INP001  run by Alembic as a script, never imported
"""What Alembic runs; the connection and its transaction come from `planner.db.migrate`."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

import planner.db.tables  # noqa: F401  registers every table


def _plain(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write a column's type as the database knows it: a migration outlives our classes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance.__class__.__name__}()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_plain,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
