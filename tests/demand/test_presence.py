"""Who must be on site, what stands empty, what would change if habits did."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.demand.model import demand_of
from planner.demand.onsite import presence_of
from planner.demand.unvisited import quiet_units
from planner.demand.use import building_uses, floor_uses
from planner.demand.whatif import WhatIf, what_if
from planner.domain.attendance import NOBODY_COUNTED, attendance_from
from planner.domain.consistency import problems_of
from planner.domain.posts import MARKS, Post, posts_from, posts_text, weekday_shares
from planner.domain.records import Assumption, Building, Floor, Header, Seating
from planner.errors import InvalidInput
from tests.demand.estates import counted, estate_with, workdays

P95 = Decimal("0.95")
STATE = Header(name="M", owner="M", owner_kind="state", country="ID", currency="IDR")


def must(header=STATE, assumptions=(), **fields):
    estate = estate_with({}, heads=100, teams={"A": fields}, attendance=NOBODY_COUNTED,
                         header=header, assumptions=assumptions)  # fmt: skip
    (found,) = presence_of(estate)
    return found


@pytest.mark.parametrize(
    ("fields", "people", "why"),
    [
        ({}, 60, "days"),  # two days of five elsewhere: 40 of 100 are away on each
        ({"remote_days": 1}, 80, "days"),
        ({"remote_days": 5}, 0, "free"),
        ({"ict_ready": Decimal("0.7")}, 72, "days"),  # 70 may be away on 2 of 5 days: 28 a day
        ({"ict_ready": Decimal("0.3"), "remote_days": 5}, 70, "ict"),
        ({"not_eligible": 30}, 72, "days"),
        ({"not_eligible": 30, "remote_days": 5}, 30, "eligible"),
        ({"min_on_site": Decimal("0.755")}, 76, "least"),
        ({"tied_to": "counter"}, 100, "counter"),
        ({"tied_to": "equipment, supervision"}, 100, "equipment"),
        ({"onsite_class": "public_service"}, 100, "class"),
        ({"onsite_class": "on_site"}, 100, "class"),
        ({"onsite_class": "remote"}, 0, "free"),
    ],
)
def test_how_many_must_be_on_site_and_why(fields, people, why) -> None:
    found = must(**fields)
    assert found.must == (people,) * 5
    assert set(found.why) == {why}


def test_a_weekday_may_ask_for_more() -> None:
    found = must(on_site_days="Mon, Kamis 70%")
    assert found.must == (100, 60, 60, 70, 60)
    assert found.why == ("weekday", "days", "days", "weekday", "days")
    assert found.share == 1


def test_the_cap_is_a_figure_of_the_estate_and_binds_civil_servants_only() -> None:
    own = (Assumption(key="remote_days_a_week", value="3"),)
    assert must(assumptions=own).must == (40,) * 5
    company = STATE.model_copy(update={"owner_kind": "corporate"})
    assert must(header=company).must == (0,) * 5
    assert must(header=company, remote_days=2).must == (60,) * 5


def parts(found, day=0):
    return dict(found.parts[day])


def test_posts_of_a_team_are_told_apart_and_the_rest_follows_the_team() -> None:
    posts = "10 Cashier: counter; 20 Engineer: equipment, supervision; 5 Clerk: new; 15 Driver: 1"
    found = must(posts=posts)
    # 15 drivers may be away one day of five, the other 50 two: 3 + 20 are away each day.
    assert found.must == (77,) * 5
    assert parts(found) == {"counter": 10, "equipment": 20, "new": 5, "days": 42}
    assert found.may_be_away == 65
    assert found.remote_days == 2


def test_an_agency_rules_days_and_weekdays_and_a_team_its_own() -> None:
    ruled = STATE.model_copy(update={"agencies": "Health: 1, Thu 90%; Works: 5"})
    assert must(ruled, department="Health").must == (80, 80, 80, 90, 80)
    assert parts(must(ruled, department="Health"), 3) == {"days": 80, "agency": 10}
    assert must(ruled, department="works").must == (0,) * 5
    assert must(ruled, department="Health", remote_days=3).must == (40, 40, 40, 90, 40)
    assert must(ruled, department="Parks").must == (60,) * 5


@pytest.mark.parametrize(
    "text", ["Cashier", "3 Cashier: cash", "3 Cashier: 9 days", "3 A; 2 a: new", "3 : counter"]
)
def test_a_post_that_cannot_be_read_is_refused(text) -> None:
    with pytest.raises(InvalidInput):
        posts_from(text)


marks = st.lists(st.sampled_from(MARKS), unique=True)
names = st.text("abcdef ", min_size=1).map(str.strip).filter(bool)


@given(st.dictionaries(names, st.tuples(st.integers(0, 99), marks, st.none() | st.integers(0, 5))))
def test_posts_written_down_are_read_again(given) -> None:
    posts = tuple(
        Post(" ".join(name.split()), people, tuple(one for one in MARKS if one in own), days)
        for name, (people, own, days) in given.items()
    )
    if len({post.name for post in posts}) == len(posts):
        assert posts_from(posts_text(posts)) == posts


@given(st.integers(0, 100), marks, st.integers(0, 100), st.integers(0, 5))
def test_what_keeps_people_adds_up_to_who_must_be_there(held, own, least, days) -> None:
    posts = posts_text([Post("Post", held, tuple(own), days)])
    found = must(posts=posts, min_on_site=Decimal(least) / 100)
    for day, count in enumerate(found.must):
        assert sum(parts(found, day).values()) == count
        assert 0 <= count <= 100


def test_more_people_in_posts_than_in_the_team_is_a_contradiction() -> None:
    estate = estate_with({}, heads=4, teams={"A": {"posts": "5 Cashier: counter"}},
                         attendance=NOBODY_COUNTED)  # fmt: skip
    (problem,) = problems_of(estate)
    assert "posts of team A have 5 people, the team 4" in str(problem)


@pytest.mark.parametrize("text", ["Someday", "Mon 130%", "Mon fifty"])
def test_a_weekday_that_cannot_be_read_is_refused(text) -> None:
    with pytest.raises(InvalidInput, match="write days like"):
        weekday_shares(text)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 100), st.integers(0, 5))
def test_days_elsewhere_keep_the_cap_over_the_week(people, barred, ready, days) -> None:
    estate = estate_with(
        {}, heads=people, attendance=NOBODY_COUNTED, header=STATE,
        teams={"A": {"not_eligible": barred, "ict_ready": Decimal(ready) / 100,
                     "remote_days": days}},
    )  # fmt: skip
    (found,) = presence_of(estate)
    away = [people - count for count in found.must]
    assert sum(away) <= found.may_be_away * days
    assert all(0 <= one <= found.may_be_away for one in away)


def hall(counts, floors=NOBODY_COUNTED, seats=40, **changes):
    building = Building(code="N", name="N", rent_per_m2_month=Decimal(100),
                        running_cost_per_m2_month=Decimal(30))  # fmt: skip
    made = tuple(
        Floor(building="N", code=code, level=at, lettable_area_m2=Decimal(200), seats=seats)
        for at, code in enumerate(("N1", "N2", "N3"))
    )
    seating = (Seating(team="A", floor="N1", people=100), Seating(team="B", floor="N2", people=100))
    estate = estate_with(counts, buildings=(building,), floors=made, seating=seating, **changes)
    return {one.unit: one for one in quiet_units(estate, floors)}


def test_a_floor_nobody_entered_is_told_with_its_cost_and_rent() -> None:
    found = hall({"A": [20] * 70, "B": [3] * 5 + [0] * 65})
    quiet = found["N2"]
    assert quiet.unvisited
    assert quiet.last_visit == workdays(5)[-1]
    assert quiet.empty_days == (workdays(70)[-1] - workdays(5)[-1]).days
    assert (quiet.cost_per_month, quiet.rent_per_month) == (Decimal(6000), Decimal(20000))
    assert not found["N1"].unvisited
    assert (found["N3"].unvisited, found["N3"].basis) == (True, "nobody")


def test_a_gap_is_not_an_empty_floor() -> None:
    found = hall({"A": [20] * 70, "B": [None] * 65 + [0] * 5})
    assert "N2" not in found
    half = hall({"A": [20] * 70, "B": [0, None] * 35})
    assert half["N2"].counted < 40


def test_counts_of_the_floor_are_believed_before_those_of_teams() -> None:
    floors = attendance_from((day, "N2", 25) for day in workdays(70))
    found = hall({"A": [20] * 70, "B": [0] * 70}, floors)
    assert (found["N2"].most, found["N2"].basis) == (25, "floor")


def test_a_visit_one_day_inside_the_window_counts_and_one_before_does_not() -> None:
    days = workdays(100)
    last = days[-1]
    for back, unvisited in ((89, False), (90, True)):
        visit = last - dt.timedelta(days=back)
        floors = attendance_from(
            (day, "N2", 1) if day == visit else (day, "N2", 0) for day in (*days, visit)
        )
        assert hall({"A": [20] * 100, "B": [0] * 100}, floors)["N2"].unvisited is unvisited


def test_next_to_nobody_is_told_apart_from_nobody() -> None:
    found = hall({"A": [20] * 70, "B": [0] * 35 + [2] + [0] * 34})
    assert not found["N2"].unvisited
    assert found["N2"].almost


SHAPE = [60, 90, 80, 70, 40]


def test_growth_and_another_level_are_as_if_the_estate_were_so() -> None:
    counts = {"A": SHAPE * 10, "B": SHAPE * 10}
    estate = estate_with(counts)
    grown = what_if(estate, WhatIf(P95, growth=Decimal("0.1")))
    assert grown.headcount == 220
    assert what_if(estate, WhatIf(Decimal(1))).pooled == demand_of(
        estate, level=Decimal(1), seed=1
    ).pooled  # fmt: skip


def test_turning_weeks_lowers_the_peak_and_keeps_every_count() -> None:
    counts = {f"T{at}": SHAPE * 12 for at in range(5)}
    estate = estate_with(counts)
    usual, turned = (what_if(estate, WhatIf(P95, stagger=on)) for on in (False, True))
    assert turned.peak_pooled < usual.peak_pooled
    assert turned.sum_of_team_quantiles == usual.sum_of_team_quantiles


def test_a_remote_day_more_frees_seats_of_those_who_may_only() -> None:
    fields = {"B": {"onsite_class": "on_site"}}
    estate = estate_with({"A": [80] * 60, "B": [80] * 60}, teams=fields)
    base, more, less = (what_if(estate, WhatIf(P95, remote_days=days)) for days in (0, 1, -1))
    assert base.allotments["A"] == (80,) * 5
    assert more.allotments["A"] == (60,) * 5
    assert less.allotments["A"] == (100,) * 5
    assert more.allotments["B"] == base.allotments["B"]


@settings(max_examples=15, deadline=None)
@given(st.integers(-5, 5), st.booleans(), st.integers(-50, 100))
def test_no_change_breaks_the_order_of_seats(days, stagger, growth) -> None:
    estate = estate_with({"A": SHAPE * 5, "B": [30, None, 20, 10, 5] * 5})
    change = WhatIf(P95, stagger=stagger, remote_days=days, growth=Decimal(growth) / 100)
    found = what_if(estate, change)
    assert found.peak_pooled <= found.sum_of_team_quantiles <= found.headcount


def office(
    counts, seats=40, usable=None, heads=100, seating=None, floors=NOBODY_COUNTED, start=None
):
    building = Building(code="N", name="N", rent_per_m2_month=Decimal(1),
                        running_cost_per_m2_month=Decimal(1))  # fmt: skip
    made = tuple(
        Floor(building="N", code=code, level=at, lettable_area_m2=Decimal(280), seats=seats,
              usable_area_m2=usable)
        for at, code in enumerate(("N1", "N2"))
    )  # fmt: skip
    seats_of = seating or {"A": ("N1", 100), "B": ("N2", 100)}
    sits = tuple(Seating(team=team, floor=floor, people=n) for team, (floor, n) in seats_of.items())
    changes = {} if start is None else {"attendance": counted(counts, start)}
    estate = estate_with(counts, heads=heads, buildings=(building,), floors=made, seating=sits,
                         **changes)  # fmt: skip
    return floor_uses(estate, floors), building_uses(estate, floors)


def test_use_is_people_over_what_usable_area_holds_at_150_square_feet() -> None:
    # 139.35456 m2 are 1,500 square feet: ten people.
    floors, _ = office({"A": [6] * 20, "B": [5] * 20}, usable=Decimal("139.355"))
    assert [round(one.rate, 3) for one in floors] == [Decimal("0.6"), Decimal("0.5")]
    assert [one.assumed for one in floors] == [False, False]
    lettable, _ = office({"A": [6] * 20, "B": [5] * 20})
    assert lettable[0].assumed
    assert lettable[0].area_m2 == 280


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [(23, 23, "below"), (25, 23, "above"), (23, 25, "above")],  # 40.2 people fill both floors
)
def test_below_sixty_per_cent_two_years_running_and_not_in_one_of_them(first, second, verdict):
    counts = {"A": [first] * 261 + [second] * 261, "B": [0] * 522}
    _, (building,) = office(counts)
    assert building.verdict == verdict


def test_a_year_on_record_is_no_verdict_unless_it_lies_above() -> None:
    assert office({"A": [5] * 200, "B": [1] * 200})[1][0].verdict == "too_short"
    assert office({"A": [30] * 200, "B": [30] * 200})[1][0].verdict == "above"
    # Nine counted days of the year before are no year.
    gap = [5] * 9 + [None] * 252 + [5] * 261
    assert office({"A": gap, "B": gap})[1][0].verdict == "too_short"


def test_a_floor_of_a_small_team_is_shown_with_another() -> None:
    heads = {"A": 100, "B": 4}
    seating = {"A": ("N1", 100), "B": ("N2", 4)}
    floors, _ = office({"A": [6] * 20, "B": [3] * 20}, heads=heads, seating=seating)
    assert [(one.codes, one.mean) for one in floors] == [(("N1", "N2"), Decimal(9))]


def test_a_small_team_does_not_tell_that_its_floor_is_empty_and_a_count_of_the_floor_does() -> None:
    building = Building(code="N", name="N")
    made = tuple(
        Floor(building="N", code=code, level=at, lettable_area_m2=Decimal(9), seats=9)
        for at, code in enumerate(("N1", "N2"))
    )
    seating = (Seating(team="A", floor="N1", people=4),)
    estate = estate_with({"A": [0] * 70}, heads=4, buildings=(building,), floors=made,
                         seating=seating)  # fmt: skip
    assert {one.unit for one in quiet_units(estate, NOBODY_COUNTED)} == {"N2"}
    floors = attendance_from((day, "N1", 0) for day in workdays(70))
    assert {one.unit for one in quiet_units(estate, floors)} == {"N1", "N2"}
