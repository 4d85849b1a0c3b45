"""How far rents, the cost of moves and attendance may change before the plan would."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.check import share_of
from planner.domain.study import Bend, Edge
from planner.optimise.again import at_crowd, heads_of
from planner.optimise.instance import groups_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.domain.plan import Plan
    from planner.domain.study import Figure
    from planner.optimise.again import Again
    from planner.optimise.instance import Worth

DOWN: Final = (Decimal("0.9"), Decimal("0.75"), Decimal("0.5"))
UP: Final = (Decimal("1.1"), Decimal("1.25"), Decimal("1.5"))
FEWER_PEOPLE: Final = (Decimal("0.95"), Decimal("0.9"), Decimal("0.8"))
MOST_PEOPLE: Final = Decimal(3)
STEP: Final = Decimal("0.01")


def price_bend(
    again: Again,
    plan: Plan,
    others: Sequence[Plan],
    figure: Figure,
    scaled: Callable[[Decimal], Worth],
) -> Bend:
    """Return how far a price may change before another plan is better.

    Args:
        again: the estate.
        plan: the plan at hand.
        others: plans under the same rules that are known already; any may be the better one.
        figure: which price.
        scaled: prices at a factor.
    """
    proved = plan.status == "optimal"
    down = _edge(again, plan, list(others), DOWN, scaled, proved=proved)
    up = _edge(again, plan, list(others), UP, scaled, proved=proved)
    return Bend(figure=figure, down=down, up=up)


def _edge(
    again: Again,
    plan: Plan,
    others: list[Plan],
    factors: Sequence[Decimal],
    scaled: Callable[[Decimal], Worth],
    *,
    proved: bool,
) -> Edge:
    """Look outwards until a better plan is known.

    The best value there is bends upwards in the factor, and the plan's own runs straight: a
    plan proved best at two factors is best at all between.
    """
    stays: Decimal | None = Decimal(1) if proved else None
    tried: Decimal | None = Decimal(1)
    for factor in factors:
        worth = scaled(factor)
        there = replace_worth(again, worth)
        own = again.at(plan)
        answer = there.solve(there.instance(), own)
        if answer.plan is not None:
            others.append(answer.plan)
        value = there.plan(own).value
        best = max([there.plan(again.at(other)).value for other in others], default=value)
        if best > value:
            break
        tried = factor
        limit = answer.known.bound
        if stays is not None and limit is not None and there.today - limit <= value:
            stays = factor
        elif stays is not None:
            proved = False
    else:
        return Edge(stays=stays, tried=tried)
    changes, winner = _crossing(again, plan, others, tried or Decimal(1), factor, scaled)
    if changes == 1:
        return Edge(changes=changes, freed=tuple(sorted(winner.freed_units)))
    return Edge(stays=stays, tried=tried, changes=changes, freed=tuple(sorted(winner.freed_units)))


def _crossing(
    again: Again,
    plan: Plan,
    others: Sequence[Plan],
    near: Decimal,
    far: Decimal,
    scaled: Callable[[Decimal], Worth],
) -> tuple[Decimal, Plan]:
    """Return the nearest hundredth at which one of the plans is better, and that plan."""
    own = again.at(plan)
    rest = [(other, again.at(other)) for other in others]
    way = STEP if far > near else -STEP
    steps = int(abs(far - near) / STEP)
    low, high = 0, steps  # no plan known is better at low; one is at high
    while high - low > 1:
        middle = (low + high) // 2
        there = replace_worth(again, scaled(near + way * middle))
        value = there.plan(own).value
        if any(there.plan(solution).value > value for _, solution in rest):
            high = middle
        else:
            low = middle
    factor = near + way * high
    there = replace_worth(again, scaled(factor))
    return factor, max(rest, key=lambda one: there.plan(one[1]).value)[0]


def replace_worth(again: Again, worth: Worth) -> Again:
    """Return the same estate at other prices."""
    return replace(again, worth=worth)


def attendance_bend(again: Again, plan: Plan) -> Bend:
    """Return how far attendance may rise before seats run out, and fall before more can go."""
    return Bend(figure="attendance", down=_fewer(again, plan), up=_more(again, plan))


def _more(again: Again, plan: Plan) -> Edge:
    """Return up to where every floor of the plan still has seats for everybody."""
    factor = Decimal(1)
    while factor < MOST_PEOPLE and _holds(again, plan, factor + STEP):
        factor += STEP
    if factor >= MOST_PEOPLE:
        return Edge(stays=factor, tried=factor)
    return Edge(stays=factor, tried=factor, changes=factor + STEP)


def _holds(again: Again, plan: Plan, factor: Decimal) -> bool:
    """Say whether the plan's seats suffice with so many times the people on every day."""
    grown = at_crowd(again.demand.allotments, factor, heads_of(again))
    needs = {
        (group.team.code, group.origin): group.seats for group in groups_of(again.estate, grown)
    }
    people: dict[tuple[str, str | None], int] = {}
    for one in plan.placements:
        group = (one.team, one.origin)
        people[group] = people.get(group, 0) + one.people
    taken: dict[str, list[int]] = {}
    for one in plan.placements:
        group = (one.team, one.origin)
        sums = taken.setdefault(one.unit, [0] * len(plan.weekdays))
        for day, need in enumerate(needs[group]):
            sums[day] += share_of(need, one.people, people[group])
    return all(
        max(sums, default=0) <= again.estate.unit_of[unit].places for unit, sums in taken.items()
    )


def _fewer(again: Again, plan: Plan) -> Edge:
    """Return at which lower attendance a better plan was found."""
    tried = Decimal(1)
    heads = heads_of(again)
    own = again.at(plan)
    stays: Decimal | None = None
    for factor in FEWER_PEOPLE:
        needs = at_crowd(again.demand.allotments, factor, heads)
        there = replace(again, demand=replace(again.demand, allotments=needs), crowd=factor)
        answer = there.solve(there.instance(), own)
        if answer.plan is not None and answer.plan.value > plan.value:
            return Edge(
                stays=stays,
                tried=tried,
                changes=factor,
                freed=tuple(sorted(answer.plan.freed_units)),
            )
        tried = factor
        bound = answer.known.bound
        if bound is not None and again.today - bound <= plan.value:
            stays = factor
    return Edge(stays=stays, tried=tried)
