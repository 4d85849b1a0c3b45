"""What the API takes and gives about changes by hand: locks, moves, and looking closer."""
# No `from __future__ import annotations`: pydantic reads annotations at class creation.

from typing import Any

from pydantic import Field

from planner.domain.fields import Text
from planner.domain.records.kinds import SeatRule
from planner.web.api.schemas import Given, Minor, RunAsked, Shown


class RuleAsked(Given):
    """A rule for one plan alone: what is locked, kept or freed."""

    rule: SeatRule
    subject: Text = Field(
        default="",
        max_length=60,
        description="A team, or code/unit for the part of it that sits there today; or a floor.",
    )
    object: Text = Field(default="", max_length=60, description="Where the team sits.")
    value: int | None = Field(
        default=None,
        ge=0,
        le=10_000_000,
        description="People, at most; of a team to be seated there, at least.",
    )
    reason: Text = Field(default="", max_length=400)


class PlanAsked(RunAsked):
    """What a run that makes one plan is to do."""

    rules: list[RuleAsked] = Field(
        default=[], max_length=1000, description="Beside those of the estate."
    )
    start: str | None = Field(
        default=None, description="Plan of this estate to start from; few leave their place in it."
    )


class MoveAsked(Given):
    """One move by hand, from the unit that the plan gives a team to another."""

    team: str
    origin: str
    target: str


class MovesAsked(Given):
    """Moves by hand, one after the other."""

    moves: list[MoveAsked] = Field(max_length=1000)


class StudyAsked(Given):
    """How long to look into a plan."""

    seconds: int = Field(default=240, ge=1, le=86_400)


class Wrong(Shown):
    """One way in which a plan does not hold."""

    where: str
    message: str


class Judged(Shown):
    """A plan changed by hand; `bound` is null where no limit is known for it."""

    value: Minor
    npv: Minor
    bound: Minor | None
    people_moved: int
    freed: list[str]
    problems: list[Wrong]


class StudyState(Shown):
    """What is known of a plan beside itself; null where nobody looked yet.

    `study` holds the frontier with each of its plans, why floors stay, what rules cost, and how
    far figures may change, as `planner plan --study` writes it.
    """

    run_id: str | None
    open: bool
    problem: str | None
    study: dict[str, Any] | None
