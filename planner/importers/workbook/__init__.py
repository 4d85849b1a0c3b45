"""The estate workbook: template, import and export, all drawn from the declared fields."""

from planner.importers.workbook.read import read_estate
from planner.importers.workbook.write import estate_bytes, write_estate, write_template

__all__ = ["estate_bytes", "read_estate", "write_estate", "write_template"]
