"""Nothing is called to let that cannot be let; a floor that only saves money is freed."""

from __future__ import annotations

from functools import cache

import pytest

from planner.domain.eligibility import units_to_let
from planner.i18n import speech_of
from planner.optimise.options import Options
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.elevation import elevation
from planner.reports.drawings.scene import scene_of
from planner.reports.facts.scope import Scope
from planner.reports.facts.to_let import to_let_words
from planner.services.chain import dossier_of, make_plan
from tests.estates import estate, floor

EN = speech_of("en")


@cache
def office(closed: str):
    """Return an estate with some floors that cannot be let alone, and its plan."""
    floors = (floor(code, lettable=code not in closed) for code in ("N1", "N2", "S1", "S2"))
    own = estate(floors=tuple(floors))
    return own, make_plan(own, Options(seconds=2))


@pytest.mark.parametrize("closed", ["", "N1 N2", "N1 N2 S1 S2"])
def test_floors_that_cannot_be_let_are_freed_and_not_to_let(closed) -> None:
    own, plan = office(closed)
    let = units_to_let(own, plan)
    whole = {unit for block in own.blocks for freed in plan.blocks if freed.block == block.id
             for unit in block.units}  # fmt: skip
    assert plan.freed_units
    assert let == {one for one in plan.freed_units if one not in closed} | whole
    words = to_let_words(Scope(dossier_of(own, plan)), EN)
    assert ("To let: " in words) is bool(let)
    assert ("Freed, not to let: " in words) is bool(plan.freed_units - let)
    scene = scene_of(own, plan, plan)
    views = [view for tower in scene.towers for view in tower.views]
    assert {view.unit.id for view in views if view.to_let} == let
    drawn = str(elevation(own, plan, plan, EN, canvas=screen(900, "t")))
    assert ("TO LET" in drawn) is bool(let)
    assert ("FREED" in drawn) is bool(plan.freed_units - let)
