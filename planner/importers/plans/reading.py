"""One door for floor plans: tell the format, read it apart, report."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from planner.errors import ImportRefused
from planner.importers.plans.choices import NO_CHOICES
from planner.importers.plans.report import PlanWarning
from planner.importers.plans.sniffing import READ, Kind, ending_disagrees, kind_of
from planner.importers.sandbox import LIMITS, Watch, read_apart
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.importers.plans.choices import Choices
    from planner.importers.plans.report import PlanReport
    from planner.importers.sandbox import Limits


class Reader(Protocol):
    """What each format's module offers as `read`; it runs in the limited process."""

    def __call__(self, path: Path, choices: Choices) -> PlanReport:
        """Return what a file holds, or raise ImportRefused."""


READERS: Final[dict[Kind, str]] = {
    "dwg": "dwg",
    "dxf": "dxf",
    "gbxml": "gbxml",
    "geojson": "geo.plain",
    "ifc": "ifc.model",
    "pdf": "pages",
    "picture": "pages",
    "schedule": "tables.schedule",
    "svg": "svg.drawing",
}


def read_plan(
    path: Path,
    choices: Choices = NO_CHOICES,
    limits: Limits = LIMITS,
    should_stop: Callable[[], bool] = lambda: False,
) -> PlanReport:
    """Return what a floor-plan file yields, read in a limited process; nothing is stored.

    Args:
        path: a file of any format, or a folder of GeoJSON or IMDF files.
        choices: what the user says about it.
        limits: memory, time and size it may take.
        should_stop: asked twice a second; True ends the reading.

    Raises:
        ImportRefused: the format is not known, or the file cannot be read as what it is.
    """
    if not path.exists():
        raise ImportRefused(told(N_("There is no file {path}."), path=path))
    report = read_apart(read_here, path, limits, choices, watch=Watch(should_stop))
    return replace(report, sha256=_sha256(path))


def read_here(path: Path, choices: Choices) -> PlanReport:
    """Return what a file yields, read in this process.

    Raises:
        ImportRefused: as `read_plan`.
    """
    kind = kind_of(path)
    module = READERS.get(kind)
    if module is None:
        raise ImportRefused(
            told(N_("{file}: this kind of file is not read. {read}."), file=path.name, read=READ)
        )
    read: Reader = import_module(f"planner.importers.plans.{module}").read
    report = read(path, choices)
    if ending_disagrees(path, kind):
        note = PlanWarning(
            "wrong_ending",
            told(
                N_("The file is named {suffix} but holds {upper}; it was read so."),
                suffix=path.suffix,
                upper=report.kind.upper(),
            ),
            path.name,
        )
        report = replace(report, warnings=(note, *report.warnings))
    return report


def _sha256(path: Path) -> str:
    if path.is_dir():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
