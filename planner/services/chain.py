"""The whole chain as one pure function: estate, demand, plan, checks, money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from planner.demand.backtest import backtest_of
from planner.demand.model import demand_of
from planner.domain.assumptions import register_of
from planner.domain.consistency import problems_of
from planner.errors import InvalidInput, PlannerError, joined, sentence
from planner.finance.dated import case_of_plan
from planner.finance.scaled import Scaled
from planner.finance.values import values_of
from planner.optimise.again import Again
from planner.optimise.options import Options
from planner.optimise.questions import answer_to
from planner.optimise.solve import plan_estate
from planner.optimise.study import Listening, study_of
from planner.optimise.waves import Effort, date_moves
from planner.reports.dossier import Alternative, Dossier
from planner.services.telling import SILENT
from planner.services.tightening import tightened
from planner.services.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.study import Study
    from planner.finance.values import Values
    from planner.optimise.questions import Question, Told
    from planner.optimise.study import Part
    from planner.reports.dossier import Role
    from planner.services.telling import Telling


def make_plan(
    estate: Estate,
    options: Options,
    telling: Telling = SILENT,
    *,
    start: Plan | None = None,
    limit: int | None = None,
) -> Plan:
    """Return the best plan for an estate with dates for its moves, checked twice.

    Args:
        estate: what is given.
        options: what is asked.
        telling: who is told meanwhile.
        start: a plan of this estate to start from.
        limit: proved before: no plan under these rules, or under fewer, is worth more.

    Raises:
        InvalidInput: the estate contradicts itself, or figures are missing.
        Infeasible: no plan keeps all rules.
        OutOfTime: no plan was found in time.
    """
    say = telling.step or (lambda _: None)
    say("read")
    problems = problems_of(estate, own=options.rules)
    if problems:
        raise InvalidInput(problems)
    values = values_of(estate)
    say("demand")
    level = options.level or register_of(estate).number("service_level")
    demand = demand_of(estate, level=level, seed=options.seed)
    say("solve")
    plan = plan_estate(
        estate,
        demand,
        values,
        options,
        on_glimpse=telling.glimpse,
        should_stop=telling.should_stop,
        start=start,
        limit=limit,
    )
    return finished(estate, demand, values, options, plan, telling)


def finished(
    estate: Estate,
    demand: Demand,
    values: Values,
    options: Options,
    plan: Plan,
    telling: Telling,
) -> Plan:
    """Return a plan as a search found it tried on days held out, with dates, and checked twice."""
    say = telling.step or (lambda _: None)
    plan = tightened(estate, demand, values, options, plan, telling)
    say("dates")
    effort = Effort(max(2, options.seconds // 4), options.workers, options.seed)
    plan = date_moves(estate, plan, values, effort, telling.should_stop)
    say("check")
    refuse_broken(plan, estate)
    return plan


def refuse_broken(plan: Plan, estate: Estate) -> None:
    """Let a plan of our own making pass only if it follows from its estate.

    Raises:
        PlannerError: it does not; every way is named.
    """
    broken = verify(plan, estate)
    if broken:
        head = sentence("The plan failed its check and was not kept; this is our defect:")
        raise PlannerError(joined([head, *(one.line for one in broken)], "\n"))


def look_into(
    estate: Estate,
    plan: Plan,
    seconds: int,
    *,
    step: Callable[[Part, int, int], None] | None = None,
    study: Callable[[Study], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    before: Study | None = None,
) -> Study:
    """Return the study of a plan; every other plan in it has passed both checks.

    Args:
        estate: as the plan saw it.
        plan: what is looked into.
        seconds: for all questions together.
        step: told which part is at work, how many questions are done, how many there are.
        study: told of the study as far as it has come, after each part.
        should_stop: asked often; True ends it with what it has.
        before: an earlier study of the plan to go on from.
    """
    values = values_of(estate)

    def prices(*, rent: Decimal, moves: Decimal) -> Scaled:
        return Scaled(values, rent=rent, moves=moves)

    def sound(found: Study) -> Study:
        for point in found.points:
            refuse_broken(point.plan, estate)
        if found.better is not None:
            refuse_broken(found.better, estate)
        return found

    listening = Listening(
        step=step,
        study=None if study is None else lambda found: study(sound(found)),
        should_stop=should_stop,
    )
    demand = demand_of(estate, level=plan.level, seed=plan.seed)
    found = study_of(
        estate, demand, prices, plan, _as_asked(plan),
        seconds=seconds, listening=listening, before=before,
    )  # fmt: skip
    return sound(_dated(estate, plan, found, values, should_stop))


def ask_about(
    estate: Estate,
    plan: Plan,
    study: Study,
    question: Question,
    seconds: int,
    should_stop: Callable[[], bool] | None = None,
) -> Told:
    """Return the answer to one more question about a plan; what it finds better is checked twice.

    Args:
        estate: as the plan saw it.
        plan: what is asked about.
        study: what is known of it.
        question: a unit to be freed, or a rule to be lifted.
        seconds: for the search.
        should_stop: asked often; True ends it with what it has.
    """
    values = values_of(estate)
    demand = demand_of(estate, level=plan.level, seed=plan.seed)
    again = Again(
        estate, demand, values, _as_asked(plan), seconds, should_stop,
        spare=plan.spare, fits=plan.fits,
    )  # fmt: skip
    told = answer_to(again, plan, study, question)
    if told.better is None:
        return told
    better = told.better
    if plan.schedule is not None:
        better = date_moves(estate, better, values, Effort(1, 1, better.seed), should_stop)
    refuse_broken(better, estate)
    return replace(told, better=better)


def _as_asked(plan: Plan) -> Options:
    """Return the settings of a plan."""
    return Options(
        name=plan.name, seconds=plan.seconds, seed=plan.seed, level=plan.level,
        rules=plan.rules, promise=plan.promise,
    )  # fmt: skip


def _dated(
    estate: Estate,
    plan: Plan,
    study: Study,
    values: Values,
    should_stop: Callable[[], bool] | None,
) -> Study:
    """Return the study with dates for its other plans, where the plan looked into has dates.

    What is compared is then priced alike, and whoever keeps one of them can hand it to movers.
    """

    def dated(one: Plan) -> Plan:
        late = should_stop is not None and should_stop()
        if plan.schedule is None or one.schedule is not None or late:
            return one
        return date_moves(estate, one, values, Effort(1, 1, one.seed), should_stop)

    return study.model_copy(
        update={
            "points": tuple(
                point.model_copy(update={"plan": dated(point.plan)}) for point in study.points
            ),
            "better": None if study.better is None else dated(study.better),
        }
    )


def with_study(dossier: Dossier, study: Study) -> Dossier:
    """Return the dossier with the named plans of a study as alternatives, and its reasons."""
    found = [
        Alternative(cast("Role", role), point.plan, case_of_plan(dossier.estate, point.plan))
        for point in study.points
        for role in point.roles
        if role in {"fewest_moves", "most_floors"}
    ]
    return replace(dossier, alternatives=tuple(found), study=study)


def dossier_of(estate: Estate, plan: Plan) -> Dossier:
    """Return everything that pages and documents tell of a plan, worked out from both alone."""
    demand = demand_of(estate, level=plan.level, seed=plan.seed)
    return Dossier(
        estate=estate,
        plan=plan,
        demand=demand,
        case=case_of_plan(estate, plan),
        backtest=backtest_of(
            estate, plan.placed, level=plan.level, promise=plan.promise, demand=demand
        ),
    )
