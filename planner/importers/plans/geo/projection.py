"""Between degrees on the globe and metres about a building."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.importers.plans.report import Point


@dataclass(frozen=True, slots=True)
class Projection:
    """Metres east and north of an anchor; across a campus exact to a few millimetres.

    Args:
        longitude, latitude: of the anchor, degrees (WGS 84).
        bearing: degrees that the building's y axis is turned clockwise from north.

    Source:
        Series for the length of a degree on the WGS 84 ellipsoid, as in US National
        Geospatial-Intelligence Agency, "Length of a degree of latitude and longitude".
    """

    longitude: float
    latitude: float
    bearing: float = 0.0

    @property
    def _degree(self) -> tuple[float, float]:
        """Return the metres in a degree of longitude and of latitude."""
        phi = math.radians(self.latitude)
        east = 111_412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi) + 0.118 * math.cos(5 * phi)
        north = (
            111_132.92
            - 559.82 * math.cos(2 * phi)
            + 1.175 * math.cos(4 * phi)
            - 0.0023 * math.cos(6 * phi)
        )
        return east, north

    def metres(self, longitude: float, latitude: float) -> Point:
        """Return a place in metres from the anchor."""
        east, north = self._degree
        x, y = (longitude - self.longitude) * east, (latitude - self.latitude) * north
        turn = math.radians(self.bearing)
        cos, sin = math.cos(turn), math.sin(turn)
        return (x * cos - y * sin, x * sin + y * cos)

    def degrees(self, x: float, y: float) -> Point:
        """Return longitude and latitude of a place given in metres from the anchor."""
        east, north = self._degree
        turn = math.radians(self.bearing)
        cos, sin = math.cos(turn), math.sin(turn)
        to_east, to_north = x * cos + y * sin, -x * sin + y * cos
        return (self.longitude + to_east / east, self.latitude + to_north / north)
