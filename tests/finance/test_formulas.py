"""The printed formulas rebuild every calendar row, whatever the clock."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.finance.calendar import Clock, calendar_of
from planner.finance.parameters import FORMULAS, Parameters

clocks = st.builds(
    Clock,
    horizon=st.integers(1, 40),
    release=st.integers(0, 12),
    void=st.none() | st.integers(0, 12),
    rent_free=st.integers(0, 4),
    term=st.integers(7, 24),
    pay=st.sampled_from([1, 3, 12, 24]),
    step=st.sampled_from([12, 9]),
    steps=st.tuples(st.decimals("-0.1", "0.2", places=2)),
    growth=st.decimals("-0.1", "0.2", places=2),
    inflation=st.sampled_from([Decimal(0), Decimal("0.03")]),
    leaving=st.sampled_from([Decimal(0), Decimal("0.4")]),
    break_at=st.none() | st.integers(1, 6),
    break_leaving=st.sampled_from([Decimal(0), Decimal("0.3")]),
    relet=st.integers(0, 6),
    until=st.sampled_from([10_000, 20, 14]),
    repairs_at=st.none() | st.integers(1, 20),
)


def python(formula: str) -> str:
    text = re.sub(r"(?<![<>])=", "==", formula).replace("^", "**")
    return re.sub(r"\b(IF|AND)\(", lambda found: found[1].lower() + "_(", text)


def evaluate(names: dict[str, Any], rows: dict[str, list[float]]) -> dict[str, list[float]]:
    functions = {
        "if_": lambda test, yes, no: yes if test else no,
        "and_": lambda *tests: all(tests),
        "INT": lambda x: x // 1,
        "MOD": lambda x, y: x % y,
        "MIN": min,
        "MAX": max,
    }
    horizon = int(names["horizon"])
    found: dict[str, list[float]] = {name: [] for name in FORMULAS}
    for name in FORMULAS:
        for month in range(1, horizon + 1):
            row = {other: found[other][month - 1] for other in rows_before(name)}
            scope = {**functions, **names, **row, "m": month}
            if name == "rent":
                covered = min(scope["pay"], scope["term"] - scope["at"])
                scope["total"] = sum(found["earned"][month - 1 : month - 1 + int(covered)])
                formula = re.sub(r"SUMPRODUCT\(.*\)\*deflator", "total*deflator", FORMULAS[name])
            else:
                formula = FORMULAS[name]
            found[name].append(eval(python(formula), scope))  # noqa: S307
    return found


def rows_before(name: str) -> list[str]:
    return list(FORMULAS)[: list(FORMULAS).index(name)]


@given(clocks)
def test_formulas_rebuild_the_calendar(clock: Clock) -> None:
    if clock.break_at and clock.break_at + clock.relet + clock.rent_free > clock.term:
        return
    calendar = calendar_of(clock)
    parameters = Parameters("P1", clock, calendar, Decimal(0), "market", None, (), Decimal(0))
    names = {name: float(value) for name, value in parameters.names.items()}
    found = evaluate(names, {})
    for row in (
        "earned",
        "rent",
        "commission",
        "let",
        "void",
        "saved",
        "works",
        "deposit",
        "exit",
        "after",
        "repairs",
    ):
        assert found[row] == pytest.approx([float(x) for x in getattr(calendar, row)]), row
