"""A plan that runs short on days held out is made again; whether that can be is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from planner.demand.backtest import backtest_of
from planner.demand.model import demand_of
from planner.domain.attendance import attendance_from
from planner.domain.holidays import holidays_of
from planner.domain.plan import parse_plan
from planner.domain.records import Rule
from planner.finance.values import values_of
from planner.i18n import speech_of
from planner.optimise.options import Options
from planner.optimise.solve import plan_estate
from planner.reports.facts.promise import tried_words
from planner.services.chain import dossier_of, make_plan
from planner.services.tightening import days_to_fit, shortfalls
from planner.services.verify import verify
from planner.web.show.result import result_page
from tests.estates import estate, floor, seat, team

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan, Promise

LEVEL = Decimal("0.95")
FREE = set(holidays_of("ID", 2026, 2026))
DAYS = [
    day
    for day in (dt.date(2026, 1, 5) + dt.timedelta(at) for at in range(200))
    if day.weekday() < 5 and day not in FREE
][:100]
A_FULL, B_FULL = (81, 88), (84, 95)
"""Of the last twenty days, which are held out: two on which the one team comes, two the other."""


def meeting(floors: Sequence[tuple[str, int]], rules: Sequence[Rule] = (), days=DAYS) -> Estate:
    """Return teams a and b of building N that ten of twenty of attend, but for four late days.

    On these eight more come, and stay away in building S, so that all together are as many as
    ever; each team alone keeps its allotment on 98 days of 100, the two on one floor on 96.
    """
    present = []
    for at, day in enumerate(days):
        more = {"a": 8 * (at in A_FULL), "b": 8 * (at in B_FULL)}
        present += [(day, code, 10 + more[code]) for code in "ab"]
        present += [(day, "c", 12 - more["a"]), (day, "d", 12 - more["b"])]
    return estate(
        floors=(
            *(floor(code, seats=seats) for code, seats in floors),
            floor("S1", seats=40),
            floor("S2", seats=40),
        ),
        teams=tuple(team(code, 20, stay_within="building") for code in "abcd"),
        seating=(seat("a", "N1", 20), seat("b", "N2", 20), seat("c", "S1", 20),
                 seat("d", "S2", 20)),
        attendance=attendance_from(present),
        rules=tuple(rules),
    )  # fmt: skip


def first_and_last(of: Estate, promise: Promise = "each_floor") -> tuple[Plan, Plan]:
    """Return the plan as the search alone finds it, and as it is handed over."""
    options = Options(name="P", seconds=4, promise=promise)
    demand = demand_of(of, level=LEVEL, seed=1)
    return plan_estate(of, demand, values_of(of), options), make_plan(of, options)


def short(of: Estate, plan: Plan) -> Mapping[str, int]:
    """Return the floors short on too many days held out, with how many days."""
    return shortfalls(backtest_of(of, plan.placed, level=plan.level, promise=plan.promise))


TWO = (("N1", 24), ("N2", 24))


@pytest.mark.parametrize("promise", ["each_floor", "any_floor", "building"])
@pytest.mark.parametrize("more", range(5))
def test_teams_whose_peaks_meet_come_apart_at_the_cost_of_one_floor(more, promise):
    of = meeting((*TWO, *((f"N{at}", 24) for at in range(3, 3 + more))))
    first, last = first_and_last(of, promise)
    assert list(short(of, first).values()) == [4]
    assert short(of, last) == {}
    assert len(first.freed) - len(last.freed) == 1
    assert last.tried.end == "held"
    assert last.tried.short == short(of, first)
    assert (last.tried.value, last.bound) == (first.value, first.bound)
    assert last.value < first.value
    assert last.tried.limit == (None if promise == "building" else last.value)
    assert last.fits == last.tried.days == tuple(DAYS[at] for at in (81, 84, 88))
    assert verify(last, of) == []
    assert parse_plan(last.to_json()) == last


def test_a_larger_floor_takes_both_at_no_cost_of_floors():
    of = meeting((("N1", 24), ("N2", 24), ("N3", 28)))
    _first, last = first_and_last(of)
    assert short(of, last) == {}
    assert last.freed_units & {"N1", "N2", "N3"} == {"N1", "N2"}


def test_where_a_rule_leaves_no_other_floor_the_first_plan_stays_and_says_so():
    of = meeting(TWO, [Rule(rule="free_floor", subject="N2", reason="Sold")])
    first, last = first_and_last(of)
    assert last.tried.end == "impossible"
    assert last.fits == ()
    assert last.tried.days == tuple(DAYS[at] for at in (81, 84, 88))
    assert last.model_copy(update={"tried": None, "schedule": None, "npv": first.npv}) == first
    assert verify(last, of) == []


def test_a_full_floor_may_send_people_to_its_building_only_if_the_user_chose_so():
    fixed = [("a", "N1"), ("b", "N1"), ("e", "N3")]
    of = meeting((*TWO, ("N3", 24)), [Rule(rule="fix_team", subject=t, object=u) for t, u in fixed])
    present = [(day, "e", 3) for day in DAYS]
    known = of.attendance
    present += [
        (day, code, int(known.present[row, at]))
        for row, day in enumerate(known.days)
        for at, code in enumerate(known.teams)
    ]
    of = replace(
        of,
        teams=(*of.teams, team("e", 20)),
        seating=(*of.seating, seat("e", "N3", 20)),
        attendance=attendance_from(present),
    )
    _, alone = first_and_last(of)
    assert (alone.tried.end, alone.tried.short, short(of, alone)) == (
        "impossible", {"N1": 4}, {"N1": 4},
    )  # fmt: skip
    _, helped = first_and_last(of, "building")
    assert helped.tried is None
    assert short(of, helped) == {}


def crowded(rules: Sequence[Rule] = ()) -> Estate:
    """Return a and b fixed to a floor too small for them on four days, and e beside it.

    Each weekday the floor has room for e as well, so that the search frees the other one. Only
    with it the building has seats enough; the floor never has.
    """
    fixed = [Rule(rule="fix_team", subject=team, object="N1") for team in "ab"]
    of = meeting(TWO, [*fixed, *rules])
    known = of.attendance
    present = [(day, "e", 3) for day in DAYS] + [
        (day, code, int(known.present[row, at]))
        for row, day in enumerate(known.days)
        for at, code in enumerate(known.teams)
    ]
    stays = {rule.subject for rule in rules}
    return replace(
        of,
        teams=(*of.teams, team("e", 20, stay_within="building")),
        seating=(seat("a", "N1", 20), seat("b", "N1", 20), seat("e", "N1" if stays else "N2", 20),
                 *of.seating[2:]),
        attendance=attendance_from(present),
    )  # fmt: skip


def test_a_building_keeps_its_promise_where_no_plan_has_seats_enough_on_every_floor():
    of = crowded()
    first, last = first_and_last(of, "building")
    assert short(of, first) == {"N1": 4}
    assert first.freed_units - last.freed_units == {"N2"}
    assert short(of, last) == {}
    assert (last.tried.end, last.tried.limit, last.fits) == ("held", None, ())
    assert last.seen == last.tried.days != ()
    assert verify(last, of) == []
    _, alone = first_and_last(of)
    assert alone.tried.end == "impossible"


@pytest.mark.parametrize("language", ["en", "id"])
def test_that_no_plan_keeps_the_promise_of_a_building_is_never_called_proved(language):
    of = crowded([Rule(rule="free_floor", subject="N2", reason="Sold")])
    first, last = first_and_last(of, "building")
    assert (last.tried.end, last.tried.limit) == ("time", None)
    assert last.placed == first.placed
    speech = speech_of(language, "IDR", "m2")
    for end in ("time", "impossible"):
        tried = last.tried.model_copy(update={"end": end})
        words = tried_words(last.model_copy(update={"tried": tried}), speech)
        assert not any(one.startswith(("Proved", "Terbukti")) for one in words)
        assert {"en": "is not proved", "id": "belum terbukti"}[language] in " ".join(words)


@pytest.mark.parametrize("language", ["en", "id"])
def test_days_that_decided_for_a_building_are_told_as_days_of_buildings_and_seen(language):
    speech = speech_of(language, "IDR", "m2")
    of = crowded()
    first, last = first_and_last(of, "building")
    before, after = (result_page(dossier_of(of, one), speech) for one in (first, last))
    unseen = {"en": "not seen", "id": "belum dilihat rencana"}[language]
    building, floor_ = {
        "en": ("in every building", "on every floor"), "id": ("di setiap gedung", "di semua lantai")
    }[language]  # fmt: skip
    for page in (before, after):
        assert building in page.days.said.split(":")[1]
        assert floor_ not in page.days.said.split(";")[0]
    assert unseen in before.days.said.split(":")[0]
    assert unseen not in after.days.said.split(":")[0]
    assert speech.number(len(last.tried.days)) in after.claims.title


def test_without_days_held_out_nothing_is_made_again_and_the_page_claims_nothing():
    of = meeting(TWO, days=DAYS[80:89])
    first, last = first_and_last(of)
    assert last.tried is None
    assert last.placed == first.placed
    page = result_page(dossier_of(of, last), speech_of("en", "IDR", "m2"))
    assert page.days is None
    assert any("Nothing can be claimed of days not seen" in text for text in page.good_words)


def test_where_all_days_are_equal_every_day_held_out_fits():
    of = meeting(TWO, days=DAYS[:80])
    first, last = first_and_last(of)
    assert last.tried is None
    assert last.placed == first.placed
    test = backtest_of(of, last.placed, level=LEVEL)
    assert all(day.fits for day in test.held_out)


def test_a_plan_that_does_not_fit_the_days_it_says_is_refused():
    of = meeting(TWO)
    first, last = first_and_last(of)
    lie = first.model_copy(update={"fits": (*last.fits, DAYS[0])})
    said = [str(one) for one in verify(lie, of)]
    assert len(said) == 4
    assert sum("is short of 4 seats" in one for one in said) == 3
    assert sum("not among the days held out" in one for one in said) == 1


def test_the_fewest_days_are_asked_for_and_the_mildest():
    of = meeting(TWO)
    first, _ = first_and_last(of)
    test = backtest_of(of, first.placed, level=LEVEL)
    assert len(days_to_fit(test)) == 3
    assert len(days_to_fit(test, every=True)) == 19
    lower = replace(test, level=Decimal("0.8"))
    assert (shortfalls(lower), days_to_fit(lower)) == ({}, ())


@pytest.mark.parametrize(("language", "cost"), [("en", "That took"), ("id", "Itu mengurangi")])
def test_the_page_says_which_floor_on_which_days_and_what_it_took(language, cost):
    speech = speech_of(language, "IDR", "m2")
    of = meeting(TWO)
    _, last = first_and_last(of)
    unit = next(iter(last.tried.short))
    said = " ".join(tried_words(last, speech))
    assert unit in said
    assert cost in said
    assert all(speech.date(day) in said for day in last.fits)
    assert speech.money_short(last.tried.value - last.value, 2) in said
    assert said in result_page(dossier_of(of, last), speech).days.said


@pytest.mark.parametrize("language", ["en", "id"])
def test_days_that_the_plan_was_made_to_fit_are_not_called_unseen(language):
    speech = speech_of(language, "IDR", "m2")
    of = meeting(TWO)
    first, last = first_and_last(of)
    before, after = (result_page(dossier_of(of, one), speech) for one in (first, last))
    unseen = {"en": "days not seen", "id": "hari yang belum dilihat"}[language]
    assert unseen not in after.claims.title
    assert speech.number(len(last.fits)) in after.claims.title
    assert after.claims.note != before.claims.note
    assert after.days.said.split(":")[0] != before.days.said.split(":")[0]
