"""Length units: what files call them, and which one makes the rooms the size of rooms."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused
from planner.importers.plans.report import Scale
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Sequence

METRES: Final = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254, "ft": 0.3048}
INSUNITS: Final = {1: "in", 2: "ft", 4: "mm", 5: "cm", 6: "m", 14: "dm", 21: "ft"}
"""`$INSUNITS` of a DXF header, as far as buildings are drawn in them."""
_DECIMETRE: Final = 0.1
_ALIASES: Final = {
    "millimeter": "mm",
    "millimetre": "mm",
    "centimeter": "cm",
    "centimetre": "cm",
    "meter": "m",
    "metre": "m",
    "inch": "in",
    "inche": "in",
    '"': "in",
    "foot": "ft",
    "feet": "ft",
    "'": "ft",
    "dm": "dm",
}
_TYPICAL_M2: Final = 17.0
"""Middle of 5 and 60 m² by ratio: between them the median room of real floors lies."""
_PLAUSIBLE_M2: Final = (4.0, 120.0)
_FEW_ROOMS: Final = 5
_POSSIBLE_M2: Final = (1.0, 2000.0)
"""Few rooms, as of an open-plan floor, may be large: the header is believed, and asked about."""
_AREA: Final = {
    "m2": 1.0,
    "ft2": 0.09290304,
    "cm2": 0.0001,
    "mm2": 0.000001,
    "in2": 0.00064516,
    "yd2": 0.83612736,
    "ha": 10_000.0,
}


def metres_in(unit: str) -> tuple[str, float]:
    """Return the name and length in metres of a unit that somebody typed.

    >>> metres_in("Feet"), metres_in("0.05")
    (('ft', 0.3048), ('0.05 m', 0.05))

    Raises:
        ImportRefused: no unit.
    """
    word = unit.strip().lower()
    word = _ALIASES.get(word, _ALIASES.get(word.rstrip("s"), word))
    if word in METRES:
        return word, METRES[word]
    if word == "dm":
        return "dm", _DECIMETRE
    try:
        metres = float(word.replace(",", "."))
    except ValueError:
        metres = math.nan
    if not math.isfinite(metres) or not metres > 0:
        raise ImportRefused(
            told(
                N_("{unit} is no length unit; say {names}, or metres in one unit as 0.0254."),
                unit=repr(unit),
                names=", ".join(METRES),
            )
        )
    return f"{metres:g} m", metres


def square_metres_in(text: str) -> float | None:
    """Return the square metres in a unit of area as files write it, None if it is none.

    >>> square_metres_in("square meters"), square_metres_in("SquareFeet"), square_metres_in("sf")
    (1.0, 0.09290304, 0.09290304)
    """
    word = "".join(text.lower().replace("²", "2").replace("^", "").split()).strip("()[].")
    word = word.replace("square", "sq").replace("metres", "m").replace("meters", "m")
    word = word.replace("metre", "m").replace("meter", "m").replace("persegi", "2")
    word = word.replace("feet", "ft").replace("foot", "ft").replace("kaki", "ft")
    word = word.replace("inches", "in").replace("inch", "in").replace(".", "").replace("_", "")
    names = {"sqm": "m2", "qm": "m2", "mq": "m2", "msq": "m2", "sqft": "ft2", "sf": "ft2"}
    names |= {"ftsq": "ft2", "sqin": "in2", "sqmm": "mm2", "sqcm": "cm2", "sqyd": "yd2"}
    names |= {"sqmillim": "mm2", "sqcentim": "cm2", "平方米": "m2", "㎡": "m2", "hectare": "ha"}
    return _AREA.get(names.get(word, word))


def scale_of(
    areas: Sequence[float],
    *,
    headers: Sequence[str | None],
    metric: bool | None,
    stated: str | None,
    declared: Sequence[tuple[float, float]] = (),
) -> Scale:
    """Return the length unit of a drawing.

    What the user says counts; then areas written in the rooms; then the header, if the
    median room comes out at 4 to 120 m² by it; else the unit that makes it most ordinary.

    Args:
        areas: of the rooms, in square drawing units.
        headers: the units that the file names or is known to use, the surest first.
        metric: whether the file says that it is metric.
        stated: the unit that the user says.
        declared: pairs of drawn area in square units and the square metres written inside.

    Source:
        Of six drawings with a unit in their header two were wrong; the median room of all
        lay between 5 and 60 m².
    """
    if stated:
        name, metres = metres_in(stated)
        return Scale(name, metres, "stated")
    known = [unit for unit in headers if unit is not None]
    by_text = _by_declared(declared)
    if by_text is not None:
        return Scale(by_text, METRES[by_text], "header" if by_text in known else "guessed")
    if not areas:
        if not known:
            return Scale("unknown", None, "unknown", sure=False)
        return Scale(known[0], metres_in(known[0])[1], "header", sure=False)
    middle = median(areas)
    by_header = _by_header(known, middle, few=len(areas) < _FEW_ROOMS)
    if by_header is not None:
        return by_header
    usual = {True: ("mm", "cm", "m"), False: ("in", "ft")}
    names = [name for name in METRES if _plausible(middle * METRES[name] ** 2)]
    likely = [name for name in names if metric is not None and name in usual[metric]]
    best = min(likely or names or METRES, key=lambda name: _oddness(middle * METRES[name] ** 2))
    return Scale(best, METRES[best], "guessed", sure=False)


def _by_header(units: Sequence[str], middle: float, *, few: bool) -> Scale | None:
    """Return the first unit of a header by which rooms may have the size that they have."""
    low, high = _POSSIBLE_M2
    for unit in units:
        metres = metres_in(unit)[1]
        if _plausible(middle * metres**2):
            return Scale(unit, metres, "header")
        if few and low <= middle * metres**2 <= high:
            return Scale(unit, metres, "header", sure=False)
    return None


def _by_declared(pairs: Sequence[tuple[float, float]]) -> str | None:
    """Return the unit by which drawn areas equal the written ones, within 15%."""
    few = 3
    tolerance = 1.15
    if len(pairs) < few:
        return None
    ratio = median(drawn / written for drawn, written in pairs if written > 0)
    best = min(METRES, key=lambda name: abs(math.log(ratio * METRES[name] ** 2)))
    return best if abs(math.log(ratio * METRES[best] ** 2)) < math.log(tolerance) else None


def _plausible(area_m2: float) -> bool:
    return _PLAUSIBLE_M2[0] <= area_m2 <= _PLAUSIBLE_M2[1]


def _oddness(area_m2: float) -> float:
    return abs(math.log(max(area_m2, 1e-12) / _TYPICAL_M2))
