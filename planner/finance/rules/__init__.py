"""Rent rules by key: those of the house and those that are installed beside it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Final

from planner.errors import InvalidInput, Problem, sentence
from planner.finance.rules.base import Deal, LeaseTerms, RentRule
from planner.finance.rules.flat import Flat
from planner.finance.rules.id_regional_asset import IdRegionalAsset
from planner.finance.rules.id_state_asset import IdStateAsset
from planner.finance.rules.market import Market
from planner.finance.rules.us_outlease import UsOutlease

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.metadata import EntryPoint

__all__ = ["GROUP", "Deal", "LeaseTerms", "RentRule", "rule_for", "rules"]

GROUP: Final = "planner.rent_rules"
"""Entry point group: each entry is a class without arguments that makes a `RentRule`."""

_HOUSE: Final[tuple[RentRule, ...]] = (
    Market(),
    Flat(),
    IdStateAsset(),
    IdRegionalAsset(),
    UsOutlease(),
)

_AUTO: Final = {
    ("ID", "state"): "id_state_asset",
    ("ID", "regional"): "id_regional_asset",
    ("US", "state"): "us_outlease",
}


def rules(installed: Iterable[EntryPoint] | None = None) -> Mapping[str, RentRule]:
    """Return all rent rules by key.

    Args:
        installed: entry points, those of the group if not given.

    Raises:
        InvalidInput: an installed rule cannot be loaded, is no rent rule, or takes a key.
    """
    found: dict[str, RentRule] = {rule.key: rule for rule in _HOUSE}
    for point in _installed() if installed is None else installed:
        rule = _load(point)
        if rule.key not in found:
            found[rule.key] = rule
        elif type(found[rule.key]) is not type(rule):
            raise InvalidInput(
                [
                    Problem(
                        sentence("rent rule {name}", name=point.value),
                        sentence("the key {key!r} is taken; rename it", key=rule.key),
                    )
                ]
            )
    return found


@cache
def _installed() -> tuple[EntryPoint, ...]:
    """Return the rules installed beside us: reading what is installed takes 7 ms each time."""
    return tuple(entry_points(group=GROUP))


def rule_for(key: str, country: str, owner_kind: str) -> RentRule:
    """Return the rule of a key; `auto` goes by country and kind of owner.

    Raises:
        InvalidInput: there is no such rule; the message lists those there are.
    """
    known = rules()
    chosen = _AUTO.get((country, owner_kind), "market") if key == "auto" else key
    if chosen not in known:
        raise InvalidInput(
            [
                Problem(
                    sentence("sheet assumptions, key rent_rule"),
                    sentence(
                        "{key!r} is not known; enter auto or one of {known}",
                        key=key,
                        known=", ".join(known),
                    ),
                )
            ]
        )
    return known[chosen]


def _load(point: EntryPoint) -> RentRule:
    where = sentence("rent rule {name}", name=point.value)
    try:
        rule = point.load()()
    except (ImportError, AttributeError, TypeError) as fault:
        raise InvalidInput(
            [
                Problem(
                    where,
                    sentence(
                        "cannot be loaded ({fault}); repair or remove its package", fault=fault
                    ),
                )
            ]
        ) from fault
    if not isinstance(rule, RentRule):
        raise InvalidInput(
            [
                Problem(
                    where,
                    sentence("is no rent rule; see docs/reference/rent-rules.md for what one has"),
                )
            ]
        )
    return rule
