"""Nothing is told of the attendance of fewer than five people."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.privacy import FEWEST, Shown, merged
from tests.demand.estates import estate_with

sizes = st.dictionaries(
    st.integers(0, 30), st.tuples(st.integers(0, 12), st.sampled_from("abc")), max_size=14
)


@settings(max_examples=300, deadline=None)
@given(sizes)
def test_every_part_has_nobody_or_five_and_every_key_one_part(given) -> None:
    people = {key: count for key, (count, _) in given.items()}
    parts = merged(people, {key: above for key, (_, above) in given.items()})
    assert sorted(key for part in parts for key in part) == sorted(people)
    everybody = sum(people.values())
    for part in parts:
        count = sum(people[key] for key in part)
        assert not count or count >= min(FEWEST, everybody)


@settings(max_examples=200, deadline=None)
@given(sizes)
def test_no_total_less_what_is_shown_tells_of_a_small_one(given) -> None:
    people = {key: count for key, (count, _) in given.items()}
    parts = merged(people, {key: above for key, (_, above) in given.items()})
    for part in parts:
        # Whoever knows the total and every other part knows this part, and no less.
        small = [key for key in part if 0 < people[key] < FEWEST]
        if small and sum(people.values()) >= FEWEST:
            assert sum(people[key] for key in part) >= FEWEST


def test_small_teams_of_a_department_are_put_together_and_a_lone_one_with_the_next() -> None:
    parents = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "z"}
    people = {"a": 3, "b": 2, "c": 20, "d": 4, "e": 9, "f": 4}
    assert merged(people, parents) == (("a", "b", "f"), ("c",), ("d", "e"))


def small(**heads):
    fields = {code: {"department": "Works", "headcount": count} for code, count in heads.items()}
    counts = {code: [min(count, 2)] * 10 for code, count in heads.items()}
    return Shown(estate_with(counts, heads=100, teams=fields))


def test_a_group_counts_its_teams_together_and_never_on_half_a_record() -> None:
    shown = small(A=4, B=30, C=3)
    assert [group.teams for group in shown.groups] == [("A", "C"), ("B",)]
    assert shown.attendance.teams == ("A+1", "B")
    assert shown.attendance.present[0].tolist() == [4, 2]
    assert shown.alone == {"B"}
    assert not shown.whole(["A", "B"])
    assert shown.whole(["A", "B", "C"])


def test_where_all_are_fewer_than_five_nothing_is_shown() -> None:
    shown = small(A=2, B=2)
    assert shown.groups == ()
    assert not len(shown.attendance)


def test_a_gap_of_one_team_is_a_gap_of_its_group() -> None:
    fields = {code: {"department": "W", "headcount": 3} for code in "AB"}
    estate = estate_with({"A": [1, 2, 3], "B": [1, None, 3]}, teams=fields)
    table = Shown(estate).attendance
    assert table.known[:, 0].tolist() == [True, False, True]
    assert np.where(table.known, table.present, 0)[:, 0].tolist() == [2, 0, 6]
