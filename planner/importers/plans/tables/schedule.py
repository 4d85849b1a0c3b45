"""Room schedules in XLSX, XLS and CSV, and COBie workbooks."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused
from planner.importers.plans.categories import category_of
from planner.importers.plans.checks import listed, warnings_of
from planner.importers.plans.levels import level_of
from planner.importers.plans.quantities import decimal_mark, number_in
from planner.importers.plans.report import (
    ColumnYield,
    PlanFloor,
    PlanReport,
    PlanSpace,
    PlanWarning,
)
from planner.importers.plans.tables.cells import Cell, Sheet, read_sheets, text_of
from planner.importers.plans.tables.cobie import is_cobie, read_cobie
from planner.importers.plans.tables.columns import mapping_of, unit_of
from planner.importers.plans.units import metres_in
from planner.sentences import N_, ngettext, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from planner.importers.plans.choices import Choices

_HEADING_WITHIN: Final = 30
_FEWEST: Final = 2
_BASIS: Final = {"net": N_("net area"), "area": N_("as stated"), "gross": N_("gross area")}
_TOTAL: Final = re.compile(
    r"^\s*(grand |sub ?)?(total|jumlah|sum|summe|gesamt|somme|subtotal|合计|总计)\b", re.IGNORECASE
)
_THOUSANDTH: Final = Decimal("0.001")
_SQUARE_FOOT: Final = Decimal("0.09290304")
_LARGE_M2: Final = 120.0
_MOST_M2: Final = Decimal(10_000_000)
_MOST_SEATS: Final = 100_000
MOST_ROOMS: Final = 20_000


@dataclass(slots=True)
class _Rows:
    """What the sheets gave so far: rooms by building and floor, and what was odd."""

    rooms: dict[tuple[str, str], list[PlanSpace]] = field(default_factory=lambda: defaultdict(list))
    levels: dict[tuple[str, str], int | None] = field(default_factory=dict)
    columns: tuple[ColumnYield, ...] = ()
    bad: list[tuple[str, str]] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    assumed: str = ""


def read(path: Path, choices: Choices) -> PlanReport:
    """Return the rooms of a schedule or a COBie workbook.

    Raises:
        ImportRefused: damaged, or without a heading for room numbers or names.
    """
    sheets = read_sheets(path)
    if is_cobie(sheets) and not choices.columns:
        return read_cobie(sheets, path.name)
    rows = _Rows()
    for sheet in sheets:
        found = _heading(sheet, choices)
        if found is not None:
            _read_sheet(sheet, *found, rows, choices, path.stem)
    count = sum(map(len, rows.rooms.values()))
    if not count:
        sentence = _no_rooms(path.name, sheets, rows)
        asked = () if rows.columns else _unknown_columns(sheets)
        if not asked:
            raise ImportRefused(sentence)
        note = PlanWarning("no_headings", sentence, told(N_("heading")))
        return PlanReport((), (note,), kind="schedule", columns=asked)
    if count > MOST_ROOMS:
        raise ImportRefused(
            told(
                N_("{file} has {count} rooms; at most {most_rooms} are read."),
                file=path.name,
                count=count,
                most_rooms=MOST_ROOMS,
            )
        )
    return _report(rows)


def _heading(sheet: Sheet, choices: Choices) -> tuple[int, dict[str, int]] | None:
    """Return the row of the heading and the column of each field, None without one."""
    best: tuple[int, int, dict[str, int]] | None = None
    refusal, there = None, False
    for at, row in enumerate(sheet.rows[:_HEADING_WITHIN]):
        filled = [cell for cell in row if isinstance(cell, str)]
        if len(filled) < _FEWEST:
            continue
        try:
            found = mapping_of(row, choices.columns)
        except ImportRefused as wrong:
            refusal = refusal or wrong
            continue
        there = there or bool(choices.columns)
        if not {"number", "name"} & found.keys() or len(found) < _FEWEST:
            continue
        if best is None or len(found) > best[0]:
            best = (len(found), at, found)
    if best is None and refusal is not None and not there and choices.columns:
        raise refusal
    return None if best is None else (best[1], best[2])


def _unknown_columns(sheets: Sequence[Sheet]) -> tuple[ColumnYield, ...]:
    """Return the columns below the first row that could be a heading, none if none could."""
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:_HEADING_WITHIN]):
            texts = [cell for cell in row if isinstance(cell, str)]
            below = [one for one in sheet.rows[at + 1 :] if sum(map(bool, one)) >= _FEWEST]
            if len(texts) >= _FEWEST and len(set(texts)) == len(texts) and below:
                return _columns(sheet, at, {})
    return ()


def _read_sheet(
    sheet: Sheet, heading: int, found: dict[str, int], rows: _Rows, choices: Choices, stem: str
) -> None:
    body = sheet.rows[heading + 1 :]
    marks = {
        name: decimal_mark(cell for row in body if isinstance(cell := _at(row, at), str))
        for name, at in found.items()
    }
    factor = _factor(sheet, heading, found, rows, choices, marks)
    if not rows.columns:
        rows.columns = _columns(sheet, heading, found)
    building, floor = "", ""
    default = sheet.name if level_of(sheet.name) is not None else ""
    for at, row in enumerate(body, start=heading + 1):
        texts = {name: text_of(_at(row, column)) for name, column in found.items()}
        if not any(texts.values()):
            continue
        where = sheet.where(at)
        if _TOTAL.match(texts.get("number", "")) or _TOTAL.match(texts.get("name", "")):
            rows.totals.append(where)
            continue
        building = texts.get("building") or building
        floor = texts.get("floor") or texts.get("level") or floor
        if not texts.get("number") and not texts.get("name"):
            floor = _title(row) or floor
            continue
        if "floor" not in found and _is_title(row):
            floor = _title(row) or floor
            continue
        key = (building, floor or default or sheet.name or stem)
        level = number_in(texts.get("level", "")) if texts.get("level") else None
        whole = level is not None and level == int(level)
        rows.levels.setdefault(key, int(level) if whole and level is not None else None)
        values = {name: _at(row, column) for name, column in found.items()}
        rows.rooms[key].append(_space(texts, values, marks, factor, rows, where))


def _space(
    texts: dict[str, str],
    values: dict[str, Cell],
    marks: dict[str, str],
    factor: Decimal,
    rows: _Rows,
    where: str,
) -> PlanSpace:
    area, basis = None, None
    for name in ("net", "area", "gross"):
        value = _number(name, values, marks, rows, where)
        if value and area is None:
            area, basis = (value * factor).quantize(_THOUSANDTH), _BASIS[name]
    if area is not None and area > _MOST_M2:
        rows.bad.append((where, text_of(values.get("area") or values.get("net"))))
        area, basis = None, None
    seats = _number("seats", values, marks, rows, where)
    if seats is not None and (seats != int(seats) or seats > _MOST_SEATS):
        rows.bad.append((where, str(seats)))
        seats = None
    use = texts.get("use", "")
    category = category_of(use, use) if use else "unspecified"
    name = texts.get("name", "")
    return PlanSpace(
        number=texts.get("number", ""),
        name=name or use,
        category=category if category != "unspecified" else category_of(name),
        declared_area_m2=area,
        declared_basis=basis,
        seats=None if seats is None else int(seats),
        source_ref=where,
        department=texts.get("department", ""),
    )


def _number(
    name: str, values: dict[str, Cell], marks: dict[str, str], rows: _Rows, where: str
) -> Decimal | None:
    """Return a cell's number; blank, `-` and `n/a` are unknown, other texts are told."""
    cell = values.get(name)
    if cell is None or (isinstance(cell, str) and cell.lower() in {"-", "n/a", "na", "–", "?"}):
        return None
    value = cell if isinstance(cell, Decimal) else number_in(cell, marks[name])
    if value is None or value < 0 or not value.is_finite():
        rows.bad.append((where, text_of(cell)))
        return None
    return value


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _is_title(row: Sequence[Cell]) -> bool:
    """Return whether a row holds one text alone that names a floor, as a heading of a group."""
    filled = [cell for cell in row if cell is not None]
    return len(filled) == 1 and bool(_title(row))


def _title(row: Sequence[Cell]) -> str:
    texts = [cell for cell in row if isinstance(cell, str)]
    wordy = len(texts) == 1 and not texts[0].replace(".", "").isdigit()
    return texts[0] if wordy and level_of(texts[0]) is not None else ""


def _factor(
    sheet: Sheet,
    heading: int,
    found: dict[str, int],
    rows: _Rows,
    choices: Choices,
    marks: dict[str, str],
) -> Decimal:
    """Return the square metres in the sheet's unit of area: said, named, or by its rooms."""
    if choices.unit:
        metres = Decimal(str(metres_in(choices.unit)[1]))
        return metres * metres
    for name in ("net", "area", "gross"):
        unit = unit_of(text_of(sheet.rows[heading][found[name]])) if name in found else None
        if unit is not None:
            return Decimal(str(unit))
    column = next((found[name] for name in ("net", "area", "gross") if name in found), None)
    if column is None:
        return Decimal(1)
    cells = [_at(row, column) for row in sheet.rows[heading + 1 :]]
    named = next(
        (unit for cell in cells if isinstance(cell, str) and (unit := unit_of(cell))), None
    )
    if named is not None:
        return Decimal(str(named))
    mark = next((marks[name] for name in ("net", "area", "gross") if name in found), "")
    numbers = [
        value
        for cell in cells
        if (value := cell if isinstance(cell, Decimal) else number_in(cell or "", mark))
    ]
    large = bool(numbers) and float(median(numbers)) > _LARGE_M2
    rows.assumed = "ft²" if large else "m²"
    return _SQUARE_FOOT if large else Decimal(1)


def _columns(sheet: Sheet, heading: int, found: dict[str, int]) -> tuple[ColumnYield, ...]:
    names = {column: name for name, column in found.items()}
    body = [row for row in sheet.rows[heading + 1 : heading + 40] if any(row)]
    return tuple(
        ColumnYield(
            text_of(cell),
            tuple(text for row in body if (text := text_of(_at(row, at))))[:3],
            names.get(at, ""),
        )
        for at, cell in enumerate(sheet.rows[heading])
        if cell is not None
    )


def _report(rows: _Rows) -> PlanReport:
    buildings = {building for building, _ in rows.rooms}
    several = len(buildings) > 1
    floors = tuple(
        PlanFloor(
            name=f"{building} {floor}" if several and building else floor,
            level=level if (level := rows.levels[building, floor]) is not None else level_of(floor),
            spaces=tuple(spaces),
            building=building,
        )
        for (building, floor), spaces in rows.rooms.items()
    )
    notes = (*_notes(rows), *(one for one in warnings_of(floors) if one.code != "no_core"))
    building = next(iter(buildings)) if not several else ""
    return PlanReport(floors, notes, building, "schedule", columns=rows.columns)


def _notes(rows: _Rows) -> Iterator[PlanWarning]:
    if rows.bad:
        yield PlanWarning(
            "not_a_number",
            told(
                ngettext(
                    "{count} cell holds no number where one belongs and was left blank: {names}.",
                    "{count} cells hold no number where one belongs and were left blank: {names}.",
                ),
                count=len(rows.bad),
                names=listed((repr(text) for _, text in rows.bad)),
            ),
            listed(where for where, _ in rows.bad),
        )
    if rows.totals:
        yield PlanWarning(
            "total_row", told(N_("Rows of totals were left out.")), listed(rows.totals)
        )
    if rows.assumed:
        yield PlanWarning(
            "unit_assumed",
            told(
                N_("No unit of area is named; by the size of the rooms {assumed} was assumed."),
                assumed=rows.assumed,
            ),
            told(N_("heading")),
        )


def _no_rooms(name: str, sheets: Sequence[Sheet], rows: _Rows) -> str:
    if rows.columns:
        return told(N_("{file} has headings of a room schedule but no room below them."), file=name)
    first = next((row for sheet in sheets for row in sheet.rows if any(row)), ())
    texts = ", ".join(repr(text_of(cell)) for cell in first[:8] if cell is not None)
    if not texts:
        return told(N_("{file} is empty; export the room schedule with its headings."), file=name)
    return told(
        N_(
            "{file} has no heading that is known for rooms; its first row is {texts}. Name the "
            "columns number or name, floor, area and seats, or say which heading holds which."
        ),
        file=name,
        texts=texts,
    )
