"""The register of figures a business case rests on: each declared once, with its source."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal

from planner.domain.records import Assumption
from planner.errors import InvalidInput, Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.estate import Estate
    from planner.domain.fields import Words

Kind = Literal["share", "rate", "rates", "months", "count", "money", "word", "day"]
"""share: 0 to 1; rate: yearly, may be negative; rates: one a year, with semicolons between;
money: in the estate's currency."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One declared figure of the register.

    Args:
        key: its name in the workbook, the API and the trace.
        kind: what its text holds.
        label: its name for people, in both languages.
        help: what it means and where it acts, in both languages.
        unit: for example `money/m2`, `money/person`, `months`, `share`.
        default: value that holds in any country, or None where only a preset or user knows.
        source: where the default comes from.
        date: as of when the default holds.
        least, most: closed range for numbers, None where open.
        choices: for words, each value with its meaning.
    """

    key: str
    kind: Kind
    label: Words
    help: Words
    unit: str = ""
    default: str | None = None
    source: str = ""
    date: dt.date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[tuple[str, Words], ...] = ()

    def parse(self, text: str) -> Decimal | str | dt.date:
        """Return the value that a text holds.

        Raises:
            InvalidInput: not of this kind, or out of range; says what to enter.
        """
        if self.kind == "word":
            if self.choices and text not in dict(self.choices):
                raise InvalidInput(
                    sentence(
                        "{text!r} is not known; enter one of {choices}",
                        text=text,
                        choices=", ".join(dict(self.choices)),
                    )
                )
            return text
        if self.kind == "day":
            return self._day(text)
        if self.kind == "rates":
            return ";".join(str(self._number(part.strip())) for part in text.split(";"))
        return self._number(text)

    def _day(self, text: str) -> dt.date:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise InvalidInput(
                sentence("{text!r} is not a date; enter it like 2027-01-31", text=text)
            ) from None

    def _number(self, text: str) -> Decimal:
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise InvalidInput(
                sentence("{text!r} is not a number; enter it like 0.065 or 9", text=text)
            ) from None
        if not number.is_finite():
            raise InvalidInput(sentence("{text!r} is not a finite number", text=text))
        if self.least is not None and number < self.least:
            raise InvalidInput(
                sentence(
                    "{text} is below {least}; enter at least {least}", text=text, least=self.least
                )
            )
        if self.most is not None and number > self.most:
            raise InvalidInput(
                sentence("{text} is above {most}; enter at most {most}", text=text, most=self.most)
            )
        if self.kind in {"months", "count"} and number != number.to_integral_value():
            raise InvalidInput(sentence("{text} is not a whole number", text=text))
        return number


class Register:
    """The figures in force for one estate: its own, else the preset's, else the default.

    Args:
        figures: what may be asked, by key.
        own: assumptions of the estate itself.
        preset: assumptions of its country, each with source and date.
    """

    def __init__(
        self,
        figures: Mapping[str, Figure],
        own: Mapping[str, Assumption],
        preset: Mapping[str, Assumption],
    ) -> None:
        """Keep the layers; nothing is parsed before it is asked."""
        self._figures = figures
        self._own = own
        self._preset = preset

    def entry(self, key: str) -> Assumption | None:
        """Return the assumption in force with its source, None where nobody knows."""
        if key in self._own:
            return self._own[key]
        if key in self._preset:
            return self._preset[key]
        figure = self._figures[key]
        if figure.default is None:
            return None
        return Assumption(
            key=key,
            value=figure.default,
            source=figure.source,
            date=figure.date,
            confidence="assumed",
        )

    def entries(self) -> tuple[tuple[Figure, Assumption | None], ...]:
        """Return every declared figure with what is in force, in the order declared."""
        return tuple((figure, self.entry(key)) for key, figure in self._figures.items())

    def is_own(self, key: str) -> bool:
        """Say whether the estate states this figure itself."""
        return key in self._own

    def number(self, key: str) -> Decimal:
        """Return a figure as an exact number.

        Raises:
            InvalidInput: nobody has stated it.
        """
        value = self._value(key)
        if not isinstance(value, Decimal):
            msg = f"figure {key} is a {self._figures[key].kind}, not a number"
            raise TypeError(msg)
        return value

    def whole(self, key: str) -> int:
        """Return a figure of months or a count."""
        return int(self.number(key))

    def word(self, key: str) -> str:
        """Return a figure that is a word."""
        return str(self._value(key))

    def day(self, key: str) -> dt.date:
        """Return a figure that is a date."""
        value = self._value(key)
        if not isinstance(value, dt.date):
            msg = f"figure {key} is a {self._figures[key].kind}, not a date"
            raise TypeError(msg)
        return value

    def _value(self, key: str) -> Decimal | str | dt.date:
        entry = self.entry(key)
        if entry is None:
            label = self._figures[key].label[0].lower()
            raise InvalidInput(
                [
                    Problem(
                        sentence("sheet assumptions, key {key}", key=key),
                        sentence("no value; enter the {label}", label=label),
                    )
                ]
            )
        return self._figures[key].parse(entry.value)

    def problems(self) -> list[Problem]:
        """Return what is wrong with the estate's own figures: unknown keys, bad values."""
        found = []
        for key, assumption in self._own.items():
            where = sentence("sheet assumptions, key {key}", key=key)
            if key not in self._figures:
                known = ", ".join(self._figures)
                found.append(
                    Problem(
                        where, sentence("there is no such figure; known are {known}", known=known)
                    )
                )
                continue
            try:
                self._figures[key].parse(assumption.value)
            except InvalidInput as refusal:
                found += [Problem(where, line) for line in refusal.lines]
        return found


def register_of(estate: Estate) -> Register:
    """Return the figures in force for an estate."""
    from planner.domain.figures import FIGURES  # noqa: PLC0415  figures need Figure from here
    from planner.domain.presets import preset_of  # noqa: PLC0415  presets need figures

    return Register(FIGURES, estate.assumed, preset_of(estate.header.country))
