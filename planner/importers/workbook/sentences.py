"""What to enter, in words, drawn from the declared field; and what a validator found, in ours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from planner.errors import sentence

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
        return sentence("one of {choices}", choices=", ".join(column.choices))
    if column.type is bool:
        return sentence("yes or no")
    if column.type is dt.date:
        return sentence("a date like 2026-11-03")
    if column.type in {int, Decimal}:
        kind = sentence("a whole number") if column.type is int else sentence("a number")
        return _ranged(kind, column.least, column.most)
    if not column.about.example:
        return sentence("a text")
    return sentence("a text, for example {example}", example=column.about.example)


def _ranged(kind: str, least: Decimal | None, most: Decimal | None) -> str:
    if least is not None and most is not None:
        return sentence("{kind} from {least:f} to {most:f}", kind=kind, least=least, most=most)
    if least is not None:
        return sentence("{kind} of at least {least:f}", kind=kind, least=least)
    if most is not None:
        return sentence("{kind} of at most {most:f}", kind=kind, most=most)
    return kind


def explain(error: ErrorDetails, column: Column) -> str:
    """Return one finding of the validator as a sentence of ours."""
    value = shown(error["input"])
    limits = error.get("ctx", {})
    match error["type"]:
        case "greater_than_equal":
            why = sentence("{value} is below {limits}", value=value, limits=limits["ge"])
        case "less_than_equal":
            why = sentence("{value} is above {limits}", value=value, limits=limits["le"])
        case "string_too_long":
            return sentence(
                "{value} is longer than {limits} characters; shorten it",
                value=value,
                limits=limits["max_length"],
            )
        case "string_too_short" | "missing":
            why = sentence("nothing is entered")
        case "string_pattern_mismatch":
            why = sentence(
                "{value} holds a character or form that cannot be used here", value=value
            )
        case _:
            why = sentence("{value} cannot be used here", value=value)
    return sentence("{why}; enter {wanted}", why=why, wanted=wanted(column))
