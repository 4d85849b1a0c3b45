"""What a reader returned, as bytes for a row: JSON, and the pictures behind it."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from planner.errors import PlannerError
from planner.importers.plans import PlanReport

if TYPE_CHECKING:
    from planner.importers.plans import PlanFloor

_SHAPE: Final = TypeAdapter(PlanReport)
_LENGTH: Final = 8


def pack_report(report: PlanReport) -> bytes:
    """Return a report as bytes."""
    pictures = [b"" if one.backdrop is None else one.backdrop.png for one in report.floors]
    bare = replace(report, floors=tuple(_with_png(one, b"") for one in report.floors))
    text = zlib.compress(_SHAPE.dump_json(bare), 6)
    return b"".join(len(part).to_bytes(_LENGTH, "big") + part for part in (text, *pictures))


def unpack_report(packed: bytes) -> PlanReport:
    """Return the report that bytes hold.

    Raises:
        PlannerError: not such bytes; the file has to be read again.
    """
    parts = []
    while packed:
        size = int.from_bytes(packed[:_LENGTH], "big")
        parts.append(packed[_LENGTH : _LENGTH + size])
        packed = packed[_LENGTH + size :]
    try:
        report = _SHAPE.validate_json(zlib.decompress(parts[0]))
        pairs = zip(report.floors, parts[1:], strict=True)
    except (IndexError, ValueError, zlib.error, ValidationError) as failure:
        raise PlannerError(
            "What was read of a plan file cannot be used; read it again."
        ) from failure
    return replace(report, floors=tuple(_with_png(one, png) for one, png in pairs))


def _with_png(floor: PlanFloor, png: bytes) -> PlanFloor:
    if floor.backdrop is None:
        return floor
    return replace(floor, backdrop=replace(floor.backdrop, png=png))
