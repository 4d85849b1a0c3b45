"""Estates: create, read, import and export as a whole; single records are in `records`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planner.db.store import Store
    from planner.domain.estate import Estate
    from planner.domain.records import Header
    from planner.errors import Problem
    from planner.services.access import Actor


@dataclass(frozen=True, slots=True)
class EstateSummary:
    """One line of the list of estates."""

    id: str
    name: str
    version: int
    currency: str
    generated: bool
    buildings: int
    floors: int
    teams: int
    people: int
    seats: int
    changed_at: dt.datetime


class EstateNow(NamedTuple):
    """An estate as it stands, with the version that a change must name."""

    estate: Estate
    version: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What a change to an estate did.

    Args:
        estate_id: the estate.
        version: it has now.
        warnings: what the records say together that stands in the way of a plan; stored all
            the same, since forms are filled in one after the other.
        records: how many records were stored.
    """

    estate_id: str
    version: int
    warnings: tuple[Problem, ...] = ()
    records: int = 0


def list_estates(store: Store, actor: Actor) -> tuple[EstateSummary, ...]:
    """Return the owner's estates by name."""
    raise NotImplementedError


def create_estate(store: Store, actor: Actor, header: Header) -> Stored:
    """Create an estate with nothing in it yet."""
    raise NotImplementedError


def add_estate(store: Store, actor: Actor, estate: Estate) -> Stored:
    """Store a whole estate as a new one, for example the demo."""
    raise NotImplementedError


def get_estate(store: Store, actor: Actor, estate_id: str) -> EstateNow:
    """Return the frozen estate and its version.

    Raises:
        NotFound: no such estate of this owner.
    """
    raise NotImplementedError


def problems(store: Store, actor: Actor, estate_id: str) -> tuple[Problem, ...]:
    """Return everything that stands in the way of a plan for this estate."""
    raise NotImplementedError


def delete_estate(store: Store, actor: Actor, estate_id: str, version: int) -> None:
    """Delete an estate with its plans; refused while a proposal of it is submitted or approved."""
    raise NotImplementedError


def import_workbook(
    store: Store,
    actor: Actor,
    data: bytes,
    filename: str,
    *,
    estate_id: str | None = None,
    version: int | None = None,
) -> Stored:
    """Store a workbook as a new estate, or in place of one; all of it or nothing.

    Raises:
        ImportRefused: with every error by sheet, row and column.
        Conflict: the estate changed since `version`.
    """
    raise NotImplementedError


def export_workbook(store: Store, actor: Actor, estate_id: str) -> bytes:
    """Return the estate as a workbook."""
    raise NotImplementedError


def import_attendance(
    store: Store, actor: Actor, estate_id: str, data: bytes, filename: str, *, version: int
) -> Stored:
    """Add attendance from a file to the estate; a team-day on record is replaced."""
    raise NotImplementedError


def import_floor_plan(
    store: Store,
    actor: Actor,
    estate_id: str,
    data: bytes,
    filename: str,
    *,
    version: int,
    building: str | None = None,
) -> Stored:
    """Add the floors and spaces of a plan file; those of the same code are replaced.

    `building` is the code of the building they belong to; None takes the file's own name.
    """
    raise NotImplementedError


def history(store: Store, actor: Actor, estate_id: str) -> Sequence[tuple[dt.datetime, str, str]]:
    """Return the changes of an estate, newest first: when, by whom, what."""
    raise NotImplementedError
