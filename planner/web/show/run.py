"""A run as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.plan import FreedUnit, Placement, Plan
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.elevation import elevation
from planner.web.show.gap import GapChart, Point, clock, gap_chart
from planner.web.show.pictures import HALF, NARROW, Picture
from planner.web.show.today import Figure
from planner.web.show.words import capital, floors_words, share_of

if TYPE_CHECKING:
    import datetime as dt

    from planner.domain.estate import Estate
    from planner.i18n import Speech
    from planner.services.plans import RunState
    from planner.web.show.needs import Needs

STEPS: Final = ("read", "demand", "solve", "tighten", "dates", "check")
_MOST_MESSAGES: Final = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One named step: before, at or after it."""

    words: str
    state: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """What the page shows.

    Args:
        title, lede: the conclusion so far.
        steps: in their order.
        chart, chart_narrow: best plan against limit, None before the search.
        chart_title: the conclusion of that chart.
        best_words, limit_words: at the end of its lines.
        figures: best, limit, captured.
        picture: the campus with the units freed so far.
        said: what happened, newest first, each with its time.
        remaining: seconds at most, None while it waits.
    """

    title: str
    lede: str
    steps: tuple[Step, ...]
    chart: GapChart | None
    chart_narrow: GapChart | None
    chart_title: str
    best_words: str
    limit_words: str
    figures: tuple[Figure, ...]
    picture: Picture | None
    said: tuple[tuple[str, str], ...]
    remaining: int | None


def run_page(
    run: RunState, estate: Estate, needs: Needs, now: dt.datetime, speech: Speech
) -> RunPage:
    """Return the page of a run at one moment."""
    spent = 0.0
    if run.started_at is not None:
        spent = ((run.ended_at or now) - run.started_at).total_seconds()
    points = [Point(one.seconds, one.value, one.bound) for one in run.log]
    value = next((one.value for one in reversed(points) if one.value is not None), None)
    limit = next((one.limit for one in reversed(points) if one.limit is not None), None)
    charts: tuple[GapChart | None, GapChart | None] = (None, None)
    if points:
        ends = max(float(run.seconds_asked), spent)
        at = max(points[-1].seconds, spent if not run.ended else 0.0)
        charts = (
            gap_chart(points, at, ends, speech, width=780, height=330),
            gap_chart(points, at, ends, speech, width=358, height=280),
        )
    return RunPage(
        title=_title(run, value, limit, speech),
        lede=_lede(run, speech),
        steps=_steps(run, estate, spent, speech),
        chart=charts[0],
        chart_narrow=charts[1],
        chart_title=_chart_title(value, limit, speech),
        best_words=""
        if value is None
        else speech._("Best plan so far %(money)s", money=speech.money_short(value, 2)),
        limit_words=""
        if limit is None
        else speech._("No plan is worth more than %(money)s", money=speech.money_short(limit, 2)),
        figures=_figures(value, limit, speech),
        picture=_picture(run, estate, needs, speech),
        said=_said(run, estate, speech),
        remaining=max(0, int(run.seconds_asked - spent)) if run.started_at else None,
    )


def _title(run: RunState, value: int | None, limit: int | None, speech: Speech) -> str:
    _ = speech._
    ended_bare = run.state == "stopped" and run.plan_id is None
    if run.state == "queued":
        return _("The plan waits for its turn")
    if run.state == "failed" or ended_bare:
        return (
            _("No plan could be made") if not ended_bare else _("Stopped before a plan was found")
        )
    if run.stages:
        return _stage_title(run, speech)
    if value is None:
        return _("Looking for a first plan that fits every weekday")
    return _gap_title(len(run.freed), value, limit, speech)


def _stage_at(step: str) -> int:
    """Return which search of a plan over several periods is at work; 0 looks ahead."""
    parts = step.split()
    return int(parts[1]) - 1 if len(parts) == 3 and parts[1].isdecimal() else 0  # noqa: PLR2004


def _stage_title(run: RunState, speech: Speech) -> str:
    at = _stage_at(run.step)
    if run.ended:
        return speech._("All periods are planned")
    if at == 0:
        return speech._("Looking ahead to the last period")
    return speech._(
        "Planning period %(number)s of %(count)s: %(name)s",
        number=speech.number(at),
        count=speech.number(len(run.stages)),
        name=run.stages[min(at, len(run.stages)) - 1],
    )


def _gap_title(freed: int, value: int, limit: int | None, speech: Speech) -> str:
    _ = speech._
    floors = capital(floors_words(freed, speech))
    if limit is None or value <= 0:
        return _("%(floors)s freed so far; better plans may exist", floors=floors)
    if limit <= value:
        return _("%(floors)s freed, and proved best", floors=floors)
    more = speech.percent(Decimal(limit - value) / Decimal(value))
    return _(
        "%(floors)s freed so far; at most %(more)s more value is possible", floors=floors, more=more
    )


def _lede(run: RunState, speech: Speech) -> str:
    if run.state == "failed":
        return speech.say(run.problem or "")
    if run.stop_requested and not run.ended:
        return speech._("Stopping; the best plan so far is kept.")
    if run.ended:
        return ""
    return speech._("You can leave this page or sign out. The bell tells you when it is done.")


def _steps(run: RunState, estate: Estate, spent: float, speech: Speech) -> tuple[Step, ...]:
    _ = speech._
    if run.stages:
        return _stage_steps(run, speech)
    words = _step_words(estate, speech)
    at = STEPS.index(run.step) if run.step in STEPS else -1
    if run.state == "done" or run.plan_id:
        at = len(STEPS)
    found = []
    for number, step in enumerate(STEPS):
        state = "after" if number < at else ("now" if number == at else "before")
        said = words[step]
        if step == "solve" and state == "now" and not run.ended:
            said = _(
                "Solving, %(spent)s of at most %(asked)s",
                spent=clock(min(spent, run.seconds_asked)),
                asked=clock(run.seconds_asked),
            )
        found.append(Step(said, state if not run.ended or state != "now" else "halted"))
    return tuple(found)


def _step_words(estate: Estate, speech: Speech) -> dict[str, str]:
    """Return what each step is called."""
    _ = speech._
    days = len(estate.attendance.days)
    return {
        "read": _("Estate read"),
        "demand": speech.n("Demand for %(count)s day", "Demand for %(count)s days", days)
        if days
        else _("Demand from typed rates"),
        "solve": _("Search"),
        "tighten": _("Try on days held out"),
        "dates": _("Date the moves"),
        "check": _("Check and price"),
    }


def _message(run: RunState, said: str, estate: Estate, speech: Speech) -> str:
    """Return a step or a remark of a run in the reader's language."""
    if run.stages:
        names = (speech._("Look ahead"), *run.stages)
        return names[min(_stage_at(said), len(names) - 1)]
    return _step_words(estate, speech).get(said, said)


def _stage_steps(run: RunState, speech: Speech) -> tuple[Step, ...]:
    at = -1 if run.started_at is None else _stage_at(run.step)
    if run.plan_id:
        at = len(run.stages) + 1
    names = (speech._("Look ahead"), *run.stages)
    halted = "halted" if run.ended else "now"
    return tuple(
        Step(name, "after" if number < at else (halted if number == at else "before"))
        for number, name in enumerate(names)
    )


def _chart_title(value: int | None, limit: int | None, speech: Speech) -> str:
    if value is not None and limit is not None and limit <= value:
        return speech._("Best plan and proved limit have met")
    return speech._("The gap between best plan and proved limit is closing")


def _figures(value: int | None, limit: int | None, speech: Speech) -> tuple[Figure, ...]:
    _ = speech._
    unknown = "\u2013"
    captured = (
        share_of(value, limit, speech)
        if value is not None and limit is not None and limit > 0 and value >= 0
        else unknown
    )
    return (
        Figure(
            _("Best plan so far"),
            unknown if value is None else speech.money_short(value, 2),
            _("net") if value is not None else "",
            _("fits every weekday at the service level") if value is not None else _("none yet"),
        ),
        Figure(
            _("No plan is worth more than"),
            unknown if limit is None else speech.money_short(limit, 2),
            _("proved") if limit is not None else "",
            _("this limit only ever falls") if limit is not None else _("none proved yet"),
        ),
        Figure(
            _("Captured"),
            captured,
            _("of the limit") if captured != unknown else "",
            _("100% is a plan proved best"),
        ),
    )


def _picture(run: RunState, estate: Estate, needs: Needs, speech: Speech) -> Picture | None:
    """Return the campus with the units freed so far hatched."""
    if not run.freed or not estate.floors:
        return None
    plan = _freed_plan(run, estate, needs)

    def drawn(width: int, part: str) -> object:
        return elevation(estate, plan, plan, speech, canvas=screen(width, f"run-{part}"))

    return Picture(drawn(HALF, "w"), None, drawn(NARROW, "n"))  # type: ignore[arg-type]


def _freed_plan(run: RunState, estate: Estate, needs: Needs) -> Plan:
    """Return a plan to draw: the units freed so far, and who stays where they sit today.

    Where the movers go is known only when the run ends.
    """
    freed = {unit for unit in run.freed if unit in estate.unit_of}
    placements = []
    for team in estate.teams:
        now = estate.now[team.code]
        whole = sum(now.values())
        need = needs.seats.allotments.get(team.code, ())
        for unit, people in now.items():
            if unit in freed:
                continue
            seats = tuple(-(-seat * people // whole) for seat in need)
            placements.append(
                Placement(team=team.code, origin=unit, unit=unit, people=people, seats=seats)
            )
    return Plan(
        name=run.name,
        estate_hash="",
        program="",
        solver="",
        seed=0,
        seconds=0,
        level=Decimal(1),
        weekdays=needs.seats.weekdays,
        allotments=dict(needs.seats.allotments),
        placements=tuple(placements),
        freed=tuple(FreedUnit(unit=unit, npv=0) for unit in run.freed if unit in freed),
        blocks=(),
        moves=(),
        apart=(),
        npv=0,
        value=0,
        bound=None,
        status="feasible",
    )


def _said(run: RunState, estate: Estate, speech: Speech) -> tuple[tuple[str, str], ...]:
    """Return what happened, newest first: steps, and each better plan or lower limit."""
    events = [(at, _message(run, said, estate, speech)) for at, said in run.messages]
    before: tuple[int | None, int | None] = (None, None)
    for one in run.log:
        if one.value is not None and one.value != before[0]:
            money = speech.money_short(one.value, 2)
            said = (
                speech._("First plan that fits every weekday: %(money)s.", money=money)
                if before[0] is None
                else speech._("Better plan: %(money)s.", money=money)
            )
            events.append((one.seconds, said))
        elif one.bound is not None and one.bound != before[1]:
            limit = speech.money_short(one.bound, 2)
            events.append((one.seconds, speech._("Limit fell to %(money)s.", money=limit)))
        before = (one.value, one.bound)
    events.sort(key=lambda event: event[0])
    shown: list[tuple[str, str]] = []
    for seconds, text in reversed(events):
        if not shown or shown[-1][1] != text:
            shown.append((clock(seconds), text))
        if len(shown) == _MOST_MESSAGES:
            break
    return tuple(shown)
