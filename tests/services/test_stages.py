"""Plans in stages: each sound, none frees what a later one needs, values that add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planner.domain.records import Near, Rule
from planner.domain.stages import Stage
from planner.errors import Infeasible, InvalidInput
from planner.optimise.options import Options
from planner.services.stages import plan_stages
from planner.services.verify import verify
from tests.estates import floor, seat
from tests.moving import estate_with

OPTIONS = Options(seconds=1)
NOW, LATER = Stage("now", 3), Stage("next year", 15, Decimal("1.8"))


def test_each_stage_holds_by_itself_and_starts_where_the_last_one_ended() -> None:
    staging = plan_stages(estate_with(), [NOW, LATER], OPTIONS)
    first, second = staging.stages
    for one in staging.stages:
        assert verify(one.plan, one.estate) == []
    assert {unit.id for unit in second.estate.units} == {
        unit.id for unit in first.estate.units
    } - first.plan.freed_units
    for team in first.estate.teams:
        placed = set(first.plan.placed[team.code])
        assert set(second.estate.now[team.code]) <= placed
    heads = {team.code: team.headcount for team in second.estate.teams}
    assert heads == dict.fromkeys("abcd", 15)  # 8 people and 80 per cent more, rounded up
    assert staging.npv == first.plan.npv + second.plan.npv
    assert staging.limit is not None
    assert staging.npv <= staging.limit


def test_a_cap_on_people_moved_in_each_stage_limits_no_sum_of_stages() -> None:
    cap = Rule(rule="people_moved_at_most", value=8)
    of, calm = estate_with(rules=(cap,)), Stage("next year", 15)
    alone = plan_stages(of, [NOW], OPTIONS)
    assert alone.limit is not None
    both = plan_stages(of, [NOW, calm], OPTIONS)
    assert sum(len(one.plan.freed) for one in both.stages) == 2
    assert both.npv > alone.limit
    assert both.limit is None


def test_nearness_that_has_to_be_given_up_takes_nothing_from_the_limit() -> None:
    wish = Near(team="a", other="b", within="adjacent", penalty=Decimal(10**9))
    of = estate_with(
        floors=tuple(floor(code) for code in ("N1", "N2", "S1", "S3")),
        seating=(seat("a", "N1"), seat("b", "N2"), seat("c", "S1"), seat("d", "S3")),
        near=(wish,),
        rules=tuple(
            Rule(rule="fix_team", subject=t, object=u) for t, u in (("c", "S1"), ("d", "S3"))
        ),
    )
    staging = plan_stages(of, [Stage("lease ends", 3, leaves=("N",))], OPTIONS)
    assert staging.stages[0].plan.apart
    assert staging.limit is not None
    assert staging.npv <= staging.limit


def test_a_stage_frees_no_floor_that_a_later_one_needs() -> None:
    grown = Stage("grown", 15, Decimal(2))
    alone = plan_stages(estate_with(), [NOW], OPTIONS).stages[0].plan
    before = plan_stages(estate_with(), [NOW, grown], OPTIONS).stages[0].plan
    assert len(before.freed) < len(alone.freed)


def test_no_stage_frees_what_a_fuller_stage_between_needs() -> None:
    full, calm = Stage("full", 15, Decimal("2.4")), Stage("calm again", 27)
    alone = plan_stages(estate_with(), [NOW], OPTIONS).stages[0].plan
    found = plan_stages(estate_with(), [NOW, full, calm], OPTIONS).stages
    assert len(found[0].plan.freed) < len(alone.freed)
    assert sum(len(one.plan.freed) for one in found) == len(alone.freed)
    for one in found:
        assert verify(one.plan, one.estate) == []


def test_a_building_whose_lease_ends_is_left_by_then() -> None:
    ends = Stage("lease ends", 15, leaves=("N",))
    staging = plan_stages(estate_with(), [NOW, ends], OPTIONS)
    freed = {unit for one in staging.stages for unit in one.plan.freed_units}
    assert {"N1", "N2"} <= freed


def test_a_stage_without_a_plan_is_named() -> None:
    with pytest.raises(Infeasible, match="Stage far"):
        plan_stages(estate_with(), [NOW, Stage("far", 15, Decimal("2.4"), ("N",))], OPTIONS)
    with pytest.raises(InvalidInput, match="stage far, sheet teams, a"):
        plan_stages(estate_with(), [NOW, Stage("far", 15, Decimal(9))], OPTIONS)


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ([], "0: name 1 to 6"),
        ([LATER, NOW], "month 3 is not after 15"),
        ([Stage("x", 900)], "month 900 is outside the horizon"),
        ([Stage("x", 3, Decimal(0))], "growth 0: enter 0.1 to 10"),
        ([Stage("x", 3, leaves=("Z",))], "there is no building Z"),
    ],
)
def test_stages_that_make_no_sense_are_refused(stages: list[Stage], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        plan_stages(estate_with(), stages, OPTIONS)
