"""Who moves where: the list of moves, cut where it is too long to print."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.reports.facts.tables import Cell, Column, Row, Section, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.plan import Move
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

MOST_ROWS: Final = 300
"""Longer lists of moves are summed up in print; all rows stand in the workbook."""
MOST_SUMS: Final = 30
"""Rows of a sum; the rest comes together in a last one."""


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
        else speech._("Every team keeps its floor; no mover is needed.")
    )
    if not plan.moves:
        return Section("moves", speech._("Moves"), title, lede)
    short = len(plan.moves) <= MOST_ROWS
    listed = moves_table(scope, speech) if short else departments_table(scope, speech)
    return Section("moves", speech._("Moves"), title, lede, (summary_table(scope, speech), listed))


def ordered_moves(scope: Scope) -> list[Move]:
    """Return the moves by origin, then target, then team."""
    place = {unit.id: at for at, unit in enumerate(scope.dossier.estate.units)}
    return sorted(
        scope.dossier.plan.moves,
        key=lambda move: (place[move.origin], place[move.target], move.team),
    )


@dataclass(slots=True)
class _Sum:
    """Moves added up; money in minor units."""

    moves: int = 0
    people: int = 0
    cost: int = 0

    def add(self, moves: int, people: int, cost: int) -> None:
        """Add some more."""
        self.moves, self.people, self.cost = (
            self.moves + moves,
            self.people + people,
            (self.cost + cost),
        )

    def cells(self, power: int, speech: Speech) -> tuple[str, str, str]:
        """Return the sum as a table prints it."""
        return (
            speech.number(self.moves),
            speech.number(self.people),
            speech.money_in(self.cost, power),
        )


def summary_table(scope: Scope, speech: Speech) -> Table:
    """Return people and cost by building left and building entered, the largest first if many."""
    unit_of = scope.dossier.estate.unit_of
    sums: defaultdict[tuple[str, ...], _Sum] = defaultdict(_Sum)
    for move in scope.dossier.plan.moves:
        pair = (unit_of[move.origin].building.name, unit_of[move.target].building.name)
        sums[pair].add(1, move.people, move.cost)
    within = sum(one.people for pair, one in sums.items() if pair[0] == pair[1])
    title = speech._(
        "%(within)s of %(people)s people stay in their building",
        within=speech.number(within),
        people=speech.number(scope.dossier.plan.people_moved),
    )
    heads = (speech._("From"), speech._("To"))
    return _summed(title, heads, sums, speech, speech._(
        "Cost: present value of moving, contingency included."
    ))  # fmt: skip


def departments_table(scope: Scope, speech: Speech) -> Table:
    """Return people and cost by department, for moves too many to list."""
    team_of = scope.dossier.estate.team_of
    sums: defaultdict[tuple[str, ...], _Sum] = defaultdict(_Sum)
    for move in scope.dossier.plan.moves:
        name = team_of[move.team].department or speech._("no department")
        sums[(name,)].add(1, move.people, move.cost)
    moves = speech.number(len(scope.dossier.plan.moves))
    return _summed(
        speech._("%(moves)s moves by department, summed up", moves=moves),
        (speech._("Department"),),
        sums,
        speech,
        speech._("Each of the %(moves)s moves stands in the workbook, sheet moves.", moves=moves),
    )


def _summed(
    title: str,
    heads: tuple[str, ...],
    sums: Mapping[tuple[str, ...], _Sum],
    speech: Speech,
    note: str,
) -> Table:
    """Return sums by name; where there are many the largest, and the others in one row."""
    power, unit = speech.money_scale([one.cost for one in sums.values()])
    names = sorted(sums)
    if len(names) > MOST_SUMS:
        names = sorted(names, key=lambda name: (-sums[name].people, name))
    rest, whole = _Sum(), _Sum()
    for at, name in enumerate(names):
        one = sums[name]
        whole.add(one.moves, one.people, one.cost)
        if at >= MOST_SUMS:
            rest.add(one.moves, one.people, one.cost)
    blank = ("",) * (len(heads) - 1)
    rows: list[Row] = [(*name, *sums[name].cells(power, speech)) for name in names[:MOST_SUMS]]
    left_out = len(names) - len(rows)
    if left_out:
        others = speech.n("%(count)s other", "%(count)s others", left_out)
        rows.append((others, *blank, *rest.cells(power, speech)))
    return Table(
        title=title,
        columns=(
            *map(Column, heads),
            Column(speech._("Moves"), numeric=True),
            Column(speech._("People"), numeric=True),
            Column(speech._("Cost, %(unit)s", unit=unit), numeric=True),
        ),
        rows=tuple(rows),
        total=(speech._("All moves"), *blank, *whole.cells(power, speech)),
        note=note,
        left_out=left_out,
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
    title = speech._("Every move, by the floor it leaves")
    if left_out:
        title = speech._(
            "The first %(count)s of %(all)s moves, by the floor they leave",
            count=speech.number(most),
            all=speech.number(len(moves)),
        )
    return Table(
        title=title,
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
