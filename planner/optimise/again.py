"""Solving an estate again under changed rules or prices, from a plan that is there already."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from planner.demand.backtest import wanted_on
from planner.domain.eligibility import with_rules
from planner.optimise.answer import plan_of
from planner.optimise.instance import cost_of_today, groups_of, instance_of, with_days, with_spare
from planner.optimise.large import exact, in_units, told, unit_of
from solver.contradiction import contradiction, explain_conflict
from solver.errors import InvalidInstance
from solver.explain import Known
from solver.outcome import Outcome, Reason, Status
from solver.params import Params
from solver.restack.check import check_solution, cost_of
from solver.restack.solution import Solution
from solver.run import solve_restack

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.instance import Worth
    from planner.optimise.options import Options
    from solver.progress import Progress
    from solver.restack.instance import Instance

CONFLICT_SECONDS = 5.0
FIRST_SECONDS = 2.0
"""For a start near the plan at hand: only those sit elsewhere who must, or who move anyway."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What solving again found: a plan of the estate or None, and what is proved.

    Args:
        plan: checked by nobody but the solver yet.
        known: cost of the plan, unmet wishes that the solver cannot weigh included, and bound.
        reasons: for no plan, rules that conflict; `minimal` where each was shown to be needed.
    """

    plan: Plan | None
    known: Known
    reasons: tuple[Reason, ...] = ()
    minimal: bool = False


@dataclass(frozen=True)
class Again:
    """One estate with its demand and prices, to be solved again and again.

    Args:
        estate: as it stands; plans that come back are plans of this one.
        demand: seats per team and weekday.
        worth: prices.
        options: of the plan at hand: name, seed, workers.
        seconds: for one solve.
        should_stop: ends a solve with the best so far.
        spare: seats to leave free, by unit.
        fits: days held out on which no floor may be short.
        crowd: how many times the people come on those days.
    """

    estate: Estate
    demand: Demand
    worth: Worth
    options: Options
    seconds: float
    should_stop: Callable[[], bool] | None = None
    spare: Mapping[str, int] = field(default_factory=dict)
    fits: tuple[dt.date, ...] = ()
    crowd: Decimal = Decimal(1)

    @property
    def ruled(self) -> Estate:
        """Return the estate with the rules of the plan at hand."""
        return with_rules(self.estate, self.options.rules)

    @property
    def today(self) -> int:
        """Return the cost of doing nothing."""
        return cost_of_today(self.estate, self.worth)

    @property
    def params(self) -> Params:
        """Return the settings of one solve."""
        return Params(
            seconds=self.seconds,
            workers=self.options.workers,
            seed=self.options.seed,
            gap=float(self.options.gap),
        )

    def instance(self, changed: Estate | None = None, worth: Worth | None = None) -> Instance:
        """Return the instance, of the estate under changed rules or other prices if given."""
        own = instance_of(changed or self.ruled, self.demand.allotments, worth or self.worth)
        if self.fits:
            groups = groups_of(self.estate, self.demand.allotments)
            wanted = at_crowd(wanted_on(self.demand, self.fits), self.crowd, heads_of(self))
            own = with_days(own, groups, wanted)
        return with_spare(own, self.spare)

    def plan(self, solution: Solution, bound: int | None = None) -> Plan:
        """Return the plan of this estate that a solution stands for."""
        return plan_of(
            self.estate,
            self.demand,
            self.worth,
            self.options,
            solution=solution,
            bound=bound,
            spare=self.spare,
            fits=self.fits,
        )

    def at(self, plan: Plan) -> Solution:
        """Return a plan of this estate as the solver has it."""
        return solution_of(self.estate, self.demand.allotments, plan)

    def solve(self, instance: Instance, start: Solution | None) -> Answer:
        """Solve one instance, from a plan that may break its rules."""
        return self.answer(self.run(instance, start))

    def run(
        self,
        instance: Instance,
        start: Solution | None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Outcome[Solution]:
        """Return what the solver makes of one instance, from a plan that may break its rules."""
        unit = unit_of(instance)
        own = instance if unit == 1 else in_units(instance, unit)
        counted = contradiction(
            own, max(self.seconds, CONFLICT_SECONDS), self.options.seed, self.should_stop
        )
        if counted is not None:
            return Outcome(
                status=Status.INFEASIBLE, best=None, cost=None, bound=None, seconds=0.0,
                reasons=counted.reasons, reasons_minimal=counted.minimal,
            )  # fmt: skip
        outcome = solve_restack(
            own,
            self.params,
            on_progress=on_progress if unit == 1 else told(on_progress, instance, unit),
            should_stop=self.should_stop,
            start=None if start is None else self.mended(own, start),
        )
        return outcome if unit == 1 else exact(outcome, instance, unit)

    def answer(self, outcome: Outcome[Solution]) -> Answer:
        """Return what a run of the solver found, in the terms of this estate."""
        if outcome.best is None:
            gone = outcome.status is Status.INFEASIBLE
            known = Known(None, outcome.bound, gone)
            return Answer(None, known, outcome.reasons, outcome.reasons_minimal)
        plan = self.plan(outcome.best)
        return Answer(plan, Known(self.today - plan.value, outcome.bound))

    def explained(self, instance: Instance, answer: Answer) -> Answer:
        """Return the answer with the shortest conflict that is found, for one without a plan."""
        seconds = max(self.seconds, CONFLICT_SECONDS)
        found = explain_conflict(instance, seconds, self.options.seed, self.should_stop)
        if not found.reasons or (answer.minimal and len(found.reasons) >= len(answer.reasons)):
            return answer
        return replace(answer, reasons=found.reasons, minimal=found.minimal)

    def kept(self, instance: Instance, start: Solution, bound: int | None) -> Solution | None:
        """Return a plan that keeps the instance's rules already and costs no more than a bound."""
        own = replace(start, cost=cost_of(instance, start))
        return own if own.cost == bound and not check_solution(instance, own) else None

    def mended(self, instance: Instance, start: Solution) -> Solution | None:
        """Return a plan that keeps the instance's rules, near one that may not."""
        own = replace(start, cost=cost_of(instance, start))
        broken = check_solution(instance, own)
        if not broken:
            return own
        loose = {team for violation in broken for team in violation.teams}
        spaces = {space for violation in broken for space in violation.spaces}
        loose |= {team for team, parts in start.place.items() if spaces & parts.keys()}
        moved = {
            team.id for team in instance.teams if team.now and start.place[team.id] != team.now
        }
        for free in (loose, loose | moved) if moved - loose else (loose,):
            found = self._near(instance, start, free)
            if found is not None:
                return found
        return None

    def _near(self, instance: Instance, start: Solution, free: set[str]) -> Solution | None:
        """Return a plan in which only some teams, and all divided ones, sit elsewhere."""
        fixed = {
            team: next(iter(parts))
            for team, parts in start.place.items()
            if team not in free and len(parts) == 1
        }
        small = replace(instance, fixed={**fixed, **instance.fixed})
        seconds = min(FIRST_SECONDS, self.seconds / 2)
        found = solve_restack(
            small, Params(seconds=seconds, workers=1, seed=1, gap=0.001),
            should_stop=self.should_stop,
        )  # fmt: skip
        return found.best


def heads_of(again: Again) -> Mapping[str, int]:
    """Return the most seats a team can want: one a head, or what it is allotted already."""
    return {
        team.code: max([team.headcount, *again.demand.allotments[team.code]])
        for team in again.estate.teams
    }


def at_crowd(
    wanted: Mapping[str, tuple[int, ...]], factor: Decimal, most: Mapping[str, int]
) -> dict[str, tuple[int, ...]]:
    """Return the seats with so many times the people, rounded up, no more than there are heads."""
    if factor == 1:
        return dict(wanted)
    return {
        team: tuple(
            min(most[team], int((need * factor).to_integral_value(ROUND_CEILING))) for need in seats
        )
        for team, seats in wanted.items()
    }


def solution_of(estate: Estate, allotments: Mapping[str, tuple[int, ...]], plan: Plan) -> Solution:
    """Return the solution that a plan of this estate came from; its cost is 0 until worked out.

    Raises:
        InvalidInstance: the plan seats somebody whom the estate does not have.
    """
    place: dict[str, dict[str, int]] = {group.id: {} for group in groups_of(estate, allotments)}
    groups = {(group.team.code, group.origin): group.id for group in groups_of(estate, allotments)}
    for one in plan.placements:
        name = groups.get((one.team, one.origin))
        if name is None:
            raise InvalidInstance(
                [f"the plan seats team {one.team} from {one.origin}, where nobody sits"]
            )
        if one.people:
            place[name][one.unit] = place[name].get(one.unit, 0) + one.people
    freed = plan.freed_units
    kept = tuple(unit.id for unit in estate.units if unit.id not in freed)
    return Solution(place, dict.fromkeys(place, 0), kept, 0)
