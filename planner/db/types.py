"""Column types that hold the same values exactly on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from planner.errors import InvalidInput

if TYPE_CHECKING:
    from sqlalchemy import Dialect

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A key that counts up; SQLite counts up only in a column that is an INTEGER by that name."""


class Exact(TypeDecorator[Decimal]):
    """A decimal kept as a whole number of its smallest steps.

    SQLite would keep a decimal as a float and lose digits without a word.
    """

    impl = BigInteger
    cache_ok = True

    def __init__(self, decimals: int) -> None:
        """Keep so many decimals."""
        super().__init__()
        self.decimals = decimals

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Return the number of steps; refuse a value between two steps."""
        del dialect
        if value is None:
            return None
        steps = Decimal(value).scaleb(self.decimals)
        if steps != steps.to_integral_value():
            raise InvalidInput(f"{value} has more than {self.decimals} decimals; round it first")
        return int(steps)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Return the decimal, without zeros at its end."""
        del dialect
        if value is None:
            return None
        whole, rest = divmod(value, 10**self.decimals)
        return Decimal(value).scaleb(-self.decimals).normalize() if rest else Decimal(whole)


class Moment(TypeDecorator[dt.datetime]):
    """A moment, kept in UTC; a time without zone is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Return the moment in UTC as databases want it, without a zone."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"{value} has no time zone; pass a moment in UTC")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Return the moment in UTC."""
        del dialect
        return None if value is None else value.replace(tzinfo=dt.UTC)


class PlainJson(TypeDecorator[Any]):
    """Lists, texts and whole numbers as JSON text; the same text for the same values."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Return the text."""
        del dialect
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return the values."""
        del dialect
        return None if value is None else json.loads(value)


def type_for(kind: type, decimals: int | None) -> TypeEngine[Any]:
    """Return the column type of a declared field.

    Raises:
        TypeError: a kind of field that no table can hold yet, always our defect.
    """
    if kind is Decimal:
        if decimals is None:
            raise TypeError("a decimal field without decimal_places cannot be kept exactly")
        return Exact(decimals)

    plain: dict[type, TypeEngine[Any]] = {
        bool: Boolean(),
        int: BigInteger(),
        str: Text(),
        dt.date: Date(),
    }
    if kind not in plain:
        raise TypeError(f"no column type for {kind}")
    return plain[kind]
