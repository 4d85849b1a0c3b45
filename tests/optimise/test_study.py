"""Every figure of a study against all assignments of small estates."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.check import check_plan
from planner.domain.eligibility import eligible_units, freed_by_rule, kept_by_rule, move_limit
from planner.domain.records import Rule
from planner.optimise.again import at_crowd
from planner.optimise.lifts import lifts_of
from planner.optimise.options import Options
from planner.optimise.solve import plan_estate
from planner.optimise.study import Listening, study_of
from tests.estates import estate, floor, seat, team
from tests.worlds import Demand, Worth

NAMES = ("N1", "N2", "S1", "S2")


def prices_of(worth: Worth):
    def prices(*, rent: Decimal, moves: Decimal) -> Worth:
        return Worth(
            {unit: int(value * rent) for unit, value in worth.units.items()},
            {block: int(value * rent) for block, value in worth.blocks.items()},
            int(worth.move * moves),
        )

    return prices


def assignments(of, demand):
    """Yield every sound assignment of whole teams: where, people moved."""
    homes = {member.code: next(iter(of.now[member.code])) for member in of.teams}
    for picked in product(*(eligible_units(of, member) for member in of.teams)):
        used: dict[str, int] = {}
        moved = 0
        for member, unit in zip(of.teams, picked, strict=True):
            used[unit] = used.get(unit, 0) + demand.allotments[member.code][0]
            moved += member.headcount * (unit != homes[member.code])
        limit = move_limit(of)
        fits = all(seats <= of.unit_of[unit].places for unit, seats in used.items())
        if fits and not set(used) & set(freed_by_rule(of)) and (limit is None or moved <= limit):
            yield set(used), moved


def values(of, demand, worth):
    """Yield value, people moved and freed units of every plan that frees all it may."""
    for used, moved in assignments(of, demand):
        must = set(kept_by_rule(of))
        freed = {
            unit
            for unit in set(of.unit_of) - used - must
            if worth.unit_npv(unit) > 0 or unit in freed_by_rule(of)
        }
        value = sum(map(worth.unit_npv, freed)) - moved * worth.move
        value += sum(worth.block_npv(one.id) for one in of.blocks if freed.issuperset(one.units))
        yield value, moved, freed


def best(of, demand, worth):
    return max((value for value, _, _ in values(of, demand, worth)), default=None)


@st.composite
def cases(draw):
    heads = draw(st.lists(st.integers(2, 9), min_size=4, max_size=4))
    seats = [max(draw(st.integers(6, 24)), people) for people in heads]
    rules = [
        Rule(rule="keep_floor", subject="S1", reason="Archive"),
        Rule(rule="fix_team", subject="a", object="N1"),
        Rule(rule="never_in", subject="b", object="S"),
    ]
    of = estate(
        floors=tuple(floor(n, seats=s) for n, s in zip(NAMES, seats, strict=True)),
        teams=tuple(
            team(code, people, onsite_class="public_service" if code == "d" else "hybrid")
            for code, people in zip("abcd", heads, strict=True)
        ),
        seating=tuple(seat(c, n, p) for c, n, p in zip("abcd", NAMES, heads, strict=True)),
        rules=tuple(draw(st.lists(st.sampled_from(rules), unique_by=id, max_size=2))),
    )
    worths = draw(st.lists(st.integers(1, 200), min_size=4, max_size=4))
    worth = Worth(
        dict(zip(NAMES, worths, strict=True)), {"N": 30, "S": 40}, draw(st.integers(0, 9))
    )
    away = draw(st.integers(0, 3))
    seats = {member.code: (max(1, member.headcount - away),) * 2 for member in of.teams}
    return of, Demand(seats), worth


def check_attendance(bend, plan, of, demand, worth):
    """Hold that the plan stays best at fewer people, and keeps its seats at more, as is said."""
    most = {member.code: member.headcount for member in of.teams}

    def at(factor):
        return replace(demand, allotments=at_crowd(demand.allotments, factor, most))

    def holds(factor):
        used: dict[str, int] = {}
        for one in plan.placements:
            used[one.unit] = used.get(one.unit, 0) + at(factor).allotments[one.team][0]
        return all(seats <= of.unit_of[unit].places for unit, seats in used.items())

    own = sum(map(worth.unit_npv, plan.freed_units)) - plan.people_moved * worth.move
    own += sum(worth.block_npv(block.block) for block in plan.blocks)
    down, up = bend.down, bend.up
    assert down.stays is None or best(of, at(down.stays), worth) <= own
    assert down.changes is None or best(of, at(down.changes), worth) > own
    assert up.stays is None or holds(up.stays)
    assert up.changes is None or not holds(up.changes)


def check_bends(study, plan, of, demand, worth):
    """Hold that no plan is better where this one stays best, and that one is where it does not."""
    for bend in study.bends:
        if bend.figure == "attendance":
            check_attendance(bend, plan, of, demand, worth)
            continue
        for edge in (bend.down, bend.up):
            for factor, stays in ((edge.stays, True), (edge.changes, False)):
                if factor is None:
                    continue
                one = Decimal(1)
                rent = factor if bend.figure == "rent" else one
                there = prices_of(worth)(rent=rent, moves=factor if rent == one else one)
                own = sum(map(there.unit_npv, plan.freed_units)) - plan.people_moved * there.move
                own += sum(there.block_npv(block.block) for block in plan.blocks)
                assert (best(of, demand, there) <= own) is stays


@settings(max_examples=12)
@given(cases())
def test_every_price_point_and_bend_is_what_all_assignments_say(case):
    of, demand, worth = case
    options = Options(seconds=5)
    plan = plan_estate(of, demand, worth, options)
    study = study_of(of, demand, prices_of(worth), plan, options, seconds=60)
    top = best(of, demand, worth)
    assert (plan.value, study.better, study.whole) == (top, None, True)
    for price in study.rules:
        lift = next(
            one
            for one in lifts_of(of)
            if (one.rule, one.subject, one.object) == (price.rule, price.subject, price.object)
        )
        assert price.gain.proved
        assert price.gain.estimate == best(lift.estate, demand, worth) - top
    for reason in study.floors:
        forced = replace(of, rules=(*of.rules, Rule(rule="free_floor", subject=reason.unit)))
        then = max(
            (v for v, _, freed in values(forced, demand, worth) if reason.unit in freed),
            default=None,
        )
        if reason.gain is None:
            assert then is None
            assert reason.clashes
            assert reason.minimal
        else:
            assert reason.gain.proved
            assert reason.gain.estimate == then - top
    everything = list(values(of, demand, worth))
    for point in study.points:
        assert check_plan(point.plan, of) == []
        reach = max(v for v, moved, _ in everything if moved <= point.plan.people_moved)
        if point.limit is not None:
            assert point.plan.value <= reach <= point.limit
    steps = [point for point in study.points if "most_floors" not in point.roles]
    for one, other in pairwise(steps):
        assert one.plan.people_moved < other.plan.people_moved
        assert one.plan.value < other.plan.value
    assert study.most_freed is None or study.most_freed >= max(len(f) for _, _, f in everything)
    freest = max(len(freed) for _, _, freed in everything)
    for point in study.points:
        if "most_floors" in point.roles:
            assert len(point.plan.freed) == study.most_freed == freest
            assert point.plan.value == max(v for v, _, freed in everything if len(freed) == freest)
    worthwhile = [moved for v, moved, _ in everything if 2 * v >= top]
    assert study.least_moved is None or study.least_moved <= min(worthwhile)
    check_bends(study, plan, of, demand, worth)


def test_only_rules_on_seats_can_be_lifted_and_two_of_one_name_only_together():
    rules = (
        Rule(rule="people_moved_at_most", value=900),
        Rule(rule="no_moves", subject="2026-12-20", object="2027-01-05"),
        Rule(rule="move_together", subject="a", object="b"),
        Rule(rule="move_before", subject="a", object="b"),
        Rule(rule="move_not_before", subject="a", object="2027-03-31"),
        Rule(rule="people_moved_at_most", value=200),
    )
    (lift,) = lifts_of(estate(rules=rules))
    assert (lift.rule, lift.count) == ("people_moved_at_most", 2)
    assert lift.estate.rules == rules[1:5]


def planned():
    of = estate()
    demand = Demand({member.code: (8, 8) for member in of.teams})
    worth = Worth(dict.fromkeys(NAMES, 100), {}, 1)
    return of, demand, worth, plan_estate(of, demand, worth, Options(seconds=2))


def test_a_study_that_is_stopped_keeps_what_it_has():
    of, demand, worth, plan = planned()
    told = []
    listening = Listening(
        step=lambda part, done, of: told.append((part, done, of)),
        should_stop=lambda: any(part == "floors" for part, _, _ in told),
    )
    study = study_of(of, demand, prices_of(worth), plan, Options(), seconds=30, listening=listening)
    assert not study.whole
    assert study.points
    assert study.bends == ()
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_a_study_that_was_stopped_is_gone_on_from_with_every_point_it_had():
    of, demand, worth, plan = planned()
    told = []
    listening = Listening(
        step=lambda part, _done, _of: told.append(part), should_stop=lambda: "rules" in told
    )
    first = study_of(of, demand, prices_of(worth), plan, Options(), seconds=30, listening=listening)
    at_once = Listening(should_stop=lambda: True)
    bare = study_of(of, demand, prices_of(worth), plan, Options(), seconds=30, listening=at_once)
    again = study_of(
        of, demand, prices_of(worth), plan, Options(), seconds=30, listening=at_once, before=first
    )

    def points(study):
        return {(one.plan.people_moved, one.plan.value): one.limit for one in study.points}

    assert len(first.points) > len(bare.points)
    assert points(first) == points(again)
    other = first.model_copy(update={"plan_hash": "another"})
    alone = study_of(
        of, demand, prices_of(worth), plan, Options(), seconds=30, listening=at_once, before=other
    )
    assert points(alone) == points(bare)


def test_a_nearer_limit_is_told_with_the_same_plan():
    of, demand, worth, plan = planned()
    loose = plan.model_copy(update={"bound": 2 * plan.value, "status": "feasible"})
    study = study_of(of, demand, prices_of(worth), loose, Options(), seconds=30)
    assert (plan.status, study.better) == ("optimal", plan)
    proved = study_of(of, demand, prices_of(worth), plan, Options(), seconds=30)
    assert proved.better is None
