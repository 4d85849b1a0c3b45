"""The demo estate is what its page says it is, and the same for everybody."""

import numpy as np

from planner.demo import demo_estate
from planner.domain.eligibility import eligible_units


def test_the_same_seed_gives_the_same_estate():
    assert demo_estate(1).hash == demo_estate(1).hash
    assert demo_estate(1).hash != demo_estate(2).hash


def test_it_has_the_promised_size_and_says_it_is_generated():
    estate = demo_estate()
    assert (len(estate.buildings), len(estate.floors), len(estate.teams)) == (5, 30, 120)
    assert len(estate.attendance.days) == 90
    assert estate.header.generated
    assert len({space.floor for space in estate.spaces}) == 2


def test_everybody_has_a_seat_today_where_they_may_sit():
    estate = demo_estate()
    used = dict.fromkeys(estate.unit_of, 0)
    for team in estate.teams:
        assert sum(estate.now[team.code].values()) == team.headcount
        for unit, people in estate.now[team.code].items():
            assert unit in eligible_units(estate, team)
            used[unit] += people
    assert all(people <= estate.unit_of[unit].places for unit, people in used.items())


def test_one_floor_was_not_visited_on_any_day():
    estate = demo_estate()
    top = [team for team, units in estate.now.items() if "A10" in units]
    columns = [estate.attendance.teams.index(team) for team in top]
    assert not np.any(estate.attendance.present[:, columns])
    assert np.all(estate.attendance.known[:, columns])


def test_gaps_are_unknown_and_not_zero():
    estate = demo_estate()
    assert not estate.attendance.known.all()
