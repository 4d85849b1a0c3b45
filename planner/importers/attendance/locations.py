"""Location logs: a person within a building's radius was there; positions are not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from planner.errors import ImportRefused, sentence
from planner.importers.attendance.coding import coded
from planner.importers.attendance.events import Reading, read_events

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.importers.attendance.chunks import Block, Source
    from planner.importers.attendance.options import Options, Site
    from planner.importers.attendance.report import AttendanceReport

EARTH_M: Final = 6_371_008.8
"""Mean radius of the earth, metres (IUGG)."""


def read_locations(
    source: Source, columns: Mapping[str, int], options: Options
) -> AttendanceReport:
    """Return team-days of a log of positions: inside any building's radius, or not counted.

    Args:
        source: the file.
        columns: of `time`, `person`, `latitude`, `longitude` and, if there is one, `team`.
        options: what the user says; `sites` are the buildings.

    Raises:
        ImportRefused: no building is given, no teams, or times without a zone.
    """
    if not options.sites:
        raise ImportRefused(
            sentence(
                "{name} holds positions: say where the buildings are (latitude, longitude and"
                " radius in metres of each)",
                name=source.name,
            )
        )
    return read_events(source, columns, options, kind="locations", stamp="time", pick=_inside)


def distance_m(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64], site: Site
) -> NDArray[np.float64]:
    """Return metres along the surface from each position to a building's centre.

    Source:
        Haversine formula; Sinnott (1984), "Virtues of the haversine", Sky and Telescope 68.
    """
    here, there = np.radians(latitude), np.radians(site.latitude)
    across = np.radians(longitude - site.longitude)
    half = np.sin((here - there) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(across / 2) ** 2
    metres: NDArray[np.float64] = 2 * EARTH_M * np.arcsin(np.sqrt(np.minimum(1, half)))
    return metres


def _inside(reading: Reading, block: Block) -> NDArray[np.bool_]:
    latitude, longitude = (_degrees(block.cells[name]) for name in ("latitude", "longitude"))
    wrong = ~((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180))  # noqa: PLR2004  degrees
    reading.refuse_where(
        wrong, block, lambda _: sentence("latitude and longitude are no position in degrees")
    )
    inside = np.zeros(len(block.rows), np.bool_)
    for site in reading.options.sites.values():
        inside |= distance_m(latitude, longitude, site) <= site.radius_m
    outside = int((~inside & ~wrong).sum())
    if outside:
        reading.left_out[sentence("outside every building")] += outside
    return inside & ~wrong


def _degrees(texts: NDArray[np.bytes_]) -> NDArray[np.float64]:
    numbers, distinct = coded(texts)
    return np.array([_degree(text) for text in distinct], np.float64)[numbers]


def _degree(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return float("nan")
