"""One more question about a plan on the queue: a unit to be freed, or a rule to be lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlmodel import col

from planner.db.audit import note
from planner.db.packing import unpack_estate
from planner.db.tables import PlanRow, RunRow, SnapshotRow, StudyRow
from planner.domain.plan import parse_plan
from planner.domain.study import parse_study
from planner.errors import Conflict, NotFound, sentence
from planner.jobs import OPEN, Asked, asked_before, enqueue, refuse_too_many, turn_of
from planner.services.access import Right, require
from planner.services.studying import refuse_settled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.db.store import Scope, Store
    from planner.domain.study import Study
    from planner.jobs import Claim, Pulse
    from planner.services.access import Actor

SECONDS: Final = 30
"""For the search of one question."""


def start_question(store: Store, actor: Actor, plan_id: str, asked: Mapping[str, str]) -> str:
    """Queue one question about a plan and return the run's id; asked twice, it is one run.

    Args:
        store: the open database.
        actor: who asks.
        plan_id: the plan that was looked into.
        asked: `unit`, or `rule`, `subject` and `object`, as the study names them.

    Raises:
        NotFound: the study has no such unit or rule, or there is no study.
        Conflict: a proposal rests on the study, or the whole of it is being made.
    """
    require(actor, Right.PLAN)
    with store.writing(actor.owner) as scope:
        row = scope.one(PlanRow, "plan", id=plan_id)
        held = _row(scope, plan_id)
        question = None if held is None else _named(parse_study(held.content), asked)
        if question is None:
            raise NotFound(sentence("There is no such question in what is known of this plan."))
        refuse_settled(scope, plan_id)
        _refuse_while_made(scope, plan_id)
        key = f"ask/{plan_id}/{'/'.join(question.values())}"
        once = turn_of(scope, key)
        found = asked_before(scope, once)
        if found is not None:
            return found
        refuse_too_many(scope)
        run_id = enqueue(
            scope,
            Asked(
                kind="study",
                name=row.name,
                estate_id=row.estate_id,
                estate_version=row.estate_version,
                estate_hash=row.estate_hash,
                params={"seconds": SECONDS, "plan": plan_id, "ask": question},
                by=actor.id,
                once=once,
            ),
            store.now(),
        )
        note(scope, actor.id, "ask", "run", run_id, now=store.now())
        return run_id


def _named(study: Study, asked: Mapping[str, str]) -> dict[str, str] | None:
    """Return the question if the study has its unit or rule."""
    unit = asked.get("unit", "")
    if unit:
        return {"unit": unit} if any(one.unit == unit for one in study.floors) else None
    names = {"rule": asked.get("rule", ""), "subject": asked.get("subject", "")}
    names["object"] = asked.get("object", "")
    return names if any(one.name == tuple(names.values()) for one in study.rules) else None


def _refuse_while_made(scope: Scope, plan_id: str) -> None:
    runs = scope.execute(
        select(RunRow).where(col(RunRow.kind) == "study", col(RunRow.state).in_(OPEN))
    ).scalars()
    if any(one.params.get("plan") == plan_id and "ask" not in one.params for one in runs):
        raise Conflict(sentence("This plan is being looked into; ask when that has ended."))


def _row(scope: Scope, plan_id: str) -> StudyRow | None:
    return scope.execute(
        select(StudyRow)
        .where(col(StudyRow.plan_id) == plan_id)
        .order_by(col(StudyRow.made_at).desc())
    ).scalar()


def question_work(
    store: Store, claim: Claim, pulse: Pulse, should_stop: Callable[[], bool]
) -> Callable[[Scope], str | None]:
    """Answer one question; the answer joins what is known by the time it is there."""
    from planner.optimise.questions import Question, with_answer  # noqa: PLC0415  seconds to import
    from planner.services.chain import ask_about  # noqa: PLC0415  seconds to import

    plan_id = str(claim.params["plan"])
    with store.reading(claim.owner) as scope:
        plan = parse_plan(scope.one(PlanRow, "plan", id=plan_id).content)
        packed = scope.one(SnapshotRow, "estate", hash=claim.estate_hash).content
        held = _row(scope, plan_id)
        study = None if held is None else parse_study(held.content)
    if study is None:
        raise NotFound(sentence("There is no such question in what is known of this plan."))
    pulse.step("floors 0 1")
    seconds = int(claim.params["seconds"])
    question = Question(**claim.params["ask"])
    told = ask_about(unpack_estate(packed), plan, study, question, seconds, should_stop)

    def put(scope: Scope) -> str:
        now = _row(scope, plan_id)
        if now is not None:
            refuse_settled(scope, plan_id)
            now.content = with_answer(parse_study(now.content), told).to_json()
            now.made_at = store.now()
            scope.flush()
        return plan_id

    return put
