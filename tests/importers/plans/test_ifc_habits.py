"""Models of exporters that nobody tuned for: other shapes, units, names, buildings, desks."""

import math
import zipfile

import pytest

from planner.errors import ImportRefused
from planner.importers.plans import read_plan
from tests.importers.plans.models import Model
from tests.importers.plans.reports import codes, rooms


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3"])
@pytest.mark.parametrize("length", [None, "MILLI", "foot", "inch"])
def test_every_schema_and_length_unit_gives_square_metres(read, tmp_path, schema, length):
    model = Model(schema, length)
    model.space(model.storey(name="Étage 1"))
    (room,) = rooms(read(model.saved(tmp_path)))
    assert float(room.drawn_area_m2) == pytest.approx(20.0, abs=1e-3)
    assert (room.number, room.name, room.category) == ("101", "Office", "office")


@pytest.mark.parametrize(
    ("shape", "area"),
    [
        ("extrusion", 20.0),
        ("brep", 20.0),
        ("surface", 20.0),
        ("footprint", 20.0),
        ("curve", 20.0),
        ("annotation", 20.0),
        ("voided", 19.0),
        ("round", math.pi * 4),
    ],
)
def test_every_kind_of_geometry_gives_the_floor_of_the_room(read, tmp_path, shape, area):
    model = Model()
    model.space(model.storey(), shape=shape)
    (room,) = rooms(read(model.saved(tmp_path)))
    assert float(room.drawn_area_m2) == pytest.approx(area, rel=1e-3)
    assert len(room.outline) == (2 if shape == "voided" else 1)


@pytest.mark.parametrize("shape", ["box", "nothing"])
def test_a_room_without_a_shape_keeps_its_stated_area_and_is_told(read, tmp_path, shape):
    model = Model()
    space = model.space(model.storey(), shape=shape)
    model.areas(space, "Qto_SpaceBaseQuantities", GrossFloorArea=21.5)
    report = read(model.saved(tmp_path))
    (room,) = rooms(report)
    assert room.drawn_area_m2 is None
    assert (float(room.declared_area_m2), room.declared_basis) == (21.5, "gross floor area")
    assert "no_geometry" in codes(report)


def test_net_goes_before_gross_and_feet_are_converted(read, tmp_path):
    model = Model(length="foot", area="square foot")
    space = model.space(model.storey())
    model.areas(space, "Qto_SpaceBaseQuantities", GrossFloorArea=230.0, NetFloorArea=210.0)
    (room,) = rooms(read(model.saved(tmp_path)))
    assert float(room.declared_area_m2) == pytest.approx(210 * 0.09290304, abs=1e-3)
    assert room.declared_basis == "net floor area"


def test_stated_areas_in_a_unit_that_the_model_does_not_name_are_set_right_and_told(read, tmp_path):
    model = Model(length="MILLI")  # areas are said to be in m² but were written in ft²
    storey = model.storey()
    for number in ("1", "2", "3"):
        model.areas(model.space(storey, number), "BaseQuantities", NetFloorArea=210.0)
    report = read(model.saved(tmp_path))
    assert float(rooms(report)[0].declared_area_m2) == pytest.approx(19.51, abs=0.01)
    assert "area_unit" in codes(report)


@pytest.mark.parametrize(
    ("name", "long", "stated", "said"),
    [
        ("2.04", "Büro", {}, ("2.04", "Büro")),
        ("Büro", "2.04", {}, ("2.04", "Büro")),
        ("2.04 Salle de réunion", None, {}, ("2.04", "Salle de réunion")),
        ("Office 2.04", None, {}, ("2.04", "Office")),
        ("Ruang Rapat", None, {"Number": "B-12"}, ("B-12", "Ruang Rapat")),
        ("Meeting room", "Meeting room", {}, ("", "Meeting room")),
        ("117", "oldSpaceGuids_abc", {}, ("117", "")),
        ("会议室", None, {"Raumnummer": "8"}, ("8", "会议室")),
    ],
)
def test_number_and_name_are_found_wherever_an_exporter_puts_them(
    read, tmp_path, name, long, stated, said
):
    model = Model()
    space = model.space(model.storey(), name, long)
    if stated:
        model.properties(space, "Identity Data", **stated)
    (room,) = rooms(read(model.saved(tmp_path)))
    assert (room.number, room.name) == said


def test_several_buildings_keep_their_storeys_and_levels_apart(read, tmp_path):
    model = Model()
    for name in ("Tower A", "Tower B"):
        building = model.part(model.project, "IfcBuilding", name)
        for storey, height in (("Ground", 0.0), ("First", 4.0), ("Cellar", -3.0)):
            model.space(model.storey(building, storey, height), f"{storey[0]}1")
    report = read(model.saved(tmp_path))
    assert [(f.name, f.level, f.building) for f in report.floors] == [
        ("Tower A Cellar", -1, "Tower A"),
        ("Tower A Ground", 0, "Tower A"),
        ("Tower A First", 1, "Tower A"),
        ("Tower B Cellar", -1, "Tower B"),
        ("Tower B Ground", 0, "Tower B"),
        ("Tower B First", 1, "Tower B"),
    ]
    assert "duplicate_number" not in codes(report)


def test_a_space_that_groups_others_is_not_counted_again(read, tmp_path):
    model = Model()
    whole = model.space(model.storey(), "Suite", None)
    model.space(whole, "1.1", "Office")
    model.space(whole, "1.2", "Store", shape="nothing")
    report = read(model.saved(tmp_path))
    assert [room.number for room in rooms(report)] == ["1.1", "1.2"]
    assert report.floors[0].name == "Level 1"


def test_desks_in_the_storey_are_given_to_the_room_that_they_stand_in(read, tmp_path):
    model = Model(length="MILLI")
    storey = model.storey()
    model.space(storey)
    model.desk(storey, "Schreibtisch 160x80", (1.0, 1.0, 0.0))
    model.desk(storey, "Workstation L", (4.0, 3.0, 0.0))
    model.desk(storey, "Desk lost outside", (50.0, 0.0, 0.0))
    model.desk(storey, "Sofa", (2.0, 2.0, 0.0))
    report = read(model.saved(tmp_path))
    (room,) = rooms(report)
    assert room.seats == 2
    assert [desk.at for desk in report.floors[0].desks] == [(1, 1), (4, 3), (50, 0)]
    assert "desk_outside" in codes(report)


def test_rooms_that_hang_on_no_storey_are_kept_and_told(read, tmp_path):
    model = Model()
    building = model.part(model.project, "IfcBuilding", "House")
    model.space(building)
    report = read(model.saved(tmp_path))
    assert [(floor.name, floor.level) for floor in report.floors] == [("without a storey", None)]
    assert "no_storey" in codes(report)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_bare_letters_in_a_model_are_kept(read, tmp_path, encoding):
    model = Model()
    model.space(model.storey(), long="PLACEHOLDER")
    path = model.saved(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"PLACEHOLDER", "Büro".encode(encoding)))
    assert rooms(read(path))[0].name == "Büro"


def test_a_zipped_model_is_read_and_a_bomb_is_not(tmp_path):
    model = Model()
    model.space(model.storey())
    path = model.saved(tmp_path)
    packed = tmp_path / "model.ifczip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "model.ifc")
    assert len(rooms(read_plan(packed))) == 1
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.ifc", b"ISO-10303-21;" + b" " * 100_000_000)
    with pytest.raises(ImportRefused, match="as only a made-up file does"):
        read_plan(packed)


def test_a_model_without_rooms_says_so(read, tmp_path):
    model = Model()
    model.storey()
    with pytest.raises(ImportRefused, match="no IfcSpace, so no rooms"):
        read(model.saved(tmp_path))


def test_a_model_under_another_ending_is_read_as_what_it_is(read, tmp_path):
    model = Model()
    model.space(model.storey())
    report = read(model.saved(tmp_path).rename(tmp_path / "plan.dxf"))
    assert report.kind == "ifc"
    assert "wrong_ending" in codes(report)


@pytest.mark.parametrize(
    ("storeys", "levels"),
    [
        ((("UG", 96.5), ("EG", 100.0), ("1. OG", 103.6)), [-1, 0, 1]),
        ((("Lantai 1", 12.0), ("Lantai 2", 16.0), ("Lantai 3", 20.0)), [0, 1, 2]),
        ((("B1", 8.0), ("Lantai 1", 12.0), ("Atap", 16.0)), [-1, 0, 1]),
        ((("L3", 0.0), ("B1", 0.0), ("L1", 0.0)), [-1, 0, 1]),
        ((("Ground", 0.2), ("Basement", -3.0)), [-1, 0]),
    ],
)
def test_the_ground_is_found_whatever_heights_count_from(read, tmp_path, storeys, levels):
    model = Model()
    building = model.part(model.project, "IfcBuilding", "House")
    for name, height in storeys:
        model.space(model.storey(building, name, height), name)
    assert [floor.level for floor in read(model.saved(tmp_path)).floors] == levels


def test_a_space_of_gross_floor_area_is_the_outline_of_its_floor_and_no_room(read, tmp_path):
    model = Model()
    storey = model.storey()
    model.space(storey, "101")
    model.space(storey, "GFA", "Gross", PredefinedType="GFA")
    (floor,) = read(model.saved(tmp_path)).floors
    assert [room.number for room in floor.spaces] == ["101"]
    assert float(floor.gross_area_m2) == pytest.approx(20.0)
    assert floor.gross_outline is not None


def test_a_model_of_which_parts_are_gone_is_told_though_it_ends_well(read, tmp_path):
    model = Model()
    storey = model.storey()
    for number in range(6):
        model.space(storey, str(number))
    path = model.saved(tmp_path)
    text = path.read_text()
    path.write_text(text[: len(text) // 2] + "\nENDSEC;\nEND-ISO-10303-21;\n")
    report = read(path)
    assert len(rooms(report)) < 6
    (note,) = [one for one in report.warnings if one.code == "broken"]
    assert "not in the file" in note.message


@pytest.mark.parametrize("schema", ["IFC2X_FINAL", "IFC2X2_FINAL", "AP214"])
def test_an_older_schema_is_named_in_the_refusal(read, tmp_path, schema):
    model = Model()
    model.space(model.storey())
    path = model.saved(tmp_path)
    path.write_text(path.read_text().replace("(('IFC4'))", f"(('{schema}'))"))
    with pytest.raises(ImportRefused, match=f"is of schema {schema}; IFC2X3 and IFC4 are read"):
        read(path)


def test_a_model_in_the_coordinates_of_the_country_keeps_its_areas(read, tmp_path):
    model = Model()
    storey = model.storey()
    space = model.space(storey)
    place = model.axis((703_000.0, 9_317_000.0, 12.0))
    place.RefDirection = model.file.createIfcDirection((0.6, 0.8, 0.0))
    place.Axis = model.file.createIfcDirection((0.0, 0.0, 1.0))
    space.ObjectPlacement = model.file.createIfcLocalPlacement(None, place)
    (room,) = rooms(read(model.saved(tmp_path)))
    assert float(room.drawn_area_m2) == pytest.approx(20.0, abs=0.01)
