"""Estates as a whole: list, create, look at, delete; in and out as a workbook."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Response, request
from pydantic import BaseModel, Field

from planner.domain.records import Header
from planner.services import estates, records, taking_in
from planner.services.access import Right
from planner.services.uploads import takes_long
from planner.web.access import store
from planner.web.api import schemas
from planner.web.api.asking import me
from planner.web.api.imports import standing
from planner.web.api.operations import operation
from planner.web.api.paging import Paging, cut

if TYPE_CHECKING:
    from planner.services.estates import Stored

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AtVersion(BaseModel):
    """Which version of the estate a change is made to."""

    version: int = Field(ge=1, le=2**53, description="The version that was read.")


class WorkbookTarget(BaseModel):
    """Where a workbook goes."""

    filename: str = Field(default="estate.xlsx", min_length=1, max_length=200)


class Replaced(WorkbookTarget, AtVersion):
    """Which version a workbook replaces."""


@operation("GET", "/estates", "The owner's estates by name", query=Paging, answer=schemas.Estates)
def list_estates(query: Paging) -> schemas.Estates:
    """Return a page of estates."""
    items, following = cut(estates.list_estates(store(), me()), query)
    return schemas.Estates(items=[_listed(one) for one in items], next=following)


@operation(
    "POST",
    "/estates",
    "Create an empty estate",
    right=Right.EDIT,
    body=Header,
    reads_raw=True,
    answer=schemas.Stored,
    status=HTTPStatus.CREATED,
)
def create_estate(body: dict[str, Any]) -> schemas.Stored:
    """Create an estate from its header."""
    header = records.record_from("estate", body, typed=True)
    return stored(estates.create_estate(store(), me(), Header.model_validate(header.model_dump())))


@operation("GET", "/estates/<estate>", "One estate", answer=schemas.EstateDetail)
def get_estate(estate: str) -> schemas.EstateDetail:
    """Return an estate's header, sizes and problems."""
    found = estates.get_estate(store(), me(), estate)
    sizes = {name: len(tuple(rows)) for name, rows in found.estate.sheets() if name != "attendance"}
    return schemas.EstateDetail(
        id=estate,
        version=found.version,
        hash=found.estate.hash,
        header=found.estate.header.model_dump(mode="json"),
        records={**sizes, "attendance": len(found.estate.attendance)},
        problems=[str(one) for one in estates.problems(store(), me(), estate)],
    )


@operation(
    "DELETE",
    "/estates/<estate>",
    "Delete an estate with its plans",
    right=Right.EDIT,
    query=AtVersion,
    status=HTTPStatus.NO_CONTENT,
)
def delete_estate(estate: str, query: AtVersion) -> Response:
    """Delete an estate; refused while a proposal of it is submitted or approved."""
    estates.delete_estate(store(), me(), estate, query.version)
    return Response(status=HTTPStatus.NO_CONTENT)


@operation("GET", "/estates/<estate>/workbook", "The estate as a workbook", sends=XLSX)
def get_workbook(estate: str) -> Response:
    """Return the estate workbook."""
    return Response(estates.export_workbook(store(), me(), estate), content_type=XLSX)


@operation(
    "POST",
    "/workbooks",
    "Create an estate from a workbook",
    right=Right.EDIT,
    query=WorkbookTarget,
    sends=XLSX,
    answer=schemas.Stored,
    later=schemas.Import,
    status=HTTPStatus.CREATED,
)
def import_workbook(query: WorkbookTarget) -> schemas.Stored | schemas.Import:
    """Read the body as an estate workbook, a long one by a worker; all of it or nothing."""
    data = request.get_data()
    if takes_long(query.filename, len(data)):
        return standing(taking_in.ask_workbook(store(), me(), data, query.filename))
    return stored(estates.import_workbook(store(), me(), data, query.filename))


@operation(
    "POST",
    "/estates/<estate>/workbook",
    "Replace an estate by a workbook",
    right=Right.EDIT,
    query=Replaced,
    sends=XLSX,
    answer=schemas.Stored,
    later=schemas.Import,
)
def replace_by_workbook(estate: str, query: Replaced) -> schemas.Stored | schemas.Import:
    """Read the body as an estate workbook in place of the estate; all of it or nothing."""
    data = request.get_data()
    if takes_long(query.filename, len(data)):
        asked = (data, query.filename, estate, query.version)
        return standing(taking_in.ask_workbook(store(), me(), *asked))
    return stored(
        estates.import_workbook(store(), me(), data, query.filename, estate, query.version)
    )


def stored(found: Stored) -> schemas.Stored:
    """Return what a change did, for a program."""
    return schemas.Stored(
        estate_id=found.estate_id,
        version=found.version,
        records=found.records,
        warnings=[str(one) for one in found.warnings],
    )


def _listed(one: object) -> schemas.Estate:
    return schemas.Estate.model_validate(one)
