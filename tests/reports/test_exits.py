"""Where exits allow fewer people than there are seats, no page counts the seats beyond."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from planner.cli.documents import _rows
from planner.demand.model import demand_of
from planner.demand.whatif import WhatIf
from planner.i18n import speech_of
from planner.optimise.options import Options
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.elevation import elevation
from planner.reports.drawings.stack import stack_building
from planner.reports.facts.scope import Scope
from planner.reports.facts.seats import floors_table, weekday_title
from planner.services.chain import dossier_of, make_plan
from planner.services.today import figures_of
from planner.web.show.attendance import attendance_page
from planner.web.show.kept import kept_units
from planner.web.show.needs import Needs
from planner.web.show.what_if import what_if_page
from tests.estates import estate, floor

EN = speech_of("en", "IDR", "m2")


@cache
def full_by_its_exits(exits: int | None) -> tuple[Scope, str]:
    """Return four floors of 20 seats with a team of eight each, and drawings of the plan.

    Exits for eight people leave room for one team a floor, so that nothing can be freed.
    """
    own = estate(
        floors=tuple(floor(code, exit_capacity=exits) for code in ("N1", "N2", "S1", "S2"))
    )
    plan = make_plan(own, Options(seconds=2))
    drawn = (
        stack_building(own, plan, plan, EN, "N", canvas=screen(900, "s")),
        elevation(own, plan, plan, EN, canvas=screen(900, "e")),
    )
    return Scope(dossier_of(own, plan)), " ".join(map(str, drawn))


def test_a_plan_full_by_its_exits_is_shown_as_full() -> None:
    scope, drawn = full_by_its_exits(8)
    assert (scope.freed, scope.seats, scope.seats_kept) == ((), 32, 32)
    assert "takes 32 of the 32 seats" in weekday_title(scope, EN)
    assert dict(_rows(scope.dossier, EN))["Seats kept"].startswith("32 of 32;")
    assert [one.kind for one in kept_units(scope, EN)] == ["Seats suffice"]
    assert "8 of 8 seats" in drawn
    assert "of 20 seats" not in drawn


def test_pages_of_today_count_the_same_seats_as_the_plan() -> None:
    own = full_by_its_exits(8)[0].dossier.estate
    assert figures_of("e", own).seats == 32
    demand = demand_of(own, level=Decimal("0.95"), seed=1)
    page = what_if_page(own, demand, WhatIf(Decimal("0.95")), EN)
    assert page.seats_today == 32
    week = attendance_page(own, Needs(demand, demand, ""), EN).week
    assert [level.value for level in week.levels] == ["32"]


@pytest.mark.parametrize(("exits", "said"), [(None, False), (20, False), (19, True)])
def test_the_seat_table_says_where_exits_allow_fewer(exits, said) -> None:
    scope, _ = full_by_its_exits(exits)
    assert ("whom the exits allow" in floors_table(scope, EN).note) is said
