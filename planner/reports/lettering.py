"""Words of drawings set whole: WeasyPrint 70 sets the text of an SVG letter by letter.

Set alone, letters of Arabic do not join and stand in the wrong order, no pair is kerned, and each
costs a layout of its own: a proposal has four thousand. Here a text that has one place is handed
to the same function as one piece; any other goes its usual way.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS: Final = ("x", "y", "dx", "dy")
_SPREAD: Final = ("rotate", "letter-spacing", "textLength")


class _Whole(str):
    """A text that is one letter to whoever walks along it."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """Give all of it at once."""
        if self:
            yield str(self)


@cache
def set_words_whole() -> None:
    """Have WeasyPrint set each plain text of a drawing in one piece, from now on."""
    from weasyprint import svg  # noqa: PLC0415  half a second to import

    letters = svg.text

    def words(drawing: Any, node: Any, font_size: float) -> None:
        if node.text and _has_one_place(node):
            node._etree_node.text = _Whole(node.text)  # noqa: SLF001  read back by `letters`
        letters(drawing, node, font_size)

    svg.text = words  # compared with the entries below to find what is a text
    for tag, draw in svg.TAGS.items():
        if draw is letters:
            svg.TAGS[tag] = words


def _has_one_place(node: Any) -> bool:
    return not any(node.get(name) for name in _SPREAD) and not any(
        len(node.get(name, "").replace(",", " ").split()) > 1 for name in _LISTS
    )
