"""All data of an owner in one file: as people read it, and row by row as the planner keeps it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import column, select
from sqlmodel import SQLModel, col

from planner.db.backup import rows_where
from planner.db.tables import DocumentRow, PlanRow
from planner.services import accounts, estates, proposals
from planner.services.access import Right, require
from planner.services.owners import audit_csv, table_csv

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Table

    from planner.db.store import Store
    from planner.services.access import Actor

_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
SECRETS: Final = frozenset({"password_hash", "secret_hash", "session"})
"""Columns that open something; whoever has the file gets none of them."""
NOBODYS: Final = frozenset({"request_count", "sign_in_failure", "worker"})
"""Tables whose rows belong to no owner."""


def export_owner(store: Store, actor: Actor) -> bytes:
    """Return all data of the owner as a ZIP: the same data gives the same bytes.

    Workbooks, plans, proposals, documents, people and audit as people read them; and below
    `tables` every row of every table that is the owner's, a JSON object a line. Nothing that
    opens something is in it, neither passwords nor tokens.
    """
    require(actor, Right.ADMINISTER)
    people = accounts.list_users(store, actor)
    listed = (
        (one.email, one.name, " ".join(sorted(one.roles)), "yes" if one.active else "no")
        for one in people
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for one in estates.list_estates(store, actor):
            name = f"estates/{_safe(one.name)}-{one.id}.xlsx"
            _put(out, name, estates.export_workbook(store, actor, one.id))
        with store.reading(actor.owner) as scope:
            plans = select(col(PlanRow.id), col(PlanRow.name), col(PlanRow.content))
            for ident, title, content in scope.execute(plans.order_by(col(PlanRow.id))):
                _put(out, f"plans/{_safe(title)}-{ident}.json", content.encode())
            drawn = select(DocumentRow).order_by(col(DocumentRow.key))
            for row in scope.execute(drawn).scalars():
                _put(out, f"documents/{row.hash[:12]}-{_safe_file(row.name)}", row.content)
        told = [asdict(one) for one in proposals.search(store, actor)]
        _put(out, "proposals.json", json.dumps(told, indent=1, default=str).encode())
        _put(out, "people.csv", table_csv(("email", "name", "roles", "active"), listed))
        _put(out, "audit.csv", audit_csv(store, actor))
        for table, lines in tables_of(store, actor):
            _put(out, f"tables/{table}.jsonl", lines)
    return buffer.getvalue()


def tables_of(store: Store, actor: Actor) -> Iterator[tuple[str, bytes]]:
    """Yield each table with the rows of the owner, all of them as of one moment."""
    wanted = {
        table.name: mine
        for table in SQLModel.metadata.sorted_tables
        if (mine := _mine(table, actor.owner)) is not None
    }
    lines: dict[str, list[str]] = {name: [] for name in wanted}
    for name, row in rows_where(store.engine, wanted):
        shown = {key: value for key, value in row.items() if key not in SECRETS}
        lines[name].append(json.dumps(shown, ensure_ascii=False, sort_keys=True))
    for name, found in lines.items():
        if found:
            yield name, "\n".join(sorted(found)).encode()


def _mine(table: Table, owner: str) -> ColumnElement[bool] | None:
    """Return which rows of a table are the owner's, by what they belong to; None for nobody's."""
    if table.name in NOBODYS:
        return None
    if table.name == "owner":
        return column("id") == owner
    if table.name == "user_account":
        member = SQLModel.metadata.tables["membership"]
        return column("id").in_(select(member.c.user_id).where(column("owner_id") == owner))
    if "owner_id" in table.c:
        return column("owner_id") == owner
    (key,) = table.foreign_keys
    above: Any = _mine(key.column.table, owner)
    return column(key.parent.name).in_(select(key.column).where(above))


def _safe(name: str) -> str:
    """Return a name as part of a file name.

    >>> _safe("Bekasi: civic/campus")
    'Bekasi-civic-campus'
    """
    return re.sub(r"[^\w]+", "-", name).strip("-")[:60] or "unnamed"


def _safe_file(name: str) -> str:
    """Return a file name without what could lead to another folder.

    >>> _safe_file("../a plan.pdf")
    'a-plan.pdf'
    """
    stem, _, ending = name.rpartition(".")
    return f"{_safe(stem)}.{_safe(ending)}"


def _put(out: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    out.writestr(entry, data)
