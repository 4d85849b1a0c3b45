"""Who moves where: the list of moves, cut where it is too long to print."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from planner.reports.facts.tables import Cell, Column, Row, Section, Table

if TYPE_CHECKING:
    from planner.domain.plan import Move
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

MOST_ROWS: Final = 300
"""Longer lists of moves are summed up in print; all rows stand in the workbook."""


def moves_section(scope: Scope, speech: Speech) -> Section:
    """Return the moves by department pair of buildings, then team by team."""
    estate, plan = scope.dossier.estate, scope.dossier.plan
    teams = len(estate.teams)
    title = (
        speech.n(
            "%(count)s of %(teams)s teams moves; the others stay where they are",
            "%(count)s of %(teams)s teams move; the others stay where they are",
            scope.teams_moved,
            teams=speech.number(teams),
        )
        if plan.moves
        else speech._("Nobody moves")
    )
    lede = (
        speech._(
            "%(people)s people change floors. They move in the month before their old floor is "
            "to be empty.",
            people=speech.number(plan.people_moved),
        )
        if plan.moves
        else ""
    )
    tables = (summary_table(scope, speech), moves_table(scope, speech)) if plan.moves else ()
    return Section("moves", speech._("Moves"), title, lede, tables)


def ordered_moves(scope: Scope) -> list[Move]:
    """Return the moves by origin, then target, then team."""
    place = {unit.id: at for at, unit in enumerate(scope.dossier.estate.units)}
    return sorted(
        scope.dossier.plan.moves,
        key=lambda move: (place[move.origin], place[move.target], move.team),
    )


def summary_table(scope: Scope, speech: Speech) -> Table:
    """Return people and cost by building left and building entered."""
    estate, plan = scope.dossier.estate, scope.dossier.plan
    people: Counter[tuple[str, str]] = Counter()
    teams: Counter[tuple[str, str]] = Counter()
    cost: Counter[tuple[str, str]] = Counter()
    for move in plan.moves:
        pair = (
            estate.unit_of[move.origin].building.name,
            estate.unit_of[move.target].building.name,
        )
        people[pair] += move.people
        teams[pair] += 1
        cost[pair] += move.cost
    power, unit = speech.money_scale(list(cost.values()))
    within = sum(count for pair, count in people.items() if pair[0] == pair[1])
    return Table(
        title=speech._(
            "%(within)s of %(people)s people stay in their building",
            within=speech.number(within),
            people=speech.number(plan.people_moved),
        ),
        columns=(
            Column(speech._("From")),
            Column(speech._("To")),
            Column(speech._("Moves"), numeric=True),
            Column(speech._("People"), numeric=True),
            Column(speech._("Cost, %(unit)s", unit=unit), numeric=True),
        ),
        rows=tuple(
            (
                origin,
                target,
                speech.number(teams[origin, target]),
                speech.number(people[origin, target]),
                speech.money_in(cost[origin, target], power),
            )
            for origin, target in sorted(people)
        ),
        total=(
            speech._("All moves"),
            "",
            speech.number(len(plan.moves)),
            speech.number(plan.people_moved),
            speech.money_in(sum(cost.values()), power),
        ),
        note=speech._("Cost: present value of moving, contingency included."),
    )


def moves_table(scope: Scope, speech: Speech, most: int = MOST_ROWS) -> Table:
    """Return one row a move; the rest is counted and left to the workbook."""
    moves = ordered_moves(scope)
    power, unit = speech.money_scale([move.cost for move in moves])
    left_out = max(0, len(moves) - most)
    note = speech._("Seats: on the team's busiest weekday at the service level.")
    if left_out:
        note += " " + speech.n(
            "%(count)s further move stands in the workbook, sheet moves.",
            "%(count)s further moves stand in the workbook, sheet moves.",
            left_out,
        )
    return Table(
        title=speech._("Every move, by the floor it leaves"),
        columns=(
            Column(speech._("Team"), width=34),
            Column(speech._("Department"), width=25),
            Column(speech._("From")),
            Column(speech._("To")),
            Column(speech._("People"), numeric=True),
            Column(speech._("Seats"), numeric=True),
            Column(speech._("Cost, %(unit)s", unit=unit), numeric=True),
        ),
        rows=tuple(_row(move, scope, power, speech) for move in moves[:most]),
        note=note,
        left_out=left_out,
    )


def _row(move: Move, scope: Scope, power: int, speech: Speech) -> Row:
    team = scope.dossier.estate.team_of[move.team]
    seats = max(
        (
            max(placed.seats, default=0)
            for placed in scope.dossier.plan.placements
            if (placed.team, placed.origin, placed.unit) == (move.team, move.origin, move.target)
        ),
        default=0,
    )
    return (
        Cell(team.name, strong=True),
        team.department,
        move.origin,
        move.target,
        speech.number(move.people),
        speech.number(seats),
        speech.money_in(move.cost, power, 1),
    )
