"""Floor-plan files: one module a format, each giving the same report."""

from planner.importers.plans.merging import merge_plan
from planner.importers.plans.reading import read_plan
from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace, PlanWarning

__all__ = ["PlanFloor", "PlanReport", "PlanSpace", "PlanWarning", "merge_plan", "read_plan"]
