"""One door for floor plans: tell the format, read it apart, report."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused
from planner.importers.sandbox import LIMITS, read_apart

if TYPE_CHECKING:
    from pathlib import Path

    from planner.importers.plans.report import PlanReport
    from planner.importers.sandbox import Limits

_READERS: Final = {".ifc": ("ifc", "read_ifc"), ".ifczip": ("ifc", "read_ifc")}


def read_plan(path: Path, limits: Limits = LIMITS) -> PlanReport:
    """Return what a floor-plan file yields, read in a limited process; nothing is stored.

    Raises:
        ImportRefused: the format is not known, or the file cannot be read as what it claims.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise ImportRefused(f"{path.name}: this kind of file is not read; known are {known}.")
    module, name = reader
    read = getattr(import_module(f"planner.importers.plans.{module}"), name)
    report: PlanReport = read_apart(read, path, limits)
    return report
