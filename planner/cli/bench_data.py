"""`planner bench data`: a large estate in and out of a database, lost and brought back, row by row.

An estate is imported as a workbook, refused whole with one wrong cell, backed up, destroyed and
restored, and taken down and up through the migrations. What is compared is a hash over every row
of every table.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from sqlalchemy import Engine

    from planner.db.store import Store
    from planner.domain.estate import Estate
    from planner.services.access import Actor

_OLDEST: Final = "0001"
_PASSWORD: Final = "only for measuring"  # noqa: S105  of a database that is thrown away


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser(
        "data", help="import, back up, destroy, restore and migrate 10,000 teams"
    )
    suite.add_argument("--floors", type=int, default=1000)
    suite.add_argument("--teams", type=int, default=10_000)
    suite.add_argument("--days", type=int, default=20, help="days of attendance of every team (20)")
    suite.add_argument("--database", default="", help="URL of an empty PostgreSQL database")
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Print what each step took and whether it held; 1 if one did not."""
    from planner.db.store import open_store
    from planner.demo.large import large_estate
    from planner.services import accounts

    estate = large_estate(args.floors, args.teams, days=args.days)
    with tempfile.TemporaryDirectory(prefix="planner-data-") as folder:
        store = open_store(args.database or f"sqlite:///{Path(folder, 'planner.db')}")
        with closing(store):
            boss = accounts.create_owner_with_admin(store, "Large", "boss@bench.invalid", _PASSWORD)
            rows = _steps(store, boss, estate, Path(folder))
    if args.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
    else:
        for row in rows:
            verdict = "holds" if row["holds"] else "FAILS"
            sys.stdout.write(f"{row['what']:<52}{row['seconds']:>8.1f} s  {verdict}\n")
    return 0 if all(row["holds"] for row in rows) else 1


def _steps(store: Store, boss: Actor, estate: Estate, folder: Path) -> list[dict[str, Any]]:
    from planner.db.backup import back_up, restore
    from planner.db.migrate import downgrade, newest, revision_of, upgrade
    from planner.services import estates

    rows: list[dict[str, Any]] = []

    def step(what: str, work: Callable[[], bool]) -> None:
        began = time.perf_counter()
        holds = work()
        seconds = round(time.perf_counter() - began, 1)
        rows.append({"what": what, "seconds": seconds, "holds": holds})

    ids: list[str] = []

    def imported() -> bool:
        ids.append(estates.import_workbook(store, boss, book, "large.xlsx").estate_id)
        return estates.get_estate(store, boss, ids[0]).estate.hash == estate.hash

    def loaded() -> bool:
        from planner.db.estates import load_estate

        with store.reading(boss.owner) as scope:
            return load_estate(scope, ids[0]).hash == estate.hash

    def destroyed_and_restored() -> bool:
        downgrade(store.engine, "base")
        upgrade(store.engine)
        restore(store.engine, folder / "all.gz")
        return rows_hash(store.engine) == whole

    def down_and_up() -> bool:
        downgrade(store.engine, _OLDEST)
        upgrade(store.engine)
        return revision_of(store.engine) == newest() and loaded()

    from planner.importers.workbook import estate_bytes

    book = estate_bytes(estate)
    step(f"workbook of {len(book) / 1e6:.1f} MB imported, equal by hash", imported)
    step("read from the database, equal by hash", loaded)
    whole = rows_hash(store.engine)
    step(
        "workbook with one wrong cell refused, nothing stored",
        lambda: _refused(store, boss, book) and rows_hash(store.engine) == whole,
    )
    step("backed up", lambda: back_up(store.engine, folder / "all.gz") > len(estate.teams))
    step("destroyed and restored, every row equal by hash", destroyed_and_restored)
    step(f"migrated down to {_OLDEST} and up, equal by hash", down_and_up)
    return rows


def _refused(store: Store, boss: Actor, book: bytes) -> bool:
    """Say whether a workbook in which the last team has a wrong headcount is refused by name."""
    from planner.errors import InvalidInput
    from planner.services import estates

    try:
        estates.import_workbook(store, boss, spoilt(book), "large.xlsx")
    except InvalidInput as refusal:
        return any("many" in str(problem) for problem in refusal.problems)
    return False


def spoilt(book: bytes) -> bytes:
    """Return a workbook whose last team has `many` people."""
    import openpyxl

    opened = openpyxl.load_workbook(io.BytesIO(book))
    sheet = opened["teams"]
    head = next(
        cell
        for row in sheet.iter_rows(max_row=9)
        for cell in row
        if str(cell.value or "").rstrip(" *") == "People"
    )
    sheet.cell(sheet.max_row, int(head.column or 1)).value = "many"
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def rows_hash(engine: Engine) -> str:
    """Return a hash over every row of every table, whatever their order."""
    from planner.db.backup import all_rows

    total = 0
    for row in all_rows(engine):
        text = json.dumps(row, sort_keys=True).encode()
        total = (total + int.from_bytes(hashlib.sha256(text).digest())) % 2**256
    return f"{total:064x}"
