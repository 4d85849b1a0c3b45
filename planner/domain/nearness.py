"""Whether two teams are as near as they wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.estate import Estate, Unit
    from planner.domain.records import Near


def unmet(estate: Estate, placed: Mapping[str, Mapping[str, int]]) -> tuple[Near, ...]:
    """Return the wishes for nearness that a placement does not meet.

    A wish is met if any part of one team is near any part of the other; where a team sits
    nowhere, there is no wish to meet.
    """
    return tuple(
        wish for wish in estate.near if wish.kind == "near" and not _met(estate, wish, placed)
    )


def _met(estate: Estate, wish: Near, placed: Mapping[str, Mapping[str, int]]) -> bool:
    ours = [estate.unit_of[unit] for unit in placed.get(wish.team, {})]
    theirs = [estate.unit_of[unit] for unit in placed.get(wish.other, {})]
    if not ours or not theirs:
        return True
    return any(_near(wish.within, one, two) for one in ours for two in theirs)


def _near(within: str, one: Unit, two: Unit) -> bool:
    if within == "space":
        return one.id == two.id
    if one.building is not two.building:
        return False
    return within == "building" or abs(one.floor.level - two.floor.level) <= 1
