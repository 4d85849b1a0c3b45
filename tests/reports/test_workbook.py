"""The workbook recomputes the plan's value by itself and follows a changed figure."""

import csv
import io
import re
from dataclasses import replace

import openpyxl
import pytest

from planner.domain.records import Assumption
from planner.finance.measured import measured
from planner.finance.reprice import assume, reprice
from planner.finance.values import values_of
from planner.i18n import speech_of
from planner.optimise.waves import Effort, date_moves
from planner.reports.facts.words import line_name
from planner.reports.moves import moves_csv
from planner.reports.workbook import model_xlsx
from planner.reports.workbook.book import column_name
from planner.reports.workbook.calendars import FIRST
from planner.services.chain import dossier_of as dated_dossier
from tests.reports.campus import (
    campus,
    dossier_of,
    keep_everything_dossier,
    needs,
    nine_floors_dossier,
    plan_of,
)
from tests.reports.office import recalculated as recalculated_by_office

EN, ID = speech_of("en"), speech_of("id")


def short_dossier():
    """Return the annexe freed, counted over nine months: small enough to recalculate."""
    estate = campus()
    changes = {"horizon_months": "9", "release_month": "1", "void_months": "2"}
    kept = tuple(one for one in estate.assumptions if one.key not in changes)
    stated = tuple(Assumption(key=key, value=value) for key, value in changes.items())
    estate = replace(estate, assumptions=(*kept, *stated))
    return dossier_of(estate, plan_of(estate, needs(), ("E1", "E2", "E3", "E4")), needs())


def recalculated(path):
    """Return the value of a named place after every formula was worked out anew."""
    formulas = pytest.importorskip("formulas")
    solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    return {
        key.split("]")[1].replace("'!", "!"): cell.value
        for key, cell in solution.items()
        if "]" in key  # the others are constants that a formula holds
    }


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
    listed = [row[0].value for row in book["moves"].iter_rows(min_row=2)]
    assert listed.index("All") == len(dossier.plan.moves)


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


def waved_dossier():
    """Return two places emptied in dated waves that cost something each, over fifteen months."""
    changes = {
        "wave_cost": "1750000",
        "horizon_months": "15",
        "void_months": "0",
        "works_per_m2": "0",
    }
    estate = assume(campus(), changes)
    plan = plan_of(estate, needs(), ("A9", "E1"))
    dated = date_moves(estate, plan, values_of(estate), Effort(seconds=2))
    return dated_dossier(estate, dated)


def parts_of(sheet):
    """Return the measures on the sheet of parts, a row a part."""
    return [
        tuple(cell.value for cell in row[2:8])
        for row in sheet.iter_rows(min_row=2)
        if isinstance(row[0].value, int)
    ]


def said_of(case):
    return [
        (one.npv, one.irr, one.payback_months, one.equivalent_annual, one.benefit_cost,
         one.peak_funding)
        for one in measured(case)
    ]  # fmt: skip


@pytest.mark.parametrize("dossier", [short_dossier, nine_floors_dossier])
def test_each_part_stands_in_the_workbook_with_its_own_measures(dossier):
    made = dossier()
    book = openpyxl.load_workbook(io.BytesIO(model_xlsx(made, EN)), data_only=True)
    found = parts_of(book["parts"])
    for one, said in zip(found, said_of(made.case), strict=True):
        wanted = tuple("–" if value is None else pytest.approx(float(value)) for value in said)
        assert one == wanted


@pytest.mark.filterwarnings("ignore")
def test_recalculated_each_part_comes_to_its_measures(tmp_path):
    dossier = short_dossier()
    changes = {"achieved_rent": "0.71", "void_months": "3"}
    again = reprice(dossier.case, changes)
    cells = recalculated(written(tmp_path, dossier, achieved_rent=0.71, void_months=3))
    numbers = {(one.of, one.id): at for at, one in enumerate(measured(dossier.case))}
    for one in measured(again):
        row = 2 + 2 * numbers[one.of, one.id]
        npv, irr, _, equal, ratio, out = (
            cells[f"PARTS!{column}{row}"][0, 0] for column in "CDEFGH"
        )
        assert (one.of, one.id, int(npv), int(out)) == (
            one.of, one.id, one.npv, one.peak_funding
        )  # fmt: skip
        assert int(equal) == one.equivalent_annual
        if one.benefit_cost is not None:
            assert float(ratio) == pytest.approx(float(one.benefit_cost), rel=1e-9)
        if one.irr is not None and isinstance(irr, float):
            assert irr == pytest.approx(float(one.irr), abs=1e-9)


@pytest.mark.filterwarnings("ignore")
def test_recalculated_each_line_of_a_dated_plan_comes_to_its_months(tmp_path):
    dossier = waved_dossier()
    case = dossier.case
    assert len(case.waves) >= 1
    assert any(case.by_line["wave"])
    cells = recalculated(written(tmp_path, dossier))
    book = openpyxl.load_workbook(tmp_path / "model.xlsx", data_only=True)
    labels = {row[0].value: row[0].row for row in book["total"].iter_rows(min_row=4)}
    for name, flows in case.by_line.items():
        row = labels[line_name(name, EN)]
        found = [
            int(cells[f"TOTAL!{column_name(FIRST + at)}{row}"][0, 0]) for at in range(len(flows))
        ]
        assert (name, found) == (name, list(flows))
    assert int(cells["SUMMARY!B9"][0, 0]) == case.npv
    assert {float(cells[f"CHECKS!D{row}"][0, 0]) for row in range(4, 12)} == {0}


def values_of_sheet(sheet):
    """Return what stands in the second column by what stands in the first."""
    return {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value is not None}


@pytest.mark.slow
def test_a_spreadsheet_program_comes_to_the_same_figures_to_the_minor_unit(tmp_path):
    dossier = nine_floors_dossier()
    case = dossier.case
    book = recalculated_by_office(written(tmp_path, dossier, discount_rate=0.068), tmp_path)
    assert [row[3].value for row in book["checks"].iter_rows(min_row=4)] == [0] * 11
    found = values_of_sheet(book["summary"])
    assert found["Net present value, recomputed, smallest units"] == case.npv
    assert found["Internal rate of return"] == pytest.approx(float(case.irr), abs=1e-9)
    assert found["Months until paid back"] == case.payback_months
    assert found["Most money out, smallest units"] == case.peak_funding
    assert found["Benefits over costs"] == pytest.approx(float(case.benefit_cost), rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("changes", [
    {"achieved_rent": 0.71, "void_months": 4, "discount_rate": 0.09},
    {"works_per_m2": 9_000_000, "escalation_rate": -0.05, "deposit_months": 3},
])  # fmt: skip
def test_a_spreadsheet_program_follows_changed_figures_to_the_minor_unit(tmp_path, changes):
    dossier = short_dossier()
    changed = {key: str(value) for key, value in changes.items() if key != "deposit_months"}
    book = recalculated_by_office(written(tmp_path, dossier, **changes), tmp_path)
    again = reprice(dossier.case, changed)
    found = values_of_sheet(book["summary"])
    assert found["Net present value, recomputed, smallest units"] == again.npv
    assert found["Most money out, smallest units"] == again.peak_funding
    irr = found["Internal rate of return"]
    if again.irr is not None and isinstance(irr, float):  # a spreadsheet's search may find none
        assert irr == pytest.approx(float(again.irr), abs=1e-9)


@pytest.mark.slow
def test_no_cell_of_any_sheet_comes_to_an_error(tmp_path):
    book = recalculated_by_office(written(tmp_path, short_dossier(), void_months=4), tmp_path)
    wrong = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    assert wrong == []


def indexed_dossier():
    """Return the annexe at a market rent that follows an index of 9% within 1% and 4%."""
    changes = {
        "horizon_months": "16", "release_month": "0", "void_months": "0", "rent_rule": "market",
        "escalation_kind": "index", "inflation_rate": "0.09",
        "index_floor": "0.01", "index_cap": "0.04",
    }  # fmt: skip
    estate = assume(campus(), changes)
    header = estate.header.model_copy(update={"owner_kind": "corporate"})
    estate = replace(estate, header=header)
    return dossier_of(estate, plan_of(estate, needs(), ("E1", "E2", "E3", "E4")), needs())


def test_an_index_rent_follows_inflation_floor_and_cap_in_the_workbook():
    book = openpyxl.load_workbook(io.BytesIO(model_xlsx(indexed_dossier(), EN)))
    rises = [row[2].value for row in book["calendar"].iter_rows() if row[0].value == "escalation"]
    assert set(rises) == {"=MIN(index_cap,MAX(index_floor,inflation_rate))"}
    coloured = {
        row[3].value
        for row in book["figures"].iter_rows(min_row=5)
        if row[1].fill.fgColor.rgb == "FFFDF0CC"
    }
    assert {"index_floor", "index_cap", "inflation_rate"} <= coloured


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "value"), [("index_cap", 0.2), ("inflation_rate", -0.1), ("index_floor", 0.035)]
)
def test_a_spreadsheet_program_holds_an_index_rent_within_floor_and_cap(tmp_path, key, value):
    dossier = indexed_dossier()
    book = recalculated_by_office(written(tmp_path, dossier, **{key: value}), tmp_path)
    found = values_of_sheet(book["summary"])["Net present value, recomputed, smallest units"]
    assert found == reprice(dossier.case, {key: str(value)}).npv
    assert (found == dossier.case.npv) == (key == "index_floor")


def test_only_figures_that_some_formula_follows_are_coloured_as_inputs():
    book = openpyxl.load_workbook(io.BytesIO(model_xlsx(nine_floors_dossier(), EN)))
    formulas = " ".join(
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    )
    used = set(re.findall(r"[a-z][a-z0-9_]+", formulas))
    rows = [row for row in book["figures"].iter_rows(min_row=5) if row[3].value]
    coloured = {row[3].value for row in rows if row[1].fill.fgColor.rgb == "FFFDF0CC"}
    assert {"achieved_rent", "void_months", "discount_rate", "works_per_m2"} <= coloured
    assert coloured == {row[3].value for row in rows if row[3].value in used} - {"minor_units"}


def test_every_sheet_prints_on_a4_with_its_head_on_each_page():
    book = openpyxl.load_workbook(io.BytesIO(model_xlsx(nine_floors_dossier(), EN)))
    assert {sheet.page_setup.paperSize for sheet in book} == {9}
    assert all("Page" in sheet.oddFooter.right.text for sheet in book)
    assert len(book["summary"]._charts) == len(book["years"]._charts) == 1
    assert book["total"].print_title_rows == "$3:$3"


def test_a_thousand_units_do_not_break_a_formula():
    formulas = [
        cell.value
        for sheet in openpyxl.load_workbook(io.BytesIO(model_xlsx(nine_floors_dossier(), EN)))
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    # None grows with the plan; a spreadsheet refuses more than 8,192 characters.
    assert max(map(len, formulas)) < 600
