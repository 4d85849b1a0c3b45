"""Documents of a plan: rendered once, kept by the hash of what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from planner.db.store import Store
    from planner.services.access import Actor

Language = Literal["en", "id"]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to download.

    Args:
        name: file name without a path, safe on any system.
        media_type: for the Content-Type header.
        data: the bytes.
        hash: SHA-256 of the bytes in hexadecimal; serves as ETag.
    """

    name: str
    media_type: str
    data: bytes
    hash: str


def proposal_pdf(store: Store, actor: Actor, plan_id: str, language: Language) -> Document:
    """Return the proposal of a plan.

    Raises:
        NotFound: no such plan of this owner.
    """
    raise NotImplementedError


def model_xlsx(store: Store, actor: Actor, plan_id: str, language: Language) -> Document:
    """Return the workbook that recomputes the money with live formulas."""
    raise NotImplementedError


def moves_csv(store: Store, actor: Actor, plan_id: str) -> Document:
    """Return the list of moves; text that a spreadsheet would take for a formula is quoted."""
    raise NotImplementedError


def plan_json(store: Store, actor: Actor, plan_id: str) -> Document:
    """Return the plan itself, as `planner check` reads it."""
    raise NotImplementedError
