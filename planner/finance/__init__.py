"""Leases and moves to dated cash flows, their measures and their risk; exact, in minor units."""

from planner.finance.case import Case, Part, case_of
from planner.finance.leases import Line
from planner.finance.values import Values, values_of

__all__ = ["Case", "Line", "Part", "Values", "case_of", "values_of"]
