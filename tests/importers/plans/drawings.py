"""Drawings made for tests: the habits of several CAD programs, written with ezdxf."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ezdxf
from ezdxf import units

if TYPE_CHECKING:
    from pathlib import Path

    from ezdxf.document import Drawing

ROOMS = (  # number, name, left, bottom, width, height in metres
    ("1.01", "Ruang Rapat", 0, 0, 5, 4),
    ("1.02", "Ruang Kerja", 5, 0, 6, 4),
    ("1.03", "Tangga", 11, 0, 3, 4),
    ("1.04", "Pantri", 0, 4, 4, 3),
)
AREAS = [20.0, 24.0, 12.0, 12.0]


def drawing(unit: int = units.M, version: str = "R2018", **header: object) -> Drawing:
    """Return an empty drawing with a unit in its header."""
    doc = ezdxf.new(version)
    doc.units = unit
    for name, value in header.items():
        doc.header[f"${name}"] = value
    return doc


def corners(left, bottom, width, height, scale=1.0):
    """Return the corners of a rectangle."""
    right, top = left + width, bottom + height
    points = ((left, bottom), (right, bottom), (right, top), (left, top))
    return [(x * scale, y * scale) for x, y in points]


def add_rooms(space, layer="ROOMS", scale=1.0, rooms=ROOMS, text_layer="LABELS"):
    """Draw the rooms as closed polylines with a number above a name."""
    for number, name, *box in rooms:
        space.add_lwpolyline(corners(*box, scale), close=True, dxfattribs={"layer": layer})
        add_label(space, number, name, box, scale, text_layer)


def add_label(space, number, name, box, scale=1.0, layer="LABELS"):
    """Write a number and a name inside a box."""
    left, bottom, width, height = box
    place = ((left + width * 0.2) * scale, (bottom + height * 0.6) * scale)
    below = ((left + width * 0.2) * scale, (bottom + height * 0.3) * scale)
    look = {"layer": layer, "height": 0.2 * scale}
    space.add_text(number, dxfattribs=look).set_placement(place)
    space.add_text(name, dxfattribs=look).set_placement(below)


def saved(doc: Drawing, folder: Path, name: str = "plan.dxf") -> Path:
    """Return the file that a drawing was written to."""
    path = folder / name
    doc.saveas(path)
    return path
