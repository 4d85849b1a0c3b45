"""Our own drawings as SVG: the same for page and paper, in colours that a page can theme."""

from planner.reports.drawings.canvas import Canvas, paper, screen
from planner.reports.drawings.elevation import elevation
from planner.reports.drawings.floor import floor_plan
from planner.reports.drawings.palette import department_css, departments
from planner.reports.drawings.proof import DayTest, day_strip, proof_bar
from planner.reports.drawings.scene import scene_of
from planner.reports.drawings.stack import legend, stack_building, stack_plan

__all__ = [
    "Canvas",
    "DayTest",
    "day_strip",
    "department_css",
    "departments",
    "elevation",
    "floor_plan",
    "legend",
    "paper",
    "proof_bar",
    "scene_of",
    "screen",
    "stack_building",
    "stack_plan",
]
