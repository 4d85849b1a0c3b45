"""The sheets of units and bases: what each line multiplies, factor by factor."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.reports.facts.words import line_name
from planner.reports.workbook.book import cell, heads, plain_number

if TYPE_CHECKING:
    from planner.finance.bases import Base, Factor, MonthlyRent
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.workbook.book import Book
    from planner.reports.workbook.figures import Figures

UNITS: Final = "units"
BASES: Final = "bases"
_OWN: Final = ("area_m2", "rent_per_m2_month", "running_cost_per_m2_month")


class Bases:
    """Where the base of each line stands; each is a product of named cells."""

    def __init__(self, book: Book, dossier: Dossier, figures: Figures, speech: Speech) -> None:
        """Write the units with their areas and rents, and open the sheet of bases."""
        self._book, self._dossier, self._speech = book, dossier, speech
        self._named, self._used = figures.named, figures.used
        self._own: dict[tuple[str, str], str] = {}
        self._values: dict[tuple[str, str], Decimal] = {}
        self._units()
        self._sheet = book.sheet(BASES)
        self._sheet.set_column(0, 3, 20)
        self._sheet.set_column(4, 4, 70)
        heads(
            book,
            self._sheet,
            0,
            [speech._("Of"), speech._("Line"), speech._("Follows"), speech._("Base"),
             speech._("Product of")],
        )  # fmt: skip
        self._next = 1

    def _units(self) -> None:
        book, speech = self._book, self._speech
        sheet = book.sheet(UNITS)
        sheet.set_column(0, 1, 20)
        sheet.set_column(2, 5, 22)
        sheet.set_row(0, 28)  # heads of two lines; LibreOffice keeps one
        heads(
            book,
            sheet,
            0,
            [speech._("Unit"), speech._("Building"), speech._("Area, m²"),
             speech._("Asked rent per m² and month"), speech._("Running cost per m² and month"),
             speech._("First monthly rent, smallest units")],
            numeric_from=2,
        )  # fmt: skip
        for row, unit_id in enumerate(self._dossier.case.freed, start=1):
            unit = self._dossier.estate.unit_of[unit_id]
            sheet.write_string(row, 0, unit.id, book.formats["strong"])
            sheet.write_string(row, 1, unit.building.name, book.formats["plain"])
            numbers = (
                unit.area_m2,
                unit.rent_per_m2_month or Decimal(0),
                unit.building.running_cost_per_m2_month or Decimal(0),
            )
            for at, (name, value) in enumerate(zip(_OWN, numbers, strict=True), start=2):
                whole = value == value.to_integral_value()
                format_ = book.formats["input_amount" if whole else "input"]
                sheet.write_number(row, at, plain_number(value), format_)
                self._own[unit.id, name] = cell(row, at, sheet=UNITS)
                self._values[unit.id, name] = value
            monthly = self._dossier.case.parameters(unit_id).monthly
            if monthly is not None:
                formula = self._rent_formula(unit_id, monthly)
                sheet.write_formula(row, 5, formula, book.formats["money"], float(monthly.value))
                self._own[unit.id, "monthly_rent"] = cell(row, 5, sheet=UNITS)
                self._values[unit.id, "monthly_rent"] = monthly.value

    def _rent_formula(self, unit: str, monthly: MonthlyRent) -> str:
        exact = "*".join(self._factor(unit, factor) for factor in monthly.factors)
        if monthly.quantum is None:
            return f"={exact}"
        quantum = plain_number(monthly.quantum)
        times = f"ROUND({exact}*{monthly.instalment}/{quantum},0)"
        return f"={times}*{quantum}/{monthly.instalment}"

    def _factor(self, unit: str, factor: Factor) -> str:
        """Return a factor as a reference where a cell holds it, else as a number."""
        name, value = factor
        if (unit, name) in self._own and self._values[unit, name] == value:
            return self._own[unit, name]
        sign, _, key = name.rpartition(":")
        known = self._named.get(key)
        if known is not None:
            meant = {"plus": 1 + known, "less": 1 - known, "": known}[sign]
            if meant == value:
                self._used.add(key)
                return {"plus": f"(1+{key})", "less": f"(1-{key})", "": key}[sign]
        return repr(plain_number(value)) if value >= 0 else f"({plain_number(value)!r})"

    def write(self, part: str, unit: str, base: Base, times: Decimal = Decimal(1)) -> str:
        """Write one base and return where it stands; `times` is a whole building's premium."""
        product = "*".join(self._factor(unit, factor) for factor in base.factors)
        if times != 1:
            product += "*" + self._factor(unit, ("whole_building_premium", times))
        formula = f"={'-' if base.sign < 0 else ''}{product}"
        row, formats = self._next, self._book.formats
        self._next += 1
        self._sheet.write_string(row, 0, part, formats["plain"])
        self._sheet.write_string(row, 1, line_name(base.name, self._speech), formats["plain"])
        self._sheet.write_string(row, 2, base.row, formats["mute"])
        self._sheet.write_formula(row, 3, formula, formats["money"], float(base.value * times))
        self._sheet.write_string(
            row, 4, " × ".join(name for name, _ in base.factors), formats["mute"]
        )
        return cell(row, 3, sheet=BASES)
