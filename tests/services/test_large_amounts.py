"""Amounts to 10^15 stay exact: kept on both databases, through files, and through a whole plan."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from planner.domain.money import digits
from planner.domain.plan import parse_plan
from planner.domain.records import Building
from planner.errors import InvalidInput
from planner.finance.dated import case_of_plan
from planner.i18n import speech_of
from planner.importers.workbook import estate_bytes, read_estate
from planner.optimise.options import Options
from planner.reports.moves import moves_csv
from planner.reports.workbook import model_xlsx
from planner.services import estates, plans
from planner.services.chain import dossier_of, make_plan
from planner.services.verify import verify
from planner.web.forms import RecordForm
from tests.moving import estate_with

MOST = Decimal(10**15)
CURRENCIES = ("JPY", "IDR", "KWD")
"""Currencies of no, two and three decimals."""


def with_money(rent: Decimal, running: Decimal, currency: str = "KWD"):
    own = estate_with()
    return replace(
        own,
        header=own.header.model_copy(update={"currency": currency}),
        buildings=tuple(
            one.model_copy(update={"rent_per_m2_month": rent, "running_cost_per_m2_month": running})
            for one in own.buildings
        ),
    )


@pytest.mark.parametrize(
    ("rent", "running"),
    [(MOST, MOST - Decimal("0.001")), (Decimal("0.001"), Decimal("123456789012345.678"))],
)
def test_rents_to_10_to_the_15_with_three_decimals_are_kept_and_given_back(
    store, people, tmp_path, rent, running
):
    rich = with_money(rent, running)
    stored = estates.add_estate(store, people.planner, rich)
    found = estates.get_estate(store, people.viewer, stored.estate_id).estate
    assert found.hash == rich.hash
    assert found.buildings[0].rent_per_m2_month == rent
    assert found.buildings[0].running_cost_per_m2_month == running
    file = tmp_path / "estate.xlsx"
    file.write_bytes(estate_bytes(found))
    assert read_estate(file).hash == rich.hash


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("amount", [MOST - Decimal("0.001"), MOST, Decimal("0.001")])
def test_a_form_gives_back_the_amount_that_it_shows(language, amount):
    form = RecordForm(Building, speech_of(language, "KWD"))
    shown = form.of(with_money(amount, amount).buildings[0])
    typed = {one.name: one.value for one in shown.controls}
    read, record = form.read(typed)
    assert read.is_right
    assert record["rent_per_m2_month"] == amount


@pytest.mark.parametrize("currency", CURRENCIES)
def test_a_plan_worth_10_to_the_15_is_exact_from_the_search_to_the_database(
    store, people, currency
):
    rich = with_money(Decimal("20000000000.001"), Decimal(3), currency)
    plan = make_plan(rich, Options("Rich", seconds=2))
    assert verify(plan, rich) == []
    case = case_of_plan(rich, plan)
    assert plan.npv == case.npv > 10**14 * 10 ** digits(currency)
    assert plan.bound is None or plan.bound >= plan.value
    assert plan.bound is not None
    assert plan.bound - plan.value <= plan.value // 10**9
    assert parse_plan(plan.to_json()) == plan
    assert json.loads(plan.to_json())["npv"] == plan.npv
    stored = estates.add_estate(store, people.planner, rich)
    kept = plans.add_plan(store, people.planner, stored.estate_id, plan)
    assert plans.plan_summary(store, people.viewer, kept).npv == plan.npv
    assert plans.get_plan(store, people.viewer, kept)[1] == plan


@pytest.mark.parametrize("currency", CURRENCIES)
def test_documents_count_in_the_decimals_of_the_currency(tmp_path, currency):
    own = with_money(Decimal(100_000), Decimal(30_000), currency)
    dossier = dossier_of(own, make_plan(own, Options("Plan", seconds=2)))
    speech = speech_of("en", currency)
    places = digits(currency)
    file = tmp_path / "model.xlsx"
    file.write_bytes(model_xlsx(dossier, speech))
    shown = load_workbook(file)["summary"]["B10"].number_format
    assert shown == "#,##0" + ("." + "0" * places if places else "")
    cost = moves_csv(dossier, speech).splitlines()[1].split(",")[11]
    assert len(cost.partition(".")[2]) == places
    exact = speech.money(dossier.plan.npv, exact=True)
    assert len(exact.partition(".")[2]) == places


def test_a_workbook_says_where_a_spreadsheet_rounds(tmp_path):
    def said(rent: str) -> str | None:
        own = with_money(Decimal(rent), Decimal(3))
        file = tmp_path / "model.xlsx"
        dossier = dossier_of(own, make_plan(own, Options("Plan", seconds=1)))
        file.write_bytes(model_xlsx(dossier, speech_of("en", "KWD")))
        return load_workbook(file)["checks"]["A2"].value

    assert said("100000") is None
    assert "more than 15 digits" in str(said("20000000000"))


def test_an_estate_worth_more_than_can_be_kept_is_refused_with_the_figure():
    with pytest.raises(InvalidInput, match="more than the 4611686018427387904"):
        make_plan(with_money(MOST, Decimal(0)), Options("Too much", seconds=1))
