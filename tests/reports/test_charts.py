"""Labels of a chart stay in its frame and off their neighbours, in whatever currency."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planner.i18n import speech_of
from planner.reports.charts.money import Dot, Series, cash_flow, frontier
from planner.reports.drawings.measure import text_width
from planner.reports.sheets.letting import letting_sheet
from tests.reports.campus import nine_floors_dossier

YEARS = ("2027", "2028", "2029", "2030", "2031")


@pytest.mark.parametrize(
    ("labels", "most"),
    [
        (("−13.0", "+7.7", "+10.0", "+10.3", "+8.6"), 13.0),
        (("−1,302.0", "+548.7", "+923.9", "+950.3", "+977.5"), 1302.0),
        (("−650,991", "+295,419", "+498,893", "+513,212", "+527,944"), 650_991.0),
    ],
)
def test_each_label_of_a_year_has_its_room(labels, most):
    rents = Series("rent", "freed", (-most, most, most, most, most))
    spec = cash_flow(YEARS, [rents], [-most, *[most] * 4], labels, speech_of("en"))
    step = spec["width"] / len(YEARS)
    tick, text = spec["layer"][-2]["mark"], spec["layer"][-1]["mark"]
    ends = [
        step * (at + 0.5) + text["dx"] + text_width(label, text["fontSize"], "sans-bold")
        for at, label in enumerate(labels)
    ]
    assert ends[-1] <= spec["width"] + spec["padding"]["right"]
    for at, end in enumerate(ends[:-1], start=1):
        assert end <= step * (at + 0.5) - tick["size"] / 2
    lowest = max(
        text_width(f"{value:,.0f}", 12)
        for value in spec["layer"][0]["encoding"]["y"]["axis"]["values"]
    )
    assert lowest <= spec["padding"]["left"]


def test_an_amount_in_whole_units_has_no_decimals_and_a_short_one_two_digits():
    yen, dinar = speech_of("en", "JPY"), speech_of("en", "KWD")
    assert (yen.money_in(856_211, 0), yen.money_in(5_137_264, 6)) == ("856,211", "5.14")
    assert (dinar.money_in(856_211_271, 0), dinar.money_in(-1_500, 0)) == ("856,211", "−2")
    assert [yen.money_short(rent, yen.spare_decimals(rent)) for rent in (
        2_580_000, 25_800_000, 99_999
    )] == ["¥2.6\xa0m", "¥26\xa0m", "¥99,999"]  # fmt: skip


def test_a_rent_a_square_metre_keeps_the_fils_of_a_dinar():
    dossier = nine_floors_dossier()
    buildings = tuple(
        one.model_copy(update={"rent_per_m2_month": Decimal("6.4")})
        for one in dossier.estate.buildings
    )
    dearer = replace(dossier, estate=replace(dossier.estate, buildings=buildings))
    sheet = letting_sheet(dearer, "A9", speech_of("en", "KWD"))
    assert sheet.figures[1].note == "a month; KWD\xa06.400 per m²"


def test_two_plans_at_one_place_are_one_dot_with_both_names():
    dots = (Dot(0, 0.0, "Do nothing"), Dot(9, 4.0, "Chosen", chosen=True), Dot(9, 4.0, "Most"))
    spec = frontier(dots, speech_of("en"), across="people who move")
    rows = spec["layer"][1]["data"]["values"]
    assert [(row["label"], row["chosen"]) for row in rows] == [
        ("Do nothing", False),
        ("Chosen, Most", True),
    ]
