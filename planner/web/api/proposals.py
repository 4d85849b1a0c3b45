"""Proposals: made, revised, submitted, decided."""

from __future__ import annotations

from http import HTTPStatus

from pydantic import Field

from planner.services import proposals
from planner.services.access import Right
from planner.web.access import store
from planner.web.api import schemas
from planner.web.api.asking import me
from planner.web.api.operations import operation
from planner.web.api.paging import Paging, cut


class Search(Paging):
    """Which proposals."""

    text: str = Field(default="", max_length=200, description="Words of title, estate or plan.")
    state: schemas.ProposalStatus | None = None


@operation("GET", "/proposals", "Proposals, newest first", query=Search, answer=schemas.Proposals)
def list_proposals(query: Search) -> schemas.Proposals:
    """Return a page of proposals."""
    items, following = cut(proposals.search(store(), me(), query.text, query.state), query)
    shown = [schemas.Proposal.model_validate(one) for one in items]
    return schemas.Proposals(items=shown, next=following)


@operation(
    "POST",
    "/proposals",
    "Make a draft proposal of a plan",
    right=Right.PLAN,
    body=schemas.ProposalAsked,
    answer=schemas.Proposal,
    status=HTTPStatus.CREATED,
)
def create_proposal(body: schemas.ProposalAsked) -> schemas.Proposal:
    """Make a proposal."""
    return _shown(proposals.create(store(), me(), body.plan_id, body.title, body.note))


@operation("GET", "/proposals/<proposal>", "One proposal", answer=schemas.Proposal)
def get_proposal(proposal: str) -> schemas.Proposal:
    """Return a proposal with its versions."""
    return _shown(proposal)


@operation("POST", "/proposals/<proposal>/versions", "Put in another plan as the next version",
           right=Right.PLAN, body=schemas.Revision, answer=schemas.Proposal,
           status=HTTPStatus.CREATED)  # fmt: skip
def revise_proposal(proposal: str, body: schemas.Revision) -> schemas.Proposal:
    """Add a version."""
    proposals.revise(store(), me(), proposal, body.plan_id, body.note)
    return _shown(proposal)


@operation("POST", "/proposals/<proposal>/submit", "Hand the draft in for a decision",
           right=Right.PLAN, answer=schemas.Proposal)  # fmt: skip
def submit_proposal(proposal: str) -> schemas.Proposal:
    """Submit the newest version; its plan is checked once more before."""
    proposals.submit(store(), me(), proposal)
    return _shown(proposal)


@operation("POST", "/proposals/<proposal>/approve", "Approve the submitted version",
           right=Right.DECIDE, body=schemas.Decision, answer=schemas.Proposal)  # fmt: skip
def approve_proposal(proposal: str, body: schemas.Decision) -> schemas.Proposal:
    """Approve; never by whoever submitted it."""
    proposals.approve(store(), me(), proposal, body.number, body.comment)
    return _shown(proposal)


@operation("POST", "/proposals/<proposal>/send-back", "Send the submitted version back",
           right=Right.DECIDE, body=schemas.Decision, answer=schemas.Proposal)  # fmt: skip
def send_back_proposal(proposal: str, body: schemas.Decision) -> schemas.Proposal:
    """Send back, with a comment."""
    proposals.send_back(store(), me(), proposal, body.number, body.comment)
    return _shown(proposal)


def _shown(proposal: str) -> schemas.Proposal:
    return schemas.Proposal.model_validate(proposals.get(store(), me(), proposal))
