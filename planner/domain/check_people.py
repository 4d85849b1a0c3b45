"""Re-verify how many people stay and how many move, as rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.eligibility import held_by_rule, is_about, move_limit
from planner.errors import Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan


def enough_stay(plan: Plan, estate: Estate) -> Iterator[Problem]:
    """Check that as many people sit in a unit as rules hold there.

    A team that sits nowhere yet is placed by the seats it shares: all of these are enough.
    """
    for rule in held_by_rule(estate):
        about = [one for one in plan.placements if is_about(rule, one.team, one.origin)]
        there = sum(one.people for one in about if one.unit == rule.object)
        elsewhere = any(one.people for one in about if one.unit != rule.object)
        if there < (rule.value or 0) and (elsewhere or any(one.origin for one in about)):
            yield Problem(
                sentence("team {team} in {unit}", team=rule.subject, unit=rule.object),
                sentence(
                    "{there} people sit there, a rule holds {value} there",
                    there=there,
                    value=rule.value,
                ),
            )


def few_move(plan: Plan, estate: Estate) -> Iterator[Problem]:
    """Check that no more people move than a rule allows."""
    limit = move_limit(estate)
    if limit is not None and plan.people_moved > limit:
        yield Problem(
            sentence("moves"),
            sentence(
                "{people_moved} people move, a rule allows {limit}",
                people_moved=plan.people_moved,
                limit=limit,
            ),
        )
