"""What to enter, in words, drawn from the declared field; and what a validator found, in ours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from planner.domain.fields import Column

_LONGEST_SHOWN: Final = 60


def shown(cell: Any) -> str:
    """Return a cell's content as it is quoted in a sentence."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    if isinstance(cell, Decimal):
        return format(cell, "f") if abs(cell) < 10**20 else f"{cell:.3e}"
    if isinstance(cell, str):
        short = cell if len(cell) <= _LONGEST_SHOWN else cell[: _LONGEST_SHOWN - 1] + "…"
        return repr(short)
    return cell.isoformat() if isinstance(cell, (dt.date, dt.datetime)) else str(cell)


def wanted(column: Column) -> str:
    """Return what a column takes, for example `a whole number from 0 to 100000`."""
    if column.choices:
        return f"one of {', '.join(column.choices)}"
    if column.type is bool:
        return "yes or no"
    if column.type is dt.date:
        return "a date like 2026-11-03"
    if column.type in {int, Decimal}:
        kind = "a whole number" if column.type is int else "a number"
        return f"{kind}{_range(column)}"
    example = f", for example {column.about.example}" if column.about.example else ""
    return f"a text{example}"


def _range(column: Column) -> str:
    least, most = column.least, column.most
    if least is not None and most is not None:
        return f" from {least:f} to {most:f}"
    if least is not None:
        return f" of at least {least:f}"
    return "" if most is None else f" of at most {most:f}"


def explain(error: ErrorDetails, column: Column) -> str:
    """Return one finding of the validator as a sentence of ours."""
    value = shown(error["input"])
    limits = error.get("ctx", {})
    match error["type"]:
        case "greater_than_equal":
            why = f"{value} is below {limits['ge']}"
        case "less_than_equal":
            why = f"{value} is above {limits['le']}"
        case "string_too_long":
            return f"{value} is longer than {limits['max_length']} characters; shorten it"
        case "string_too_short" | "missing":
            why = "nothing is entered"
        case "string_pattern_mismatch":
            why = f"{value} holds a character or form that cannot be used here"
        case _:
            why = f"{value} cannot be used here"
    return f"{why}; enter {wanted(column)}"
