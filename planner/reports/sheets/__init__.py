"""Short documents of a plan: for tenants, for teams, for executives, for utilisation."""

from planner.reports.sheets.letting import letting_sheet, lots_of
from planner.reports.sheets.notice import moved_teams, notice_sheet
from planner.reports.sheets.one_page import one_page_sheet
from planner.reports.sheets.sheet import Sheet
from planner.reports.sheets.utilisation import utilisation_sheet

__all__ = [
    "Sheet",
    "letting_sheet",
    "lots_of",
    "moved_teams",
    "notice_sheet",
    "one_page_sheet",
    "utilisation_sheet",
]
