"""Proposals: what is submitted of a plan, who decided it, and every version of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

    from planner.db.store import Store
    from planner.services.access import Actor

State = Literal["draft", "submitted", "approved", "sent_back", "superseded"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a proposal: a plan that never changes, and what became of it.

    Args:
        number: 1 for the first.
        plan_id: the plan it holds.
        state: draft, submitted, approved, sent_back or superseded.
        note: what the planner wrote with it.
        comment: what the finance officer wrote, "" if nothing.
        made_by, submitted_by, decided_by: names of people, "" where it has not come to that.
        made_at, submitted_at, decided_at: None where it has not come to that.
    """

    number: int
    plan_id: str
    state: State
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
    """This actor may approve or send it back now; never the one who submitted it."""


def create(store: Store, actor: Actor, plan_id: str, title: str, note: str = "") -> str:
    """Make a draft proposal of a plan and return its id.

    Raises:
        InvalidInput: no title.
    """
    raise NotImplementedError


def revise(store: Store, actor: Actor, proposal_id: str, plan_id: str, note: str = "") -> int:
    """Put another plan of the same estate in as the next version; the one before is superseded.

    Returns:
        The number of the new version.

    Raises:
        Conflict: the newest version is submitted and undecided.
    """
    raise NotImplementedError


def submit(store: Store, actor: Actor, proposal_id: str) -> None:
    """Hand the draft in for a decision; the plan is checked once more before.

    Raises:
        Conflict: it is no draft, or its plan does not pass the check.
    """
    raise NotImplementedError


def approve(store: Store, actor: Actor, proposal_id: str, number: int, comment: str = "") -> None:
    """Approve the submitted version; `number` is the one the actor has read.

    Raises:
        Refused: the actor submitted it: four eyes decide.
        Conflict: it is not submitted, or `number` is not its newest version.
    """
    raise NotImplementedError


def send_back(store: Store, actor: Actor, proposal_id: str, number: int, comment: str) -> None:
    """Send the submitted version back with a comment.

    Raises:
        InvalidInput: no comment.
        Refused, Conflict: as for `approve`.
    """
    raise NotImplementedError


def get(store: Store, actor: Actor, proposal_id: str) -> Proposal:
    """Return a proposal.

    Raises:
        NotFound: no such proposal of this owner.
    """
    raise NotImplementedError


def search(
    store: Store, actor: Actor, text: str = "", state: State | None = None
) -> tuple[Proposal, ...]:
    """Return proposals whose title, estate or plan holds the text, newest first."""
    raise NotImplementedError
