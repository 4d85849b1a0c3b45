"""Leased buildings beside owned ones; breaks and ends that fall on the same month; limits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from planner.domain.money import to_major, to_minor
from planner.finance import case_of, values_of
from tests.finance import worked

if TYPE_CHECKING:
    from planner.domain.estate import Estate

LEASED = {
    "leased_rent_paid_per_m2_month": "70",
    "reinstatement_per_m2": "10",
    "sublet_discount": "0.30",
}


def leased(end: str = "2027-12-31", **figures: str) -> Estate:
    """Return house P leased until a day beside house Q, which is owned."""
    house = worked.building("P", tenure="leased", lease_end=dt.date.fromisoformat(end))
    return worked.estate({**LEASED, **figures}, buildings=(house, worked.building("Q")))


@pytest.mark.parametrize("route", ["sublet", "hand_back"])
def test_an_owned_floor_is_priced_the_same_beside_a_leased_building(route: str) -> None:
    mixed = case_of(leased(leased_route=route), ["Q1"], [])
    alone = case_of(worked.estate(), ["Q1"], [])
    assert dict(mixed.by_line) == dict(alone.by_line)
    assert mixed.parameters("Q1").monthly == alone.parameters("Q1").monthly


def test_a_break_in_the_month_in_which_the_lease_ends_anyway_costs_no_penalty() -> None:
    ends_in_9 = {"leased_route": "hand_back", "leased_break_penalty_months": "3"}
    assert (
        "break_penalty"
        not in case_of(leased(**ends_in_9, leased_break_month="9"), ["P1"], []).by_line
    )
    early = case_of(leased(**ends_in_9, leased_break_month="8"), ["P1"], [])
    assert early.by_line["break_penalty"][7] == -21_000


@pytest.mark.parametrize("month", ["4", "15"])
def test_a_break_changes_nothing_for_space_that_is_sublet(month: str) -> None:
    plain = case_of(leased(), ["P1"], [])
    with_break = case_of(leased(leased_break_month=month), ["P1"], [])
    assert dict(with_break.by_line) == dict(plain.by_line)


def test_a_break_after_the_end_of_the_lease_does_not_prolong_it() -> None:
    late = case_of(leased(leased_route="hand_back", leased_break_month="15"), ["P1"], [])
    assert late.by_line["rent_saved"] == (*[0] * 9, *[7000] * 11)


@pytest.mark.parametrize("end", ["2027-04-01", "2027-04-30"])
def test_a_lease_that_ends_in_the_first_month_is_in_force(end: str) -> None:
    case = case_of(leased(end, leased_route="hand_back", release_month="0"), ["P1"], [])
    assert case.by_line["rent_saved"] == (0, *[7000] * 19)


def test_a_break_that_is_not_stated_is_no_break_in_month_0() -> None:
    values = values_of(leased(leased_route="hand_back"))
    assert values.terms.tenancy is not None
    assert values.terms.tenancy.break_month is None


@pytest.mark.parametrize(("currency", "major"), [("JPY", "7"), ("IDR", "0.07"), ("KWD", "0.007")])
def test_minor_units_and_major_ones_are_the_same_amount(currency: str, major: str) -> None:
    assert to_major(7, currency) == Decimal(major)
    assert to_minor(Decimal(major), currency) == 7
    assert to_minor(to_major(10**18 + 1, currency), currency) == 10**18 + 1


@pytest.mark.parametrize("route", ["sublet", "hand_back"])
@pytest.mark.parametrize("lettable", [True, False])
def test_leased_space_earns_rent_only_where_it_is_sublet_and_can_be_let(
    route: str, *, lettable: bool
) -> None:
    given = leased(leased_route=route)
    floors = tuple(
        floor.model_copy(update={"lettable": lettable}) if floor.code == "P1" else floor
        for floor in given.floors
    )
    case = case_of(replace(given, floors=floors), ["P1"], [])
    let = route == "sublet" and lettable
    assert ("rent" in case.by_line) == let
    assert (case.parameters("P1").clock.void is not None) == let  # else it stands empty to the end
    assert case.by_line["rent_saved"][-1] == 7000
