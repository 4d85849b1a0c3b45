"""One estate from the files that a command line names: workbook, floor plans, attendance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.attendance import attendance_from
from planner.domain.consistency import problems_of
from planner.errors import InvalidInput, Problem
from planner.importers.attendance import Options, read_attendance
from planner.importers.plans import merge_plan, read_plan
from planner.importers.workbook import read_estate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from planner.domain.estate import Estate


def gather(
    path: Path,
    *,
    plans: Sequence[Path] = (),
    attendance: Sequence[Path] = (),
    tell: Callable[[str], None] | None = None,
) -> Estate:
    """Return the estate of a workbook with floors and team-days from further files.

    A floor plan replaces the rooms of the floors it holds; attendance files add team-days.
    `tell` is told what each attendance file yields and what to look at in it.

    Raises:
        InvalidInput: a file cannot be used, or the whole contradicts itself; all problems
            of the first step that fails are listed.
    """
    estate = read_estate(path, whole=not (plans or attendance))
    for plan in plans:
        estate = merge_plan(estate, read_plan(plan))
    if attendance:
        estate = _with_days(estate, attendance, tell or (lambda _: None))
    if plans or attendance:
        problems = problems_of(estate)
        if problems:
            raise InvalidInput(problems)
    return estate


def _with_days(estate: Estate, files: Sequence[Path], tell: Callable[[str], None]) -> Estate:
    """Return the estate with the team-days of some files added."""
    days = {(one.date, one.team): one.present for one in estate.attendance.records()}
    problems = []
    for file in files:
        report = read_attendance(file, Options(country=estate.header.country))
        tell(f"{file.name}: {report.team_days} team-days of {len(report.attendance.teams)} teams")
        for warning in report.warnings:
            tell(f"{file.name}: {warning}")
        problems += [
            Problem(f"{file.name}, row {refused.row}", refused.reason) for refused in report.refused
        ]
        days |= {(one.date, one.team): one.present for one in report.attendance.records()}
    if problems:
        raise InvalidInput(problems)
    joint = attendance_from((day, team, present) for (day, team), present in days.items())
    return replace(estate, attendance=joint)
