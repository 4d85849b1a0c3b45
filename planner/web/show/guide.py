"""The first steps of an estate: what is there, what comes next, and where one does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Args:
        title: what it is about.
        why: what for, in one or two sentences.
        verb: the words of its button.
        url: where it is done.
        done: it is.
        optional: a plan can be made without it.
        paste: where rows are pasted for it, "" where they cannot be.
    """

    title: str
    why: str
    verb: str
    url: str
    done: bool
    optional: bool = False
    paste: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """All steps, and the number of the one to do now; `over` once a proposal is made."""

    steps: tuple[Step, ...]
    now: int
    over: bool

    @property
    def step(self) -> Step:
        """Return the step to do now."""
        return self.steps[self.now - 1]

    @property
    def done(self) -> int:
        """Return how many steps are done."""
        return sum(step.done for step in self.steps)


def guide_of(found: Estate, estate: str, plans: int, speech: Speech, *, proposed: bool) -> Guide:
    """Return the guide of an estate, worked out from what it holds: it can be left at any time.

    Args:
        found: the estate.
        estate: its id.
        plans: how many plans of it there are.
        speech: the reader's language.
        proposed: whether a proposal is made.
    """
    steps = (
        *_data_steps(found, estate, speech),
        *_plan_steps(estate, plans, speech, proposed=proposed),
    )
    needed = [at for at, step in enumerate(steps, 1) if not step.done and not step.optional]
    open_steps = [at for at, step in enumerate(steps, 1) if not step.done]
    now = needed[0] if needed else len(steps)
    before = [at for at in open_steps if at < now]
    return Guide(steps, before[0] if before and not plans else now, over=proposed)


def _data_steps(found: Estate, estate: str, speech: Speech) -> tuple[Step, ...]:
    _ = speech._

    def at(endpoint: str, name: str = "") -> str:
        return url_for(endpoint, estate=estate, name=name or None)

    counted = bool(found.attendance.days) or any(
        team.attendance_rate is not None for team in found.teams
    )
    seated = bool(found.teams) and all(found.now[team.code] for team in found.teams)
    priced = all(
        building.rent_per_m2_month is not None and building.running_cost_per_m2_month is not None
        for building in found.buildings
    )
    return (
        Step(
            _("Buildings"),
            _("What a square metre would earn in rent, and what it costs to run; 0 if nothing."),
            _("Add a building"),
            at("data.new", "buildings"),
            done=bool(found.buildings) and priced,
            paste=at("data.paste", "buildings"),
        ),
        Step(
            _("Floors"),
            _("Area and seats of each floor. A drawing can bring them, or rows you paste."),
            _("Add a floor"),
            at("data.new", "floors"),
            done=bool(found.floors),
            paste=at("data.paste", "floors"),
        ),
        Step(
            _("Teams"),
            _("Name and people of each team, and whether it serves the public."),
            _("Add a team"),
            at("data.new", "teams"),
            done=bool(found.teams),
            paste=at("data.paste", "teams"),
        ),
        Step(
            _("Where teams sit"),
            _("The plan starts from today: which team sits on which floor."),
            _("Seat a team"),
            at("data.new", "seating"),
            done=seated,
            paste=at("data.paste", "seating"),
        ),
        Step(
            _("Attendance"),
            _("Who came on which day. Without it every person gets a seat, and less is freed."),
            _("Add attendance"),
            at("attendance.page"),
            done=counted,
            optional=True,
        ),
    )


def _plan_steps(estate: str, plans: int, speech: Speech, *, proposed: bool) -> tuple[Step, ...]:
    _ = speech._
    return (
        Step(
            _("First plan"),
            _("The planner searches which floors can be freed. The defaults work."),
            _("Make the first plan"),
            url_for("plans.new", estate=estate),
            done=plans > 0,
        ),
        Step(
            _("Proposal"),
            _("Open the plan and make its proposal: a PDF to sign, a workbook to check."),
            _("Go to the plans"),
            url_for("plans.index", estate=estate),
            done=proposed,
        ),
    )
