"""Single records of an estate, alike for every sheet; and rows pasted from a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import SQLModel

    from planner.db.store import Store
    from planner.services.access import Actor
    from planner.services.estates import Stored

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "estate": (),
    "buildings": ("code",),
    "floors": ("code",),
    "spaces": ("floor", "number"),
    "teams": ("code",),
    "seating": ("team", "floor", "unit"),
    "attendance": ("date", "team"),
    "near": ("team", "other"),
    "rules": ("rule", "subject", "object"),
    "assumptions": ("key",),
}
"""The fields by which a record of each sheet is named."""

Key = tuple[str, ...]
"""Values of a sheet's `KEYS` as text; dates as 2026-11-03."""


def record_from(sheet: str, values: Mapping[str, object]) -> SQLModel:
    """Return the frozen record that form values stand for.

    Text is trimmed; a blank takes the field's default. Numbers are read without grouping.

    Raises:
        InvalidInput: every wrong field with place `column NAME`, the value and what to enter.
        NotFound: no such sheet.
    """
    raise NotImplementedError


def get_record(store: Store, actor: Actor, estate_id: str, sheet: str, key: Key) -> SQLModel:
    """Return one record.

    Raises:
        NotFound: no such estate, sheet or record.
    """
    raise NotImplementedError


def put_record(
    store: Store,
    actor: Actor,
    estate_id: str,
    sheet: str,
    key: Key | None,
    *,
    values: Mapping[str, object],
    version: int,
) -> Stored:
    """Add a record (`key` None) or change the one that `key` names.

    A code that changes is followed by every record that refers to it.

    Raises:
        InvalidInput: wrong fields, a duplicate, or a reference to what is not there.
        Conflict: the estate changed since `version`.
    """
    raise NotImplementedError


def delete_record(
    store: Store, actor: Actor, estate_id: str, sheet: str, key: Key, *, version: int
) -> Stored:
    """Delete a record.

    Raises:
        InvalidInput: others still refer to it; they are named.
    """
    raise NotImplementedError


def bulk_paste(
    store: Store, actor: Actor, estate_id: str, sheet: str, text: str, *, version: int
) -> Stored:
    """Store rows pasted from a spreadsheet: headings first, cells parted by tabs.

    A row whose key is on record changes it, another adds one; all rows or none.

    Raises:
        InvalidInput: every error with its row and column.
    """
    raise NotImplementedError


def undo(store: Store, actor: Actor, estate_id: str, version: int) -> Stored:
    """Take back the last change of the estate, as a new version.

    Raises:
        Conflict: the estate changed since `version`, or nothing is there to take back.
    """
    raise NotImplementedError
