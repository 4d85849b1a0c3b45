"""What would have to give where no plan keeps all rules."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planner.domain.eligibility import seat_rules
from planner.domain.study import NoPlanStudy, Way
from planner.optimise.lifts import lifts_of
from planner.optimise.prices import FEW, clashes_of
from solver.explain import fewest_seats, fewest_to_drop
from solver.restack.problem import compile_instance
from solver.shortage import shortage_of

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.optimise.again import Again, Answer
    from planner.optimise.lifts import Lift
    from solver.outcome import Outcome, Reason
    from solver.restack.instance import Instance
    from solver.restack.solution import Solution

SECONDS: Final = 20.0
SECONDS_PER_WAY: Final = 1.5
LEFT: Final = 8.0
"""Of the seconds, for seats and for several rules at once: where one rule alone does not do."""


def why_no_plan(again: Again, outcome: Outcome[Solution]) -> tuple[Answer, NoPlanStudy]:
    """Return the answer with a short conflict, and what would have to give.

    Takes about 20 seconds at most beside the search.
    """
    end = time.monotonic() + SECONDS
    answer = again.answer(outcome)
    if not answer.minimal or len(answer.reasons) > FEW:
        answer = again.explained(again.instance(), answer)
    quick = replace(again, seconds=min(SECONDS_PER_WAY, again.seconds))
    ways = []
    for lift in lifts_of(again.ruled):
        if time.monotonic() > end - LEFT or (again.should_stop is not None and again.should_stop()):
            break
        if touches(lift, answer.reasons):
            ways += [way for way in [_way(quick, lift)] if way is not None]
    return answer, _study(again, answer, ways, max(1.0, end - time.monotonic()))


def _study(again: Again, answer: Answer, ways: list[Way], seconds: float) -> NoPlanStudy:
    instance, seed = again.instance(), again.options.seed
    seats = fewest_seats(instance, seconds / 2, seed, again.should_stop)
    drop = None
    if not ways:
        drop = fewest_to_drop(
            instance, seconds / 2, seed, again.should_stop, last=_unruled(again.ruled, instance)
        )
    return NoPlanStudy(
        estate_hash=again.estate.hash,
        clashes=clashes_of(answer.reasons),
        minimal=answer.minimal,
        ways=tuple(sorted(ways, key=lambda way: -way.value)),
        seats=() if seats is None else tuple(sorted(seats.added.items())),
        fewest_seats=seats is not None and seats.fewest,
        drop=() if drop is None else clashes_of(drop.drop),
        fewest_drop=drop is None or drop.fewest,
    )


def _unruled(estate: Estate, instance: Instance) -> set[str]:
    """Return the teams that no rule seats: what they are holds them, not a wish."""
    ruled = {rule.subject.split("/")[0] for rule in seat_rules(estate)}
    return {team.id for team in instance.teams if team.id.split("/")[0] not in ruled}


def _way(again: Again, lift: Lift) -> Way | None:
    """Return the plan that lifting one rule makes possible, None if none was found."""
    instance = again.instance(lift.estate)
    if shortage_of(compile_instance(instance)) is not None:
        return None
    answer = again.solve(instance, None)
    if answer.plan is None:
        return None
    return Way(
        rule=lift.rule,
        subject=lift.subject,
        object=lift.object,
        count=lift.count,
        value=answer.plan.value,
        freed=tuple(sorted(answer.plan.freed_units)),
    )


def touches(lift: Lift, reasons: tuple[Reason, ...]) -> bool:
    """Say whether lifting a rule can end a conflict: every conflict must lose one of its rules.

    What places a team is one rule to the solver, whatever it follows from.
    """
    named = {reason.rule for reason in reasons}
    kinds = {
        "keep_floor": {"must_keep"},
        "free_floor": {"must_free"},
        "people_moved_at_most": {"churn"},
        "needs": {"needs", "place"},
        "apart": {"apart"},
    }.get(lift.rule, {"place", "fixed"})
    return not reasons or bool(named & kinds)
