"""The workbook recomputes the plan's value by itself and follows a changed figure."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from planner.domain.records import Assumption
from planner.finance.reprice import reprice
from planner.i18n import speech_of
from planner.reports.moves import moves_csv
from planner.reports.workbook import model_xlsx
from tests.reports.campus import (
    campus,
    dossier_of,
    keep_everything_dossier,
    needs,
    nine_floors_dossier,
    plan_of,
)

EN, ID = speech_of("en"), speech_of("id")


def short_dossier():
    """Return the annexe freed, counted over 16 months: small enough to recalculate."""
    estate = campus()
    changes = {"horizon_months": "16", "release_month": "2", "void_months": "3"}
    kept = tuple(one for one in estate.assumptions if one.key not in changes)
    stated = tuple(Assumption(key=key, value=value) for key, value in changes.items())
    estate = replace(estate, assumptions=(*kept, *stated))
    return dossier_of(estate, plan_of(estate, needs(), ("E1", "E2", "E3", "E4")), needs())


def recalculated(path):
    """Return the value of a named place after every formula was worked out anew."""
    formulas = pytest.importorskip("formulas")
    solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    return {key.split("]")[1].replace("'!", "!"): cell.value for key, cell in solution.items()}


def written(tmp_path, dossier, **inputs):
    """Return the path of a workbook whose figures of these names are set to other values."""
    path = tmp_path / "model.xlsx"
    path.write_bytes(model_xlsx(dossier, EN))
    if inputs:
        book = openpyxl.load_workbook(path)
        for row in book["figures"].iter_rows():
            if row[3].value in inputs:
                row[1].value = inputs[row[3].value]
        book.save(path)
    return path


@pytest.mark.filterwarnings("ignore")
def test_recalculated_it_comes_to_the_plans_value_to_the_last_minor_unit(tmp_path):
    dossier = short_dossier()
    cells = recalculated(written(tmp_path, dossier))
    assert int(cells["SUMMARY!B9"][0, 0]) == dossier.plan.npv
    assert [float(cells[f"CHECKS!D{row}"][0, 0]) for row in (4, 5, 6)] == [0, 0, 0]


@pytest.mark.filterwarnings("ignore")
def test_a_changed_figure_changes_the_value_as_the_program_would(tmp_path):
    dossier = short_dossier()
    path = written(tmp_path, dossier, achieved_rent=0.71, void_months=4, discount_rate=0.09)
    wanted = reprice(
        dossier.case, {"achieved_rent": "0.71", "void_months": "4", "discount_rate": "0.09"}
    )
    assert int(recalculated(path)["SUMMARY!B9"][0, 0]) == wanted.npv


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_nine_floors_over_five_years_come_to_the_plans_value(tmp_path):
    dossier = nine_floors_dossier()
    cells = recalculated(written(tmp_path, dossier))
    assert int(cells["SUMMARY!B9"][0, 0]) == dossier.plan.npv


def test_a_program_that_does_not_calculate_shows_the_value_too():
    dossier = nine_floors_dossier()
    book = openpyxl.load_workbook(io.BytesIO(model_xlsx(dossier, EN)), data_only=True)
    assert book["summary"]["B9"].value == dossier.plan.npv
    assert book["moves"].max_row == len(dossier.plan.moves) + 2


@pytest.mark.parametrize("speech", [EN, ID])
def test_the_same_dossier_gives_the_same_workbook(speech):
    assert model_xlsx(nine_floors_dossier(), speech) == model_xlsx(nine_floors_dossier(), speech)


def test_a_plan_that_frees_nothing_has_a_workbook_worth_nothing():
    book = openpyxl.load_workbook(
        io.BytesIO(model_xlsx(keep_everything_dossier(), EN)), data_only=True
    )
    assert book["summary"]["B9"].value == 0


def named(name):
    dossier = nine_floors_dossier()
    teams = tuple(team.model_copy(update={"name": name}) for team in dossier.estate.teams)
    return replace(dossier, estate=replace(dossier.estate, teams=teams))


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "@SUM(A1)", "+1", "-1", "http://x.example"])
def test_a_name_never_becomes_a_formula_or_a_link(name):
    book = openpyxl.load_workbook(io.BytesIO(model_xlsx(named(name), EN)))
    cell = book["moves"]["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)


def test_the_list_of_moves_is_complete_and_starts_no_formula():
    rows = list(csv.reader(io.StringIO(moves_csv(named("=1+1"), EN))))
    assert len(rows) == len(nine_floors_dossier().plan.moves) + 1
    assert {row[1] for row in rows[1:]} == {"'=1+1"}
