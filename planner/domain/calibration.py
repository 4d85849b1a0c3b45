"""The scale of a picture: a known length on it, and a second one that must agree."""

from __future__ import annotations

from dataclasses import dataclass
from math import dist
from typing import TYPE_CHECKING, Any, Final

from planner.errors import InvalidInput, Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

Point = tuple[float, float]

MOST_DIFFERENCE: Final = 0.02
"""Share by which the scales of the two lengths may differ."""
SHORTEST_PX: Final = 20.0
LONGEST_M: Final = 2000.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A length on a picture: two points in pixels from the upper left corner, and metres."""

    start: Point
    end: Point
    metres: float

    @property
    def pixels(self) -> float:
        """Return its length on the picture."""
        return dist(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How pixels of a picture become metres of a floor.

    Args:
        metres_per_px: the scale.
        height_px: of the picture, since pixels count down and metres up.
        origin: metres of the picture's lower left corner.
        lengths: what the scale was worked out from; none where the file itself gave it.
    """

    metres_per_px: float
    height_px: int
    origin: Point = (0.0, 0.0)
    lengths: tuple[Measured, ...] = ()

    def to_metres(self, pixel: Point) -> Point:
        """Return the place on the floor of a pixel."""
        x, y = pixel
        return (
            self.origin[0] + x * self.metres_per_px,
            self.origin[1] + (self.height_px - y) * self.metres_per_px,
        )

    def to_pixel(self, place: Point) -> Point:
        """Return the pixel of a place on the floor."""
        x, y = place
        return (
            (x - self.origin[0]) / self.metres_per_px,
            self.height_px - (y - self.origin[1]) / self.metres_per_px,
        )

    def to_json(self) -> dict[str, object]:
        """Return it as a row can hold it."""
        return {
            "metres_per_px": self.metres_per_px,
            "origin": list(self.origin),
            "lengths": [[*one.start, *one.end, one.metres] for one in self.lengths],
        }


def calibrated(
    first: Measured, check: Measured, height_px: int, origin: Point = (0.0, 0.0)
) -> Calibration:
    """Return the scale that two lengths give together.

    Raises:
        InvalidInput: a length that is too short or no length, or two that disagree by more
            than 2%; fields `first` and `check` carry what is wrong.
    """
    problems = [
        Problem(name, said)
        for name, one in (("first", first), ("check", check))
        if (said := _wrong(one))
    ]
    if not problems and {first.start, first.end} == {check.start, check.end}:
        problems.append(
            Problem(
                sentence("check"),
                sentence("The check is the same line again; choose another dimension."),
            )
        )
    if problems:
        raise InvalidInput(problems)
    off = difference(first, check)
    if off > MOST_DIFFERENCE:
        raise InvalidInput(
            [
                Problem(
                    sentence("check"),
                    sentence(
                        "The first length makes a pixel {metres:.5f} m, this one {other:.5f} m; "
                        "they differ by {off:.1%}, and at most {most:.0%} is taken. "
                        "Look at both points and both lengths again.",
                        metres=first.metres / first.pixels,
                        other=check.metres / check.pixels,
                        off=off,
                        most=MOST_DIFFERENCE,
                    ),
                )
            ]
        )
    scale = (first.metres + check.metres) / (first.pixels + check.pixels)
    return Calibration(scale, height_px, origin, (first, check))


def difference(first: Measured, check: Measured) -> float:
    """Return by which share of the first the scales of two lengths differ.

    >>> difference(Measured((0, 0), (100, 0), 10), Measured((0, 0), (0, 50), 5.1))
    0.02
    """
    one, other = first.metres / first.pixels, check.metres / check.pixels
    return round(abs(other - one) / one, 6)


def calibration_from(stored: Mapping[str, Any], height_px: int) -> Calibration | None:
    """Return the calibration that a row holds, None where the picture has no scale yet."""
    if not stored:
        return None
    lengths = tuple(
        Measured((x1, y1), (x2, y2), metres) for x1, y1, x2, y2, metres in stored["lengths"]
    )
    x, y = stored["origin"]
    return Calibration(stored["metres_per_px"], height_px, (x, y), lengths)


def _wrong(one: Measured) -> str:
    if one.pixels < SHORTEST_PX:
        return sentence(
            "The two points are {pixels:.0f} pixels apart; choose points at least "
            "{shortest_px:.0f} apart, the further the better.",
            pixels=one.pixels,
            shortest_px=SHORTEST_PX,
        )
    if not 0 < one.metres <= LONGEST_M:
        return sentence(
            "A length of {metres:g} m is not possible; enter metres, for example 12.40.",
            metres=one.metres,
        )
    return ""
