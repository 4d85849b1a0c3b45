"""The assumption register: every figure in force, with source, date and how sure it is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.domain.money import to_minor
from planner.reports.facts.sources import source_words
from planner.reports.facts.tables import Cell, Column, Row, Section, Table
from planner.reports.facts.words import confidence_word, count_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.assumptions import Figure
    from planner.domain.records import Assumption
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope


_MOST_BUILDINGS = 20
"""Buildings whose rents are printed one by one."""


def register_section(scope: Scope, speech: Speech) -> Section:
    """Return the register with a title that counts what is only assumed."""
    rows = list(_rows(scope, speech))
    weak = sum(1 for row in rows if isinstance(row[-1], Cell) and row[-1].tone == "tight")
    title = speech.n(
        "%(words)s figure carries the result; %(weak)s assumed",
        "%(words)s figures carry the result; %(weak)s are assumed",
        len(rows),
        words=count_word(len(rows), speech).capitalize(),
        weak=count_word(weak, speech),
    )
    table = Table(
        title=speech._("Assumption register"),
        columns=(
            Column(speech._("Id")),
            Column(speech._("Figure"), width=23),
            Column(speech._("Value"), numeric=True),
            Column(speech._("Unit")),
            Column(speech._("Source"), width=33),
            Column(speech._("Date")),
            Column(speech._("How sure")),
        ),
        rows=tuple(rows),
        note=speech._(
            "Assumed figures are marked: test these first in the workbook. No value here is an "
            "appraiser's fair value unless its source says so."
        ),
    )
    return Section("register", speech._("Assumptions"), title, "", (table,))


def _rows(scope: Scope, speech: Speech) -> Iterator[Row]:
    at = 0
    many = len(scope.dossier.estate.buildings) > _MOST_BUILDINGS
    for row in _ranges(scope, speech) if many else ():
        at += 1
        yield (Cell(f"A{at:02}", strong=True), *row)
    for building in () if many else scope.dossier.estate.buildings:
        for amount, label, unit in (
            (building.rent_per_m2_month, speech._("Rent, %(name)s", name=building.name), "rent"),
            (
                building.running_cost_per_m2_month,
                speech._("Running cost, %(name)s", name=building.name),
                "cost",
            ),
        ):
            if amount is None:
                continue
            at += 1
            source = (
                speech._("asked rent, sheet buildings")
                if unit == "rent"
                else speech._("sheet buildings")
            )
            yield (
                Cell(f"A{at:02}", strong=True),
                label,
                _money(amount, speech),
                speech._("%(symbol)s/m² a month", symbol=speech.symbol),
                source,
                "–",
                Cell(confidence_word("assumed", speech) + "*", "tight"),
            )
    for figure, entry in register_of(scope.dossier.estate).entries():
        if entry is None:
            continue
        at += 1
        cells = _figure_cells(figure, entry, speech)
        yield (Cell(f"A{at:02}", strong=True), *_told_by(cells, figure.key, scope, speech))


def _ranges(scope: Scope, speech: Speech) -> Iterator[Row]:
    """Return rents and running costs of very many buildings, from the least to the most."""
    buildings = scope.dossier.estate.buildings
    for label, amounts in (
        (speech._("Rents of buildings"), [one.rent_per_m2_month for one in buildings]),
        (speech._("Running costs of buildings"),
         [one.running_cost_per_m2_month for one in buildings]),
    ):  # fmt: skip
        known = [amount for amount in amounts if amount is not None]
        if known:
            yield (
                f"{label} ({speech.number(len(known))})",
                speech._(
                    "%(least)s to %(most)s",
                    least=_money(min(known), speech),
                    most=_money(max(known), speech),
                ),
                speech._("%(symbol)s/m² a month", symbol=speech.symbol),
                speech._("sheet buildings"),
                "–",
                Cell(confidence_word("assumed", speech) + "*", "tight"),
            )


def _told_by(cells: Row, key: str, scope: Scope, speech: Speech) -> Row:
    """Return the cells of a figure with who set it, where that is known, after its source."""
    if key not in scope.dossier.set_by:
        return cells
    name, day = scope.dossier.set_by[key]
    said = speech._("set by %(name)s, %(date)s", name=name, date=speech.date(day))
    return (*cells[:3], f"{cells[3]}; {said}", *cells[4:])


def _figure_cells(figure: Figure, entry: Assumption, speech: Speech) -> Row:
    weak = entry.confidence == "assumed"
    sure = Cell(confidence_word(entry.confidence, speech) + ("*" if weak else ""),
                "tight" if weak else "")  # fmt: skip
    return (
        speech.words(figure.label),
        value_text(figure, entry.value, speech),
        unit_text(figure, speech),
        source_words(entry.source, speech) or "–",
        speech.date(entry.date) if entry.date else "–",
        sure,
    )


def value_text(figure: Figure, text: str, speech: Speech) -> str:
    """Return a figure's value as people read it: rates in per cent, money with separators."""
    value = figure.parse(text)
    if figure.kind == "rates":
        steps = str(value).split(";")
        return "; ".join(_shortest(Decimal(step) * 100, speech) for step in steps)
    if not isinstance(value, Decimal):
        if figure.kind == "day" and not isinstance(value, str):
            return speech.date(value)
        chosen = dict(figure.choices).get(str(value))
        return speech.words(chosen) if chosen else str(value)
    if figure.kind in {"share", "rate"}:
        return _shortest(value * 100, speech)
    if figure.kind == "money":
        return _money(value, speech)
    return speech.number(value)


def unit_text(figure: Figure, speech: Speech) -> str:
    """Return the unit that goes with `value_text`."""
    if figure.kind in {"rate", "rates"}:
        return speech._("% a year")
    if figure.kind == "share":
        return "%"
    if figure.kind == "months":
        return speech._("months")
    if figure.kind != "money":
        return ""
    per = figure.unit.removeprefix("money").strip("/").split("/")
    words = {
        "": speech.symbol,
        "m2": speech._("%(symbol)s/m²", symbol=speech.symbol),
        "m2/month": speech._("%(symbol)s/m² a month", symbol=speech.symbol),
        "person": speech._("%(symbol)s a person", symbol=speech.symbol),
    }
    return words.get("/".join(per), f"{speech.symbol}/{'/'.join(per)}")


def _shortest(value: Decimal, speech: Speech) -> str:
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return speech.number(plain, min(decimals, 4))


def _money(value: Decimal, speech: Speech) -> str:
    minor = to_minor(value, speech.currency)
    text = speech.money(minor)
    return text.removeprefix(speech.symbol).strip("\u00a0 ")
