"""Plans and the runs that make them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, cast

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import defer
from sqlmodel import col

from planner.db.audit import note
from planner.db.tables import (
    EstateRow,
    PlanRow,
    ProposalVersionRow,
    RunLogRow,
    RunRow,
    StageRow,
    UserRow,
)
from planner.db.tables.base import new_id
from planner.domain.plan import parse_plan
from planner.errors import Conflict, InvalidInput, NotFound, Problem, sentence
from planner.jobs import ERRANDS, OPEN, Asked, ask_to_stop, enqueue, refuse_too_many
from planner.sentences import unpacked
from planner.services.access import Right, require
from planner.services.asked import params_of
from planner.services.hindrances import hindrances
from planner.services.loading import estate_in
from planner.services.parted import LogPoint, parts_told, stop_parts
from planner.services.seen import refuse_changed
from planner.services.snapshots import keep_snapshot, snapshot
from planner.services.storing import store_plan
from planner.services.studying import study_in_print

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import QueryableAttribute

    from planner.db.store import Store
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.options import Options
    from planner.reports.dossier import Dossier
    from planner.services.access import Actor

RunKind = Literal["plan", "stages", "study", "part", "document", "import"]
State = Literal["queued", "running", "done", "failed", "stopped"]


@dataclass(frozen=True, slots=True)
class RunState:
    """How a run stands.

    Args:
        id: of the run.
        kind: what it makes.
        estate_id: the estate it is for, "" where a file is to become one.
        name: of the plan to be.
        state: queued, running, done, failed or stopped; a stopped run may have a plan.
        step: what it is doing now, in a few words.
        seconds_asked: limit of the search.
        queued_at, started_at, ended_at: None where it has not come to that.
        log: value and bound over time, oldest first.
        freed: units that the best plan so far frees.
        messages: steps and remarks with their seconds, oldest first.
        stop_requested: somebody asked it to stop.
        plan_id: of the plan it made, None if none.
        problem: why it failed, in a sentence for the user, None if it did not.
        attempt: how many times it was taken up, to join its parts aside; more than 1 after a
            worker died or left.
        about: of a study, the plan that it looks into.
        stages: of a plan over several periods, their names.
    """

    id: str
    kind: RunKind
    estate_id: str
    name: str
    state: State
    step: str
    seconds_asked: int
    queued_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    log: tuple[LogPoint, ...]
    freed: tuple[str, ...]
    messages: tuple[tuple[float, str], ...]
    stop_requested: bool
    plan_id: str | None
    problem: str | None
    attempt: int
    about: str | None = None
    stages: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Say whether nothing more will happen."""
        return self.state in {"done", "failed", "stopped"}


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """One line of the list of plans; money in minor units of `currency`."""

    id: str
    estate_id: str
    estate_name: str
    name: str
    currency: str
    npv: int
    value: int
    bound: int | None
    status: Literal["optimal", "feasible"]
    freed: tuple[str, ...]
    people_moved: int
    made_at: dt.datetime
    made_by: str
    outdated: bool
    """The estate has changed since."""
    estate_hash: str = ""
    staging: str | None = None
    """The plan over several periods that this one is a stage of."""


def start_plan(
    store: Store,
    actor: Actor,
    estate_id: str,
    options: Options,
    once: str | None = None,
    *,
    start: str | None = None,
) -> str:
    """Queue a run that makes a plan for the estate as it stands, and return the run's id.

    Args:
        store: the open database.
        actor: who asks.
        estate_id: the estate.
        options: what is asked.
        once: a word that the form carries; a second call with it returns the first run.
        start: id of a plan of the same estate to start from; it is left out of account where
            the estate has changed since.

    Raises:
        InvalidInput: the estate contradicts itself; every problem is named.
        Conflict: too many runs of this owner are waiting.
    """
    require(actor, Right.PLAN)
    with store.writing(actor.owner) as scope:
        estate, version = estate_in(store, scope, estate_id)
        problems = hindrances(estate, options.rules)
        if problems:
            raise InvalidInput(problems)
        asked = Asked(
            kind="plan",
            name=options.name.strip(),
            estate_id=estate_id,
            estate_version=version,
            estate_hash=estate.hash,
            params={**params_of(options), "start": start},
            by=actor.id,
            once=once or None,
        )
        keep_snapshot(scope, estate)
        run_id = enqueue(scope, asked, store.now())
        refuse_too_many(scope)
        note(scope, actor.id, "ask", "run", run_id, now=store.now())
        return run_id


def stop_run(store: Store, actor: Actor, run_id: str) -> None:
    """Ask a run to stop; it keeps the best plan so far. A run that has ended stays as it is."""
    require(actor, Right.PLAN)
    with store.writing(actor.owner) as scope:
        ask_to_stop(scope, run_id, store.now())
        for part_id in stop_parts(scope, run_id):
            ask_to_stop(scope, part_id, store.now())
        note(scope, actor.id, "stop", "run", run_id, now=store.now())


def run_state(store: Store, actor: Actor, run_id: str) -> RunState:
    """Return how a run stands.

    Raises:
        NotFound: no such run of this owner.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        row = scope.one(RunRow, "run", id=run_id)
        told = scope.execute(
            select(RunLogRow)
            .where(col(RunLogRow.run_id) == row.id, col(RunLogRow.attempt) == row.attempt)
            .order_by(col(RunLogRow.id))
        ).scalars()
        state = _state(row, tuple(told))
        parts = parts_told(scope, row)
        if parts is None:
            return state
        return replace(
            state,
            log=parts.log,
            freed=parts.freed,
            messages=tuple((parts.seconds + at, said) for at, said in state.messages),
            attempt=max(1, state.attempt - 1),
        )


def list_runs(
    store: Store,
    actor: Actor,
    estate_id: str | None = None,
    *,
    only_open: bool = False,
    most: int | None = None,
    errands: bool = False,
) -> tuple[RunState, ...]:
    """Return the runs, newest first, without logs; one's own `errands` too: documents, files."""
    require(actor, Right.SEE)
    errand = col(RunRow.kind).in_(ERRANDS), ~col(RunRow.once).startswith("import/plan/")
    own = and_(*errand, col(RunRow.asked_by) == actor.id)
    planning = col(RunRow.kind).not_in(("part", *ERRANDS))
    wanted = select(RunRow).order_by(col(RunRow.queued_at).desc())
    wanted = wanted.where(or_(planning, own) if errands else planning)
    if estate_id is not None:
        wanted = wanted.where(col(RunRow.estate_id) == estate_id)
    if only_open:
        wanted = wanted.where(col(RunRow.state).in_(OPEN))
    with store.glancing(actor.owner) as scope:
        return tuple(_state(row, ()) for row in scope.execute(wanted.limit(most)).scalars())


def list_plans(store: Store, actor: Actor, estate_id: str | None = None) -> tuple[PlanSummary, ...]:
    """Return the plans, newest first; stages of plans over several periods stand with those."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        alone = col(StageRow.staging_id).is_(None)
        wanted = _summaries().where(alone).order_by(col(PlanRow.made_at).desc())
        if estate_id is not None:
            wanted = wanted.where(col(PlanRow.estate_id) == estate_id)
        return tuple(_summary(*found) for found in scope.execute(wanted))


def plan_summary(store: Store, actor: Actor, plan_id: str) -> PlanSummary:
    """Return one line of the list of plans.

    Raises:
        NotFound: no such plan of this owner.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        found = scope.execute(_summaries().where(col(PlanRow.id) == plan_id)).first()
        if found is None:
            raise NotFound(sentence("There is no such plan."))
        return _summary(*found)


def get_plan(store: Store, actor: Actor, plan_id: str) -> tuple[Estate, Plan]:
    """Return a plan and the estate it was made from, as that was then."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        row = scope.one(PlanRow, "plan", id=plan_id)
        return snapshot(store, scope, row.estate_hash), parse_plan(row.content)


def get_dossier(store: Store, actor: Actor, plan_id: str) -> Dossier:
    """Return a plan with everything worked out from it: demand, case, backtest."""
    from planner.services.chain import dossier_of, with_study  # noqa: PLC0415  seconds to import

    estate, plan = get_plan(store, actor, plan_id)
    with store.reading(actor.owner) as scope:
        study = study_in_print(scope, plan_id)
    dossier = dossier_of(estate, plan)
    return dossier if study is None else with_study(dossier, study)


def rename_plan(
    store: Store, actor: Actor, plan_id: str, name: str, seen: str | None = None
) -> None:
    """Give a plan another name in the lists, if it still has the one `seen`; nothing else."""
    require(actor, Right.PLAN)
    with store.writing(actor.owner) as scope:
        row = scope.one_locked(PlanRow, "plan", id=plan_id)
        refuse_changed(row.name, seen)
        if not name.strip():
            blank = sentence("is blank; enter a name for the plan")
            raise InvalidInput([Problem(sentence("field name"), blank)])
        row.name = name.strip()
        note(scope, actor.id, "rename", "plan", plan_id, now=store.now())


def delete_plan(store: Store, actor: Actor, plan_id: str) -> None:
    """Delete a plan; refused where a proposal holds it."""
    require(actor, Right.PLAN)
    with store.writing(actor.owner) as scope:
        row = scope.one(PlanRow, "plan", id=plan_id)
        held = select(col(ProposalVersionRow.number)).filter_by(plan_id=plan_id)
        if scope.execute(held).first() is not None:
            raise Conflict(
                sentence("A proposal holds this plan; it stays as long as the proposal does.")
            )
        stage = select(col(StageRow.id)).where(col(StageRow.plan_id) == plan_id)
        if scope.execute(stage).first() is not None:
            raise Conflict(sentence("This plan is one of several periods; delete them together."))
        scope.delete(row)
        note(scope, actor.id, "delete", "plan", plan_id, now=store.now())


def add_plan(store: Store, actor: Actor, estate_id: str, plan: Plan) -> str:
    """Store a plan that was made elsewhere for the estate as it stands; return its id.

    Raises:
        InvalidInput: it does not follow from the estate; every way is named.
    """
    from planner.services.verify import verify  # noqa: PLC0415  seconds to import

    require(actor, Right.PLAN)
    with store.writing(actor.owner) as scope:
        estate, version = estate_in(store, scope, estate_id)
        broken = verify(plan, estate)
        if broken:
            raise InvalidInput(broken)
        keep_snapshot(scope, estate)
        plan_id, now = new_id(), store.now()
        store_plan(
            scope,
            plan,
            plan_id=plan_id,
            estate_id=estate_id,
            estate_version=version,
            by=actor.id,
            now=now,
        )
        return plan_id


def _state(row: RunRow, told: Sequence[RunLogRow]) -> RunState:
    values = [one for one in told if one.step is None]
    parts_at_work = row.state == "parted"
    return RunState(
        id=row.id,
        kind=cast("RunKind", row.kind),
        estate_id=row.estate_id or "",
        name=row.name,
        state=cast("State", "running" if parts_at_work else row.state),
        step=row.step or ("solve" if parts_at_work else ""),
        seconds_asked=cast("int", row.params["seconds"]),
        queued_at=row.queued_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        log=tuple(LogPoint(one.seconds, one.value, one.bound) for one in values),
        freed=tuple(row.freed),
        messages=tuple((one.seconds, one.step) for one in told if one.step is not None),
        stop_requested=row.stop_requested,
        plan_id=row.plan_id,
        problem=None if row.problem is None else unpacked(row.problem),
        attempt=row.attempt,
        about=cast("str | None", row.params.get("plan")),
        stages=tuple(one["name"] for one in cast("list[Any]", row.params.get("stages", []))),
    )


def _summaries() -> Select[PlanRow, EstateRow, UserRow, str]:
    return (
        select(PlanRow, EstateRow, UserRow, col(StageRow.staging_id))
        .join(EstateRow, col(EstateRow.id) == col(PlanRow.estate_id))
        .join(UserRow, col(UserRow.id) == col(PlanRow.made_by), isouter=True)
        .join(StageRow, col(StageRow.plan_id) == col(PlanRow.id), isouter=True)
        .options(defer(cast("QueryableAttribute[str]", PlanRow.content)))
    )


def _summary(
    row: PlanRow, estate: EstateRow, user: UserRow | None, staging: str | None
) -> PlanSummary:
    return PlanSummary(
        id=row.id,
        estate_id=row.estate_id,
        estate_name=estate.name,
        name=row.name,
        currency=estate.currency,
        npv=row.npv,
        value=row.value,
        bound=row.bound,
        status=cast("Literal['optimal', 'feasible']", row.status),
        freed=tuple(row.freed),
        people_moved=row.people_moved,
        made_at=row.made_at,
        made_by="" if user is None else user.name or user.email,
        outdated=row.estate_version != estate.version,
        estate_hash=row.estate_hash,
        staging=staging,
    )
