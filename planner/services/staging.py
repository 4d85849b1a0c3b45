"""Plans over several planning periods on the queue: asked for, made, shown, deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, select
from sqlmodel import col

from planner.db.audit import note
from planner.db.tables import PlanRow, ProposalVersionRow, RunRow, StageRow, StagingRow
from planner.db.tables.base import new_id
from planner.domain.plan import parse_plan
from planner.domain.stages import Stage, problems_of_stages
from planner.errors import Conflict, InvalidInput, sentence
from planner.jobs import Asked, enqueue, refuse_too_many
from planner.services.access import Right, require
from planner.services.asked import estate_of, options_of, params_of
from planner.services.hindrances import hindrances
from planner.services.loading import estate_in
from planner.services.snapshots import keep_snapshot, snapshot
from planner.services.storing import store_plan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from planner.db.store import Scope, Store
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.jobs import Claim, Pulse
    from planner.optimise.options import Options
    from planner.services.access import Actor
    from planner.services.stages import Staging

STEP: Final = "stage"
"""Before two counts: searches begun and searches in all; the first looks at the last period."""


@dataclass(frozen=True, slots=True)
class StagedPlan:
    """One period: its plan, the estate it starts from, and where the plan is kept."""

    stage: Stage
    plan_id: str
    estate: Estate
    plan: Plan


@dataclass(frozen=True, slots=True)
class StagingState:
    """A plan over several periods.

    Args:
        id: also of the run that made it.
        estate_id: the estate; `estate` is as it was when asked.
        name: of the whole.
        made_at: when.
        stages: in their order.
        npv: sum of the periods' values, minor units, all valued at the start of the case.
        bound: no plan over these periods is worth more; None if none was proved.
        outdated: the estate has changed since.
    """

    id: str
    estate_id: str
    estate: Estate
    name: str
    made_at: dt.datetime
    stages: tuple[StagedPlan, ...]
    npv: int
    bound: int | None
    outdated: bool


@dataclass(frozen=True, slots=True)
class StagingSummary:
    """One line of the list: a staging with the names of its periods."""

    id: str
    name: str
    npv: int
    bound: int | None
    made_at: dt.datetime
    stages: tuple[str, ...]


def start_stages(
    store: Store,
    actor: Actor,
    estate_id: str,
    options: Options,
    stages: Sequence[Stage],
    once: str | None = None,
) -> str:
    """Queue a run that plans every period, and return the run's id.

    Args:
        store: the open database.
        actor: who asks.
        estate_id: the estate.
        options: of each search; `seconds` counts for one.
        stages: in the order of their months.
        once: a word that the form carries; a second call with it returns the first run.

    Raises:
        InvalidInput: a period makes no sense, or the estate contradicts itself.
        Conflict: too many runs of this owner are waiting.
    """
    require(actor, Right.PLAN)
    with store.writing(actor.owner) as scope:
        estate, version = estate_in(store, scope, estate_id)
        problems = [
            *problems_of_stages(estate, stages),
            *hindrances(estate, options.rules),
        ]
        if problems:
            raise InvalidInput(problems)
        asked = Asked(
            kind="stages",
            name=options.name.strip(),
            estate_id=estate_id,
            estate_version=version,
            estate_hash=estate.hash,
            params={
                **params_of(options),
                "seconds": options.seconds * (len(stages) + 1),
                "each": options.seconds,
                "stages": [_as_json(stage) for stage in stages],
            },
            by=actor.id,
            once=once or None,
        )
        keep_snapshot(scope, estate)
        run_id = enqueue(scope, asked, store.now())
        refuse_too_many(scope)
        note(scope, actor.id, "ask", "run", run_id, now=store.now())
        return run_id


def stages_work(
    store: Store, claim: Claim, pulse: Pulse, should_stop: Callable[[], bool]
) -> Callable[[Scope], str]:
    """Plan every period; what follows stores the estates, the plans and what they add up to."""
    from planner.services.stages import plan_stages  # noqa: PLC0415  seconds to import
    from planner.services.telling import Telling  # noqa: PLC0415  seconds to import

    stages = stages_of(claim.params)
    options = replace(options_of(claim.params, claim.name), seconds=int(claim.params["each"]))
    staging = plan_stages(
        estate_of(store, claim),
        stages,
        options,
        Telling(should_stop=should_stop),
        on_stage=lambda done: pulse.step(f"{STEP} {done} {len(stages) + 1}"),
    )
    return lambda scope: _put(scope, claim, staging, store.now())


def stages_of(params: Mapping[str, Any]) -> tuple[Stage, ...]:
    """Return the periods that a run was asked for; none for a run of another kind."""
    return tuple(
        Stage(one["name"], one["month"], Decimal(one["growth"]), tuple(one["leaves"]))
        for one in params.get("stages", ())
    )


def list_stagings(store: Store, actor: Actor, estate_id: str) -> tuple[StagingSummary, ...]:
    """Return the plans over several periods of an estate, newest first."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        rows = scope.execute(
            select(StagingRow)
            .where(col(StagingRow.estate_id) == estate_id)
            .order_by(col(StagingRow.made_at).desc(), col(StagingRow.id))
        ).scalars()
        return tuple(
            StagingSummary(
                id=row.id,
                name=row.name,
                npv=row.npv,
                bound=row.bound,
                made_at=row.made_at,
                stages=tuple(one.name for one in _stages(scope, row.id)),
            )
            for row in rows
        )


def staging_of(store: Store, actor: Actor, staging_id: str) -> StagingState:
    """Return a plan over several periods.

    Raises:
        NotFound: this owner has none of this id.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        row = scope.one(StagingRow, "plan over several periods", id=staging_id)
        return StagingState(
            id=row.id,
            estate_id=row.estate_id,
            estate=snapshot(store, scope, row.estate_hash),
            name=row.name,
            made_at=row.made_at,
            stages=tuple(_staged(store, scope, _stages(scope, row.id))),
            npv=row.npv,
            bound=row.bound,
            outdated=row.estate_version != estate_in(store, scope, row.estate_id)[1],
        )


def delete_staging(store: Store, actor: Actor, staging_id: str) -> str:
    """Delete a plan over several periods with its plans; return the estate's id.

    Raises:
        Conflict: a proposal holds one of its plans.
    """
    require(actor, Right.PLAN)
    with store.writing(actor.owner) as scope:
        row = scope.one(StagingRow, "plan over several periods", id=staging_id)
        estate_id = row.estate_id
        plans = [one.plan_id for one in _stages(scope, staging_id)]
        held = select(func.count()).where(col(ProposalVersionRow.plan_id).in_(plans))
        if scope.execute(held).scalar():
            raise Conflict(
                sentence("A proposal holds one of its plans; it stays as long as that does.")
            )
        scope.execute(delete(StagingRow).where(col(StagingRow.id) == staging_id))
        scope.execute(delete(PlanRow).where(col(PlanRow.id).in_(plans)))
        note(scope, actor.id, "delete", "staging", staging_id, now=store.now())
        return estate_id


def _as_json(stage: Stage) -> dict[str, object]:
    return {
        "name": stage.name,
        "month": stage.month,
        "growth": str(stage.growth),
        "leaves": list(stage.leaves),
    }


def _put(scope: Scope, claim: Claim, staging: Staging, now: dt.datetime) -> str:
    """Store every period's estate and plan; return the id of the first plan."""
    row = StagingRow(
        id=claim.run_id,
        estate_id=claim.estate_id,
        estate_version=claim.estate_version,
        estate_hash=claim.estate_hash,
        name=claim.name,
        made_by=claim.asked_by,
        made_at=now,
        npv=staging.npv,
        bound=staging.limit,
    )
    scope.add(row)
    scope.flush()
    ids = [new_id() for _ in staging.stages]
    for number, (plan_id, one) in enumerate(zip(ids, staging.stages, strict=True), start=1):
        keep_snapshot(scope, one.estate)
        store_plan(
            scope, one.plan, plan_id=plan_id, estate_id=claim.estate_id,
            estate_version=claim.estate_version, by=claim.asked_by, now=now,
        )  # fmt: skip
        scope.add(
            StageRow(
                staging_id=claim.run_id, number=number, name=one.stage.name,
                month=one.stage.month, growth=str(one.stage.growth),
                leaves=list(one.stage.leaves), plan_id=plan_id,
            )
        )  # fmt: skip
        scope.flush()
    scope.one(RunRow, "run", id=claim.run_id).freed = sorted(
        {unit for one in staging.stages for unit in one.plan.freed_units}
    )
    return ids[0]


def _stages(scope: Scope, staging_id: str) -> Sequence[StageRow]:
    return (
        scope.execute(
            select(StageRow)
            .where(col(StageRow.staging_id) == staging_id)
            .order_by(col(StageRow.number))
        )
        .scalars()
        .all()
    )


def _staged(store: Store, scope: Scope, rows: Iterable[StageRow]) -> Iterable[StagedPlan]:
    for one in rows:
        row = scope.one(PlanRow, "plan", id=one.plan_id)
        yield StagedPlan(
            stage=Stage(one.name, one.month, Decimal(one.growth), tuple(one.leaves)),
            plan_id=one.plan_id,
            estate=snapshot(store, scope, row.estate_hash),
            plan=parse_plan(row.content),
        )
