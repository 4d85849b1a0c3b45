"""Large estates: parts solved by runs of their own, joined by the run of the whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update
from sqlmodel import col

from planner.db.tables import PartRow, RunRow, StudyRow
from planner.demand.model import demand_of
from planner.domain.assumptions import register_of
from planner.domain.consistency import problems_of
from planner.domain.study import NoPlanStudy
from planner.errors import Infeasible, InvalidInput
from planner.finance.values import values_of
from planner.optimise.again import Again
from planner.optimise.cut import parts_of
from planner.optimise.parts import joined, piece_from, solve_part
from planner.sentences import unpacked
from planner.services.asked import estate_of, options_of, start_of
from planner.services.chain import finished
from planner.services.parted import Parting

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.db.store import Scope, Store
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.jobs import Claim, Pulse
    from planner.optimise.cut import Part
    from planner.optimise.options import Options
    from planner.services.telling import Telling

LEAST_UNITS: Final = 100
"""Estates with fewer units are solved in one run."""
LEAST_SECONDS: Final = 5


class _PartRefused(Infeasible):
    """A part has no plan, so the whole has none; its own run has told already why."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what was told."""
        return tuple(self.reasons)


def again_of(
    estate: Estate, options: Options, should_stop: Callable[[], bool] | None = None
) -> Again:
    """Return what solves an estate, or a part of it, for a run.

    Raises:
        InvalidInput: the estate contradicts itself, or figures are missing.
    """
    problems = problems_of(estate, own=options.rules)
    if problems:
        raise InvalidInput(problems)
    level = options.level or register_of(estate).number("service_level")
    demand = demand_of(estate, level=level, seed=options.seed)
    return Again(estate, demand, values_of(estate), options, options.seconds, should_stop)


def parting(estate: Estate, options: Options) -> Parting | None:
    """Return how an estate is parted, None where it is better solved as one.

    The time asked for is shared out by teams, so that one worker takes no longer in all.
    """
    if len(estate.units) < LEAST_UNITS:
        return None
    parts = parts_of(again_of(estate, options).instance())
    if len(parts) < 2:  # noqa: PLR2004  nothing to part
        return None
    teams = sum(len(part.teams) for part in parts)
    return Parting(
        tuple(
            max(LEAST_SECONDS, options.seconds * len(part.teams) // max(1, teams)) for part in parts
        )
    )


def part_work(
    store: Store, claim: Claim, pulse: Pulse, should_stop: Callable[[], bool]
) -> Callable[[Scope], str | None]:
    """Solve one part and keep its piece for the run of the whole."""
    options = options_of(claim.params, claim.name)
    pulse.step("solve")
    estate = estate_of(store, claim)
    again = again_of(estate, options, should_stop)
    part = _parts(again)[int(claim.params["part"])]
    start, _ = start_of(store, claim, estate)
    piece = solve_part(
        again, part, start, lambda seen: pulse.better(seen.value, seen.limit, seen.freed)
    )

    def put(scope: Scope) -> None:
        scope.execute(
            update(PartRow)
            .where(col(PartRow.part_id) == claim.run_id)
            .values(content=piece.to_json())
        )

    return put


def join_parts(
    store: Store, claim: Claim, options: Options, telling: Telling, limit: int | None
) -> Plan:
    """Return the plan that the pieces make up, finished as any other; missing ones are made here.

    Raises:
        Infeasible: a part has no plan.
        OutOfTime: nothing was found of a part in time.
    """
    if telling.step is not None:
        telling.step("solve")
    estate = estate_of(store, claim)
    again = again_of(estate, options, telling.should_stop)
    start, _ = start_of(store, claim, estate)
    with store.reading(claim.owner) as scope:
        rows = scope.execute(
            select(col(PartRow.content), col(RunRow.problem), col(StudyRow.content))
            .join(RunRow, col(RunRow.id) == col(PartRow.part_id))
            .outerjoin(StudyRow, col(StudyRow.run_id) == col(PartRow.part_id))
            .where(col(PartRow.whole_id) == claim.run_id)
            .order_by(col(PartRow.number))
        )
        found = [(content, problem, study) for content, problem, study in rows]
    for _, problem, study in found:
        if problem is not None and study is not None:
            raise _PartRefused([unpacked(problem)], NoPlanStudy.model_validate_json(study))
    quick = replace(again, seconds=LEAST_SECONDS, should_stop=None)
    pieces = [
        piece_from(content) if content else solve_part(quick, part, start, None)
        for (content, _, _), part in zip(found, _parts(again), strict=True)
    ]
    plan = joined(again, pieces, limit)
    return finished(estate, again.demand, values_of(estate), options, plan, telling)


def _parts(again: Again) -> tuple[Part, ...]:
    return parts_of(again.instance())
