"""IFC files give storeys, rooms, drawn and declared areas; a broken one is one sentence."""

from decimal import Decimal

import pytest

from planner.domain.consistency import problems_of
from planner.errors import ImportRefused
from planner.importers.plans import merge_plan, read_plan
from tests.estates import estate
from tests.samples import samples_dir


@pytest.fixture(scope="module")
def office():
    return read_plan(samples_dir() / "plans/ifc/Office_A_20110811.ifc")


def test_the_office_has_99_rooms_and_its_drawn_and_declared_areas(office):
    rooms = [space for floor in office.floors for space in floor.spaces]
    assert len(rooms) == 99
    assert [(floor.name, floor.level, len(floor.spaces)) for floor in office.floors] == [
        ("Level 1", 0, 60),
        ("Level 2", 1, 39),
        ("Roof", 2, 0),
    ]
    drawn = sum(space.drawn_area_m2 for space in rooms)
    assert abs(drawn - Decimal("3427.6")) < Decimal("3.4")
    assert abs(sum(space.declared_area_m2 for space in rooms) - Decimal(3582)) < Decimal("0.1")
    assert {space.declared_basis for space in rooms} == {"GSA BIM Area"}


def test_desks_are_counted_in_the_room_that_contains_them():
    report = read_plan(samples_dir() / "plans/ifc/AC11-Institute-Var-2-IFC.ifc")
    rooms = [space for floor in report.floors for space in floor.spaces]
    assert (len(report.floors), len(rooms)) == (5, 82)
    assert sum(space.seats or 0 for space in rooms) == 52
    assert report.floors[0].level == -1
    drawn = sum(space.drawn_area_m2 for space in rooms)
    assert abs(drawn - Decimal("2266.7")) < Decimal("2.2")


def test_the_other_models_have_the_storeys_rooms_and_areas_of_their_manifest():
    duplex = read_plan(samples_dir() / "plans/ifc/Duplex_A_20110907.ifc")
    assert [(floor.name, floor.level, len(floor.spaces)) for floor in duplex.floors] == [
        ("T/FDN", -1, 0),
        ("Level 1", 0, 10),
        ("Level 2", 1, 10),
        ("Roof", 2, 1),
    ]
    large = read_plan(samples_dir() / "plans/ifc/LargeBuilding.ifc")
    rooms = [space for floor in large.floors for space in floor.spaces]
    assert len(rooms) == 8
    for room in rooms:
        assert abs(room.drawn_area_m2 - room.declared_area_m2) < Decimal("0.001") * 40


def test_a_truncated_model_is_refused_rather_than_half_read(tmp_path):
    whole = (samples_dir() / "plans/ifc/Duplex_A_20110907.ifc").read_bytes()
    cut = tmp_path / "cut.ifc"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ImportRefused, match="cut short"):
        read_plan(cut)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ifc", b"", "is empty"),
        ("a.ifc", b"ISO-10303-21;\nHEADER;\nENDSEC;", "cut short"),
        (
            "a.ifc",
            (
                b"ISO-10303-21;HEADER;FILE_DESCRIPTION((''),'2;1');FILE_NAME('','',(''),(''),'','','');"
                b"FILE_SCHEMA(('IFC2X_FINAL'));ENDSEC;DATA;ENDSEC;END-ISO-10303-21;"
            ),
            "is of schema IFC2X_FINAL; IFC2X3 and IFC4 are read",
        ),
        ("a.doc", b"x", "this kind of file is not read"),
    ],
)
def test_what_is_no_model_is_refused_in_a_sentence(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ImportRefused, match=said):
        read_plan(file)


def test_merging_adds_floors_that_the_estate_does_not_have(office):
    one = estate(buildings=estate().buildings[:1], floors=(), teams=(), seating=())
    merged = merge_plan(one, office)
    assert [floor.name for floor in merged.floors] == ["Level 1", "Level 2"]
    assert len(merged.spaces) == 99
    assert all(floor.seats > 0 for floor in merged.floors)
    assert merged.assumed["m2_per_seat"].confidence == "assumed"
    assert problems_of(merged) == []


def test_merging_keeps_the_floors_of_the_estate_and_replaces_their_rooms(office):
    given = estate(buildings=estate().buildings[:1], floors=(), teams=(), seating=())
    once = merge_plan(given, office)
    again = merge_plan(once, office)
    assert again.floors == once.floors
    assert sorted(again.spaces, key=str) == sorted(once.spaces, key=str)


def test_merging_asks_which_building_is_meant(office):
    with pytest.raises(ImportRefused, match="Say which one"):
        merge_plan(estate(), office)
