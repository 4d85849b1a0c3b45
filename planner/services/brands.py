"""The owner's logo and colour: who administers sets them, every document carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from planner.db.audit import note
from planner.db.tables import BrandRow
from planner.importers.sandbox import Limits, read_apart
from planner.reports.brand import Brand, colour_of, read_logo
from planner.services.access import Right, require
from planner.services.seen import refuse_changed
from planner.services.uploads import read_upload

if TYPE_CHECKING:
    from planner.db.store import Scope, Store
    from planner.services.access import Actor

_LIMITS = Limits(memory=2 * 1024**3, seconds=20.0, file=4 * 1024**2)


def brand_in(scope: Scope) -> Brand | None:
    """Return the brand of the scope's owner, None where there is none."""
    row = scope.execute(select(BrandRow)).scalars().first()
    return None if row is None else Brand(row.colour, row.logo)


def get_brand(store: Store, actor: Actor) -> Brand:
    """Return the brand of the actor's owner, an empty one where there is none."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        return brand_in(scope) or Brand()


def set_brand(
    store: Store,
    actor: Actor,
    colour: str,
    logo: tuple[bytes, str] | None = None,
    *,
    without_logo: bool = False,
    seen: str | None = None,
) -> Brand:
    """Set the brand and return it.

    Args:
        store: the open database.
        actor: an administrator.
        colour: `#RRGGBB`, "" for ours.
        logo: bytes and name of an uploaded file; None leaves the logo as it is.
        without_logo: take the logo away.
        seen: the key of the brand that the page showed, None to take whatever is there.

    Raises:
        Conflict: somebody set another brand meanwhile.
        InvalidInput: no colour, or no picture.
        ImportRefused: the file is too large, or its reader was stopped.
    """
    require(actor, Right.ADMINISTER)
    chosen = colour_of(colour)
    picture = None
    if logo is not None:
        data, name = logo
        picture = read_upload(data, name, lambda path: read_apart(read_logo, path, _LIMITS))
    with store.writing(actor.owner) as scope:
        row = scope.execute(select(BrandRow).with_for_update()).scalars().first()
        refuse_changed((Brand() if row is None else Brand(row.colour, row.logo)).key, seen)
        if row is None:
            row = BrandRow()
            scope.add(row)
        row.colour = chosen
        if picture is not None or without_logo:
            row.logo = picture or b""
        row.changed_at = store.now()
        note(scope, actor.id, "set", "brand", actor.owner, now=store.now(), detail=chosen)
        return Brand(row.colour, row.logo)
