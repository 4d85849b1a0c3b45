"""Drawn floors for maps and room booking: a building as an IMDF archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import InvalidInput
from planner.importers.plans.stored import stored_floors
from planner.sentences import N_, told

if TYPE_CHECKING:
    import datetime as dt

    from planner.domain.estate import Estate


def imdf_archive(estate: Estate, building: str, today: dt.date) -> bytes:
    """Return the drawn floors of a building as the zip of an IMDF archive.

    Raises:
        InvalidInput: nothing is drawn, or nobody said where the building stands.
    """
    from planner.importers.plans.geo.imdf_out import Place, imdf_of  # noqa: PLC0415  slow to import

    home = estate.building_of[building]
    if home.latitude is None or home.longitude is None:
        raise InvalidInput(
            told(
                N_(
                    "Building {building} has no place on the globe; enter its latitude and "
                    "longitude in its record, then export it again."
                ),
                building=building,
            )
        )
    header = estate.header
    place = Place(float(home.longitude), float(home.latitude), country=header.country)
    return imdf_of(stored_floors(estate, building), home.name, place, today, header.language)
