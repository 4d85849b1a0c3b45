"""What each rule costs, and what happens to the value if a kept unit must be freed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from planner.domain.eligibility import kept_by_rule
from planner.domain.study import Clash, FloorReason, Gain, RulePrice
from solver.explain import Known, Price, price_of

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.again import Again, Answer
    from planner.optimise.instance import Worth
    from planner.optimise.lifts import Lift
    from solver.outcome import Reason
    from solver.restack.instance import Instance
    from solver.restack.solution import Solution


FEW: Final = 3
"""A conflict of so many rules, or fewer, needs no shorter one."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """The answer without one rule; its gain is worked out when all answers are there."""

    lift: Lift
    answer: Answer

    def price(self, base: Known) -> RulePrice | None:
        """Return what the rule costs, None where nothing can be said."""
        price = price_of(base, self.answer.known, "looser")
        plan = self.answer.plan
        if price is None:
            return None
        return RulePrice(
            rule=self.lift.rule,
            subject=self.lift.subject,
            object=self.lift.object,
            count=self.lift.count,
            gain=gain_of(price),
            freed=() if plan is None else tuple(sorted(plan.freed_units)),
        )


@dataclass(frozen=True, slots=True)
class Forced:
    """The answer with one unit freed; its gain is worked out when all answers are there."""

    unit: str
    answer: Answer

    def reason(self, base: Known) -> FloorReason | None:
        """Return why the unit is kept, None where nothing can be said."""
        answer = self.answer
        price = price_of(base, answer.known, "tighter")
        if price is None:
            return FloorReason(
                unit=self.unit,
                gain=None,
                clashes=clashes_of(answer.reasons),
                minimal=answer.minimal,
            )
        gain = gain_of(price)
        if gain.estimate is None and gain.most is None:
            return None
        return FloorReason(
            unit=self.unit,
            gain=gain,
            moved=None if answer.plan is None else answer.plan.people_moved,
            freed=() if answer.plan is None else tuple(sorted(answer.plan.freed_units)),
        )


def lifted(again: Again, lift: Lift, start: Solution) -> Lifted:
    """Solve without one rule."""
    return Lifted(lift, again.solve(again.instance(lift.estate), start))


def forced(again: Again, unit: str, start: Solution) -> Forced:
    """Solve with one unit freed; where no plan can, find out why as shortly as it can be said."""
    instance = freeing(again.instance(), unit)
    answer = again.solve(instance, start)
    if answer.known.impossible and len(answer.reasons) > FEW:
        answer = again.explained(instance, answer)
    return Forced(unit, answer)


def freeing(instance: Instance, unit: str) -> Instance:
    """Return the instance in which a unit must be freed."""
    return replace(
        instance,
        spaces=tuple(
            replace(space, must_free=True) if space.id == unit else space
            for space in instance.spaces
        ),
    )


def gain_of(price: Price) -> Gain:
    """Return a price as a gain of value: the other way round."""

    def minus(value: int | None) -> int | None:
        return None if value is None else -value

    return Gain(estimate=minus(price.estimate), least=minus(price.most), most=minus(price.least))


def clashes_of(reasons: tuple[Reason, ...]) -> tuple[Clash, ...]:
    """Return the rules of a conflict by team code and unit id."""
    return tuple(
        dict.fromkeys(
            Clash(
                rule=reason.rule,
                teams=tuple(dict.fromkeys(name.split("/")[0] for name in reason.teams)),
                units=reason.spaces,
            )
            for reason in reasons
        )
    )


def worth_asking(estate: Estate, plan: Plan, worth: Worth, most: int) -> tuple[list[str], int]:
    """Return kept units whose freeing is worth looking into, and how many more there are.

    A unit that a rule keeps is answered by the price of the rule. The others come in the order
    of what they would earn less what emptying them would cost at the cheapest.
    """
    ruled = kept_by_rule(estate)
    held: dict[str, int] = {}
    for one in plan.placements:
        held[one.unit] = held.get(one.unit, 0) + one.people
    inside = _cheapest_move(estate, worth)
    kept = [
        unit
        for unit in estate.units
        if unit.id not in plan.freed_units and unit.id not in ruled and unit.lettable
    ]
    kept.sort(key=lambda unit: (held.get(unit.id, 0) * inside - worth.unit_npv(unit.id), unit.id))
    return [unit.id for unit in kept[:most]], max(0, len(kept) - most)


def _cheapest_move(estate: Estate, worth: Worth) -> int:
    ids = [unit.id for unit in estate.units]
    return min((worth.move_npv_per_person(*pair) for pair in pairwise(ids)), default=0)
