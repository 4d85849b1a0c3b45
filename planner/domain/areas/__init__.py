"""How much of a floor a tenant would pay for, estimated by the rules of common standards."""

from planner.domain.areas.estimate import AreaEstimate, estimate, estimates
from planner.domain.areas.rules import CLASSES, RULES, AreaRule, class_of, rule_of

__all__ = [
    "CLASSES",
    "RULES",
    "AreaEstimate",
    "AreaRule",
    "class_of",
    "estimate",
    "estimates",
    "rule_of",
]
