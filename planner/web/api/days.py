"""Attendance files: looked at, or stored whole where no row is refused."""

from __future__ import annotations

from typing import Final, Literal

from flask import request
from pydantic import BaseModel, Field

from planner.services import day_import
from planner.services.access import Right
from planner.web.access import store
from planner.web.api import schemas
from planner.web.api.asking import me
from planner.web.api.imports import standing, yielded
from planner.web.api.operations import operation

CSV: Final = "text/csv"
_ANSWERS: Final = ("kind", "date_order", "first_day", "month", "timezone", "clock")


class DayFileSent(BaseModel):
    """What is said of an attendance file; each only where the file cannot tell."""

    filename: str = Field(default="attendance.csv", min_length=1, max_length=200)
    source: str = Field(
        default="API", min_length=1, max_length=60,
        description="Where it comes from; what is said of one file is kept for the next.",
    )  # fmt: skip
    version: int | None = Field(
        default=None, ge=1, le=2**53,
        description="The version of the estate to add it to; without it the file is only read.",
    )  # fmt: skip
    kind: Literal[
        "", "team_days", "floor_days", "badges", "bookings", "counts", "wide", "locations", "use_it"
    ] = Field(default="", description="Its layout.")
    date_order: Literal["", "dmy", "mdy"] = Field(default="", description="What 03/04/2026 is.")
    first_day: str = Field(default="", max_length=10, description="Date of day 0.")
    month: str = Field(default="", max_length=7, description="Of columns headed 1 to 31: 2026-03.")
    timezone: str = Field(default="", max_length=60, description="Of the building: Asia/Jakarta.")
    clock: Literal["", "local", "utc"] = Field(default="", description="Times without a zone.")


@operation(
    "POST",
    "/estates/<estate>/attendance/file",
    "Read an attendance file (CSV or XLSX) and, at a version, store what it yields",
    right=Right.EDIT,
    query=DayFileSent,
    sends=CSV,
    answer=schemas.DayImport,
    later=schemas.Import,
)
def take_in_days(estate: str, query: DayFileSent) -> schemas.DayImport | schemas.Import:
    """Read the body as an attendance file; stored whole or not at all, and never twice.

    A long one is left to a worker; what it yields, if it is only to be read, stands with the run.
    """
    said = {name: value for name in _ANSWERS if (value := getattr(query, name))}
    file = (store(), me(), estate, request.get_data(), query.filename, query.source)
    run = day_import.leave(*file, answers=said, version=query.version)
    if run is not None:
        return standing(run)
    return yielded(day_import.take_in(*file, answers=said, version=query.version))
