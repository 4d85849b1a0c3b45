"""Documents asked for on the site: a worker draws them, so that nobody waits in a request.

An order is a run in the queue: it outlives the page, the tab and the worker, and the bell tells
when it has ended. What is kept already is handed over at once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy.exc import IntegrityError

from planner.db.tables import PlanRow, RunRow
from planner.domain.plan import parse_plan
from planner.errors import NotFound, sentence
from planner.jobs import Asked, before, enqueue, turn_of
from planner.sentences import unpacked
from planner.services.access import Actor, Right, Role, require
from planner.services.documents import KINDS, Document, Wanted, document_of, kept, key_of, stamp_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from planner.db.store import Scope, Store
    from planner.jobs import Claim, Pulse
    from planner.services.dossiers import Stamp

    Put = Callable[[Scope], str | None]

SECONDS = 120
"""Most that a document may take."""


@dataclass(frozen=True, slots=True)
class Order:
    """How an order stands.

    Args:
        id: of the run.
        wanted: what was asked for.
        estate_id: the estate of its plan.
        state: as of any run.
        step: where the work is: `gather`, `style`, `page 7`, `write`; "" before it has begun.
        before: how many files and documents of the owner come first while it waits.
        problem: why it failed, None if it did not.
        ended_at: None before.
    """

    id: str
    wanted: Wanted
    estate_id: str
    state: Literal["queued", "running", "done", "failed", "stopped"]
    step: str
    before: int
    problem: str | None
    ended_at: dt.datetime | None

    @property
    def ended(self) -> bool:
        """Say whether nothing more will happen."""
        return self.state in {"done", "failed", "stopped"}


def ask(store: Store, actor: Actor, wanted: Wanted) -> Document | str:
    """Return a document that is there, or the id of the run that makes it.

    Whoever asks again while a document is being made gets the same run.

    Raises:
        NotFound: no such kind, plan or version of this owner; the plan has no such unit or team.
    """
    stamp = stamp_of(store, actor, wanted)
    if KINDS[wanted.kind].at_once:
        return document_of(store, actor, wanted)
    key = key_of(stamp, wanted)
    document = kept(store, actor, key)
    if document is not None:
        return document
    try:
        return _enqueued(store, actor, wanted, stamp, key)
    except IntegrityError:  # somebody asked for the same in the same moment
        return _enqueued(store, actor, wanted, stamp, key)


def order_state(store: Store, actor: Actor, run_id: str) -> Order:
    """Return how an order stands.

    Raises:
        NotFound: no such order of this owner.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        row = scope.one(RunRow, "document", id=run_id)
        if row.kind != "document":
            raise NotFound(sentence("There is no such document."))
        return Order(
            id=row.id,
            wanted=_wanted(row.params),
            estate_id=str(row.estate_id),
            state=row.state,  # type: ignore[arg-type]
            step=row.step,
            before=before(scope, row),
            problem=None if row.problem is None else unpacked(row.problem),
            ended_at=row.ended_at,
        )


def document_work(store: Store, claim: Claim, pulse: Pulse, should_stop: Callable[[], bool]) -> Put:
    """Draw a document and keep it; called by a worker."""
    pulse.at("gather")
    document_of(store, _asker(claim), _wanted(claim.params), pulse.at, should_stop)
    return lambda _: str(claim.params["of_plan"])


def _enqueued(store: Store, actor: Actor, wanted: Wanted, stamp: Stamp, key: str) -> str:
    with store.writing(actor.owner) as scope:
        plan = scope.one(PlanRow, "plan", id=stamp.plan_id)
        if KINDS[wanted.kind].one_of:
            _refuse_nothing(plan, wanted)
        return enqueue(scope, _asked(scope, plan, stamp, wanted, key, actor), store.now())


def _asked(
    scope: Scope, plan: PlanRow, stamp: Stamp, wanted: Wanted, key: str, actor: Actor
) -> Asked:
    """Return the run to add; one that failed or lost its document may be asked for anew."""
    return Asked(
        kind="document",
        name=wanted.file,
        estate_id=plan.estate_id,
        estate_version=plan.estate_version,
        estate_hash=plan.estate_hash,
        params={"seconds": SECONDS, "wanted": asdict(wanted), "of_plan": stamp.plan_id},
        by=actor.id,
        once=turn_of(scope, f"document/{key}"),
    )


def _refuse_nothing(plan: PlanRow, wanted: Wanted) -> None:
    """Refuse a sheet of a unit that is not freed, or a notice to a team that does not move."""
    found = parse_plan(plan.content)
    if wanted.kind.startswith("letting"):
        if wanted.of not in found.freed_units:
            raise NotFound(
                sentence("The plan frees no unit {unit_id} that can be let.", unit_id=wanted.of)
            )
    elif wanted.of not in {move.team for move in found.moves}:
        raise NotFound(sentence("The plan moves no team {team_code}.", team_code=wanted.of))


def _wanted(params: Any) -> Wanted:
    return Wanted(**params["wanted"])


def _asker(claim: Claim) -> Actor:
    """Return the one who asked, as far as a document needs it: somebody of this owner who reads."""
    return Actor(
        id=claim.asked_by,
        owner=claim.owner,
        owner_name="",
        email="",
        name="",
        roles=frozenset({Role.VIEWER}),
        language="en",
        session="",
    )
