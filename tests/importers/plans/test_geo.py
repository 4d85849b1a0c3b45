"""GeoJSON and IMDF: areas in true square metres, and what goes out comes in the same."""

import datetime as dt
import io
import json
import zipfile
from dataclasses import replace

import pytest

from planner.cli import main
from planner.errors import ImportRefused, InvalidInput
from planner.importers.plans import Choices, read_plan
from planner.importers.plans.geo.imdf_out import Place, imdf_of
from planner.importers.plans.geo.projection import Projection
from tests.importers.plans.drawings import AREAS, ROOMS, add_rooms, corners, drawing, saved
from tests.samples import sample, samples_dir

TODAY = dt.date(2026, 11, 26)
JAKARTA = Place(106.8272, -6.1754, bearing=17.5)


def spaces(report):
    return [space for floor in report.floors for space in floor.spaces]


def collection(features, **more):
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


def feature(points, **properties):
    ring = [list(point) for point in [*points, points[0]]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def at(folder, text, name="floor-2.geojson"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("floor", "count", "gross"),
    [("gf", 15, 2464.0), ("1", 11, 2488.7), ("2", 21, 2381.1), ("3", 21, 1594.2), ("6", 5, 237.3)],
)
def test_westport_house_has_its_outline_and_few_rooms(read, floor, count, gross):
    report = read(sample(f"plans/geojson/westport-house/floor-{floor}.geojson"))
    (one,) = report.floors
    assert one.level == (0 if floor == "gf" else int(floor))
    assert len(one.spaces) == count
    assert float(one.gross_area_m2) == pytest.approx(gross, rel=1e-3)
    rooms = [space.name for space in one.spaces if space.layer == "room"]
    assert len(rooms) == (5 if floor == "2" else 0)


def test_a_folder_with_an_index_gives_all_floors_with_their_names():
    report = read_plan(samples_dir() / "plans/geojson/westport-house")
    assert [(floor.name, floor.level) for floor in report.floors][:2] == [
        ("Ground Floor", 0),
        ("First Floor", 1),
    ]
    assert len(report.floors) == 7
    assert report.building == "Westport House"


def test_an_imdf_archive_has_its_levels_and_units(tmp_path):
    folder = samples_dir() / "plans/imdf/minimal-imdf"
    packed = tmp_path / "venue.imdf.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for one in folder.iterdir():
            archive.write(one, f"venue/{one.name}")
    for source in (folder, packed):
        report = read_plan(source)
        assert [(f.name, f.level, len(f.spaces)) for f in report.floors] == [
            ("B1", -1, 6),
            ("1F", 0, 3),
            ("2F", 1, 2),
        ]
        named = {space.name: space.category for space in spaces(report)}
        assert named["Meeting Room"] == "meeting"
        assert named["機械室"] == "mechanical"
        assert named["B1 Restroom"] == "restroom"


def test_imdf_out_and_in_again_is_the_same(read, tmp_path):
    doc = drawing()
    add_rooms(doc.modelspace(), layer="UNITS", text_layer="UNITLABELS")
    doc.modelspace().add_lwpolyline(
        corners(-1, -1, 16, 9), close=True, dxfattribs={"layer": "OUTLINE"}
    )
    first = read(saved(doc, tmp_path))
    floors = tuple(
        replace(floor, name="Lantai 3", level=3, spaces=(
            replace(floor.spaces[0], seats=12, declared_area_m2=21, declared_basis="net area"),
            *floor.spaces[1:],
        ))
        for floor in first.floors
    )  # fmt: skip
    out = tmp_path / "out.zip"
    out.write_bytes(imdf_of(floors, "Gedung A", JAKARTA, TODAY, "id"))
    assert out.read_bytes() == imdf_of(floors, "Gedung A", JAKARTA, TODAY, "id")
    again = read(out)
    assert again.building == "Gedung A"
    assert [(f.name, f.level, f.gross_area_m2) for f in again.floors] == [("Lantai 3", 3, 144)]
    assert [public(space) for space in spaces(again)] == [public(s) for s in floors[0].spaces]
    assert float(again.floors[0].gross_area_m2) == 144.0


def public(space):
    return (
        space.number,
        space.name,
        space.category,
        float(space.drawn_area_m2),
        space.declared_area_m2,
        space.declared_basis,
        space.seats,
        [[(round(x, 2) + 0.0, round(y, 2) + 0.0) for x, y in ring] for ring in space.outline],
    )


def test_the_command_exports_and_reads_back(tmp_path, capsys):
    doc = drawing()
    add_rooms(doc.modelspace())
    path = saved(doc, tmp_path)
    out = tmp_path / "out.zip"
    assert main(["export-imdf", str(path), str(out)]) == 2
    assert "--latitude" in capsys.readouterr().err
    assert not out.exists()
    where = ["--latitude", "-6.2", "--longitude", "106.8"]
    assert main(["export-imdf", str(path), str(out), *where]) == 0
    assert main(["read-plan", str(out), "--json"]) == 0
    (floor,) = json.loads(capsys.readouterr().out)["floors"]
    assert [space["number"] for space in floor["spaces"]] == [room[0] for room in ROOMS]
    assert [space["drawn_area_m2"] for space in floor["spaces"]] == pytest.approx(AREAS, rel=1e-4)


def test_without_outlines_there_is_nothing_to_export(read, tmp_path):
    path = tmp_path / "rooms.csv"
    path.write_text("Room,Name,Area m2\n1,A,20\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="nothing that IMDF could hold"):
        imdf_of(read(path).floors, "A", JAKARTA, TODAY)


@pytest.mark.parametrize("latitude", [-6.2, 0.0, 56.46, 78.2])
def test_a_hectare_is_a_hectare_at_every_latitude(read, tmp_path, latitude):
    # equal-area by geodesics on WGS 84 within 0.01% (checked against published degree lengths)
    there = Projection(106.8, latitude)
    points = [there.degrees(x, y) for x, y in corners(0, 0, 100, 100)]
    report = read(at(tmp_path, collection([feature(points, name="Hall 1")])))
    assert float(spaces(report)[0].drawn_area_m2) == pytest.approx(10_000, rel=1e-4)
    north = there.metres(106.8, latitude + 1e-3)[1]
    known = {-6.2: 110.580, 0.0: 110.574, 56.46: 111.344, 78.2: 111.648}
    assert north == pytest.approx(known[latitude], abs=0.01)


def test_properties_of_arcgis_and_osm_are_understood(read, tmp_path):
    there = Projection(11.5, 48.1)
    box = [there.degrees(x, y) for x, y in corners(0, 0, 5, 4)]
    other = [there.degrees(x, y) for x, y in corners(5, 0, 5, 4)]
    rooms = [
        feature(box, LEVEL_ID="2", NAME="2.01", USE_TYPE="Office", AREA_GROSS=21.5),
        feature(other, level="3", ref="3.07", indoor="room", name="Besprechung", capacity=8),
    ]
    report = read(at(tmp_path, collection(rooms)))
    office, meeting = spaces(report)
    assert [floor.level for floor in report.floors] == [2, 3]
    assert (office.number, office.name, office.category) == ("2.01", "Office", "office")
    assert office.declared_area_m2 == 21.5
    assert (meeting.number, meeting.category, meeting.seats) == ("3.07", "meeting", 8)


def test_metres_are_taken_where_coordinates_are_no_degrees_and_told(read, tmp_path):
    rooms = [feature(corners(*box), room=number, name=name) for number, name, *box in ROOMS]
    path = at(tmp_path, collection(rooms))
    report = read(path)
    assert [float(space.drawn_area_m2) for space in spaces(report)] == AREAS
    assert not report.scale.sure
    feet = read(path, Choices(unit="ft"))
    assert float(spaces(feet)[0].drawn_area_m2) == pytest.approx(20 * 0.3048**2, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no sound JSON, or it is cut short"),
        ('{"a": 1}', "no GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "no areas"),
        ("[" * 100_000, "no sound JSON"),
        (collection([feature([(0, 0), (float("nan"), 1), (1, 1)])]), "no areas"),
    ],
)
def test_what_is_no_map_is_refused_in_a_sentence(read, tmp_path, text, said):
    with pytest.raises(ImportRefused, match=said):
        read(at(tmp_path, text))


def test_a_zip_bomb_is_refused_before_it_unpacks(read, tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("unit.geojson", io.BytesIO(b" " * 50_000_000).getvalue())
    with pytest.raises(ImportRefused, match="times its size, as only a made-up file does"):
        read(path)
