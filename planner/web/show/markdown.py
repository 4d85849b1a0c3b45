"""The little of Markdown that our own documentation uses, as HTML.

Headings, paragraphs, lists, code, tables, links and pictures of this site; everything else
is text. Nothing that a user enters comes here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_INLINE: Final = re.compile(
    r"`(?P<code>[^`]+)`|!\[(?P<alt>[^\]]*)\]\((?P<picture>[^)\s]+)\)"
    r"|\[(?P<words>[^\]]+)\]\((?P<link>[^)\s]+)\)|\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*"
)
_ITEM: Final = re.compile(r"^(?:[-*]|(?P<number>\d+\.))\s+(?P<text>.*)$")


def html_of(text: str, address: Callable[[str], str] = lambda target: target) -> Markup:
    r"""Return a page of Markdown as HTML.

    Args:
        text: the page.
        address: turns the target of a link into an address of the site.

    >>> str(html_of("# One\n\ntwo *three*"))
    '<h1 id="one">One</h1>\n<p>two <em>three</em></p>'
    """
    return Markup("\n").join(_blocks(text.splitlines(), address))


def title_of(text: str) -> str:
    """Return the first heading of a page."""
    return next((line.lstrip("# ") for line in text.splitlines() if line.startswith("#")), "")


def _blocks(lines: list[str], address: Callable[[str], str]) -> Iterator[Markup]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif line.startswith("```"):
            end = _until(lines, at + 1, lambda one: one.startswith("```"))
            yield Markup("<pre><code>{}</code></pre>").format("\n".join(lines[at + 1 : end]))
            at = end + 1
        elif line.startswith("#"):
            yield _heading(line, address)
            at += 1
        elif line.startswith("|"):
            end = _until(lines, at, lambda one: not one.startswith("|"))
            yield _table(lines[at:end], address)
            at = end
        elif _ITEM.match(line):
            end = _until(lines, at, lambda one: not (_ITEM.match(one) or one.startswith("  ")))
            yield _list(lines[at:end], address)
            at = end
        else:
            end = _until(lines, at, _starts_other)
            end = max(end, at + 1)
            yield Markup("<p>{}</p>").format(_inline(" ".join(lines[at:end]), address))
            at = end


def _until(lines: list[str], start: int, stop: Callable[[str], bool]) -> int:
    return next((at for at in range(start, len(lines)) if stop(lines[at])), len(lines))


def _starts_other(line: str) -> bool:
    return not line.strip() or line.startswith(("#", "```", "|")) or bool(_ITEM.match(line))


def _heading(line: str, address: Callable[[str], str]) -> Markup:
    level = len(line) - len(line.lstrip("#"))
    words = line.lstrip("# ")
    anchor = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    tag = f"h{min(level, 4)}"
    return Markup('<{} id="{}">{}</{}>').format(tag, anchor, _inline(words, address), tag)


def _list(lines: list[str], address: Callable[[str], str]) -> Markup:
    items: list[str] = []
    numbered = False
    for line in lines:
        found = _ITEM.match(line)
        if found:
            numbered = numbered or found["number"] is not None
            items.append(found["text"])
        else:
            items[-1] += " " + line.strip()
    body = Markup("").join(Markup("<li>{}</li>").format(_inline(one, address)) for one in items)
    return Markup("<ol>{}</ol>").format(body) if numbered else Markup("<ul>{}</ul>").format(body)


def _table(lines: list[str], address: Callable[[str], str]) -> Markup:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    head, body = rows[0], rows[2:]

    def cells(row: list[str], tag: str) -> Markup:
        return Markup("").join(
            Markup("<{}>{}</{}>").format(tag, _inline(cell, address), tag) for cell in row
        )

    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(
        head[0],
        cells(head, "th"),
        Markup("").join(Markup("<tr>{}</tr>").format(cells(row, "td")) for row in body),
    )


def _inline(text: str, address: Callable[[str], str]) -> Markup:
    out, last = Markup(""), 0
    for found in _INLINE.finditer(text):
        out += escape(text[last : found.start()])
        out += _mark(found, address)
        last = found.end()
    return out + escape(text[last:])


def _mark(found: re.Match[str], address: Callable[[str], str]) -> Markup:
    if found["code"]:
        return Markup("<code>{}</code>").format(found["code"])
    if found["picture"]:
        return Markup('<img src="{}" alt="{}">').format(address(found["picture"]), found["alt"])
    if found["link"]:
        return Markup('<a href="{}">{}</a>').format(address(found["link"]), found["words"])
    if found["strong"]:
        return Markup("<strong>{}</strong>").format(found["strong"])
    return Markup("<em>{}</em>").format(found["em"])
