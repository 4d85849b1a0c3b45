"""Reading what people type: numbers with their language's separators, dates, choices."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from babel.numbers import NumberFormatError, parse_decimal

from planner.errors import InvalidInput

if TYPE_CHECKING:
    from planner.i18n import Speech

_MOST_LETTERS = 40  # of a number; longer ones are pasted by mistake


def read_number(text: str, speech: Speech) -> Decimal:
    """Return the number that a person typed, in their language or plainly.

    `104.000` is a hundred and four thousand in Indonesian; `0.55` is not a way to group
    digits in any language, so it is read as a plain decimal.

    Raises:
        InvalidInput: not a number; says how to write one.

    >>> from planner.i18n import speech_of
    >>> read_number("104.000", speech_of("id")), read_number("0.55", speech_of("id"))
    (Decimal('104000'), Decimal('0.55'))
    """
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    plain = plain.replace("\u2212", "-")
    if len(plain) <= _MOST_LETTERS:
        try:
            return _finite(parse_decimal(plain, locale=speech.language, strict=True))
        except (NumberFormatError, InvalidOperation):
            pass
        try:
            return _finite(Decimal(plain))
        except InvalidOperation:
            pass
    example = speech.number(Decimal("1250.5"), 1)
    raise InvalidInput(
        speech._(
            "“%(typed)s” is not a number. Enter it like %(example)s.",
            typed=text.strip()[:_MOST_LETTERS],
            example=example,
        )
    )


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value.adjusted()) > _MOST_LETTERS:
        raise InvalidOperation
    return value


def read_date(text: str, speech: Speech) -> dt.date:
    """Return the date that a date field sent.

    Raises:
        InvalidInput: not a date; says how to write one.
    """
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput(
            speech._(
                "“%(typed)s” is not a date. Enter it like 2027-01-31.", typed=text.strip()[:40]
            )
        ) from None


def shown(value: Decimal | int) -> str:
    """Return a number as a form shows it: plain, no exponent, no trailing zeros.

    >>> shown(Decimal("0.50")), shown(Decimal("104000.000"))
    ('0.5', '104000')
    """
    text = format(Decimal(value).normalize(), "f")
    return "0" if text in {"-0", ""} else text


def spoken(value: Decimal | int, speech: Speech) -> str:
    """Return a number within a sentence: in the reader's language, no trailing zeros.

    >>> from planner.i18n import speech_of
    >>> spoken(Decimal("150.50"), speech_of("id")), spoken(Decimal("-104000"), speech_of("en"))
    ('150,5', '−104,000')
    """
    return speech.exact(Decimal(shown(value)))
