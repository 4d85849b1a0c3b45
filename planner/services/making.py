"""What a worker does with a run: the estate as it was asked for, the chain, the plan stored."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import select
from sqlmodel import col

from planner.db.audit import note
from planner.db.packing import unpack_estate
from planner.db.tables import PlanRow, SnapshotRow
from planner.db.tables.base import new_id
from planner.errors import PlannerError, Unavailable
from planner.jobs import Claim, Lost, Pulse, finish, hand_back
from planner.optimise.options import Options

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from planner.db.store import Scope, Store
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan

    Make = Callable[[Estate, Options, Pulse, Callable[[], bool]], Plan]


def carry_out(
    store: Store,
    claim: Claim,
    leaving: Callable[[], bool] = lambda: False,
    make: Make | None = None,
) -> str | None:
    """Do one run to its end and return the id of its plan, None if it made none.

    The plan and the end of the run are stored together or not at all; where the worker is
    leaving, the run goes back to the queue.

    Args:
        store: the open database.
        claim: the run, held by this worker.
        leaving: says whether this worker is asked to end.
        make: the chain; another one only in tests.
    """
    log = structlog.get_logger().bind(run=claim.run_id, attempt=claim.attempt)
    log.info("run taken up", kind=claim.kind)
    try:
        with Pulse(store, claim) as pulse:
            plan = _made(store, claim, pulse, leaving, make or _chain)
        if leaving() and not pulse.stop_requested:
            hand_back(store, claim)
            log.info("run handed back")
            return None
        return _keep(store, claim, plan, "stopped" if pulse.stop_requested else "done")
    except Lost:
        log.warning("run lost to another worker")
    except Unavailable:
        raise
    except PlannerError as refusal:
        state = "stopped" if pulse.stop_requested else "failed"
        if leaving() and state == "failed":
            hand_back(store, claim)
        else:
            _end(store, claim, state, str(refusal))
        log.info("run ended without a plan", state=state)
    except Exception:
        log.exception("run failed")
        message = f"Something went wrong inside the planner; the log names run {claim.run_id}."
        _end(store, claim, "failed", message)
    return None


def options_of(params: Mapping[str, Any], name: str) -> Options:
    """Return the options that `params_of` has put away."""
    level = params.get("level")
    return Options(
        name=name,
        seconds=params["seconds"],
        seed=params["seed"],
        workers=params["workers"],
        level=None if level is None else Decimal(level),
        gap=Decimal(params["gap"]),
    )


def params_of(options: Options) -> dict[str, object]:
    """Return options as JSON can hold them."""
    return {
        "seconds": options.seconds,
        "seed": options.seed,
        "workers": options.workers,
        "level": None if options.level is None else str(options.level),
        "gap": str(options.gap),
    }


def store_plan(
    scope: Scope,
    plan: Plan,
    *,
    plan_id: str,
    estate_id: str,
    estate_version: int,
    by: str,
    now: dt.datetime,
    run_id: str | None = None,
) -> None:
    """Add a plan that has passed its checks."""
    row = PlanRow(
        id=plan_id,
        estate_id=estate_id,
        run_id=run_id,
        estate_version=estate_version,
        estate_hash=plan.estate_hash,
        hash=plan.hash,
        name=plan.name,
        made_by=by,
        made_at=now,
        npv=plan.npv,
        value=plan.value,
        bound=plan.bound,
        status=plan.status,
        freed=sorted(plan.freed_units),
        people_moved=plan.people_moved,
        content=plan.to_json(),
    )
    scope.add(row)
    scope.flush()
    note(scope, by, "make", "plan", plan_id, now=now)


def _made(
    store: Store, claim: Claim, pulse: Pulse, leaving: Callable[[], bool], make: Make
) -> Plan:
    with store.reading(claim.owner) as scope:
        packed = scope.execute(
            select(col(SnapshotRow.content)).where(col(SnapshotRow.hash) == claim.estate_hash)
        ).scalar_one()
    options = options_of(claim.params, claim.name)
    return make(
        unpack_estate(packed),
        options,
        pulse,
        lambda: pulse.stop_requested or pulse.lost or leaving(),
    )


def _chain(estate: Estate, options: Options, pulse: Pulse, should_stop: Callable[[], bool]) -> Plan:
    from planner.services.chain import Telling, make_plan  # noqa: PLC0415  seconds to import

    telling = Telling(
        step=pulse.step,
        glimpse=lambda seen: pulse.better(seen.value, seen.limit, seen.freed),
        should_stop=should_stop,
    )
    return make_plan(estate, options, telling)


def _keep(store: Store, claim: Claim, plan: Plan, state: str) -> str:
    plan_id = new_id()
    with store.writing(claim.owner) as scope:
        finish(scope, claim, state, store.now(), plan_id=plan_id)
        store_plan(
            scope,
            plan,
            plan_id=plan_id,
            estate_id=claim.estate_id,
            estate_version=claim.estate_version,
            by=claim.asked_by,
            now=store.now(),
            run_id=claim.run_id,
        )
    return plan_id


def _end(store: Store, claim: Claim, state: str, problem: str) -> None:
    try:
        with store.writing(claim.owner) as scope:
            finish(scope, claim, state, store.now(), problem=problem)
    except Lost:
        structlog.get_logger().warning("run lost to another worker", run=claim.run_id)
