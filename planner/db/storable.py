"""Tables drawn from the one declaration of each field."""
# No `from __future__ import annotations`: SQLModel reads annotations at class creation.

from typing import Any, cast

from sqlmodel import Field, SQLModel
from sqlmodel.main import SQLModelMetaclass

from planner.db.types import type_for
from planner.domain.fields import columns


def storable(model: type[SQLModel]) -> type[SQLModel]:
    """Return a base for a table class with every declared field of a record as a column.

    SQLModel cannot map a Literal or an annotated type within an Optional, and would keep a
    decimal as a float on SQLite; names, order and blanks come from the declaration.
    Rows do not validate: a record is made before it is stored.
    """
    space: dict[str, Any] = {"__module__": model.__module__, "__doc__": model.__doc__}
    annotations: dict[str, Any] = {}
    for column in columns(model):
        blank = not column.required and column.default is None
        annotations[column.name] = (column.type | None) if blank else column.type
        kind = cast("type[Any]", type_for(column.type, column.decimals))
        if column.required:
            space[column.name] = Field(sa_type=kind, nullable=False)
        else:
            space[column.name] = Field(default=column.default, sa_type=kind, nullable=blank)
    space["__annotations__"] = annotations
    name = f"Storable{model.__name__}"
    return cast("type[SQLModel]", SQLModelMetaclass(name, (SQLModel,), space))
