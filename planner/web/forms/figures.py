"""The form of one figure of the register: value, source, date, how sure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.records import Assumption
from planner.errors import InvalidInput
from planner.web.forms.controls import Control, Form, Option
from planner.web.forms.reading import read_number, shown, spoken
from planner.web.forms.records import RecordForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.assumptions import Figure
    from planner.i18n import Speech

_PERCENT: Final = frozenset({"share", "rate", "rates"})
_HUNDRED: Final = Decimal(100)


class FigureForm:
    """Draws and reads one figure; shares and rates are typed as percentages."""

    def __init__(self, figure: Figure, speech: Speech) -> None:
        """Keep what is asked and in which language."""
        self.figure = figure
        self.speech = speech

    def of(self, entry: Assumption | None) -> Form:
        """Return the form filled with what is in force."""
        rest = RecordForm(Assumption, self.speech)
        form = rest.blank() if entry is None else rest.of(entry)
        value = "" if entry is None else self.text(entry.value)
        return Form(
            (
                self._value_control(value),
                replace(form["source"], required=True),
                form["date"],
                form["confidence"],
            )
        )

    def read(self, typed: Mapping[str, str]) -> tuple[Form, Assumption | None]:
        """Return the form as typed and, only if all of it is right, the assumption."""
        form = self.of(None).filled(typed)
        errors: dict[str, str] = {}
        value = ""
        try:
            value = self.stored(typed.get("value", "").strip())
        except InvalidInput as refusal:
            errors["value"] = " ".join(self.speech.told(refusal))
        if not typed.get("source", "").strip():
            errors["source"] = self.speech._(
                "Say where the figure comes from; the proposal prints it."
            )
        whole = {**typed, "key": self.figure.key, "value": value or "0"}
        read, values = RecordForm(Assumption, self.speech).read(whole)
        errors |= {one.name: one.error for one in read.wrong if one.name not in errors}
        if errors or values is None:
            return form.told(errors), None
        return form, Assumption(**values)

    def text(self, value: str) -> str:
        """Return a stored value as it is typed."""
        if self.figure.kind in {"word", "day"}:
            return value
        try:
            number = self.figure.parse(value)
        except InvalidInput:
            return value
        if self.figure.kind == "rates":
            return "; ".join(shown(Decimal(one) * _HUNDRED) for one in str(number).split(";"))
        if not isinstance(number, Decimal):
            return value
        return shown(number * _HUNDRED if self.figure.kind in _PERCENT else number)

    def said(self, value: str) -> str:
        """Return a stored value as a table shows it, with its unit."""
        control = self._value_control(self.text(value))
        if control.kind == "choice":
            return next((one.label for one in control.options if one.value == value), value)
        if self.figure.kind == "day":
            day = self.figure.parse(value)
            return str(day) if isinstance(day, (str, Decimal)) else self.speech.date(day)
        try:
            text = "; ".join(self._grouped(one) for one in control.value.split(";"))
        except InvalidInput:
            return value
        if control.suffix.startswith("%"):
            return f"{text}{control.suffix}"
        return " ".join(part for part in (control.prefix, text, control.suffix) if part)

    def _grouped(self, text: str) -> str:
        return spoken(read_number(text, self.speech), self.speech)

    def stored(self, text: str) -> str:
        """Return the text that is stored for what was typed.

        Raises:
            InvalidInput: empty, not of the figure's kind, or out of its range.
        """
        if not text:
            raise InvalidInput(self.speech._("Enter a value."))
        if self.figure.kind in {"word", "day"}:
            self.figure.parse(text)
            return text
        parts = text.split(";") if self.figure.kind == "rates" else [text]
        stored = "; ".join(self._plain(part) for part in parts)
        self.figure.parse(stored)
        return stored

    def _plain(self, text: str) -> str:
        number = read_number(text, self.speech)
        percent = self.figure.kind in _PERCENT
        self._in_range(number, percent=percent)
        return shown(number / _HUNDRED if percent else number)

    def _in_range(self, number: Decimal, *, percent: bool) -> None:
        """Refuse a number out of range in the unit it was typed in."""
        scale = _HUNDRED if percent else Decimal(1)
        least, most = self.figure.least, self.figure.most
        if (least is None or number >= least * scale) and (most is None or number <= most * scale):
            return
        sign = "%" if percent else ""
        low = None if least is None else spoken(least * scale, self.speech)
        high = None if most is None else spoken(most * scale, self.speech)
        typed = f"{spoken(number, self.speech)}{sign}"
        if high is None:
            raise InvalidInput(
                self.speech._(
                    "%(typed)s is too little. Enter at least %(least)s.", typed=typed, least=low
                )
            )
        raise InvalidInput(
            self.speech._(
                "%(typed)s is out of range. Enter %(least)s to %(most)s.",
                typed=typed,
                least=low if low is not None else "\u2212\u221e",
                most=high,
            )
        )

    def _value_control(self, value: str) -> Control:
        figure, _ = self.figure, self.speech._
        units = {
            "money/m2": _("per m²"),
            "money/m2/month": _("per m² a month"),
            "money/person": _("per person"),
            "months": _("months"),
            "share": "%",
            "rate": _("% a year"),
        }
        kind = "number"
        options: tuple[Option, ...] = ()
        if figure.kind == "day":
            kind = "date"
        elif figure.choices:
            kind = "choice"
            options = tuple(Option(key, self.speech.words(said)) for key, said in figure.choices)
        elif figure.kind in {"word", "rates"}:
            kind = "text"
        return Control(
            name="value",
            label=self.speech.words(figure.label),
            kind=kind,  # type: ignore[arg-type]
            help=self.speech.words(figure.help),
            value=value,
            required=True,
            prefix=self.speech.symbol if figure.kind == "money" else "",
            suffix=units.get(figure.unit, ""),
            width="m" if figure.kind == "rates" else "s",
            options=options,
        )
