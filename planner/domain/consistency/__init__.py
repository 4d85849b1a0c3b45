"""What no single field can tell: whether the records of an estate agree with one another."""

from planner.domain.consistency.check import broken_references, problems_of
from planner.domain.consistency.places import Numbering
from planner.domain.consistency.references import POINTERS

__all__ = ["POINTERS", "Numbering", "broken_references", "problems_of"]
