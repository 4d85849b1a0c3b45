"""Days on which offices are shut: public holidays and, in Indonesia, joint leave too."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import holidays as catalogue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


@cache
def holidays_of(country: str, first_year: int, last_year: int) -> Mapping[dt.date, str]:
    """Return the holidays of a country by date, with their English names where there are any.

    Joint leave (cuti bersama) is decreed yearly; the catalogue calls it a government holiday.

    Args:
        country: two letters (ISO 3166); an unknown one has no holidays.
        first_year: first of the years wanted.
        last_year: last of them, included.
    """
    supported = catalogue.list_supported_countries(include_aliases=False)
    if country not in supported:
        return {}
    years = range(first_year, last_year + 1)
    official = catalogue.country_holidays(
        country,
        years=years,
        language="en_US",
        categories=("public", "government") if country == "ID" else ("public",),
    )
    return dict(sorted(official.items()))
