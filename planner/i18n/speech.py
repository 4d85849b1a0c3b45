"""One reader's language with the estate's currency and area unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache
from numbers import Real
from string import Formatter
from typing import TYPE_CHECKING, Final

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal, get_currency_symbol
from jinja2 import BytecodeCache, Environment, StrictUndefined, select_autoescape

from planner.domain.money import digits, to_major
from planner.errors import Sentence
from planner.i18n.catalogue import catalogue
from planner.sentences import NUMBERED, Remark

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from babel.support import NullTranslations
    from jinja2 import BaseLoader
    from jinja2.bccache import Bucket

    from planner.domain.fields import Words
    from planner.domain.money import Minor
    from planner.errors import PlannerError

LANGUAGES: Final = ("en", "id")
_NBSP: Final = "\u00a0"
_MINUS: Final = "\u2212"
_SQFT_PER_M2: Final = Decimal("10.763910417")  # 1 / 0.3048^2, international foot of 1959
_SCALES: Final = {
    "en": ((12, "tn"), (9, "bn"), (6, "m")),
    "id": ((12, "triliun"), (9, "miliar"), (6, "juta")),
}
_MARKS: Final = {"en": str.maketrans("-", _MINUS), "id": str.maketrans(",.-", ".," + _MINUS)}
_MOST_DIGITS: Final = 28  # of a decimal number that can be rounded
_SYMBOLS: Final = {"IDR": "Rp"}


class _Compiled(BytecodeCache):
    """Templates compiled once a process, whatever language and currency they are filled in."""

    def __init__(self) -> None:
        """Start with none."""
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled before."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


_COMPILED: Final = _Compiled()


@dataclass(frozen=True, slots=True)
class Speech:
    """How to say things to one reader.

    Args:
        language: `en` or `id`.
        currency: three letters; money is given in its minor units.
        area_unit: `m2` or `sqft`; areas are always given in square metres.
    """

    language: str
    currency: str
    area_unit: str

    @property
    def messages(self) -> NullTranslations:
        """Return the message catalogue of the language."""
        return catalogue(self.language)

    def _(self, text: str, **values: object) -> str:
        """Return a message in the language, with `%(name)s` filled in."""
        said = self.messages.gettext(text)
        return said % values if values else said

    def n(self, one: str, many: str, count: int, **values: object) -> str:
        """Return the form of a message that fits a count, which fills `%(count)s`."""
        said = self.messages.ngettext(one, many, count)
        return said % {"count": self.number(count), **values}

    def say(self, text: str) -> str:
        """Return a sentence of the other layers in the language; any other text as it stands."""
        if not isinstance(text, Sentence) or not text.template:
            return text
        if isinstance(text, Remark):
            return self._remark(text)
        return self._filled(self.messages.gettext(text.template), text.values)

    def _remark(self, remark: Remark) -> str:
        if isinstance(remark.forms, str):
            return self._filled(self.messages.gettext(remark.forms), remark.values)
        count = remark.values.get("count")
        many = count if isinstance(count, int) else 2
        return self._filled(self.messages.ngettext(*remark.forms, many), remark.values)

    def _filled(self, template: str, values: Mapping[str, object]) -> str:
        """Return a template with its values as the reader writes them."""
        said = []
        for text, name, spec, conversion in Formatter().parse(template):
            said.append(text)
            if name is not None:
                said.append(self._field(name, values[name], spec or "", quoted=bool(conversion)))
        return "".join(said)

    def _field(self, name: str, value: object, spec: str, *, quoted: bool) -> str:
        if isinstance(value, str):
            return format(repr(self.say(value)) if quoted else self.say(value), spec)
        if name in NUMBERED or not isinstance(value, (Real, Decimal)) or isinstance(value, bool):
            return format(value, spec)
        if spec:
            return format(value, spec).translate(_MARKS[self.language])
        if isinstance(value, (int, Decimal)):
            return self.exact(value)
        return self.exact(Decimal(str(value)))

    def told(self, refusal: PlannerError) -> tuple[str, ...]:
        """Return what a refusal says, sentence by sentence."""
        return tuple(map(self.say, refusal.lines))

    def words(self, words: Words) -> str:
        """Return the one of two languages that is spoken."""
        return words[LANGUAGES.index(self.language)]

    def number(self, value: Decimal | int, decimals: int = 0) -> str:
        """Return a number with the language's separators and a true minus.

        >>> speech_of("id").number(Decimal("-6820.5"), 1)
        '−6.820,5'
        """
        return _number(Decimal(value), decimals, self.language)

    def exact(self, value: Decimal | int) -> str:
        """Return a number with all its decimals; what is no number, or far too long, as it is.

        >>> speech_of("id").exact(Decimal("1250.50")), speech_of("en").exact(Decimal("Infinity"))
        ('1.250,50', 'Infinity')
        """
        number = Decimal(value)
        exponent = number.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        if not number.is_finite() or number.adjusted() + decimals >= _MOST_DIGITS:
            return str(value)
        return self.number(number, decimals)

    def percent(self, share: Decimal, decimals: int = 1) -> str:
        """Return a share as a percentage.

        >>> speech_of("en").percent(Decimal("0.9666"))
        '96.7%'
        """
        return self.number(share * 100, decimals) + "%"

    def money(self, amount: Minor, *, exact: bool = False) -> str:
        r"""Return an amount in full; minor digits only where `exact` or not whole rupiah.

        >>> speech_of("en").money(2095000000000)
        'Rp\xa020,950,000,000'
        """
        decimals = digits(self.currency) if exact or self.currency != "IDR" else 0
        return self._with_symbol(to_major(amount, self.currency), decimals, "")

    def money_short(self, amount: Minor, decimals: int = 1) -> str:
        r"""Return an amount in thousands of millions and the like.

        >>> speech_of("en").money_short(2094900000000)
        'Rp\xa020.9\xa0bn'
        >>> speech_of("id").money_short(2095000000000, 2)
        'Rp20,95\xa0miliar'
        """
        major = to_major(amount, self.currency)
        for power, name in _SCALES[self.language]:
            if abs(major) >= Decimal(10) ** power:
                scaled = major.scaleb(-power)
                return self._with_symbol(scaled, decimals, _NBSP + name)
        return self._with_symbol(major, 0, "")

    def money_in(self, amount: Minor, power: int, decimals: int = 2) -> str:
        """Return the bare number of an amount in units of 10^power, for table cells.

        Whole units of the currency stand without decimals, as amounts in words do.
        """
        return self.number(to_major(amount, self.currency).scaleb(-power), decimals if power else 0)

    def spare_decimals(self, amount: Minor) -> int:
        """Return how many decimals a short amount needs to keep two digits: 2.6 m, but 110 m."""
        power, _ = self.money_scale([amount])
        return int(power > 0 and abs(to_major(amount, self.currency)) < Decimal(10) ** (power + 1))

    def money_scale(self, amounts: list[Minor]) -> tuple[int, str]:
        """Return the power of ten and the words for a table head, such as (9, 'Rp bn')."""
        top = max((abs(to_major(amount, self.currency)) for amount in amounts), default=0)
        for power, name in _SCALES[self.language]:
            if top >= Decimal(10) ** power:
                return power, f"{self.symbol}{_NBSP}{name}"
        return 0, self.symbol

    @property
    def symbol(self) -> str:
        """Return the sign of the currency."""
        own = _SYMBOLS.get(self.currency)
        return own or get_currency_symbol(self.currency, locale=self.language)

    def area(self, square_metres: Decimal | int, decimals: int = 0) -> str:
        r"""Return an area in the estate's unit.

        >>> speech_of("en").area(6820)
        '6,820\xa0m²'
        """
        if self.area_unit == "sqft":
            return self.number(Decimal(square_metres) * _SQFT_PER_M2, 0) + _NBSP + "sq ft"
        return self.number(square_metres, decimals) + _NBSP + "m²"

    def date(self, day: dt.date) -> str:
        """Return a date as 24 Nov 2026."""
        return format_date(day, "d MMM y", locale=self.language)

    def long_date(self, day: dt.date) -> str:
        """Return a date as 24 November 2026."""
        return format_date(day, "d MMMM y", locale=self.language)

    def month(self, day: dt.date) -> str:
        """Return a month as Nov 2026."""
        return format_date(day, "MMM y", locale=self.language)

    def weekday(self, day: int) -> str:
        """Return the name of a weekday, 0 is Monday."""
        return str(get_day_names("wide", locale=self.language)[day])

    def weekday_short(self, day: int) -> str:
        """Return the short name of a weekday, 0 is Monday."""
        return str(get_day_names("abbreviated", locale=self.language)[day])

    def listing(self, items: list[str]) -> str:
        """Return items as `a, b and c`."""
        if len(items) < 2:  # noqa: PLR2004  one item needs no joining word
            return "".join(items)
        return self._("%(most)s and %(last)s", most=", ".join(items[:-1]), last=items[-1])

    def environment(self, loader: BaseLoader) -> Environment:
        """Return a Jinja environment that speaks this language."""
        env = Environment(
            loader=loader,
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        install(env, self)
        return env

    def _with_symbol(self, value: Decimal, decimals: int, tail: str) -> str:
        text = self.number(abs(value), decimals) + tail
        minus = _MINUS if value < 0 and text.strip("0.,") else ""
        gap = _NBSP if self.language == "en" and self.symbol[-1].isalpha() else ""
        return f"{minus}{self.symbol}{gap}{text}"


@lru_cache(maxsize=8192)
def _number(value: Decimal, decimals: int, language: str) -> str:
    """Return a number as text; a page says the same areas and counts many times."""
    exact = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(exact), format=pattern, locale=language)
    return _MINUS + text if exact < 0 else text


def install(env: Environment, speech: Speech) -> None:
    """Make an environment's `_`, `ngettext` and `speech` speak a language."""
    env.install_gettext_translations(speech.messages, newstyle=True)  # type: ignore[attr-defined]
    env.globals["speech"] = speech


@cache
def speech_of(language: str, currency: str = "IDR", area_unit: str = "m2") -> Speech:
    """Return the speech of a language; an unknown language is spoken as English."""
    return Speech(language if language in LANGUAGES else "en", currency, area_unit)
