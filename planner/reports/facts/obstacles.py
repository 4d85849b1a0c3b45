"""What stands in the way of dates, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.movecalendar import limits_of, slots_of

if TYPE_CHECKING:
    from planner.domain.schedule import Obstacle
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope


def obstacle_words(scope: Scope, speech: Speech) -> tuple[str, ...]:
    """Return one sentence for each limit that cannot be kept with the others."""
    schedule = scope.dossier.plan.schedule
    if schedule is None:
        return ()
    return tuple(_obstacle(one, scope, speech) for one in schedule.obstacles)


def _obstacle(one: Obstacle, scope: Scope, speech: Speech) -> str:
    _ = speech._
    limits = limits_of(scope.dossier.estate)
    team_of = scope.dossier.estate.team_of
    teams = speech.listing([team_of[team].name for team in one.teams])
    places = speech.listing(list(one.places))
    is_open = sum(slot.closed is None for slot in slots_of(scope.dossier.estate))
    said = {
        "people": _(
            "At most %(count)s people may move in one wave (figure wave_people), and %(open)s "
            "weekends are open.",
            count=speech.number(limits.people or 0),
            open=speech.number(is_open),
        ),
        "moves": _(
            "At most %(count)s teams may move in one wave (figure wave_moves).",
            count=speech.number(limits.moves or 0),
        ),
        "building": _(
            "At most %(count)s moves in one wave may touch %(building)s (figure "
            "wave_moves_per_building).",
            count=speech.number(limits.moves_per_building or 0),
            building=places,
        ),
        "closed": _("Days without moves leave %(open)s weekends.", open=speech.number(is_open)),
        "waves": _("There is no weekend to move in (figure waves_within_weeks)."),
        "window": _("A rule says that %(teams)s do not move before a day.", teams=teams),
        "ready": _("A rule says that nobody comes to %(places)s before a day.", places=places),
        "together": _("A rule says that %(teams)s move together.", teams=teams),
        "before": _("A rule says in which order %(teams)s move.", teams=teams),
        "seats": _(
            "%(places)s must never hold more people than its seats, and seats that were left are "
            "fitted out for %(days)s days (figure fit_out_days).",
            places=places,
            days=speech.number(limits.fit_out_days),
        ),
    }[one.rule]
    if one.rule == "people" and one.teams:
        said += " " + _("%(teams)s alone are more.", teams=teams)
    return said


def deadlock_words(scope: Scope, speech: Speech) -> tuple[str, ...]:
    """Return why teams wait for each other and what resolves it; nothing without a deadlock."""
    plan = scope.dossier.plan
    knot = None if plan.schedule is None else plan.schedule.deadlock
    if knot is None or plan.schedule is None:
        return ()
    _, team_of = speech._, scope.dossier.estate.team_of
    said = [
        _(
            "%(teams)s wait for each other: each needs seats on %(units)s that another has not "
            "left yet.",
            teams=speech.listing([team_of[team].name for team in knot.teams]),
            units=speech.listing(list(knot.units)),
        )
    ]
    if knot.seats is not None:
        said.append(
            speech.n(
                "%(count)s seat of swing space resolves it.",
                "%(count)s seats of swing space resolve it.",
                knot.seats,
            )
            + " "
            + (
                _("Fewer cannot.")
                if knot.at_least == knot.seats
                else _("At least %(count)s are needed.", count=speech.number(knot.at_least))
            )
        )
    twice = [leg for leg in plan.schedule.legs if leg.target != leg.ends_in]
    if plan.schedule.dated and twice:
        said.append(
            speech.n(
                "So %(count)s team moves twice: %(teams)s. The second move is paid for.",
                "So %(count)s teams move twice: %(teams)s. The second moves are paid for.",
                len(twice),
                teams=speech.listing([f"{team_of[leg.team].name} ({leg.target})" for leg in twice]),
            )
        )
    return tuple(said)
