"""The records of an estate: the same five operations for every sheet, each with its own fields."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import request
from pydantic import BaseModel, Field, create_model

from planner.domain.records import SHEETS
from planner.services import estates, records
from planner.services.access import Right
from planner.services.shown import team_days
from planner.web.access import store
from planner.web.api import schemas
from planner.web.api.asking import me
from planner.web.api.estates import AtVersion, stored
from planner.web.api.operations import operation
from planner.web.api.paging import Paging, cut

if TYPE_CHECKING:
    from sqlmodel import SQLModel

_SINGULAR: Final = {
    "buildings": "building",
    "floors": "floor",
    "spaces": "space",
    "teams": "team",
    "seating": "seating",
    "attendance": "team-day",
    "near": "nearness wish",
    "rules": "rule",
    "assumptions": "assumption",
}


class ChangeOne(AtVersion):
    """Which record, at which version."""

    key: str = Field(
        max_length=400,
        description="The record's key; where the key has several fields, `key` stands once for "
        "each, in their order.",
    )


def _key(sheet: str) -> tuple[str, ...]:
    """Return the key of the request: a value for each key field, "" for those left out."""
    given = request.args.getlist("key")
    fields = records.KEYS[sheet]
    return tuple((given + [""] * len(fields))[: len(fields)])


def _many(kind: type[SQLModel]) -> type[BaseModel]:
    """Return the body that holds many records of a kind, for the document."""
    several: Any = list[kind]  # type: ignore[valid-type]
    at_most: Any = Field(min_length=1, max_length=schemas.MOST_RECORDS)
    return create_model(f"Many{kind.__name__}", __base__=schemas.Given, records=(several, at_most))


def _put(
    estate: str, sheet: str, key: tuple[str, ...] | None, body: dict[str, Any], version: int
) -> schemas.Stored:
    return stored(records.put_record(store(), me(), estate, sheet, key, body, version, typed=True))


def _declare(sheet: str, kind: type[SQLModel]) -> None:
    path, one = f"/estates/<estate>/{sheet}", _SINGULAR[sheet]
    keys = " and ".join(records.KEYS[sheet])

    @operation("GET", path, f"Records of {sheet}", query=Paging, answer=schemas.Records,
               name=f"list_{sheet}")  # fmt: skip
    def listing(estate: str, query: Paging) -> schemas.Records:
        found = estates.get_estate(store(), me(), estate)
        by_day = sheet == "attendance"
        rows = team_days(me(), found.estate) if by_day else records.records_of(found.estate, sheet)
        items, following = cut(rows, query)
        shown = [item.model_dump(mode="json") for item in items]
        return schemas.Records(version=found.version, items=shown, next=following)

    @operation("POST", path, f"Add a {one}", right=Right.EDIT, query=AtVersion, body=kind,
               reads_raw=True, answer=schemas.Stored, status=HTTPStatus.CREATED,
               name=f"add_{sheet}")  # fmt: skip
    def add(estate: str, query: AtVersion, body: dict[str, Any]) -> schemas.Stored:
        return _put(estate, sheet, None, body, query.version)

    @operation("POST", f"{path}/batch", f"Store many records of {sheet}, all or none",
               right=Right.EDIT, query=AtVersion, body=_many(kind), reads=schemas.Batch,
               answer=schemas.Stored, name=f"put_many_{sheet}")  # fmt: skip
    def batch(estate: str, query: AtVersion, body: schemas.Batch) -> schemas.Stored:
        return stored(
            records.put_records(store(), me(), estate, sheet, body.records, query.version)
        )

    @operation("PUT", f"{path}/record", f"Change the {one} with this key ({keys})",
               right=Right.EDIT, query=ChangeOne, body=kind, reads_raw=True,
               answer=schemas.Stored, name=f"change_{sheet}")  # fmt: skip
    def change(estate: str, query: ChangeOne, body: dict[str, Any]) -> schemas.Stored:
        return _put(estate, sheet, _key(sheet), body, query.version)

    @operation("DELETE", f"{path}/record", f"Delete the {one} with this key ({keys})",
               right=Right.EDIT, query=ChangeOne, answer=schemas.Stored,
               name=f"delete_{sheet}")  # fmt: skip
    def delete(estate: str, query: ChangeOne) -> schemas.Stored:
        return stored(
            records.delete_record(store(), me(), estate, sheet, _key(sheet), query.version)
        )


@operation(
    "PUT",
    "/estates/<estate>/header",
    "Change the header of an estate",
    right=Right.EDIT,
    query=AtVersion,
    body=SHEETS["estate"],
    reads_raw=True,
    answer=schemas.Stored,
)
def change_header(estate: str, query: AtVersion, body: dict[str, Any]) -> schemas.Stored:
    """Put another header in place."""
    return _put(estate, "estate", (), body, query.version)


for _sheet, _kind in SHEETS.items():
    if _sheet != "estate":
        _declare(_sheet, _kind)
