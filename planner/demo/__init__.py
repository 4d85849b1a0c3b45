"""The demo estate: Bekasi civic campus, generated and labelled as such."""

from planner.demo.campus import demo_estate

__all__ = ["demo_estate"]
