"""Plans changed by hand: what moves do to a plan, before anybody solves around them."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import g

from planner.errors import InvalidInput, Problem, sentence
from planner.services import by_hand, plans, studying
from planner.services.access import Right
from planner.web.access import store
from planner.web.api import schemas
from planner.web.api import schemas_by_hand as hand
from planner.web.api.asking import me
from planner.web.api.operations import operation
from planner.web.show.changes import Change, changed_plan
from planner.web.show.holds import holds_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.estate import Estate


@operation(
    "POST",
    "/plans/<plan>/judge",
    "What a plan is worth after moves by hand, and what would not hold",
    body=hand.MovesAsked,
    answer=hand.Judged,
)
def judge_moves(plan: str, body: hand.MovesAsked) -> hand.Judged:
    """Judge moves one after the other; nothing is kept."""
    from planner.finance.values import values_of  # noqa: PLC0415  seconds to import

    estate, solved = plans.get_plan(store(), me(), plan)
    changes = [Change(one.team, one.origin, one.target) for one in body.moves]
    unknown = list(_unknown(changes, estate))
    if unknown:
        raise InvalidInput(unknown)
    moved = changed_plan(solved, changes, values_of(estate))
    summary = plans.plan_summary(store(), me(), plan)
    limit = by_hand.known_limit(store(), me(), summary.estate_id, estate, solved.level)
    rules = holds_of(solved, estate, changes).lasting
    found = by_hand.judge_moved(estate, solved, moved, solved.name, rules=rules, limit=limit)
    judged = found.plan
    return hand.Judged(
        value=judged.value,
        npv=judged.npv,
        bound=None if found.problems else judged.bound,
        people_moved=judged.people_moved,
        freed=sorted(judged.freed_units),
        problems=[
            hand.Wrong(where=g.speech.say(one.where), message=g.speech.say(one.message))
            for one in found.problems
        ],
    )


def _unknown(changes: Sequence[Change], estate: Estate) -> Iterator[Problem]:
    for at, one in enumerate(changes):
        for name, known in ((one.team, estate.team_of), (one.origin, estate.unit_of),
                            (one.target, estate.unit_of)):  # fmt: skip
            if name not in known:
                yield Problem(
                    sentence("move {number}", number=at + 1),
                    sentence("there is no {name} in this estate", name=name),
                )


@operation(
    "POST",
    "/plans/<plan>/study",
    "Look closer at a plan",
    right=Right.PLAN,
    body=hand.StudyAsked,
    answer=schemas.Run,
    status=HTTPStatus.ACCEPTED,
)
def start_study(plan: str, body: hand.StudyAsked) -> schemas.Run:
    """Queue other plans, prices of rules, why floors stay, how far figures may change."""
    run = studying.start_study(store(), me(), plan, body.seconds)
    return schemas.Run.model_validate(plans.run_state(store(), me(), run))


@operation("GET", "/plans/<plan>/study", "What was found out about a plan",
           answer=hand.StudyState)  # fmt: skip
def get_study(plan: str) -> hand.StudyState:
    """Return the study as far as it has come."""
    plans.plan_summary(store(), me(), plan)
    known = studying.study_of_plan(store(), me(), plan)
    if known is None:
        return hand.StudyState(run_id=None, open=False, problem=None, study=None)
    return hand.StudyState(
        run_id=known.run_id,
        open=known.waiting or known.running,
        problem=None if known.problem is None else g.speech.say(known.problem),
        study=None if known.study is None else json.loads(known.study.to_json()),
    )
