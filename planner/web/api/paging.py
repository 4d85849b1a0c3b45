"""Long lists a page at a time."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, Field

from planner.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

Item = TypeVar("Item")


class Paging(BaseModel):
    """Which part of a list."""

    limit: int = Field(default=100, ge=1, le=1000, description="At most so many items.")
    after: str = Field(
        default="", max_length=40, description="The `next` of the page before; empty for the first."
    )


def cut(items: Sequence[Item], paging: Paging) -> tuple[list[Item], str | None]:
    """Return the items of one page and where the next begins, None after the last.

    Raises:
        InvalidInput: `after` is not what a page before gave.
    """
    start = _start(paging.after)
    end = start + paging.limit
    following = base64.urlsafe_b64encode(b"at%d" % end).decode() if end < len(items) else None
    return list(items[start:end]), following


def _start(after: str) -> int:
    if not after:
        return 0
    try:
        text = base64.urlsafe_b64decode(after.encode()).decode()
        if text.startswith("at") and text[2:].isascii() and text[2:].isdigit():
            return int(text[2:])
    except (binascii.Error, ValueError):
        pass
    raise InvalidInput([Problem("parameter after", f"{after!r} is no `next` of a page before")])
