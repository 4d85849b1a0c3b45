"""A move notice for one team: from where to where, when, and who will be near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import NotFound, sentence
from planner.reports.facts.scope import Scope
from planner.reports.facts.tables import Cell, Column, Fact, Table
from planner.reports.facts.words import named
from planner.reports.sheets.sheet import Sheet, Text

if TYPE_CHECKING:
    from planner.domain.plan import Move
    from planner.domain.records import Team
    from planner.domain.schedule import Wave
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier

_MOST_NEIGHBOURS = 30


def moved_teams(dossier: Dossier) -> tuple[str, ...]:
    """Return the codes of the teams that move, in the estate's order."""
    moving = {move.team for move in dossier.plan.moves}
    return tuple(team.code for team in dossier.estate.teams if team.code in moving)


def notice_sheet(dossier: Dossier, team_code: str, speech: Speech) -> Sheet:
    """Return the notice of one team.

    Raises:
        NotFound: the plan does not move such a team.
    """
    moves = [move for move in dossier.plan.moves if move.team == team_code]
    if not moves:
        raise NotFound(sentence("The plan moves no team {team_code}.", team_code=team_code))
    team = dossier.estate.team_of[team_code]
    scope = Scope(dossier)
    return Sheet(
        kind=speech._("Move notice"),
        name=speech._("Move notice, %(team)s", team=team.code),
        over=" · ".join(
            (named(team.department or dossier.estate.header.owner), speech.long_date(dossier.date))
        ),
        title=_title(team, moves, speech),
        lede=_lede(scope, team, moves, speech),
        figures=_figures(scope, moves, speech),
        parts=(
            _places(scope, moves, speech),
            _neighbours(scope, team_code, moves, speech),
            Text(
                speech._("What happens next"),
                (
                    speech._("1. This plan is only proposed; nobody moves before it is approved."),
                    speech._(
                        "2. Tell the asset bureau what your team needs at the new place: "
                        "cabinets, equipment, access for visitors."
                    ),
                    speech._(
                        "3. Boxes and labels come two weeks before the move; the move is outside "
                        "working hours."
                    ),
                ),
            ),
            Text(
                speech._("Who to ask"),
                (
                    team.contact
                    or speech._("Your head of team, or the asset bureau, who drew up this plan."),
                ),
            ),
        ),
    )


def _title(team: Team, moves: list[Move], speech: Speech) -> str:
    targets = list(dict.fromkeys(move.target for move in moves))
    origins = list(dict.fromkeys(move.origin for move in moves))
    return speech._(
        "%(team)s is to move from %(origin)s to %(target)s",
        team=named(team.name),
        origin=speech.listing(origins),
        target=speech.listing(targets),
    )


def _lede(scope: Scope, team: Team, moves: list[Move], speech: Speech) -> str:
    people = sum(move.people for move in moves)
    dated = _days(scope, team.code)
    if dated:
        return _dated_lede(scope, moves, dated, speech)
    said = speech.n(
        "%(count)s of the team's %(all)s people moves before %(date)s.",
        "%(count)s of the team's %(all)s people move before %(date)s.",
        people,
        all=speech.number(team.headcount),
        date=speech.long_date(scope.release),
    )
    origin = scope.dossier.estate.unit_of[moves[0].origin].building
    target = scope.dossier.estate.unit_of[moves[0].target].building
    if origin is target:
        return said + " " + speech._("The team stays in %(building)s.", building=named(origin.name))
    return said + " " + speech._("The new building is %(building)s.", building=named(target.name))


def _days(scope: Scope, team: str) -> list[Wave]:
    """Return the waves in which a team moves, none where nothing is dated."""
    schedule = scope.dossier.plan.schedule
    if schedule is None:
        return []
    numbers = sorted({leg.wave for leg in schedule.legs if leg.team == team})
    return [schedule.wave(number) for number in numbers]


def _dated_lede(scope: Scope, moves: list[Move], dated: list[Wave], speech: Speech) -> str:
    said = speech._(
        "The team moves on %(days)s.",
        days=speech.listing(
            [
                speech._(
                    "%(first)s to %(last)s",
                    first=speech.long_date(wave.first),
                    last=speech.long_date(wave.last),
                )
                for wave in dated
            ]
        ),
    )
    target = scope.dossier.estate.unit_of[moves[-1].target].building
    if scope.dossier.estate.unit_of[moves[0].origin].building is target:
        return said + " " + speech._("The team stays in %(building)s.", building=named(target.name))
    return said + " " + speech._("The new building is %(building)s.", building=named(target.name))


def _figures(scope: Scope, moves: list[Move], speech: Speech) -> tuple[Fact, ...]:
    plan = scope.dossier.plan
    seats = [0] * len(plan.weekdays)
    for move in moves:
        for placed in plan.placements:
            if (placed.team, placed.origin, placed.unit) == (move.team, move.origin, move.target):
                seats = [have + more for have, more in zip(seats, placed.seats, strict=True)]
    busiest = plan.weekdays[seats.index(max(seats))] if seats else 0
    return (
        Fact("M1", speech._("People"), speech.number(sum(move.people for move in moves)),
             speech._("who move")),
        Fact("M2", speech._("Seats"), speech.number(max(seats, default=0)),
             speech._("on the busiest day, %(day)s", day=speech.weekday(busiest))),
        _when(scope, moves[0].team, speech),
    )  # fmt: skip


def _when(scope: Scope, team: str, speech: Speech) -> Fact:
    dated = _days(scope, team)
    if not dated:
        return Fact("M3", speech._("Moves before"), speech.date(scope.release),
                    speech._("exact weekend follows"))  # fmt: skip
    numbers = speech.listing([speech.number(wave.number) for wave in dated])
    return Fact("M3", speech._("Moves on"), speech.date(dated[-1].first),
                speech._("wave %(number)s", number=numbers))  # fmt: skip


def _places(scope: Scope, moves: list[Move], speech: Speech) -> Table:
    unit_of = scope.dossier.estate.unit_of

    def place(unit_id: str) -> str:
        unit = unit_of[unit_id]
        return speech._(
            "%(unit)s, level %(level)s, %(building)s",
            unit=unit.id,
            level=speech.number(unit.floor.level),
            building=unit.building.name,
        )

    return Table(
        title=speech._("From where to where"),
        columns=(
            Column(speech._("From")),
            Column(speech._("To")),
            Column(speech._("People"), numeric=True),
        ),
        rows=tuple(
            (place(move.origin), Cell(place(move.target), strong=True), speech.number(move.people))
            for move in moves
        ),
    )


def _neighbours(scope: Scope, own: str, moves: list[Move], speech: Speech) -> Table:
    plan, team_of = scope.dossier.plan, scope.dossier.estate.team_of
    targets = {move.target for move in moves}
    near = sorted(
        {
            (placed.unit, team_of[placed.team].name, team_of[placed.team].department)
            for placed in plan.placements
            if placed.unit in targets and placed.team != own
        }
    )
    return Table(
        title=speech.n(
            "%(count)s team will share the floor",
            "%(count)s teams will share the floor",
            len(near),
        ),
        columns=(
            Column(speech._("Floor")),
            Column(speech._("Team")),
            Column(speech._("Department")),
        ),
        rows=tuple(near[:_MOST_NEIGHBOURS]),
        note=speech._("Seats are shared within the team on days when not everybody comes.")
        if near
        else "",
    )
