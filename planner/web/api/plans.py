"""Runs and the plans they make, with their files."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Literal

from flask import Response
from pydantic import BaseModel

from planner.domain.records import Rule
from planner.errors import Conflict, sentence
from planner.services import documents, estates, plans
from planner.services.access import Right
from planner.web.access import store
from planner.web.api import schemas
from planner.web.api.asked import options_of
from planner.web.api.asking import me
from planner.web.api.operations import operation
from planner.web.api.paging import Paging, cut
from planner.web.api.schemas_by_hand import PlanAsked

if TYPE_CHECKING:
    from planner.services.documents import Document

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class InLanguage(BaseModel):
    """In which language a document is written."""

    language: Literal["en", "id"] = "en"


@operation(
    "POST",
    "/estates/<estate>/runs",
    "Queue a run that makes a plan",
    right=Right.PLAN,
    body=PlanAsked,
    answer=schemas.Run,
    status=HTTPStatus.ACCEPTED,
)
def start_run(estate: str, body: PlanAsked) -> schemas.Run:
    """Queue a run for the estate as it stands, under rules of its own where there are any."""
    rules = tuple(Rule(**one.model_dump()) for one in body.rules)
    options = replace(options_of(body), rules=rules)
    if body.start is not None:
        _refuse_outdated(estate, body.start)
    run = plans.start_plan(store(), me(), estate, options, start=body.start)
    return schemas.Run.model_validate(plans.run_state(store(), me(), run))


@operation("GET", "/estates/<estate>/runs", "Runs of an estate", query=Paging, answer=schemas.Runs)
def list_runs(estate: str, query: Paging) -> schemas.Runs:
    """Return a page of runs, newest first."""
    _there(estate)
    items, following = cut(plans.list_runs(store(), me(), estate), query)
    return schemas.Runs(items=[schemas.Run.model_validate(one) for one in items], next=following)


@operation("GET", "/runs/<run>", "How a run stands", answer=schemas.Run)
def get_run(run: str) -> schemas.Run:
    """Return a run with its log of best value and limit."""
    return schemas.Run.model_validate(plans.run_state(store(), me(), run))


@operation("POST", "/runs/<run>/stop", "Stop a run and keep its best plan", right=Right.PLAN,
           answer=schemas.Run)  # fmt: skip
def stop_run(run: str) -> schemas.Run:
    """Ask a run to stop."""
    plans.stop_run(store(), me(), run)
    return schemas.Run.model_validate(plans.run_state(store(), me(), run))


@operation(
    "GET", "/estates/<estate>/plans", "Plans of an estate", query=Paging, answer=schemas.Plans
)
def list_plans(estate: str, query: Paging) -> schemas.Plans:
    """Return a page of plans, newest first."""
    _there(estate)
    items, following = cut(plans.list_plans(store(), me(), estate), query)
    return schemas.Plans(items=[schemas.Plan.model_validate(one) for one in items], next=following)


@operation("GET", "/plans/<plan>", "One plan", answer=schemas.Plan)
def get_plan(plan: str) -> schemas.Plan:
    """Return a plan's figures."""
    return schemas.Plan.model_validate(plans.plan_summary(store(), me(), plan))


@operation("DELETE", "/plans/<plan>", "Delete a plan", right=Right.PLAN,
           status=HTTPStatus.NO_CONTENT)  # fmt: skip
def delete_plan(plan: str) -> Response:
    """Delete a plan that no proposal holds."""
    plans.delete_plan(store(), me(), plan)
    return Response(status=HTTPStatus.NO_CONTENT)


@operation("GET", "/plans/<plan>/plan.json", "The whole plan", sends="application/json")
def get_plan_json(plan: str) -> Response:
    """Return the plan as `planner check` reads it."""
    return _file(documents.plan_json(store(), me(), plan))


@operation("GET", "/plans/<plan>/moves.csv", "The list of moves", sends="text/csv")
def get_moves(plan: str) -> Response:
    """Return who moves from where to where."""
    return _file(documents.moves_csv(store(), me(), plan))


@operation("GET", "/plans/<plan>/proposal.pdf", "The proposal of a plan", query=InLanguage,
           sends="application/pdf")  # fmt: skip
def get_proposal_pdf(plan: str, query: InLanguage) -> Response:
    """Return the proposal document."""
    return _file(documents.proposal_pdf(store(), me(), plan, query.language))


@operation("GET", "/plans/<plan>/model.xlsx", "The workbook of a plan", query=InLanguage,
           sends=XLSX)  # fmt: skip
def get_model(plan: str, query: InLanguage) -> Response:
    """Return the workbook that recomputes the money."""
    return _file(documents.model_xlsx(store(), me(), plan, query.language))


def _refuse_outdated(estate: str, start: str) -> None:
    """Let a search start only from a plan of the estate as it stands.

    Raises:
        Conflict: the plan answers another estate, or this one before it changed.
    """
    found = plans.plan_summary(store(), me(), start)
    if found.estate_hash != estates.get_estate(store(), me(), estate).estate.hash:
        raise Conflict(
            sentence(
                "The plan to start from answers another estate, or this one before it changed; "
                "leave it out to search from the beginning."
            )
        )


def _there(estate: str) -> None:
    """Let only estates of this owner pass."""
    estates.get_estate(store(), me(), estate)


def _file(document: Document) -> Response:
    answer = Response(document.data, content_type=document.media_type)
    answer.set_etag(document.hash)
    return answer
