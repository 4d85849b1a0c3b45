"""What no single field can tell: whether the records of an estate agree with one another."""

from planner.domain.consistency.check import problems_of
from planner.domain.consistency.places import Numbering

__all__ = ["Numbering", "problems_of"]
