"""DXF, text and binary: opened strictly, mended only where the file is whole."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any, Final

from ezdxf import filemanagement, recover
from ezdxf.lldxf.const import DXFError

from planner.errors import ImportRefused
from planner.importers.plans.cad.plan import report_of
from planner.importers.plans.cad.unfolding import unfold
from planner.sentences import N_, told

if TYPE_CHECKING:
    from pathlib import Path

    from planner.importers.plans.choices import Choices
    from planner.importers.plans.report import PlanReport

_BROKEN: Final = (
    DXFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    TypeError,
    struct.error,
)
_BINARY: Final = b"AutoCAD Binary DXF"


def read(path: Path, choices: Choices) -> PlanReport:
    """Return what a DXF drawing holds.

    Raises:
        ImportRefused: cut short, damaged, empty, a block that holds itself, or blocks that
            unfold to too much.
    """
    doc = _open(path)
    try:
        drawing = unfold(doc, path.name)
    except RecursionError:
        raise ImportRefused(
            told(
                N_("{file}: blocks hold each other without end; repair the drawing (AUDIT)."),
                file=path.name,
            )
        ) from None
    if drawing.empty:
        raise ImportRefused(
            told(
                N_("{file} opens but draws nothing in its model; export it again."), file=path.name
            )
        )
    return report_of(drawing, path.stem, "dxf", choices)


def _open(path: Path) -> Any:
    content = path.read_bytes()
    binary = content.startswith(_BINARY)
    if not binary and not content.rstrip(b"\0\x1a\r\n\t ").endswith(b"EOF"):
        raise ImportRefused(
            told(
                N_("{file} is cut short: its last line EOF is missing. Export it again."),
                file=path.name,
            )
        )
    try:
        return filemanagement.readfile(path)
    except _BROKEN:
        pass
    try:
        doc, _ = recover.read(io.BytesIO(content))
    except Exception as refusal:  # noqa: BLE001  the mending reader raises what it stumbles over
        raise ImportRefused(
            told(
                N_("{file} is damaged and cannot be read ({refusal}); export it again."),
                file=path.name,
                refusal=refusal,
            )
        ) from None
    if not len(doc.modelspace()):
        raise ImportRefused(
            told(
                N_("{file} is damaged: nothing of its model could be read. Export it again."),
                file=path.name,
            )
        )
    return doc
