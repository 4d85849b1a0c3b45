"""The sheets around the model: summary, moves, seats, units kept, trace and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.domain.money import digits, to_major
from planner.reports.facts.headline import figures_of, title_of
from planner.reports.facts.moves import ordered_moves
from planner.reports.workbook.book import cell, column_name, heads
from planner.reports.workbook.cash import SHEET as CASH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope
    from planner.reports.workbook.book import Book
    from planner.reports.workbook.cash import Cash

_LARGEST: Final = 10**15
"""Beyond it a spreadsheet, which keeps 15 digits, rounds."""


def write_summary(book: Book, scope: Scope, speech: Speech) -> Any:
    """Write page one; the value below it is filled in by `write_total`."""
    sheet = book.sheet("summary", landscape=False)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 44)
    dossier = scope.dossier
    sheet.write_string(0, 0, title_of(scope, speech), book.formats["title"])
    sheet.write_string(1, 0, dossier.estate.header.name, book.formats["plain"])
    row = 3
    for fact in figures_of(scope, speech):
        sheet.write_string(row, 0, f"{fact.id} {fact.label}", book.formats["plain"])
        sheet.write_string(row, 1, fact.value, book.formats["strong"])
        sheet.write_string(row, 2, fact.note, book.formats["lead"])
        row += 1
    return sheet


def write_moves(book: Book, scope: Scope, cash: Cash, speech: Speech) -> tuple[str, str, int]:
    """Write every move with its live cost.

    Returns:
        Where the costs and the people are summed, and the last row of a move, from 1.
    """
    kinds = {
        (move.origin, move.target): cash.person(move.origin, move.target)
        for move in ordered_moves(scope)
    }
    sheet = book.sheet("moves")
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 2, 30)
    sheet.set_column(3, 6, 13)
    heads(
        book,
        sheet,
        0,
        [speech._("Code"), speech._("Team"), speech._("Department"), speech._("From"),
         speech._("To"), speech._("People"), speech._("Cost, smallest units"),
         speech._("Kind"), speech._("Unit"), speech._("Building")],
        numeric_from=5,
    )  # fmt: skip
    row = 1
    groups: dict[tuple[str, int, int], tuple[str, int]] = {}
    for move in ordered_moves(scope):
        team = scope.dossier.estate.team_of[move.team]
        for at, text in enumerate(
            (team.code, team.name, team.department, move.origin, move.target)
        ):
            sheet.write_string(row, at, text, book.formats["plain"])
        sheet.write_number(row, 5, move.people, book.formats["amount"])
        kind = kinds[move.origin, move.target]
        one = cash.worth[kind, ""]
        sheet.write_formula(row, 6, f"=-F{row + 1}*{one}", book.formats["amount"], move.cost)
        sheet.write_string(row, 7, kind, book.formats["mute"])
        unit = cash.number("unit", move.origin)
        house = cash.number("building", scope.dossier.estate.unit_of[move.origin].building.code)
        sheet.write_number(row, 8, unit, book.formats["mute"])
        sheet.write_number(row, 9, house, book.formats["mute"])
        origin, before = groups.get((kind, unit, house), (move.origin, 0))
        groups[kind, unit, house] = (origin, before + move.people)
        row += 1
    total = book.formats["total"]
    sheet.write_string(row, 0, speech._("All"), total)
    cost = sum(move.cost for move in scope.dossier.plan.moves)
    for column, value in ((5, sum(move.people for move in scope.dossier.plan.moves)), (6, cost)):
        name = column_name(column)
        formula = f"=SUM({name}2:{name}{row})" if row > 1 else "=0"
        sheet.write_formula(row, column, formula, total, value)
    last = row
    for (kind, unit, house), (origin, people) in groups.items():
        row += 1
        sheet.write_string(row, 0, kind, book.formats["mute"])
        formula = (
            f'=SUMIFS(F$2:F${last},H$2:H${last},"{kind}",I$2:I${last},{unit},J$2:J${last},{house})'
        )
        sheet.write_formula(row, 5, formula, book.formats["amount"], people)
        cash.all_moves(kind, origin, people, cell(row, 5, sheet="moves"))
    return cell(last, 6, sheet="moves"), cell(last, 5, sheet="moves"), max(last, 2)


def write_total(book: Book, summary: Any, cash: Cash, costs: str, speech: Speech) -> str:
    """Write the value of the plan as the sum of its parts; return where it stands."""
    dossier = cash.dossier
    row = 8
    summary.write_string(
        row, 0, speech._("Net present value, recomputed, smallest units"), book.formats["strong"]
    )
    keys, worth = (f"'{CASH}'!${name}$4:${name}${cash.next + 1}" for name in ("E", "D"))
    formula = f'=SUMIF({keys},"net",{worth})-{costs}'
    summary.write_formula(row, 1, formula, book.formats["total"], dossier.case.npv)
    book.made.define_name("total_npv", "=" + cell(row, 1, sheet="summary"))
    places = digits(speech.currency)
    form = book.made.add_format(
        {"num_format": "#,##0" + ("." + "0" * places if places else ""), "bold": True}
    )
    summary.write_string(row + 1, 0, speech._("The same in %(currency)s", currency=speech.currency))
    summary.write_formula(
        row + 1,
        1,
        "=total_npv/minor_units",
        form,
        float(to_major(dossier.case.npv, speech.currency)),
    )
    return cell(row, 1, sheet="summary")


def write_seats(book: Book, scope: Scope, speech: Speech) -> str:
    """Write the seat test with live shares; return the cell that counts what does not fit."""
    plan = scope.dossier.plan
    sheet = book.sheet("seats")
    sheet.set_column(0, 1, 18)
    days = len(plan.weekdays)
    heads(
        book,
        sheet,
        0,
        [speech._("Unit"), speech._("Building"), speech._("Seats"),
         *(speech.weekday(day) for day in plan.weekdays), speech._("Free on the busiest day")],
        numeric_from=2,
    )  # fmt: skip
    row = 1
    for unit in scope.kept:
        taken = plan.taken.get(unit.id, (0,) * days)
        sheet.write_string(row, 0, unit.id, book.formats["strong"])
        sheet.write_string(row, 1, unit.building.name, book.formats["plain"])
        sheet.write_number(row, 2, unit.places, book.formats["amount"])
        for at, seats in enumerate(taken):
            sheet.write_number(row, 3 + at, seats, book.formats["amount"])
        last = column_name(2 + days)
        formula = f"=C{row + 1}-MAX(D{row + 1}:{last}{row + 1})"
        sheet.write_formula(row, 3 + days, formula, book.formats["amount"],
                            unit.places - max(taken))  # fmt: skip
        row += 1
    column = column_name(3 + days)
    sheet.write_string(row, 0, speech._("Units short of seats"), book.formats["total"])
    formula = f'=COUNTIF({column}2:{column}{row},"<0")' if row > 1 else "=0"
    sheet.write_formula(row, 3 + days, formula, book.formats["total"], 0)
    return cell(row, 3 + days, sheet="seats")


def write_trace(book: Book, scope: Scope, speech: Speech) -> None:
    """Write where each key figure comes from, and the identity of everything used."""
    sheet = book.sheet("trace", landscape=False)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 2, 24)
    sheet.set_column(3, 4, 50)
    heads(book, sheet, 0, [speech._("Id"), speech._("Figure"), speech._("Value"),
                           speech._("Formula"), speech._("Inputs")])  # fmt: skip
    row = 1
    for fact in figures_of(scope, speech):
        for at, text in enumerate((fact.id, fact.label, fact.value, fact.formula,
                                   ", ".join(fact.inputs))):  # fmt: skip
            sheet.write_string(row, at, text, book.formats["wrap"])
        row += 1
    plan = scope.dossier.plan
    for label, value in (
        (speech._("Estate, SHA-256"), scope.dossier.estate.hash),
        (speech._("Plan, SHA-256"), plan.hash),
        (speech._("Program"), plan.program),
        (speech._("Solver"), plan.solver),
        (speech._("Seed and seconds asked"), f"{plan.seed}, {plan.seconds}"),
    ):
        row += 1
        sheet.write_string(row, 1, label, book.formats["plain"])
        sheet.write_string(row, 2, value, book.formats["plain"])


def write_checks(
    book: Book,
    scope: Scope,
    places: tuple[str, str, str, str],
    further: Sequence[tuple[str, int | float, str]],
    speech: Speech,
) -> None:
    """Write the checks: each is 0 while the workbook says what the proposal says.

    Args:
        book: where to.
        scope: the plan.
        places: of the value, of the people who move, of the units short of seats and of the
            parts that are worth something else than the proposal says.
        further: label, what the proposal says and place of each other check.
        speech: the reader's language.
    """
    dossier = scope.dossier
    sheet = book.sheet("checks", landscape=False)
    sheet.set_column(0, 0, 64)
    sheet.set_column(1, 3, 24)
    sheet.write_string(
        0, 0, speech._("Each difference is 0 until a figure is changed."), book.formats["lead"]
    )
    if max(map(abs, dossier.case.net), default=0) > _LARGEST or abs(dossier.plan.npv) > _LARGEST:
        sheet.write_string(
            1, 0,
            speech._(
                "Some amounts have more than 15 digits in the smallest unit. A spreadsheet rounds "
                "those; the proposal and plan.json are exact."
            ),
            book.formats["lead"],
        )  # fmt: skip
    heads(book, sheet, 2, [speech._("Check"), speech._("Workbook"), speech._("Proposal"),
                           speech._("Difference")], numeric_from=1)  # fmt: skip
    rows = (
        (speech._("Net present value, smallest units"), dossier.plan.npv),
        (speech._("People who move"), sum(move.people for move in dossier.plan.moves)),
        (speech._("Units short of seats on any weekday"), 0),
        (speech._("Parts worth something else"), 0),
    )
    named = [(label, said, place) for (label, said), place in zip(rows, places, strict=True)]
    for row, (label, said, place) in enumerate([*named, *further], start=3):
        sheet.write_string(row, 0, label, book.formats["plain"])
        form = book.formats["factor" if isinstance(said, float) else "amount"]
        sheet.write_formula(row, 1, f"={place}", form, said)
        sheet.write_number(row, 2, said, form)
        formula = f"=ROUND(B{row + 1}-C{row + 1},8)"
        sheet.write_formula(row, 3, formula, book.formats["ok"], 0)
