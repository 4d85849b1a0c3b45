"""Proposals: what is submitted of a plan, who decided it, and every version of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from sqlalchemy import select
from sqlmodel import col

from planner.db.audit import note as audit
from planner.db.tables import EstateRow, PlanRow, ProposalRow, ProposalVersionRow, UserRow
from planner.domain.plan import parse_plan
from planner.errors import Conflict, InvalidInput, Problem, Refused, joined, sentence
from planner.services.access import Right, require
from planner.services.snapshots import snapshot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planner.db.store import Scope, Store
    from planner.services.access import Actor

State = Literal["draft", "submitted", "approved", "sent_back", "superseded"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a proposal: a plan that never changes, and what became of it.

    Args:
        number: 1 for the first.
        plan_id: the plan it holds.
        state: draft, submitted, approved, sent_back or superseded; an approved version is
            superseded once a later one is approved.
        decision: approved or sent_back, as it was decided; "" where it was not.
        note: what the planner wrote with it.
        comment: what the finance officer wrote, "" if nothing.
        made_by, submitted_by, decided_by: names of people, "" where it has not come to that.
        made_at, submitted_at, decided_at: None where it has not come to that.
    """

    number: int
    plan_id: str
    state: State
    decision: Literal["approved", "sent_back", ""]
    note: str
    comment: str
    made_by: str
    made_at: dt.datetime
    submitted_by: str
    submitted_at: dt.datetime | None
    decided_by: str
    decided_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal with its versions, oldest first; `state` and `plan_id` are the newest's.

    Money is of the newest version's plan, in minor units of `currency`.
    """

    id: str
    title: str
    estate_id: str
    estate_name: str
    currency: str
    state: State
    plan_id: str
    npv: int
    value: int
    bound: int | None
    freed: tuple[str, ...]
    people_moved: int
    changed_at: dt.datetime
    versions: tuple[Version, ...]
    may_submit: bool
    """This actor may submit it now."""
    may_decide: bool
    """This actor may approve or send it back now; never who drafted or submitted it."""


def create(store: Store, actor: Actor, plan_id: str, title: str, note: str = "") -> str:
    """Make a draft proposal of a plan and return its id.

    Raises:
        InvalidInput: no title.
    """
    require(actor, Right.PLAN)
    if not title.strip():
        raise InvalidInput(
            [
                Problem(
                    sentence("field title"), sentence("is blank; enter what the proposal is about")
                )
            ]
        )
    now = store.now()
    with store.writing(actor.owner) as scope:
        plan = scope.one(PlanRow, "plan", id=plan_id)
        row = ProposalRow(estate_id=plan.estate_id, title=title.strip(), changed_at=now)
        scope.add(row)
        scope.flush()
        _add_version(scope, actor, row.id, 1, plan_id, note=note, now=now)
        audit(scope, actor.id, "create", "proposal", row.id, now=now)
        return row.id


def revise(store: Store, actor: Actor, proposal_id: str, plan_id: str, note: str = "") -> int:
    """Put another plan of the same estate in as the next version; the one before is superseded.

    Returns:
        The number of the new version.

    Raises:
        Conflict: the newest version is submitted and undecided.
    """
    require(actor, Right.PLAN)
    now = store.now()
    with store.writing(actor.owner) as scope:
        row, newest = _newest(scope, proposal_id)
        if newest.state == "submitted":
            raise Conflict(sentence("The newest version is submitted; it must be decided first."))
        plan = scope.one(PlanRow, "plan", id=plan_id)
        if plan.estate_id != row.estate_id:
            raise InvalidInput(
                sentence("The plan is of another estate; make a proposal of its own for it")
            )
        if newest.state != "approved":
            newest.state = "superseded"
        row.newest += 1
        row.changed_at = now
        _add_version(scope, actor, row.id, row.newest, plan_id, note=note, now=now)
        audit(scope, actor.id, "revise", "proposal", row.id, now=now, detail=str(row.newest))
        return row.newest


def submit(store: Store, actor: Actor, proposal_id: str) -> None:
    """Hand the draft in for a decision; the plan is checked once more before.

    Raises:
        Conflict: it is no draft, or its plan does not pass the check.
    """
    from planner.services.verify import verify  # noqa: PLC0415  seconds to import

    require(actor, Right.PLAN)
    now = store.now()
    with store.writing(actor.owner) as scope:
        row, newest = _newest(scope, proposal_id)
        if newest.state != "draft":
            raise Conflict(
                sentence(
                    "The newest version is {state}; only a draft is submitted.", state=newest.state
                )
            )
        plan = scope.one(PlanRow, "plan", id=newest.plan_id)
        estate = snapshot(store, scope, plan.estate_hash)
        broken = verify(parse_plan(plan.content), estate)
        if broken:
            said = sentence("The plan does not pass its check; make a new one:")
            raise Conflict(joined((said, *(one.line for one in broken)), "\n"))
        newest.state, newest.submitted_by, newest.submitted_at = "submitted", actor.id, now
        row.changed_at = now
        audit(scope, actor.id, "submit", "proposal", row.id, now=now, detail=str(newest.number))


def approve(store: Store, actor: Actor, proposal_id: str, number: int, comment: str = "") -> None:
    """Approve the submitted version; `number` is the one the actor has read.

    Raises:
        Refused: the actor drafted or submitted it: four eyes decide.
        Conflict: it is not submitted, or `number` is not its newest version.
    """
    _decide(store, actor, proposal_id, number, "approved", comment)


def send_back(store: Store, actor: Actor, proposal_id: str, number: int, comment: str) -> None:
    """Send the submitted version back with a comment.

    Raises:
        InvalidInput: no comment.
        Refused, Conflict: as for `approve`.
    """
    if not comment.strip():
        raise InvalidInput(
            [
                Problem(
                    sentence("field comment"),
                    sentence("Enter what should change before it is sent back."),
                )
            ]
        )
    _decide(store, actor, proposal_id, number, "sent_back", comment)


def get(store: Store, actor: Actor, proposal_id: str) -> Proposal:
    """Return a proposal.

    Raises:
        NotFound: no such proposal of this owner.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        return _proposal(scope, actor, scope.one(ProposalRow, "proposal", id=proposal_id))


def search(
    store: Store, actor: Actor, text: str = "", state: State | None = None
) -> tuple[Proposal, ...]:
    """Return proposals whose title, estate or plan holds the text, newest first."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        rows = scope.execute(select(ProposalRow).order_by(col(ProposalRow.changed_at).desc()))
        found = [_proposal(scope, actor, row) for row in rows.scalars()]
        words = text.casefold().split()
        plans = dict(scope.execute(select(col(PlanRow.id), col(PlanRow.name))).all())
    return tuple(
        one
        for one in found
        if (state is None or one.state == state)
        and all(
            word in f"{one.title} {one.estate_name} {plans[one.plan_id]}".casefold()
            for word in words
        )
    )


def _decide(
    store: Store, actor: Actor, proposal_id: str, number: int, state: State, comment: str
) -> None:
    require(actor, Right.DECIDE)
    now = store.now()
    with store.writing(actor.owner) as scope:
        row, newest = _newest(scope, proposal_id)
        if newest.number != number:
            raise Conflict(
                sentence(
                    "Version {number} is the newest by now; read that one first.",
                    number=newest.number,
                )
            )
        if newest.state != "submitted":
            raise Conflict(
                sentence(
                    "Version {number} is {state}, not submitted; reload the page.",
                    number=number,
                    state=newest.state,
                )
            )
        if newest.submitted_by == actor.id:
            raise Refused(sentence("You submitted this proposal; somebody else decides it."))
        if newest.made_by == actor.id:
            raise Refused(sentence("You drafted this proposal; somebody else decides it."))
        newest.state, newest.decided_by, newest.decided_at = state, actor.id, now
        newest.comment = comment.strip()
        row.changed_at = now
        audit(scope, actor.id, state, "proposal", row.id, now=now, detail=str(number))


def _newest(scope: Scope, proposal_id: str) -> tuple[ProposalRow, ProposalVersionRow]:
    """Return a proposal, locked until the end of the transaction, and its newest version."""
    row = scope.one_locked(ProposalRow, "proposal", id=proposal_id)
    version = scope.one(ProposalVersionRow, "version", proposal_id=row.id, number=row.newest)
    return row, version


def _add_version(
    scope: Scope,
    actor: Actor,
    proposal_id: str,
    number: int,
    plan_id: str,
    *,
    note: str,
    now: dt.datetime,
) -> None:
    scope.add(
        ProposalVersionRow(
            proposal_id=proposal_id,
            number=number,
            plan_id=plan_id,
            note=note.strip(),
            made_by=actor.id,
            made_at=now,
        )
    )


def _proposal(scope: Scope, actor: Actor, row: ProposalRow) -> Proposal:
    versions = (
        scope.execute(
            select(ProposalVersionRow)
            .where(col(ProposalVersionRow.proposal_id) == row.id)
            .order_by(col(ProposalVersionRow.number))
        )
        .scalars()
        .all()
    )
    newest = versions[-1]
    estate = scope.one(EstateRow, "estate", id=row.estate_id)
    plan = scope.one(PlanRow, "plan", id=newest.plan_id)
    names = _names(scope, versions)
    return Proposal(
        id=row.id,
        title=row.title,
        estate_id=row.estate_id,
        estate_name=estate.name,
        currency=estate.currency,
        state=cast("State", newest.state),
        plan_id=plan.id,
        npv=plan.npv,
        value=plan.value,
        bound=plan.bound,
        freed=tuple(plan.freed),
        people_moved=plan.people_moved,
        changed_at=row.changed_at,
        versions=tuple(_version(one, names, _last_approved(versions)) for one in versions),
        may_submit=newest.state == "draft" and actor.may(Right.PLAN),
        may_decide=newest.state == "submitted"
        and actor.id not in {newest.submitted_by, newest.made_by}
        and actor.may(Right.DECIDE),
    )


def _last_approved(versions: Sequence[ProposalVersionRow]) -> int:
    """Return the number of the version that holds, 0 if none was approved."""
    return max((one.number for one in versions if one.state == "approved"), default=0)


def _version(row: ProposalVersionRow, names: dict[str, str], holds: int) -> Version:
    approved = row.state == "approved"
    return Version(
        number=row.number,
        plan_id=row.plan_id,
        state="superseded" if approved and row.number < holds else cast("State", row.state),
        decision="approved" if approved else "sent_back" if row.decided_at else "",
        note=row.note,
        comment=row.comment,
        made_by=names.get(row.made_by, ""),
        made_at=row.made_at,
        submitted_by=names.get(row.submitted_by or "", ""),
        submitted_at=row.submitted_at,
        decided_by=names.get(row.decided_by or "", ""),
        decided_at=row.decided_at,
    )


def _names(scope: Scope, versions: Sequence[ProposalVersionRow]) -> dict[str, str]:
    ids = {
        who for one in versions for who in (one.made_by, one.submitted_by, one.decided_by) if who
    }
    users = scope.execute(select(UserRow).where(col(UserRow.id).in_(sorted(ids)))).scalars()
    return {user.id: user.name or user.email for user in users}
