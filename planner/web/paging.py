"""Long lists, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from flask import request, url_for

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
PER_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a list.

    Args:
        rows: of this page.
        number: of this page, 1 is the first.
        count: of pages, at least 1.
        total: rows of all pages.
    """

    rows: Sequence[T]
    number: int
    count: int
    total: int

    def url(self, number: int) -> str:
        """Return the address of another page of the same list."""
        arguments = {**(request.view_args or {}), **request.args.to_dict(), "page": number}
        return url_for(str(request.endpoint), **arguments)


def page_of(rows: Sequence[T], per_page: int = PER_PAGE) -> Page[T]:
    """Return the page that the request asks for; one beyond the last is the last."""
    count = max(1, -(-len(rows) // per_page))
    number = min(max(request.args.get("page", 1, type=int), 1), count)
    return Page(rows[(number - 1) * per_page : number * per_page], number, count, len(rows))
