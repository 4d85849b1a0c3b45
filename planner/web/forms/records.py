"""The form of any record of the estate, drawn from its one declaration."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError
from sqlmodel import SQLModel

from planner.domain.fields import Column, columns
from planner.errors import InvalidInput
from planner.web.forms.controls import Control, Form, Option
from planner.web.forms.reading import read_date, read_number, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.i18n import Speech

_HUNDRED: Final = Decimal(100)
_MOST_OPTIONS: Final = 300  # above this a choice becomes a field with suggestions
_LONG: Final = frozenset({"outline"})


class RecordForm:
    """Draws, fills and reads the fields of one kind of record.

    Args:
        model: the record, for example `Floor`.
        speech: the reader's language, currency and area unit.
        known: values that exist elsewhere in the estate, by field name, such as the
            building codes for the field `building`.
    """

    def __init__(
        self,
        model: type[SQLModel],
        speech: Speech,
        known: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Read the declaration once."""
        self.model = model
        self.speech = speech
        self.known = dict(known or {})
        self.columns = columns(model)

    def blank(self) -> Form:
        """Return the form with its defaults."""
        return Form(
            tuple(
                self._control(column, self._text(column.default, column)) for column in self.columns
            )
        )

    def of(self, record: SQLModel | Mapping[str, Any]) -> Form:
        """Return the form filled from a record."""
        values = record.model_dump() if isinstance(record, SQLModel) else record
        return Form(
            tuple(
                self._control(column, self._text(values.get(column.name), column))
                for column in self.columns
            )
        )

    def read(self, typed: Mapping[str, str]) -> tuple[Form, dict[str, Any] | None]:
        """Return the form as typed and, only if all of it is right, the values.

        Nothing that was typed is lost: the form carries it back with every error.
        """
        form = self.blank().filled(typed)
        values: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for column in self.columns:
            try:
                values[column.name] = self._value(column, typed.get(column.name, ""))
            except InvalidInput as refusal:
                errors[column.name] = " ".join(self.speech.told(refusal))
        if errors:
            return form.told(errors), None
        try:
            self.model.model_validate(values)
        except ValidationError as refusal:
            for error in refusal.errors(include_url=False, include_input=False):
                name = str(error["loc"][0]) if error["loc"] else ""
                errors[name] = self._refusal(name, error["msg"])
            return form.told(errors), None
        return form, values

    def cell(self, column: Column, value: object) -> str:
        """Return a value as a table shows it."""
        if value is None or value == "":
            return ""
        if column.about.choices:
            return self.speech.words(column.about.choices.get(str(value), (str(value),) * 2))
        if isinstance(value, bool):
            return self.speech._("yes") if value else self.speech._("no")
        if isinstance(value, (int, Decimal)):
            return self._number_cell(column, Decimal(value))
        return self.speech.date(value) if isinstance(value, dt.date) else str(value)

    def _number_cell(self, column: Column, number: Decimal) -> str:
        if column.about.unit == "share":
            return self.speech.percent(number, _decimals(number * _HUNDRED))
        if column.name == "level":
            return str(number)
        return self.speech.number(number, _decimals(number))

    def typed(self, column: Column, value: object) -> str:
        """Return a stored value as it would be typed."""
        return self._text(value, column)

    def options(self, column: Column, value: object) -> tuple[Option, ...]:
        """Return what may be chosen for a field that holds a value, none where it is typed."""
        return self._control(column, self._text(value, column)).options

    def is_number(self, column: Column) -> bool:
        """Say whether a column stands at the right of its cell."""
        return column.type in {int, Decimal} and not column.about.choices

    def head(self, column: Column) -> str:
        """Return a column's heading with its unit."""
        unit = self._unit(column)[1] if column.about.unit != "money" else ""
        label = self.speech.words(column.about.label)
        return label if unit.casefold() in {"", label.casefold()} else f"{label}, {unit}"

    def _control(self, column: Column, value: str) -> Control:
        speech, about = self.speech, column.about
        prefix, suffix = self._unit(column)
        options: tuple[Option, ...] = ()
        suggestions: tuple[str, ...] = ()
        kind = _kind(column)
        here = self.known.get(column.name, ())
        if about.choices:
            options = tuple(Option(key, speech.words(said)) for key, said in about.choices.items())
        elif here and len(here) <= _MOST_OPTIONS and column.type is str:
            kind, options = "choice", tuple(Option(code, code) for code in here)
            if column.required and not value and len(here) == 1:
                value = here[0]  # there is nothing to choose
            if not column.required or value not in here:
                options = (Option("", "\u2014"), *options)
            if value and value not in here:
                options = (*options, Option(value, value))
        elif here:
            suggestions = tuple(here[:_MOST_OPTIONS])
        if kind == "choice" and about.choices and not column.required and column.default is None:
            options = (Option("", "\u2014"), *options)
        return Control(
            name=column.name,
            label=speech.words(about.label),
            kind=kind,
            help=self._help(column),
            value=value,
            required=column.required,
            prefix=prefix,
            suffix=suffix,
            width=_width(column, kind),
            options=options,
            suggestions=suggestions,
        )

    def _help(self, column: Column) -> str:
        about = column.about
        text = self.speech.words(about.help)
        if not about.example or about.choices:
            return text
        example = about.example
        if about.unit == "share":
            example = shown(Decimal(example) * _HUNDRED)
        elif self.is_number(column):
            number = Decimal(example)
            example = self.speech.number(number, _decimals(number))
        return self.speech._("%(help)s Example: %(example)s", help=text, example=example)

    def _unit(self, column: Column) -> tuple[str, str]:
        """Return what stands before and behind the control."""
        unit = column.about.unit
        if not unit:
            return "", ""
        _ = self.speech._
        per = {"m2": _("per m²"), "m2/month": _("per m² a month"), "person": _("per person")}
        if unit == "money" or unit.startswith("money/"):
            return self.speech.symbol, per.get(unit.removeprefix("money").removeprefix("/"), "")
        names = {
            "share": "%",
            "rate": _("% a year"),
            "m2": "m²",
            "people": _("people"),
            "seats": _("seats"),
            "months": _("months"),
            "degrees": "°",
        }
        return "", names.get(unit, unit)

    def _text(self, value: object, column: Column) -> str:
        """Return a stored value as the form shows it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else ""
        if isinstance(value, (int, Decimal)):
            number = Decimal(value)
            return shown(number * _HUNDRED if column.about.unit == "share" else number)
        return value.isoformat() if isinstance(value, dt.date) else str(value)

    def _value(self, column: Column, text: str) -> Any:
        """Return the stored value of a typed text.

        Raises:
            InvalidInput: empty though required, not of its kind, or out of range.
        """
        text = text.strip()
        if column.type is bool:
            return text in {"yes", "on", "true", "1"}
        if not text:
            return self._nothing(column)
        if column.about.choices:
            if text not in column.about.choices:
                raise InvalidInput(
                    self.speech._("“%(typed)s” is not in the list.", typed=text[:60])
                )
            return text
        if column.type is dt.date:
            return read_date(text, self.speech)
        if column.type in {int, Decimal}:
            return self._number(column, text)
        return text

    def _nothing(self, column: Column) -> Any:
        if column.required:
            raise InvalidInput(
                self.speech._(
                    "%(label)s is needed. %(help)s",
                    label=self.speech.words(column.about.label),
                    help=self.speech.words(column.about.help),
                )
            )
        return column.default

    def _number(self, column: Column, text: str) -> int | Decimal:
        scale = _HUNDRED if column.about.unit == "share" else Decimal(1)
        number = read_number(text, self.speech) / scale
        _ = self.speech._
        sign = "%" if scale == _HUNDRED else ""
        typed = self._plain(number * scale) + sign
        least = None if column.least is None else self._plain(column.least * scale)
        most = None if column.most is None else self._plain(column.most * scale)
        if column.least is not None and number < column.least:
            raise InvalidInput(
                _("%(typed)s is too little. Enter at least %(least)s.", typed=typed, least=least)
                if most is None
                else _(
                    "%(typed)s is too little. Enter %(least)s to %(most)s.",
                    typed=typed,
                    least=least,
                    most=most,
                )
            )
        if column.most is not None and number > column.most:
            raise InvalidInput(
                _(
                    "%(typed)s is too much. Enter %(least)s to %(most)s.",
                    typed=typed,
                    least=least or "0",
                    most=most,
                )
            )
        if column.type is int:
            if number != number.to_integral_value():
                raise InvalidInput(_("%(typed)s is not a whole number.", typed=typed))
            return int(number)
        places = column.decimals
        if places is not None and number != number.quantize(Decimal(1).scaleb(-places)):
            raise InvalidInput(
                _(
                    "%(typed)s has too many decimals. Enter at most %(places)s.",
                    typed=typed,
                    places=places - (2 if scale == _HUNDRED else 0),
                )
            )
        return number

    def _plain(self, number: Decimal) -> str:
        return self.speech.number(number, _decimals(number))

    def _refusal(self, name: str, message: str) -> str:
        """Return what a declaration refuses, in words for those it happens with."""
        column = next((column for column in self.columns if column.name == name), None)
        length = re.search(r"at most (\d+) character", message)
        if length:
            return self.speech._(
                "This is too long. Enter at most %(count)s characters.",
                count=self.speech.number(int(length[1])),
            )
        if column is not None and "pattern" in message:
            return self.speech._(
                "This has a sign that is not allowed here. %(help)s", help=self._help(column)
            )
        return message


def _kind(column: Column) -> Any:
    if column.about.choices:
        return "choice"
    if column.type is bool:
        return "tick"
    if column.type is dt.date:
        return "date"
    if column.type in {int, Decimal}:
        return "number"
    return "long" if column.name in _LONG else "text"


def _width(column: Column, kind: str) -> Any:
    if kind == "number":
        return "s" if column.about.unit.startswith("money") else "xs"
    if kind in {"date", "choice"}:
        return "s" if kind == "date" else "m"
    if column.name in {"code", "number", "country", "currency", "unit", "floor", "building"}:
        return "xs"
    return "l" if column.name in {"help", "reason", "source", "has", "needs", "outline"} else "m"


def _decimals(number: Decimal) -> int:
    """Return how many decimals a number really has, at most six."""
    exponent = number.normalize().as_tuple().exponent
    return min(6, max(0, -exponent)) if isinstance(exponent, int) else 0
