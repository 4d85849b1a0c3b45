"""Figures that hold in one country, each with source, date and how sure it is.

Nothing that was recalled rather than read is called law here: it is `assumed`, and its
source says that it was not confirmed.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from planner.domain.records import Assumption

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHECK = "order of magnitude, no source found: replace by a quotation"
_AS_OF = dt.date(2026, 11, 24)


def _assume(key: str, value: str, source: str = _CHECK, date: dt.date = _AS_OF) -> Assumption:
    return Assumption(key=key, value=value, source=source, date=date, confidence="assumed")


def _quote(key: str, value: str, source: str, date: dt.date) -> Assumption:
    return Assumption(key=key, value=value, source=source, date=date, confidence="quoted")


_INDONESIA = (
    _assume(
        "discount_rate",
        "0.068",
        "Indonesian government-bond yield, about 6.5 to 7 per cent: check on the day",
    ),
    _assume("void_cost_per_m2_month", "22000"),
    _assume("works_per_m2", "1150000"),
    _assume("move_cost_per_person", "5000000"),
    _assume("move_cost_elsewhere_per_person", "6200000"),
    _quote(
        "rent_tax_rate",
        "0.10",
        "final income tax 10% of gross rent, service charge included: PP 34/2017, "
        "read in a summary; for a company",
        _AS_OF,
    ),
    _quote(
        "vat_rate",
        "0.11",
        "VAT 12% on 11/12 of the price: PMK 131/2024, read in a summary; for a company",
        dt.date(2025, 1, 1),
    ),
)

_INDONESIA_AREA = _assume(
    "area_standard",
    "id_state",
    "Permen PU 45/2007 and PUPR 22/2018, recalled, not confirmed; PMK 138/2024, article 4(3), read",
)
_UNITED_STATES_AREA = _quote(
    "area_standard",
    "use_it",
    "USE IT Act, Public Law 118-272, division B, section 2302: 150 usable square feet a person",
    dt.date(2025, 1, 4),
)

_UNITED_KINGDOM = (
    _assume("fiscal_year_end_month", "3", "central government's year ends on 31 March"),
    _quote(
        "discount_rate",
        "0.035",
        "HM Treasury Green Book: social time preference rate, real, years 0 to 30; under "
        "review since 16 December 2025",
        dt.date(2025, 12, 16),
    ),
    _quote(
        "price_basis",
        "real",
        "the Green Book rate is real; amounts are deflated to prices of the start",
        dt.date(2025, 12, 16),
    ),
    _assume("inflation_rate", "0.02", "target of 2 per cent, recalled, not confirmed: check"),
    _assume(
        "commission_rate", "0.10", "10% of first-year rent, a broker's glossary (christo.co.uk)"
    ),
)

_UNITED_STATES = (
    _assume("fiscal_year_end_month", "9", "the federal year ends on 30 September"),
    _assume(
        "discount_rate",
        "0.045",
        "in the style of OMB A-94 Appendix C (nominal Treasury rate of the same term); the "
        "year's table was not read: replace",
    ),
    _assume("commission_rate", "0.06", "4 to 6% of rent, brokers' pages (segalcommercial.com)"),
    _quote(
        "move_cost_per_person",
        "375",
        "US$350 to 400 a workstation, Hughes Marino, 28 May 2011; middle, prices of 2011",
        dt.date(2011, 5, 28),
    ),
)

_PRESETS: Final = {
    country: {assumption.key: assumption for assumption in assumptions}
    for country, assumptions in (
        ("ID", (*_INDONESIA, _INDONESIA_AREA)),
        ("GB", _UNITED_KINGDOM),
        ("US", (*_UNITED_STATES, _UNITED_STATES_AREA)),
    )
}


def preset_of(country: str) -> Mapping[str, Assumption]:
    """Return the figures preset for a country (two letters), none where we know none."""
    return _PRESETS.get(country, {})
