"""Looking into a plan on the queue, after it was shown: other plans, prices, reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import delete, func, select
from sqlmodel import col

from planner.db.audit import note
from planner.db.packing import unpack_estate
from planner.db.tables import PlanRow, ProposalVersionRow, RunRow, SnapshotRow, StudyRow
from planner.db.tables.base import new_id
from planner.domain.plan import Plan, parse_plan
from planner.domain.study import Study, parse_study
from planner.errors import Conflict, InvalidInput, NotFound, sentence
from planner.jobs import OPEN, Asked, asked_before, enqueue, refuse_too_many, still_held, turn_of
from planner.sentences import unpacked
from planner.services.access import Right, require
from planner.services.storing import store_plan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from planner.db.store import Scope, Store
    from planner.jobs import Claim, Pulse
    from planner.services.access import Actor

STUDY_SECONDS: Final = 240
"""For a study that nobody gave a time."""


@dataclass(frozen=True, slots=True)
class PlanStudy:
    """What is known of a plan beside itself, and whether more is coming.

    Args:
        study: as far as it has come, None before its first part.
        run_id: of the run that makes it.
        waiting: it has not begun.
        running: it is at work.
        done, of: questions answered so far, and how many there are; None while it waits.
        problem: why it failed, None if it did not.
        asked: the one question that the run is for, None where it is for all of them.
        mark: a word that changes whenever there is more to show.
        settled: a proposal rests on it, so nothing is added any more.
        stopped: somebody stopped the run.
    """

    study: Study | None
    run_id: str
    waiting: bool
    running: bool
    done: int | None
    of: int | None
    problem: str | None
    asked: Mapping[str, str] | None = None
    mark: str = "0"
    settled: bool = False
    stopped: bool = False


def add_study_run(scope: Scope, row: PlanRow, seconds: int, *, by: str, now: dt.datetime) -> str:
    """Queue the study of a plan and return the run's id; while one is open, that one's."""
    asked = Asked(
        kind="study",
        name=row.name,
        estate_id=row.estate_id,
        estate_version=row.estate_version,
        estate_hash=row.estate_hash,
        params={"seconds": seconds, "plan": row.id},
        by=by,
        once=_turn(scope, row.id),
    )
    return enqueue(scope, asked, now)


def _turn(scope: Scope, plan_id: str) -> str:
    return turn_of(scope, f"study/{plan_id}")


def start_study(store: Store, actor: Actor, plan_id: str, seconds: int = STUDY_SECONDS) -> str:
    """Queue the study of a plan, going on from the one there may be; return the run's id.

    Asked for while it waits or is at work, it is the same run.

    Raises:
        InvalidInput: no time given.
        Conflict: a proposal rests on the study there is, or too many runs are waiting.
    """
    require(actor, Right.PLAN)
    if seconds < 1:
        raise InvalidInput(sentence("{seconds} seconds: enter 1 or more", seconds=seconds))
    with store.writing(actor.owner) as scope:
        row = scope.one(PlanRow, "plan", id=plan_id)
        refuse_settled(scope, plan_id)
        found = asked_before(scope, _turn(scope, plan_id))
        if found is not None:
            return found
        run_id = add_study_run(scope, row, seconds, by=actor.id, now=store.now())
        refuse_too_many(scope)
        note(scope, actor.id, "ask", "run", run_id, now=store.now())
        return run_id


def refuse_settled(scope: Scope, plan_id: str) -> None:
    """Let nothing change in a study that a proposal rests on.

    Raises:
        Conflict: a proposal rests on it.
    """
    if _settled(scope, plan_id):
        raise Conflict(
            sentence("A proposal rests on what was found out about this plan; it stays.")
        )


def _settled(scope: Scope, plan_id: str) -> bool:
    held = select(col(ProposalVersionRow.id)).where(col(ProposalVersionRow.plan_id) == plan_id)
    return scope.execute(held).first() is not None and study_in_print(scope, plan_id) is not None


def study_of_plan(store: Store, actor: Actor, plan_id: str) -> PlanStudy | None:
    """Return the newest study of a plan, None if nobody asked for one."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        runs = scope.execute(
            select(RunRow).where(col(RunRow.kind) == "study").order_by(col(RunRow.id))
        ).scalars()
        own = [one for one in runs if one.params.get("plan") == plan_id]
        # A question is asked of a study that was there before it, even at the same moment.
        own.sort(key=lambda one: (one.queued_at, "ask" in one.params), reverse=True)
        row = scope.execute(
            select(StudyRow)
            .where(col(StudyRow.plan_id) == plan_id)
            .order_by(col(StudyRow.made_at).desc())
        ).scalar()
        settled = _settled(scope, plan_id)
    if not own:
        return None
    open_runs = [one for one in own if one.state in OPEN]
    run = min(open_runs, key=lambda one: one.queued_at, default=own[0])
    done, of = _progress(run.step)
    return PlanStudy(
        study=None if row is None else parse_study(row.content),
        run_id=run.id,
        waiting=run.state == "queued",
        running=run.state == "running",
        done=done,
        of=of,
        problem=None if run.problem is None else unpacked(run.problem),
        asked=cast("Mapping[str, str] | None", run.params.get("ask")),
        mark=f"{'0' if row is None else row.made_at.strftime('%H%M%S%f')}-{len(open_runs)}",
        settled=settled,
        stopped=run.state == "stopped",
    )


def study_in_print(scope: Scope, plan_id: str) -> Study | None:
    """Return the study that documents of a plan rest on, None if they rest on none.

    A proposal never changes: what was found out after the first proposal of a plan was made
    is not in its documents, and only a study that was finished is.
    """
    row = scope.execute(
        select(StudyRow)
        .where(col(StudyRow.plan_id) == plan_id)
        .order_by(col(StudyRow.made_at).desc())
    ).scalar()
    if row is None:
        return None
    first = scope.execute(
        select(func.min(col(ProposalVersionRow.made_at))).where(
            col(ProposalVersionRow.plan_id) == plan_id
        )
    ).scalar()
    if first is not None and first < row.made_at:
        return None
    study = parse_study(row.content)
    return study if study.whole else None


def keep_plan(
    store: Store, actor: Actor, plan_id: str, seating: str, name: str, *, better: bool = False
) -> str:
    """Put a plan of a study among the plans and return its id; twice the same gives the first.

    Args:
        store: the open database.
        actor: who keeps it.
        plan_id: the plan that was looked into.
        seating: what tells the plan from the others; a study that goes on changes their order.
        name: what the plan is called from now on.
        better: the better plan that was found, or the nearer limit, is meant.

    Raises:
        NotFound: there is no study.
        Conflict: the study does not have the plan, or no longer.
        InvalidInput: it does not follow from its estate.
    """
    from planner.services.verify import verify  # noqa: PLC0415  seconds to import

    require(actor, Right.PLAN)
    found = study_of_plan(store, actor, plan_id)
    if found is None or found.study is None:
        raise NotFound(sentence("There is no such plan in the study."))
    with store.writing(actor.owner) as scope:
        base = scope.one(PlanRow, "plan", id=plan_id)
        plan = _meant(found.study, parse_plan(base.content), seating, better=better)
        plan = plan.model_copy(update={"name": name.strip()[:200] or plan.name})
        same = select(col(PlanRow.id)).where(
            col(PlanRow.hash) == plan.hash, col(PlanRow.estate_id) == base.estate_id
        )
        known = scope.execute(same).scalars().first()
        if known is not None:
            return known
        packed = scope.one(SnapshotRow, "estate", hash=base.estate_hash).content
        broken = verify(plan, unpack_estate(packed))
        if broken:
            raise InvalidInput(broken)
        made = new_id()
        store_plan(
            scope, plan, plan_id=made, estate_id=base.estate_id,
            estate_version=base.estate_version, by=actor.id, now=store.now(),
        )  # fmt: skip
        return made


def _meant(study: Study, base: Plan, seating: str, *, better: bool) -> Plan:
    """Return the plan of a study that is meant, with a limit that holds for all plans."""
    known = [study.better_than(base)] if better else [point.plan for point in study.points]
    plan = next((one for one in known if one is not None and one.seating == seating), None)
    if plan is None:
        raise Conflict(
            sentence("The study no longer has that plan; below are those that it has now.")
        )
    if not base.fitted:
        return plan
    status = "optimal" if plan.value == base.bound else "feasible"
    return plan.model_copy(update={"bound": base.bound, "status": status})


def study_work(
    store: Store, claim: Claim, pulse: Pulse, should_stop: Callable[[], bool]
) -> Callable[[Scope], str | None]:
    """Look into a plan, keeping after each part what is known by then."""
    from planner.services.asking import question_work  # noqa: PLC0415  it needs this module
    from planner.services.chain import look_into  # noqa: PLC0415  seconds to import

    if "ask" in claim.params:
        return question_work(store, claim, pulse, should_stop)
    plan_id = str(claim.params["plan"])
    with store.reading(claim.owner) as scope:
        plan = parse_plan(scope.one(PlanRow, "plan", id=plan_id).content)
        packed = scope.one(SnapshotRow, "estate", hash=claim.estate_hash).content
        known = scope.execute(select(StudyRow).where(col(StudyRow.plan_id) == plan_id)).scalar()
        before = None if known is None else parse_study(known.content)

    def keep(study: Study) -> None:
        with store.writing(claim.owner) as scope:
            if still_held(scope, claim):
                _put(scope, claim, plan_id, study, store.now())

    study = look_into(
        unpack_estate(packed),
        plan,
        int(claim.params["seconds"]),
        step=lambda part, done, of: pulse.step(f"{part} {done} {of}"),
        study=keep,
        should_stop=should_stop,
        before=before,
    )

    def put(scope: Scope) -> str:
        _put(scope, claim, plan_id, study, store.now())
        return plan_id

    return put


def _put(scope: Scope, claim: Claim, plan_id: str, study: Study, now: dt.datetime) -> None:
    """Put a study in place of what was known of its plan before.

    What a proposal rests on stays, though this run was asked for before the proposal was made.
    """
    if _settled(scope, plan_id):
        return
    scope.execute(delete(StudyRow).where(col(StudyRow.plan_id) == plan_id))
    scope.flush()
    scope.add(StudyRow(run_id=claim.run_id, plan_id=plan_id, content=study.to_json(), made_at=now))
    scope.flush()


def _progress(step: str) -> tuple[int | None, int | None]:
    """Return the two counts of a step such as `rules 7 40`."""
    parts = step.split()
    if len(parts) != 3:  # noqa: PLR2004  part, done, of
        return None, None
    return int(parts[1]), int(parts[2])
