"""Sentences that can be said in another language later: English text that keeps its parts.

A refusal or a remark is made where nobody knows who will read it. It is a plain English text
wherever a text is wanted, and a reader's speech says it again from its template and values.
"""

from __future__ import annotations

import json
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any, Final, Self

from planner.errors import Sentence
from planner.errors import sentence as said_again

if TYPE_CHECKING:
    from collections.abc import Mapping

Template = str | tuple[str, str]
"""An English sentence with `{name}` where a value goes; two of them for one and for several."""

_PACKED: Final = "\x1e"
"""Record separator: no sentence begins with it."""


NUMBERED: Final = frozenset(
    {
        "current", "day_first", "earlier", "earliest_year", "filled", "line_num", "month_first",
        "number", "row", "seen", "serial", "twin", "version", "wave", "year",
    }
)  # fmt: skip
"""Values that say which one, not how many; they stand without separators."""


class Remark(Sentence):
    """A sentence that may have a form for one thing, and whose numbers are said as numbers."""

    __slots__ = ("forms",)

    forms: Template

    def __new__(cls, forms: Template, values: Mapping[str, object]) -> Self:
        """Return the English sentence."""
        template = forms if isinstance(forms, str) else forms[values.get("count") != 1]
        shown = {
            name: str(value) if name in NUMBERED else _english(value)
            for name, value in values.items()
        }
        made = super().__new__(cls, template.format(**shown))
        made.forms, made.template = forms, template
        made.values = {
            name: value if isinstance(value, (Sentence, int, Decimal)) else str(value)
            for name, value in values.items()
        }
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the parts when a reading child hands a sentence over."""
        return Remark, (self.forms, dict(self.values))


def N_(text: str) -> str:  # noqa: N802  the name under which translators' tools look
    """Mark a sentence for translation and return it unchanged."""
    return text


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Mark a sentence about one thing and about `{count}` things; return both."""
    return one, many


def told(template: Template, **values: object) -> Remark:
    """Return a sentence; mark the template with `N_` or `ngettext` so that it is translated.

    >>> told(ngettext("{count} room", "{count} rooms"), count=1200)
    '1,200 rooms'
    """
    return Remark(template, values)


def fixed(value: float | Decimal, decimals: int) -> Decimal:
    """Return a number with so many decimals, as it is to be said.

    >>> told("{area} m²", area=fixed(1234.56, 1))
    '1,234.6 m²'
    """
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


def packed(text: str) -> str:
    """Return a text that can be stored and of which `unpacked` makes the same sentence."""
    if not isinstance(text, Sentence):
        return text
    return _PACKED + json.dumps(_plain(text), ensure_ascii=False)


def unpacked(text: str) -> str:
    """Return the sentence that `packed` stored; any other text as it is."""
    if not text.startswith(_PACKED):
        return text
    try:
        made = _made(json.loads(text[1:]))
        return made if isinstance(made, Sentence) else str(made)
    except (ValueError, KeyError, TypeError, IndexError):
        return text[1:]


def _english(value: object) -> str:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


def _plain(value: object) -> object:
    if isinstance(value, Sentence):
        parts = {name: _plain(one) for name, one in value.values.items()}
        if not isinstance(value, Remark):
            return {"sentence": value.template, "of": parts}
        return {"say": value.forms, "of": parts}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return value if isinstance(value, (int, float)) else str(value)


def _made(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "number" in value:
        return Decimal(value["number"])
    values = {name: _made(one) for name, one in value["of"].items()}
    if "sentence" in value:
        return said_again(value["sentence"], **values)
    forms = value["say"]
    return Remark(forms if isinstance(forms, str) else (forms[0], forms[1]), values)
