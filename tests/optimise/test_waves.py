"""Dated moves: the best of all orders, never over capacity, refused limits named."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from planner.domain.check import check_plan
from planner.domain.check_moves import check_schedule
from planner.domain.consistency import problems_of
from planner.domain.movecalendar import slots_of
from planner.domain.records import Rule
from planner.domain.schedule import Schedule, Wave
from planner.finance.dated import case_of_plan
from planner.finance.values import values_of
from planner.optimise.waves import priced
from tests.estates import floor, seat, team
from tests.moving import dated, estate_with, plan_by_hand, with_rules

GOES = {"b": "N1", "d": "S1"}


def every_order(of, plan, slots):
    """Yield the plan priced for every way to put its moves into waves, sound or not."""
    found = dated(of, GOES)
    legs = found.schedule.legs
    values = values_of(of)
    for chosen in product(range(len(slots)), repeat=len(legs)):
        used = sorted(set(chosen))
        waves = tuple(
            Wave(number=at, first=slots[slot].first, last=slots[slot].last, cost=0)
            for at, slot in enumerate(used, start=1)
        )
        own = tuple(
            leg.model_copy(update={"wave": used.index(slot) + 1})
            for leg, slot in zip(legs, chosen, strict=True)
        )
        last = {leg.origin: waves[leg.wave - 1].last for leg in own}
        releases = tuple(
            one.model_copy(
                update={
                    "day": last[one.unit],
                    "month": (last[one.unit].year - 2027) * 12 + last[one.unit].month,
                }
            )
            for one in found.schedule.releases
        )
        schedule = Schedule(status="feasible", waves=waves, legs=own, releases=releases)
        yield priced(of, plan, schedule, values, None)


@pytest.mark.parametrize(
    "figures",
    [{}, {"wave_people": "8"}, {"wave_moves": "1"}, {"wave_people": "8", "wave_cost": "9000000"}],
)
def test_no_order_within_the_limits_is_worth_more(figures: dict[str, str]) -> None:
    of = estate_with(figures)
    plan = dated(of, GOES)
    assert plan.schedule is not None
    assert plan.schedule.status == "optimal"
    sound = [
        other.npv
        for other in every_order(of, plan_by_hand(of, GOES), slots_of(of))
        if not list(check_schedule(other, of))
    ]
    assert sound
    assert plan.npv == max(sound)
    assert plan.schedule.bound == plan.npv
    assert [str(one) for one in check_plan(plan, of) if "optimal" not in str(one)] == []


def test_each_floor_earns_after_its_own_release() -> None:
    plan = dated(estate_with({"wave_people": "8", "wave_every_weeks": "5"}), GOES)
    of = estate_with({"wave_people": "8", "wave_every_weeks": "5"})
    assert plan.schedule is not None
    months = plan.schedule.months
    assert sorted(months.values()) == [3, 4]
    case = case_of_plan(of, plan)
    assert case.npv == plan.npv
    starts = {
        part.id: next(at for at, paid in enumerate(part.lines[0].amounts, start=1) if paid)
        for part in case.parts
        if part.kind == "unit" and part.lines[0].name == "rent"
    }
    early, late = sorted(months, key=months.__getitem__)
    assert starts[late] == starts[early] + 1
    assert plan.npv < plan.value


def test_a_wave_is_paid_for_in_the_value_of_the_plan() -> None:
    free, dear = (dated(estate_with({"wave_cost": cost}), GOES) for cost in ("0", "5000000"))
    assert dear.schedule is not None
    assert free.npv - dear.npv == sum(wave.cost for wave in dear.schedule.waves) > 0


def swap(**figures: str):
    """Two full floors that change places; S2 has room for one team in the meantime."""
    of = estate_with(
        figures,
        floors=(floor("N1", seats=8), floor("N2", seats=8), floor("S2", seats=16)),
        teams=(team("a"), team("b"), team("d")),
        seating=(seat("a", "N1"), seat("b", "N2"), seat("d", "S2")),
    )
    return of, dated(of, {"a": "N2", "b": "N1"})


def test_a_deadlock_is_resolved_by_the_fewest_second_moves_and_explained() -> None:
    of, plan = swap()
    schedule = plan.schedule
    assert schedule is not None
    assert [str(one) for one in check_plan(plan, of)] == []
    twice = [leg for leg in schedule.legs if leg.target != leg.ends_in]
    assert [leg.target for leg in twice] == ["S2"]
    assert schedule.deadlock is not None
    assert set(schedule.deadlock.teams) == {"a", "b"}
    assert schedule.deadlock.seats == schedule.deadlock.at_least == 8
    assert len(plan.moves) == 3
    assert plan.people_moved == 16


def test_without_swing_space_the_deadlock_is_named_with_the_seats_that_resolve_it() -> None:
    of, plan = swap(swing_allowed="no")
    assert plan.schedule is not None
    assert plan.schedule.status == "infeasible"
    assert {one.rule for one in plan.schedule.obstacles} == {"seats"}
    assert plan.schedule.deadlock is not None
    assert plan.schedule.deadlock.seats == 8
    assert [str(one) for one in check_plan(plan, of)] == []


@pytest.mark.parametrize(
    ("figures", "rules", "named"),
    [
        ({"wave_people": "7"}, (), {"people"}),
        ({}, (Rule(rule="no_moves", subject="2027-01-01", object="2028-01-01"),), {"closed"}),
        (
            {"wave_people": "8"},
            (Rule(rule="move_together", subject="b", object="d"),),
            {"people", "together"},
        ),
        ({}, (Rule(rule="move_not_before", subject="b", object="2030-01-01"),), {"window"}),
        ({}, (Rule(rule="move_not_before", subject="N1", object="2030-01-01"),), {"ready"}),
    ],
)
def test_limits_that_allow_no_dates_are_named(figures, rules, named) -> None:
    of = with_rules(estate_with(figures), *rules)
    assert problems_of(of) == []
    plan = dated(of, GOES)
    assert plan.schedule is not None
    assert plan.schedule.status == "infeasible"
    assert {one.rule for one in plan.schedule.obstacles} == named


def test_rules_order_the_moves() -> None:
    before = with_rules(estate_with(), Rule(rule="move_before", subject="b", object="d", value=20))
    plan = dated(before, GOES)
    assert plan.schedule is not None
    day = {leg.team: plan.schedule.wave(leg.wave) for leg in plan.schedule.legs}
    assert (day["d"].first - day["b"].last).days > 20
    swapped = plan.model_copy(
        update={
            "schedule": plan.schedule.model_copy(
                update={
                    "legs": tuple(
                        leg.model_copy(update={"wave": 3 - leg.wave}) for leg in plan.schedule.legs
                    )
                }
            )
        }
    )
    assert any("wrong order" in str(one) for one in check_schedule(swapped, before))


def test_the_checker_sees_one_seat_too_many_on_the_way() -> None:
    of = estate_with(
        floors=(floor("N1", seats=16), floor("N2"), floor("S1"), floor("S2")),
    )
    plan = dated(of, GOES)
    assert list(check_schedule(plan, of)) == []
    tight = estate_with(
        floors=(floor("N1", seats=15), floor("N2"), floor("S1"), floor("S2")),
    )
    assert any("16 seats are taken" in str(one) for one in check_schedule(plan, tight))


@pytest.mark.parametrize(
    ("figures", "day", "why"),
    [
        ({"no_moves_on_holidays": "yes"}, dt.date(2027, 3, 12), "holiday"),
        ({"no_moves_in_ramadan": "month"}, dt.date(2027, 2, 12), "ramadan"),
        ({"no_moves_in_ramadan": "last_ten"}, dt.date(2027, 3, 5), "ramadan"),
        ({"no_moves_in_ramadan": "last_ten"}, dt.date(2027, 2, 19), None),
        ({"fiscal_year_end_weeks": "2"}, dt.date(2027, 12, 24), "year_end"),
        ({"fiscal_year_end_weeks": "2"}, dt.date(2027, 12, 10), None),
        ({"fiscal_year_end_weeks": "1", "fiscal_year_end_month": "3"}, dt.date(2027, 3, 26),
         "year_end"),
    ],
)  # fmt: skip
def test_days_without_moves(figures: dict[str, str], day: dt.date, why: str | None) -> None:
    weekly = {"wave_every_weeks": "1", "waves_within_weeks": "52", "release_month": "1"}
    slots = {slot.first: slot for slot in slots_of(estate_with({**weekly, **figures}))}
    assert slots[day].closed == why


def test_an_election_that_a_rule_names_keeps_its_weekend_free_and_no_other() -> None:
    of = with_rules(
        estate_with({"wave_every_weeks": "1"}),
        Rule(rule="no_moves", subject="2027-03-14", object="2027-03-14", reason="Election"),
    )
    assert [slot.first.day for slot in slots_of(of) if slot.closed] == [12]


def test_a_plan_where_nobody_moves_has_dates_and_no_waves() -> None:
    plan = dated(estate_with(), {})
    assert plan.schedule is not None
    assert plan.schedule.dated
    assert plan.schedule.waves == ()
    assert plan.schedule.npv == plan.npv
