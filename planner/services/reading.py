"""Form values and pasted cells, read into the frozen record of a sheet."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from planner.domain.fields import Column, columns
from planner.domain.records import SHEETS
from planner.errors import InvalidInput, NotFound, Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import SQLModel

_YES: Final = frozenset({"yes", "y", "true", "1", "on", "ya", "iya"})
_NO: Final = frozenset({"no", "n", "false", "0", "off", "tidak"})
_SHOWN: Final = 60
_JSON: Final[dict[type, tuple[type, ...]]] = {
    bool: (bool,), int: (int,), Decimal: (int, Decimal, str), str: (str,), dt.date: (str,)
}  # fmt: skip
"""In which kinds of JSON each kind of field comes."""
_PERCENT: Final = re.compile(r"-?\d+(\.\d+)? ?%")


def record_from(sheet: str, values: Mapping[str, object], *, typed: bool = False) -> SQLModel:
    """Return the frozen record that form values stand for.

    Text is trimmed; a blank takes the field's default. Numbers are read without grouping,
    with a point or a comma before decimals. Values that are `typed` come from JSON, where yes is
    no 1 and a text no number.

    Raises:
        InvalidInput: every wrong field with place `column NAME`, the value and what to enter.
        NotFound: no such sheet.
    """
    declared = {column.name: column for column in columns(kind_of(sheet))}
    problems = [
        Problem(
            sentence("column {name}", name=name),
            sentence("is no column of sheet {sheet}; remove it", sheet=sheet),
        )
        for name in values
        if name not in declared
    ]
    if typed:
        problems += _mistyped(values, declared)
    odd = {one.where for one in problems}
    given = {}
    for name, column in declared.items():
        value = values.get(name)
        value = value.strip() if isinstance(value, str) else value
        if value is None or value == "":
            if column.required and f"column {name}" not in odd:
                problems.append(
                    Problem(
                        sentence("column {name}", name=name),
                        sentence("is blank; enter {wanted}", wanted=wanted(column)),
                    )
                )
            continue
        given[name] = _plain(column, value)
    if not problems or given:
        problems += _refused(sheet, given, declared, {one.where for one in problems})
    if problems:
        raise InvalidInput(problems)
    return kind_of(sheet).model_validate(given)


def _mistyped(values: Mapping[str, object], declared: Mapping[str, Column]) -> list[Problem]:
    """Return a problem for each value that is no JSON of its field's kind."""
    return [
        _not_allowed(declared[name], json.dumps(value, default=str))
        for name, value in values.items()
        if name in declared and not _is_json_of(declared[name], value)
    ]


def _is_json_of(column: Column, value: object) -> bool:
    if value is None:
        return column.required or column.default is None  # that a blank is missing is told later
    if isinstance(value, bool):
        return column.type is bool
    if value == "" and column.choices:
        return "" in column.choices
    return isinstance(value, _JSON[column.type])


def kind_of(sheet: str) -> type[SQLModel]:
    """Return the record of a sheet.

    Raises:
        NotFound: no such sheet.
    """
    if sheet not in SHEETS:
        raise NotFound(
            sentence(
                "There is no sheet {sheet!r}; the sheets are {sheets}.",
                sheet=sheet,
                sheets=", ".join(SHEETS),
            )
        )
    return SHEETS[sheet]


def wanted(column: Column) -> str:
    """Return in words what a field takes."""
    if column.choices:
        return sentence("one of {choices}", choices=", ".join(column.choices))
    if column.type is bool:
        return sentence("yes or no")
    if column.type is dt.date:
        return sentence("a date like 2026-11-03")
    if column.type is str:
        plain, example = sentence("text without line ends or odd characters"), column.about.example
        said = sentence("{text}, for example {example}", text=plain, example=example)
        return said if example else plain
    kind = sentence("a whole number") if column.type is int else sentence("a number")
    if column.least is None or column.most is None:
        return kind
    return sentence(
        "{kind} from {least:,f} to {most:,f}", kind=kind, least=column.least, most=column.most
    )


def _plain(column: Column, value: object) -> object:
    """Return a value in the shape that the record reads."""
    if not isinstance(value, str):
        return value
    if column.type is bool:
        low = value.lower()
        return True if low in _YES else False if low in _NO else value
    if column.type is not Decimal:
        return value
    if value.count(",") == 1 and "." not in value:
        value = value.replace(",", ".")
    if column.about.unit in {"share", "rate"} and _PERCENT.fullmatch(value):
        return str(Decimal(value.rstrip("% ")) / 100)  # as a spreadsheet shows shares
    return value


def _refused(
    sheet: str, given: Mapping[str, object], declared: Mapping[str, Column], told: set[str]
) -> list[Problem]:
    try:
        kind_of(sheet).model_validate(given)
    except ValidationError as refusal:
        found = {}
        for error in refusal.errors(include_url=False, include_context=False):
            name = str(error["loc"][0]) if error["loc"] else ""
            where = sentence("column {name}", name=name)
            if name in declared and where not in told:
                found[name] = _not_allowed(declared[name], str(given.get(name, "")))
        return list(found.values())
    return []


def _not_allowed(column: Column, text: str) -> Problem:
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return Problem(
        sentence("column {name}", name=column.name),
        sentence("{shown!r} is not allowed; enter {wanted}", shown=shown, wanted=wanted(column)),
    )
