"""What each rule costs, and what happens to the value if a kept unit must be freed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from planner.domain.eligibility import kept_by_rule
from planner.domain.study import Clash, FloorReason, Gain, RulePrice
from planner.optimise.again import Answer
from planner.optimise.cut import instance_of_part, joined_to, parts_of, restricted
from planner.optimise.lifts import all_lifted
from solver.explain import Known, Price, explain_held, only_places, price_of
from solver.freeing import rough_prices
from solver.lifting import bounds_without
from solver.restack.check import cost_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.again import Again
    from planner.optimise.instance import Worth
    from planner.optimise.lifts import Lift
    from solver.outcome import Reason
    from solver.restack.instance import Instance
    from solver.restack.solution import Solution


FEW: Final = 3
"""A conflict of so many rules, or fewer, needs no shorter one."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """The answer without one rule; its gain is worked out when all answers are there.

    Args:
        lift: the rule.
        answer: what was found without it.
        rough: it was only looked at together with all other rules.
    """

    lift: Lift
    answer: Answer
    rough: bool = False

    def after(self, before: Lifted | None) -> Lifted:
        """Return this answer with what an earlier one to the same question proved."""
        bounds = [one.answer.known.bound for one in (self, before) if one is not None]
        bound = max((bound for bound in bounds if bound is not None), default=None)
        known = replace(self.answer.known, bound=bound)
        return replace(self, answer=replace(self.answer, known=known))

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
            rough=self.rough,
        )


@dataclass(frozen=True, slots=True)
class Forced:
    """The answer with one unit freed; its gain is worked out when all answers are there.

    Args:
        unit: its id.
        answer: what was found.
        least, most: proved of the part that the unit belongs to: what freeing it costs.
        rough: no search of its own was made.
    """

    unit: str
    answer: Answer
    least: int = 0
    most: int | None = None
    rough: bool = False

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
        own = Gain(estimate=None, least=None if self.most is None else -self.most, most=-self.least)
        gain = gain_of(price).beside(own)
        if gain.estimate is None and gain.most is None:
            return None
        return FloorReason(
            unit=self.unit,
            gain=gain,
            moved=None if answer.plan is None else answer.plan.people_moved,
            freed=() if answer.plan is None else tuple(sorted(answer.plan.freed_units)),
            rough=self.rough,
        )

    def after(self, before: Forced | None) -> Forced:
        """Return this answer with what an earlier one to the same question adds to it."""
        if before is None or self.answer.known.impossible:
            return self
        ours, theirs = self.answer.plan, before.answer.plan
        ours_is_best = theirs is None or (ours is not None and ours.value >= theirs.value)
        bounds = [one.answer.known.bound for one in (self, before)]
        cost = (self if ours_is_best else before).answer.known.cost
        bound = max((bound for bound in bounds if bound is not None), default=None)
        return replace(
            self,
            answer=Answer(ours if ours_is_best else theirs, Known(cost, bound)),
            least=max(self.least, before.least),
            most=min((m for m in (self.most, before.most) if m is not None), default=None),
        )


def lifted(again: Again, lift: Lift, start: Solution) -> Lifted:
    """Solve without one rule."""
    return Lifted(lift, again.solve(again.instance(lift.estate), start))


def rough_rules(again: Again, lifts: Sequence[Lift], seconds: float) -> Iterator[Lifted]:
    """Yield what each rule costs at most, without a search of its own."""
    whole, free = again.instance(), again.instance(all_lifted(again.ruled))
    instances = [again.instance(lift.estate) for lift in lifts]
    bounds = bounds_without(whole, free, instances, seconds, again.should_stop)
    for lift, bound in zip(lifts, bounds, strict=True):
        yield Lifted(lift, Answer(None, Known(None, bound)), rough=True)


def forced(
    again: Again, unit: str, plan: Plan, start: Solution, first: Solution | None = None
) -> Forced:
    """Solve with one unit freed; where no plan can, find out why as shortly as it can be said.

    Where the estate falls into parts that no team can cross, the unit's own part is solved; what
    is proved of it is proved of the whole.

    Args:
        again: the estate.
        unit: to be freed.
        plan: the plan at hand.
        start: the same as the solver has it.
        first: a plan that frees the unit, where one is known.
    """
    whole = again.instance()
    parts = parts_of(whole)
    part = next(part for part in parts if unit in part.spaces)
    own = whole if len(parts) == 1 else instance_of_part(whole, part)
    here, first = start, first or start
    if len(parts) > 1:
        here, first = restricted(start, part), restricted(first, part)
    instance = freeing(own, unit)
    outcome = again.run(instance, first)
    if outcome.best is None:
        answer = again.answer(replace(outcome, bound=None))
        if answer.known.impossible and len(answer.reasons) > FEW:
            answer = again.explained(instance, answer)
    else:
        best = again.plan(joined_to(start, part, outcome.best))
        answer = Answer(best, Known(again.today - best.value, None))
    if outcome.bound is None:
        return Forced(unit, answer)
    least = outcome.bound - cost_of(own, here) - _unweighed(again, plan, start)
    return Forced(unit, answer, least=max(0, least))


def rough(
    again: Again, units: Sequence[str], plan: Plan, start: Solution, seconds: float
) -> Iterator[Forced]:
    """Yield what is known of freeing each unit without a search of its own.

    A unit that is the only place of some team can never be freed; that needs no search at all.
    """
    instance = again.instance()
    held = only_places(instance)
    for unit in units:
        if unit in held:
            found = explain_held(freeing(instance, unit), held[unit], again.options.seed)
            known = Known(None, None, impossible=True)
            yield Forced(unit, Answer(None, known, found.reasons, found.minimal))
    extra = _unweighed(again, plan, start)
    free = [unit for unit in units if unit not in held]
    for one in rough_prices(instance, start, free, seconds, again.should_stop):
        answer = Answer(None, Known(None, None))
        most = one.most
        if one.plan is not None:
            then = again.plan(one.plan)
            answer = Answer(then, Known(again.today - then.value, None))
            most = None if most is None else most + _unweighed(again, then, one.plan)
        yield Forced(one.space, answer, max(0, one.least - extra), most, rough=True)


def _unweighed(again: Again, plan: Plan, solution: Solution) -> int:
    """Return what a plan pays for wishes that the solver cannot weigh."""
    return again.today - plan.value - cost_of(again.instance(), solution)


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


def worth_asking(estate: Estate, plan: Plan, worth: Worth) -> list[str]:
    """Return the kept units whose freeing has a price.

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
    return [unit.id for unit in kept]


def _cheapest_move(estate: Estate, worth: Worth) -> int:
    ids = [unit.id for unit in estate.units]
    return min((worth.move_npv_per_person(*pair) for pair in pairwise(ids)), default=0)
