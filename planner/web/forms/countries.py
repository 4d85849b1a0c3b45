"""Country and currency by name, where the record keeps their codes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from babel import Locale

from planner.web.forms.controls import Option

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.web.forms.controls import Form

_FIRST: Final = ("ID", "IDR")
_CODE: Final = 2
_CURRENCIES: Final = (
    *("IDR", "AED", "AUD", "BND", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EGP", "EUR", "GBP"),
    *("HKD", "HUF", "ILS", "INR", "JPY", "KES", "KHR", "KRW", "LAK", "MMK", "MXN", "MYR", "NGN"),
    *("NOK", "NZD", "PHP", "PLN", "QAR", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "USD", "VND"),
    "ZAR",
)
_NO_COUNTRY: Final = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB"})


def with_choices(form: Form, speech: Speech) -> Form:
    """Return a form of an estate's first facts with names to choose from instead of codes.

    Whether figures are made up is left to workbooks: who types in an estate knows its figures.
    """
    countries, currencies = _named(speech.language)
    offered = {"country": countries, "currency": currencies}
    return replace(
        form,
        controls=tuple(
            replace(one, kind="choice", options=_with(offered[one.name], one.value), width="m")
            if one.name in offered
            else one
            for one in form.controls
            if one.name != "generated"
        ),
    )


def _with(options: tuple[Option, ...], value: str) -> tuple[Option, ...]:
    """Return the options, and the value in force where it is none of them."""
    if not value or any(one.value == value for one in options):
        return options
    return (*options, Option(value, value))


@cache
def _named(language: str) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    locale = Locale(language)

    def sorted_first(names: dict[str, str]) -> tuple[Option, ...]:
        order = sorted(names, key=lambda code: (code not in _FIRST, names[code]))
        return tuple(Option(code, f"{names[code]} ({code})") for code in order)

    countries = {
        code: name
        for code, name in locale.territories.items()
        if len(code) == _CODE and code.isalpha() and code not in _NO_COUNTRY
    }
    currencies = {code: locale.currencies[code] for code in _CURRENCIES}
    return sorted_first(countries), sorted_first(currencies)
