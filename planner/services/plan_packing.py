"""What a reader returned, as bytes for a row: JSON, and the pictures behind it."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from planner.errors import PlannerError, sentence
from planner.importers.plans import PlanReport, PlanWarning
from planner.sentences import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.importers.plans import PlanFloor

_SHAPE: Final = TypeAdapter(PlanReport)
_LENGTH: Final = 8


def pack_report(report: PlanReport) -> bytes:
    """Return a report as bytes."""
    pictures = [b"" if one.backdrop is None else one.backdrop.png for one in report.floors]
    bare = replace(
        report,
        floors=tuple(_with_png(one, b"") for one in report.floors),
        warnings=tuple(_as(packed, one) for one in report.warnings),
    )
    text = zlib.compress(_SHAPE.dump_json(bare), 6)
    return b"".join(len(part).to_bytes(_LENGTH, "big") + part for part in (text, *pictures))


def unpack_report(stored: bytes) -> PlanReport:
    """Return the report that bytes hold.

    Raises:
        PlannerError: not such bytes; the file has to be read again.
    """
    parts = []
    while stored:
        size = int.from_bytes(stored[:_LENGTH], "big")
        parts.append(stored[_LENGTH : _LENGTH + size])
        stored = stored[_LENGTH + size :]
    try:
        report = _SHAPE.validate_json(zlib.decompress(parts[0]))
        pairs = zip(report.floors, parts[1:], strict=True)
    except (IndexError, ValueError, zlib.error, ValidationError) as failure:
        raise PlannerError(
            sentence("What was read of a plan file cannot be used; read it again.")
        ) from failure
    return replace(
        report,
        floors=tuple(_with_png(one, png) for one, png in pairs),
        warnings=tuple(_as(unpacked, one) for one in report.warnings),
    )


def _as(turn: Callable[[str], str], warning: PlanWarning) -> PlanWarning:
    return PlanWarning(warning.code, turn(warning.message), turn(warning.where))


def _with_png(floor: PlanFloor, png: bytes) -> PlanFloor:
    if floor.backdrop is None:
        return floor
    return replace(floor, backdrop=replace(floor.backdrop, png=png))
