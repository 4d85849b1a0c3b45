"""What a worker does with a run: the estate as it was asked for, the work, its result stored."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, TypeVar, cast

import structlog

from planner.db.tables import PlanRow, StudyRow
from planner.db.tables.base import new_id
from planner.errors import Infeasible, PlannerError, Unavailable, joined, sentence
from planner.jobs import Claim, Lost, Pulse, finish, hand_back
from planner.sentences import packed
from planner.services.asked import estate_of, options_of, start_of
from planner.services.parted import Parting, is_parted, send_out
from planner.services.staging import stages_work
from planner.services.storing import store_plan
from planner.services.studying import add_study_run, study_work

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from planner.db.store import Scope, Store
    from planner.domain.plan import Plan
    from planner.domain.study import NoPlanStudy
    from planner.optimise.options import Options

    Put = Callable[[Scope], str | None]
    Work = Callable[[Store, Claim, Pulse, Callable[[], bool]], Put | Parting]

T = TypeVar("T")
_PAUSE_SECONDS: Final = 1.0


def carry_out(
    store: Store, claim: Claim, leaving: Callable[[], bool] = lambda: False
) -> str | None:
    """Do one run to its end and return the id of the plan it made or looked into.

    What it made and the end of the run are stored together or not at all; where the worker is
    leaving, the run goes back to the queue.

    Args:
        store: the open database.
        claim: the run, held by this worker.
        leaving: says whether this worker is asked to end.
    """
    log = structlog.get_logger().bind(run=claim.run_id, attempt=claim.attempt)
    log.info("run taken up", kind=claim.kind)
    try:
        with Pulse(store, claim) as pulse:
            put = _WORK[claim.kind](
                store, claim, pulse, lambda: pulse.stop_requested or pulse.lost or leaving()
            )
        if isinstance(put, Parting):
            _once_it_answers(lambda: send_out(store, claim, put), leaving)
            log.info("run parted", parts=len(put.seconds))
            return None
        if leaving() and not pulse.stop_requested:
            hand_back(store, claim)
            log.info("run handed back")
            return None
        state = "stopped" if pulse.stop_requested else "done"
        return _once_it_answers(lambda: _keep(store, claim, put, state), leaving)
    except Lost:
        log.warning("run lost to another worker")
    except Unavailable:
        raise
    except PlannerError as refusal:
        told, state = refusal, "stopped" if pulse.stop_requested else "failed"
        if leaving() and state == "failed":
            hand_back(store, claim)
        else:
            _once_it_answers(lambda: _end(store, claim, state, told), leaving)
        log.info("run ended without a result", state=state)
    except Exception:
        log.exception("run failed")
        message = sentence(
            "Something went wrong inside the planner; the log names run {run}.", run=claim.run_id
        )
        _end(store, claim, "failed", PlannerError(message))
    return None


def _plan_work(
    store: Store, claim: Claim, pulse: Pulse, should_stop: Callable[[], bool]
) -> Put | Parting:
    """Make a plan, or part the work; what follows stores it and queues the study of it."""
    from planner.services.campus import join_parts, parting  # noqa: PLC0415  seconds to import
    from planner.services.chain import make_plan  # noqa: PLC0415  seconds to import
    from planner.services.telling import Telling  # noqa: PLC0415  seconds to import

    telling = Telling(
        step=pulse.step,
        glimpse=lambda seen: pulse.better(seen.value, seen.limit, seen.freed),
        should_stop=should_stop,
    )
    options = options_of(claim.params, claim.name)
    estate = estate_of(store, claim)
    start, limit = start_of(store, claim, estate)
    if is_parted(store, claim):
        plan = join_parts(store, claim, options, telling, limit)
    else:
        found = parting(estate, options)
        if found is not None:
            return found
        plan = make_plan(estate, options, telling, start=start, limit=limit)
    return lambda scope: put_plan(scope, claim, plan, options, store.now())


def put_plan(scope: Scope, claim: Claim, plan: Plan, options: Options, now: dt.datetime) -> str:
    """Store what a run made and queue what is to follow; return the plan's id."""
    plan_id = new_id()
    store_plan(
        scope,
        plan,
        plan_id=plan_id,
        estate_id=claim.estate_id,
        estate_version=claim.estate_version,
        by=claim.asked_by,
        now=now,
        run_id=claim.run_id,
    )
    if options.study:
        add_study_run(scope, scope.one(PlanRow, "plan", id=plan_id), options.study,
                      by=claim.asked_by, now=now)  # fmt: skip
    return plan_id


def _once_it_answers(store_it: Callable[[], T], leaving: Callable[[], bool]) -> T:
    """Store what a run came to, now or when the database is back: it may have taken an hour.

    Where it was stored and only the answer was lost, the run is held no more: nothing is twice.
    """
    while True:
        try:
            return store_it()
        except Unavailable as failure:
            if leaving():
                raise
            structlog.get_logger().warning("waits to store a result", reason=str(failure))
            time.sleep(_PAUSE_SECONDS)


def _keep(store: Store, claim: Claim, put: Put, state: str) -> str | None:
    with store.writing(claim.owner) as scope:
        plan_id = put(scope)
        finish(scope, claim, state, store.now(), plan_id=plan_id)
    return plan_id


def _end(store: Store, claim: Claim, state: str, refusal: PlannerError) -> None:
    """End a run without a plan; where none exists, with what would have to give."""
    study = refusal.study if isinstance(refusal, Infeasible) else None
    try:
        with store.writing(claim.owner) as scope:
            finish(scope, claim, state, store.now(), problem=packed(joined(refusal.lines, "\n")))
            if study is not None:
                content = cast("NoPlanStudy", study).to_json()
                scope.add(StudyRow(run_id=claim.run_id, content=content, made_at=store.now()))
    except Lost:
        structlog.get_logger().warning("run lost to another worker", run=claim.run_id)


def _part_work(store: Store, claim: Claim, pulse: Pulse, should_stop: Callable[[], bool]) -> Put:
    """Solve a part of a large estate."""
    from planner.services.campus import part_work  # noqa: PLC0415  seconds to import

    return part_work(store, claim, pulse, should_stop)


def _document_work(
    store: Store, claim: Claim, pulse: Pulse, should_stop: Callable[[], bool]
) -> Put:
    """Draw a document that was asked for."""
    from planner.services.ordering import document_work  # noqa: PLC0415  seconds to import

    return document_work(store, claim, pulse, should_stop)


def _import_work(store: Store, claim: Claim, pulse: Pulse, should_stop: Callable[[], bool]) -> Put:
    """Take in a file that was uploaded."""
    from planner.services.taking_in import import_work  # noqa: PLC0415  seconds to import

    return import_work(store, claim, pulse, should_stop)


_WORK: dict[str, Work] = {
    "plan": _plan_work,
    "stages": stages_work,
    "study": study_work,
    "part": _part_work,
    "document": _document_work,
    "import": _import_work,
}
