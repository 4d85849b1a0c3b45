"""Floor-plan files: one module a format, each giving the same report."""

from planner.importers.plans.choices import NO_CHOICES, ROLES, Choices, Role
from planner.importers.plans.merging import merge_plan
from planner.importers.plans.reading import read_plan
from planner.importers.plans.report import (
    Backdrop,
    ColumnYield,
    LayerYield,
    PlanDesk,
    PlanFloor,
    PlanReport,
    PlanSpace,
    PlanWarning,
    Scale,
)

__all__ = [
    "NO_CHOICES",
    "ROLES",
    "Backdrop",
    "Choices",
    "ColumnYield",
    "LayerYield",
    "PlanDesk",
    "PlanFloor",
    "PlanReport",
    "PlanSpace",
    "PlanWarning",
    "Role",
    "Scale",
    "merge_plan",
    "read_plan",
]
