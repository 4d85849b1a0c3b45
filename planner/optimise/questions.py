"""One more question about a plan: what freeing this unit, or lifting this rule, would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.domain.study import FloorReason, RulePrice
from planner.optimise.lifts import lifts_of
from planner.optimise.prices import forced, lifted, rough, rough_rules
from planner.optimise.study import in_order_of_gain, in_order_of_price
from solver.explain import Known

if TYPE_CHECKING:
    from planner.domain.plan import Plan
    from planner.domain.study import Study
    from planner.optimise.again import Again

ROUGH_SHARE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a unit to be freed, or, where `unit` is "", a rule to be lifted."""

    unit: str = ""
    rule: str = ""
    subject: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to one question, None where nothing can be said; and a plan met on the way.

    Args:
        found: why the unit is kept, or what the rule costs.
        better: a plan better than any known before, None if none was met.
    """

    found: FloorReason | RulePrice | None
    better: Plan | None = None


def answer_to(again: Again, plan: Plan, study: Study, question: Question) -> Told:
    """Return the answer to one question, from a search of its own.

    Args:
        again: the estate of the plan; its seconds are for the search.
        plan: that the study is about.
        study: what is known already; its bounds hold for this answer too.
        question: what is asked.
    """
    base = _known(again, plan, study)
    start = again.at(plan)
    if question.unit:
        first = next(rough(again, [question.unit], plan, start, ROUGH_SHARE * again.seconds), None)
        near = None if first is None or first.answer.plan is None else first.answer.plan
        said = forced(
            again, question.unit, plan, start, None if near is None else again.at(near)
        ).after(first)
        then = said.answer.plan
        top = again.today - (base.cost or 0)
        # What is proved of plans that fit the days of this one is proved of no others.
        own = None if plan.bound is None else again.today - plan.bound
        limit = own if plan.fitted else base.bound
        if then is None or then.value <= top:
            return Told(said.reason(base))
        return Told(said.reason(base), again.plan(again.at(then), limit))
    name = (question.rule, question.subject, question.object)
    for lift in lifts_of(again.ruled):
        if (lift.rule, lift.subject, lift.object) == name:
            quick = next(rough_rules(again, [lift], ROUGH_SHARE * again.seconds), None)
            return Told(lifted(again, lift, start).after(quick).price(base))
    return Told(None)


def _known(again: Again, plan: Plan, study: Study) -> Known:
    """Return what is known of the estate as it stands."""
    plans = [plan, *(point.plan for point in study.points)]
    plans += [] if study.better is None else [study.better]
    limits = [one.bound for one in (plan, study.better) if one is not None]
    limit = min((limit for limit in limits if limit is not None), default=None)
    top = max(one.value for one in plans)
    return Known(again.today - top, None if limit is None else again.today - limit)


def with_answer(study: Study, told: Told) -> Study:
    """Return the study with one more answer; what was proved before still holds."""
    found = told.found
    changes: dict[str, object] = {}
    if isinstance(found, FloorReason):
        old = next((one for one in study.floors if one.unit == found.unit), None)
        floors = [one for one in study.floors if one.unit != found.unit]
        floors.append(_joined_reason(found, old))
        changes["floors"] = in_order_of_gain(floors)
        changes["floors_left"] = sum(one.rough for one in floors)
    elif isinstance(found, RulePrice):
        before = next((one for one in study.rules if one.name == found.name), None)
        gain = found.gain if before is None else found.gain.beside(before.gain)
        rules = [one for one in study.rules if one.name != found.name]
        rules.append(found.model_copy(update={"gain": gain}))
        changes["rules"] = in_order_of_price(rules)
    if told.better is not None:
        changes["better"] = told.better
    return study.model_copy(update=changes)


def _joined_reason(now: FloorReason, old: FloorReason | None) -> FloorReason:
    """Return two answers about one unit as one: where none can free it, that is the answer."""
    if old is None or now.gain is None:
        return now
    if old.gain is None:
        return old
    best = now
    known = [one for one in (now, old) if one.gain is not None and one.gain.estimate is not None]
    if known:
        best = max(known, key=lambda one: (one.gain and one.gain.estimate) or 0)
    other = old if best is now else now
    gain = best.gain
    if gain is not None and other.gain is not None:
        gain = gain.beside(other.gain)
    return best.model_copy(update={"gain": gain, "rough": now.rough and old.rough})
