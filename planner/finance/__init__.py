"""Leases and moves to dated cash flows, their measures and their risk; exact, in minor units."""

from planner.finance.baseline import Baseline, baseline_of
from planner.finance.case import Case, Part, case_of
from planner.finance.leases import LINES, Line
from planner.finance.parameters import FORMULAS, Parameters
from planner.finance.register import RegisterRow, register_view
from planner.finance.reprice import Reconsidered, assume, reconsider, reprice
from planner.finance.sensitivity import (
    Swing,
    break_even_rent,
    break_even_void,
    scenarios,
    tornado,
)
from planner.finance.simulation import Risk, Simulated, risk_of, simulate
from planner.finance.values import Values, values_of

__all__ = [
    "FORMULAS",
    "LINES",
    "Baseline",
    "Case",
    "Line",
    "Parameters",
    "Part",
    "Reconsidered",
    "RegisterRow",
    "Risk",
    "Simulated",
    "Swing",
    "Values",
    "assume",
    "baseline_of",
    "break_even_rent",
    "break_even_void",
    "case_of",
    "reconsider",
    "register_view",
    "reprice",
    "risk_of",
    "scenarios",
    "simulate",
    "tornado",
    "values_of",
]
