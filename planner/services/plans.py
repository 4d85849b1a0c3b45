"""Plans and the runs that make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

    from planner.db.store import Store
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.options import Options
    from planner.reports.dossier import Dossier
    from planner.services.access import Actor

RunKind = Literal["plan"]
State = Literal["queued", "running", "done", "failed", "stopped"]


@dataclass(frozen=True, slots=True)
class LogPoint:
    """The best value and the proved limit at one moment, minor units; None if not known."""

    seconds: float
    value: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class RunState:
    """How a run stands.

    Args:
        id: of the run.
        kind: what it makes.
        estate_id: the estate it is for.
        name: of the plan to be.
        state: queued, running, done, failed or stopped; a stopped run may have a plan.
        step: what it is doing now, in a few words.
        seconds_asked: limit of the search.
        queued_at, started_at, ended_at: None where it has not come to that.
        log: value and bound over time, oldest first.
        freed: units that the best plan so far frees.
        messages: steps and remarks with their seconds, oldest first.
        stop_requested: somebody asked it to stop.
        plan_id: of the plan it made, None if none.
        problem: why it failed, in a sentence for the user, None if it did not.
        attempt: how many times it was taken up; more than 1 after a worker died.
    """

    id: str
    kind: RunKind
    estate_id: str
    name: str
    state: State
    step: str
    seconds_asked: int
    queued_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    log: tuple[LogPoint, ...]
    freed: tuple[str, ...]
    messages: tuple[tuple[float, str], ...]
    stop_requested: bool
    plan_id: str | None
    problem: str | None
    attempt: int

    @property
    def ended(self) -> bool:
        """Say whether nothing more will happen."""
        return self.state in {"done", "failed", "stopped"}


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """One line of the list of plans; money in minor units of `currency`."""

    id: str
    estate_id: str
    estate_name: str
    name: str
    currency: str
    npv: int
    value: int
    bound: int | None
    status: Literal["optimal", "feasible"]
    freed: tuple[str, ...]
    people_moved: int
    made_at: dt.datetime
    made_by: str
    outdated: bool
    """The estate has changed since."""


def start_plan(
    store: Store, actor: Actor, estate_id: str, options: Options, once: str | None = None
) -> str:
    """Queue a run that makes a plan for the estate as it stands, and return the run's id.

    `once` is a word that the form carries; a second call with it returns the first run.

    Raises:
        InvalidInput: the estate contradicts itself; every problem is named.
        Conflict: too many runs of this owner are waiting.
    """
    raise NotImplementedError


def stop_run(store: Store, actor: Actor, run_id: str) -> None:
    """Ask a run to stop; it keeps the best plan so far. A run that has ended stays as it is."""
    raise NotImplementedError


def run_state(store: Store, actor: Actor, run_id: str) -> RunState:
    """Return how a run stands.

    Raises:
        NotFound: no such run of this owner.
    """
    raise NotImplementedError


def list_runs(
    store: Store, actor: Actor, estate_id: str | None = None, *, only_open: bool = False
) -> tuple[RunState, ...]:
    """Return the runs, newest first, without their logs."""
    raise NotImplementedError


def list_plans(store: Store, actor: Actor, estate_id: str | None = None) -> tuple[PlanSummary, ...]:
    """Return the plans, newest first."""
    raise NotImplementedError


def plan_summary(store: Store, actor: Actor, plan_id: str) -> PlanSummary:
    """Return one line of the list of plans.

    Raises:
        NotFound: no such plan of this owner.
    """
    raise NotImplementedError


def get_plan(store: Store, actor: Actor, plan_id: str) -> tuple[Estate, Plan]:
    """Return a plan and the estate it was made from, as that was then."""
    raise NotImplementedError


def get_dossier(store: Store, actor: Actor, plan_id: str) -> Dossier:
    """Return a plan with everything worked out from it: demand, case, backtest."""
    raise NotImplementedError


def rename_plan(store: Store, actor: Actor, plan_id: str, name: str) -> None:
    """Give a plan another name in the lists; the plan itself stays as it was made."""
    raise NotImplementedError


def delete_plan(store: Store, actor: Actor, plan_id: str) -> None:
    """Delete a plan; refused where a proposal holds it."""
    raise NotImplementedError
