"""How good a plan is proved to be, and on which unseen days its seats sufficed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.reports.drawings.canvas import Canvas, render
from planner.reports.drawings.measure import text_width

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from markupsafe import Markup

    from planner.domain.plan import Plan
    from planner.i18n import Speech

_DAY_PITCH: Final = 10.5
_DAY_HIGH: Final = 20.0


def proof_bar(plan: Plan, speech: Speech, *, canvas: Canvas) -> Markup:
    """Return the plan's value between doing nothing and the proved limit, on one scale.

    Without a proved limit the bar has none, and says so; nothing stands in for it.
    """
    top = max(plan.bound or 0, plan.value, 1)
    room = canvas.width - 4
    end = 2 + max(0.0, plan.value / top) * room
    limit = (
        speech._("No limit was proved")
        if plan.bound is None
        else speech._("Proved limit: %(limit)s", limit=speech.money_short(plan.bound, 2))
    )
    ours = speech._("This plan: %(value)s", value=speech.money_short(plan.value, 2))
    nothing = speech._("Do nothing: %(value)s", value=speech.money_short(0))
    least = text_width(nothing, 13) + text_width(ours, 13, "sans-bold") + 24
    return render(
        "proof",
        speech,
        canvas,
        height=86,
        title=speech._("This plan against the proved limit"),
        about=f"{nothing}. {ours}. {limit}.",
        end=end,
        right=canvas.width - 2,
        ours_x=max(end, least),
        ours=ours,
        nothing=nothing,
        limit=limit,
        proved=plan.bound is not None,
    )


@dataclass(frozen=True, slots=True)
class DayTest:
    """One day the plan had not seen: how many seats the shortest floor was short of."""

    day: dt.date
    short: int


@dataclass(frozen=True, slots=True)
class _Square:
    x: float
    y: float
    crossed: bool
    spoken: str


def day_strip(days: Sequence[DayTest], speech: Speech, *, canvas: Canvas) -> Markup:
    """Return one square a day, crossed where seats were short."""
    per_row = max(1, min(len(days), int(canvas.width / _DAY_PITCH)))
    pitch = canvas.width / per_row
    short = sum(day.short > 0 for day in days)
    squares = [
        _Square(
            x=at % per_row * pitch,
            y=at // per_row * (_DAY_HIGH + 6),
            crossed=day.short > 0,
            spoken=speech.date(day.day),
        )
        for at, day in enumerate(days)
    ]
    rows = -(-len(days) // per_row)
    return render(
        "days",
        speech,
        canvas,
        height=rows * (_DAY_HIGH + 6) - 4,
        title=speech.n("%(count)s unseen day", "%(count)s unseen days", len(days)),
        about=speech.n("Seats were short on %(count)s of them.",
                       "Seats were short on %(count)s of them.", short),
        squares=squares,
        pitch=min(pitch, 24.0),
        high=_DAY_HIGH,
    )  # fmt: skip
