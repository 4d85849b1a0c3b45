"""Prices with all rents or moves times a factor are those of an estate that says so."""

from decimal import Decimal

import pytest

from planner.finance import values_of
from planner.finance.scaled import Scaled
from tests.finance import worked

FIGURES = {"deposit_months": "3", "rent_tax_rate": "0.1", "service_cost_per_m2_month": "7"}
HEADER = {"owner_kind": "corporate", "country": "MY", "currency": "MYR"}


def priced(rent="100", moves=1):
    """Return the prices of an estate that asks so much rent and moves for so many times as much."""
    figures = {
        **FIGURES,
        "move_cost_per_person": str(100 * moves),
        "move_cost_elsewhere_per_person": str(150 * moves),
    }
    houses = tuple(worked.building(code, rent_per_m2_month=Decimal(rent)) for code in "PQ")
    return values_of(worked.estate(figures, header=HEADER, buildings=houses))


@pytest.mark.parametrize("times", ["0", "0.5", "1", "1.25"])
def test_all_rents_times_a_factor_are_the_estate_that_asks_so_much(times):
    other, scaled = priced(rent=str(100 * Decimal(times))), Scaled(priced(), rent=Decimal(times))
    for unit in ("P1", "Q1"):
        assert scaled.unit_npv(unit) == pytest.approx(other.unit_npv(unit), abs=100)
    assert scaled.block_npv("P") == pytest.approx(other.block_npv("P"), abs=100)
    assert priced().block_npv("P") > 1000


def test_the_default_changes_nothing():
    plain, scaled = priced(), Scaled(priced())
    assert scaled.unit_npv("P1") == plain.unit_npv("P1")
    assert scaled.block_npv("P") == plain.block_npv("P")
    assert scaled.move_npv_per_person("P1", "Q1") == plain.move_npv_per_person("P1", "Q1")


def test_all_moves_times_a_factor_are_the_estate_where_they_cost_so_much():
    other, scaled = priced(moves=2), Scaled(priced(), moves=Decimal(2))
    for target in ("P2", "Q1"):
        doubled = other.move_npv_per_person("P1", target)
        assert scaled.move_npv_per_person("P1", target) == pytest.approx(doubled, abs=2)


def test_half_a_minor_unit_is_rounded_to_even():
    class Fixed:
        def block_npv(self, _block):
            return 5

    assert Scaled(Fixed(), rent=Decimal("0.5")).block_npv("P") == 2
    assert Scaled(Fixed(), rent=Decimal("0.7")).block_npv("P") == 4
