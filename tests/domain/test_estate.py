"""The estate derives units, blocks and today's seating, and its hash stands for its values."""

from decimal import Decimal

from planner.domain.records import Building, Space
from tests.estates import BUILDINGS, estate, floor, seat


def test_the_hash_does_not_depend_on_the_order_of_records():
    one = estate()
    other = estate(floors=one.floors[::-1], teams=one.teams[::-1], seating=one.seating[::-1])
    assert one.hash == other.hash


def test_the_hash_does_not_tell_two_from_two_point_zero():
    one = estate(floors=(floor("N1", lettable_area_m2=Decimal(200)),), seating=(), teams=())
    other = estate(floors=(floor("N1", lettable_area_m2=Decimal("200.000")),), seating=(), teams=())
    assert one.hash == other.hash


def test_the_hash_changes_with_any_seat():
    one = estate()
    changed = (floor("N1", seats=21), *one.floors[1:])
    assert one.hash != estate(floors=changed).hash


def test_an_undivided_floor_is_one_unit_with_the_floors_seats():
    unit = estate().unit_of["N1"]
    assert (unit.seats, unit.area_m2, unit.name) == (20, Decimal(200), "")


def test_a_divided_floor_has_one_unit_a_name_and_keeps_its_common_parts():
    spaces = (
        Space(floor="N1", number="1", unit="west", declared_area_m2=Decimal(60), seats=8),
        Space(floor="N1", number="2", unit="west", drawn_area_m2=Decimal(20), seats=2),
        Space(floor="N1", number="3", unit="east", drawn_area_m2=Decimal(90), seats=10),
        Space(floor="N1", number="4", drawn_area_m2=Decimal(30)),
    )
    units = estate(spaces=spaces, seating=()).unit_of
    assert "N1" not in units
    assert (units["N1/west"].seats, units["N1/west"].area_m2) == (10, Decimal(80))
    assert (units["N1/east"].seats, units["N1/east"].area_m2) == (10, Decimal(90))


def test_exits_limit_the_people_of_a_floor_and_of_its_parts():
    spaces = tuple(
        Space(floor="N1", number=name, unit=name, drawn_area_m2=Decimal(50), seats=10)
        for name in ("west", "east")
    )
    narrow = (floor("N1", exit_capacity=15), floor("N2", exit_capacity=20))
    units = estate(floors=narrow, spaces=spaces, seating=()).unit_of
    assert (units["N1/west"].places, units["N1/east"].places) == (7, 7)
    assert units["N2"].places == 20


def test_a_building_with_a_floor_that_cannot_be_let_is_no_block():
    floors = (floor("N1"), floor("N2", lettable=False), floor("S1"), floor("S2"))
    assert [block.id for block in estate(floors=floors).blocks] == ["S"]


def test_a_building_of_one_unit_is_no_block():
    assert [block.id for block in estate(floors=(floor("N1"),), seating=()).blocks] == []


def test_seating_of_one_team_on_one_unit_adds_up():
    now = estate(seating=(seat("a", "N1", 3), seat("a", "N1", 5))).now
    assert now["a"] == {"N1": 8}


def test_a_floors_rent_goes_before_its_buildings():
    floors = (floor("N1", rent_per_m2_month=Decimal(7)), floor("N2"))
    units = estate(floors=floors, seating=()).unit_of
    assert units["N1"].rent_per_m2_month == 7
    assert units["N2"].rent_per_m2_month == 100_000


def test_an_unknown_rent_is_none_and_not_zero():
    plain = (Building(code="N", name="N"), BUILDINGS[1])
    assert estate(buildings=plain).unit_of["N1"].rent_per_m2_month is None
