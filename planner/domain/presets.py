"""Figures that hold in one country, each with source, date and how sure it is."""

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
)

_PRESETS: Final = {"ID": {assumption.key: assumption for assumption in _INDONESIA}}


def preset_of(country: str) -> Mapping[str, Assumption]:
    """Return the figures preset for a country (two letters), none where we know none."""
    return _PRESETS.get(country, {})
