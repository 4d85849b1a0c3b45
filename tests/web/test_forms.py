"""Forms lose nothing: what was typed comes back with every error at its field."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.figures import FIGURES
from planner.domain.records import SHEETS, Team
from planner.errors import InvalidInput, Problem
from planner.i18n import speech_of
from planner.reports.facts.register import unit_text, value_text
from planner.services import estates
from planner.services.pasting import pasted_records
from planner.web.forms import Control, Form, RecordForm
from planner.web.forms.figures import FigureForm
from planner.web.forms.plan import plan_form, read_plan_form
from planner.web.forms.reading import read_date, read_number, shown
from planner.web.forms.refusals import told

EN, ID = speech_of("en"), speech_of("id")
GOOD_TEAM = {"code": "X1", "name": "New team", "headcount": "12", "attendance_rate": "55"}


@pytest.mark.parametrize(
    ("speech", "typed", "meant"),
    [
        (EN, "104,000", "104000"),
        (ID, "104.000", "104000"),
        (ID, "0.55", "0.55"),
        (ID, "0,55", "0.55"),
        (EN, "1 250.5", "1250.5"),
        (EN, "\u22123", "-3"),
    ],
)
def test_a_number_is_read_as_its_reader_writes_it(speech, typed, meant) -> None:
    assert read_number(typed, speech) == Decimal(meant)


@pytest.mark.parametrize("typed", ["", "ten", "1e400000", "NaN", "Infinity", "1.2.3,4", "9" * 99])
def test_what_is_no_number_is_refused_with_an_example(typed) -> None:
    with pytest.raises(InvalidInput, match=r"1,250\.5"):
        read_number(typed, EN)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_shown_is_read_back_unchanged(number) -> None:
    assert read_number(shown(number), EN) == number
    assert read_number(EN.number(number, 3), EN) == number
    assert read_number(ID.number(number, 3), ID) == number


def test_a_date_is_read_or_refused_with_an_example() -> None:
    assert read_date("2027-01-31", EN) == dt.date(2027, 1, 31)
    with pytest.raises(InvalidInput, match="2027-01-31"):
        read_date("31/01/2027", EN)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("speech", [EN, ID], ids=["en", "id"])
def test_every_field_of_every_sheet_has_a_label_and_help(sheet, speech) -> None:
    form = RecordForm(SHEETS[sheet], speech).blank()
    assert [one.name for one in form.controls if not one.label or not one.help] == []


def test_every_error_is_told_at_once_and_nothing_is_lost() -> None:
    typed = {
        "code": "A/1",
        "name": "",
        "headcount": "-3",
        "attendance_rate": "105",
        "split_at_least": "2.5",
        "onsite_class": "sometimes",
        "contact": "kept as typed",
    }
    form, values = RecordForm(Team, EN).read(typed)
    assert values is None
    assert {one.name for one in form.wrong} >= {
        "name",
        "headcount",
        "attendance_rate",
        "split_at_least",
        "onsite_class",
    }
    assert form["attendance_rate"].error == "105% is too much. Enter 0 to 100."
    assert {name: form[name].value for name in typed} == typed


def test_shares_are_typed_as_percent_and_stored_as_shares() -> None:
    form, values = RecordForm(Team, EN).read({**GOOD_TEAM, "onsite_class": "hybrid",
                                              "stay_within": "anywhere"})  # fmt: skip
    assert form.is_right
    assert values["attendance_rate"] == Decimal("0.55")
    assert RecordForm(Team, EN).of(values)["attendance_rate"].value == "55"


def test_an_empty_optional_field_is_none_not_zero() -> None:
    _, values = RecordForm(Team, EN).read({**GOOD_TEAM, "attendance_rate": " "})
    assert values["attendance_rate"] is None


@pytest.mark.parametrize("key", FIGURES)
def test_every_figure_shows_its_default_and_reads_it_back(key) -> None:
    figure = FIGURES[key]
    if figure.default is None:
        pytest.skip("this figure has no default: only a preset or a user knows it")
    fields = FigureForm(figure, EN)
    typed = {"value": fields.text(figure.default), "source": "test", "confidence": "assumed"}
    form, assumption = fields.read(typed)
    assert form.is_right, [one.error for one in form.wrong]
    assert figure.parse(assumption.value) == figure.parse(figure.default)


@pytest.mark.parametrize(
    ("typed", "stored", "said", "printed"),
    [
        ("3", "0.03", "3% per tahun", "3"),
        ("3,25; -5;4", "0.0325; -0.05; 0.04", "3,25; −5; 4% per tahun", "3,25; −5; 4"),
    ],
)
def test_steps_of_rent_are_typed_told_and_printed_in_per_cent(
    typed: str, stored: str, said: str, printed: str
) -> None:
    figure = FIGURES["escalation_steps"]
    fields = FigureForm(figure, ID)
    assert fields.stored(typed) == stored
    assert fields.stored(fields.text(stored)) == stored
    assert fields.said(stored).replace("\u00a0", " ").replace("-", "−") == said
    assert value_text(figure, stored, ID).replace("-", "−") == printed
    assert unit_text(figure, ID) == "% per tahun"


@pytest.mark.parametrize("typed", ["3;", "a", "3; 101", "-51", ";"])
def test_steps_of_rent_that_are_no_rates_are_refused_where_they_are_typed(typed: str) -> None:
    form, assumption = FigureForm(FIGURES["escalation_steps"], EN).read(
        {"value": typed, "source": "test", "confidence": "assumed"}
    )
    assert assumption is None
    assert form["value"].error


def test_a_figure_without_a_source_is_refused() -> None:
    form, assumption = FigureForm(FIGURES["void_months"], EN).read(
        {"value": "9", "source": " ", "confidence": "assumed"}
    )
    assert assumption is None
    assert "where the figure comes from" in form["source"].error


def test_a_figure_out_of_range_names_the_range_in_the_unit_typed() -> None:
    form, _ = FigureForm(FIGURES["service_level"], EN).read(
        {"value": "105", "source": "test", "confidence": "assumed"}
    )
    assert form["value"].error == "105% is out of range. Enter 50 to 100."


def test_a_service_level_above_every_day_is_named() -> None:
    form = plan_form(EN, "Plan 1", Decimal("0.95"))
    typed = {one.name: one.value for one in form.controls} | {"level": "105"}
    form, options = read_plan_form(form, typed, EN)
    assert options is None
    assert form["level"].error == "105% is more than every day. Enter 50 to 100."
    assert form["level"].value == "105"


def test_what_was_typed_is_repeated_as_its_reader_writes_numbers() -> None:
    form = plan_form(ID, "Rencana 1", Decimal("0.95"))
    given = {one.name: one.value for one in form.controls}
    over, _ = read_plan_form(form, given | {"level": "150,5", "seed": "1,5"}, ID)
    assert over["level"].error.startswith("150,5% ")
    assert over["seed"].error.startswith("1,5 ")
    figure, _ = FigureForm(FIGURES["service_level"], ID).read(
        {"value": "1250,5", "source": "uji", "confidence": "assumed"}
    )
    assert figure["value"].error.startswith("1.250,5% ")


def test_the_defaults_of_a_plan_work() -> None:
    form = plan_form(EN, "Plan 1", Decimal("0.95"))
    _, options = read_plan_form(form, {one.name: one.value for one in form.controls}, EN)
    assert (options.level, options.seconds, options.gap) == (Decimal("0.95"), 60, 0)


def test_a_refusal_of_the_services_stands_at_the_field_it_names() -> None:
    form = Form((Control("seats", "Seats"), Control("name", "Name")))
    refusal = InvalidInput(
        [Problem("column seats", "too many"), Problem("sheet floors, row 3", "twice")]
    )
    said = told(form, refusal, EN)
    assert said["seats"].error == "too many"
    assert said.problems == ("sheet floors, row 3: twice",)


def test_a_refused_form_links_to_its_fields(ani, house) -> None:
    answer = ani.post(
        f"/estates/{house.estate}/data/teams/new",
        data={**GOOD_TEAM, "headcount": "many", "version": "1"},
    )
    assert answer.status_code == 422
    assert 'href="#f-headcount"' in answer.text
    assert re.search(r'id="f-headcount"[^>]*aria-invalid="true"', answer.text)
    assert 'value="many"' in answer.text
    assert 'value="New team"' in answer.text


def version(store, house) -> int:
    return estates.get_estate(store, house.people["ani"], house.estate).version


def test_a_record_is_added_changed_and_deleted(ani, house, store) -> None:
    base = f"/estates/{house.estate}/data/teams"
    typed = {**GOOD_TEAM, "onsite_class": "hybrid", "stay_within": "anywhere", "min_on_site": "0",
             "growth": "0"}  # fmt: skip
    added = ani.post(f"{base}/new", data={**typed, "version": version(store, house)})
    assert added.status_code == 303
    changed = ani.post(
        f"{base}/edit?key=X1",
        data={**typed, "name": "Renamed", "version": version(store, house)},
    )
    assert changed.status_code == 303
    assert "Renamed" in ani.get(base).text
    gone = ani.post(f"{base}/delete", data={"key": "X1", "version": version(store, house)})
    assert gone.status_code == 303
    assert "Renamed" not in ani.get(base).text


def test_two_who_edit_at_once_both_see_both_values(ani, house, store) -> None:
    address = f"/estates/{house.estate}/data/teams/edit?key=T1"
    old = version(store, house)
    typed = {"code": "T1", "name": "First", "headcount": "8", "onsite_class": "hybrid",
             "stay_within": "anywhere", "growth": "0", "min_on_site": "0"}  # fmt: skip
    assert ani.post(address, data={**typed, "version": old}).status_code == 303
    late = ani.post(address, data={**typed, "name": "Second", "version": old})
    assert late.status_code == 409
    assert "First" in late.text
    assert 'value="Second"' in late.text
    again = re.search(r'name="version" value="(\d+)"', late.text)[1]
    kept = ani.post(address, data={**typed, "name": "Second", "version": again})
    assert kept.status_code == 303


def test_rows_pasted_with_one_error_store_nothing(ani, house, store) -> None:
    rows = "code\tname\theadcount\nY1\tOne\t5\nY2\tTwo\tmany"
    answer = ani.post(
        f"/estates/{house.estate}/data/teams/paste",
        data={"rows": rows, "version": version(store, house)},
    )
    assert answer.status_code == 422
    assert "nothing was stored" in answer.text
    assert "Y2\tTwo\tmany" in answer.text
    found = estates.get_estate(store, house.people["ani"], house.estate).estate
    assert "Y1" not in found.team_of


def test_a_file_that_is_no_workbook_is_refused_with_its_errors(ani) -> None:
    answer = ani.post(
        "/estates/upload",
        data={"file": (io.BytesIO(b"not a workbook"), "estate.xlsx")},
    )
    assert answer.status_code == 422
    assert "nothing was stored" in answer.text


def test_an_upload_without_a_file_says_so(ani) -> None:
    answer = ani.post("/estates/upload", data={})
    assert answer.status_code == 422
    assert "No file was chosen" in answer.text


@pytest.mark.parametrize(("typed", "stored"), [("50%", "0.5"), ("12,5 %", "0.125"), ("0.4", "0.4")])
def test_a_share_is_pasted_as_a_spreadsheet_shows_it(typed: str, stored: str) -> None:
    row = f"code\tname\theadcount\tattendance_rate\nA\tRoads\t4\t{typed}\n"
    (team,) = pasted_records("teams", row)
    assert team.attendance_rate == Decimal(stored)


def test_more_than_every_day_is_refused_when_pasted() -> None:
    with pytest.raises(InvalidInput, match="attendance_rate"):
        pasted_records("teams", "code\tname\theadcount\tattendance_rate\nA\tRoads\t4\t120%\n")


def test_a_rule_is_headed_by_what_it_says_and_a_team_by_its_name(ani, house) -> None:
    rule = ani.get(f"/estates/{house.estate}/data/rules/edit?key=keep_floor&key=S1&key=").text
    assert "<h1>Keep S1</h1>" in rule
    team = ani.get(f"/estates/{house.estate}/data/teams/edit?key=T1").text
    assert "<h1>T1" in team
