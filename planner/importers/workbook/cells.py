"""One cell: from what a spreadsheet holds to what a field takes, or a sentence why not."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any, Final

from planner.errors import InvalidInput, sentence
from planner.importers.workbook.headings import YES_NO, known_choices, normal
from planner.importers.workbook.sentences import shown, wanted

if TYPE_CHECKING:
    from planner.domain.fields import Column

_PLAIN: Final = re.compile(r"[+-]?\d+(\.\d+)?")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_TRUTHS: Final = {
    **dict.fromkeys((*YES_NO[0], "true", "1", "y"), True),
    **dict.fromkeys((*YES_NO[1], "false", "0", "n", "t"), False),
}


def value_of(sheet: str, column: Column, cell: Any) -> Any:
    """Return what a cell says for a column, None where it is blank.

    Numbers that a spreadsheet computed are rounded to the decimals the field keeps.

    Args:
        sheet: name of the sheet.
        column: the declared field.
        cell: str, float, int, bool, date or datetime, as the reader gives it.

    Raises:
        InvalidInput: the cell holds something else; says what to enter.
    """
    if isinstance(cell, str):
        cell = cell.strip()
    if cell is None or cell == "":
        return None
    if column.choices:
        return _choice(sheet, column, cell)
    if column.type is bool:
        return _truth(column, cell)
    if column.type is dt.date:
        return _date(column, cell)
    if column.type in {int, Decimal}:
        return _number(column, cell)
    return _text(sheet, column, cell)


def _refuse(column: Column, cell: Any, why: str) -> InvalidInput:
    return InvalidInput(
        sentence("{shown} {why}; enter {wanted}", shown=shown(cell), why=why, wanted=wanted(column))
    )


def _choice(sheet: str, column: Column, cell: Any) -> str:
    text = str(cell)
    found = known_choices(sheet, column.name).get(normal(text))
    if found is None:
        raise _refuse(column, cell, sentence("is not one of the choices"))
    return found


def _truth(column: Column, cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    text = str(int(cell)) if isinstance(cell, float) and cell in {0.0, 1.0} else str(cell)
    found = _TRUTHS.get(text.casefold())
    if found is None:
        raise _refuse(column, cell, sentence("is neither yes nor no"))
    return found


def _date(column: Column, cell: Any) -> dt.date:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, str):
        try:
            return dt.date.fromisoformat(cell)
        except ValueError:
            pass
    raise _refuse(column, cell, sentence("is not a date"))


def _number(column: Column, cell: Any) -> int | Decimal:
    if isinstance(cell, str):
        if _GROUPED.fullmatch(cell) or not _PLAIN.fullmatch(cell):
            raise _refuse(column, cell, sentence("is a text, not a number"))
        exact = Decimal(cell)
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        exact = Decimal(repr(cell))
    else:
        raise _refuse(column, cell, sentence("is not a number"))
    if column.type is int:
        if exact != exact.to_integral_value():
            raise _refuse(column, cell, sentence("is not a whole number"))
        return int(exact)
    return _rounded(exact, column.decimals)


def _rounded(exact: Decimal, decimals: int | None) -> Decimal:
    """Return a number with at most so many decimals and no idle zeros."""
    exponent = exact.as_tuple().exponent
    most = -exponent if isinstance(exponent, int) else 0
    if decimals is not None and most > decimals and abs(exact) < Decimal(10) ** 20:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    if exact == exact.to_integral_value():
        return Decimal(int(exact))
    return exact.normalize()


def _text(sheet: str, column: Column, cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return format(_rounded(Decimal(repr(cell)), None), "f")
    if isinstance(cell, (dt.date, dt.datetime)):
        if sheet == "assumptions":  # the value of a figure may be a day
            return cell.isoformat()[:10]
        raise _refuse(column, cell, sentence("has become a date; format the cell as text"))
    if not isinstance(cell, str):
        raise _refuse(column, cell, sentence("is not a text"))
    return cell
