"""GeoJSON of other coordinate systems, keys and programs gives the same rooms."""

import json
import math

import pytest

from planner.importers.plans.geo.projection import Projection
from tests.importers.plans.drawings import AREAS, ROOMS, corners


def spaces(report):
    return [space for floor in report.floors for space in floor.spaces]


def collection(folder, place, crs=None, **properties):
    """Write the four rooms as GeoJSON whose corners `place` puts into the file's coordinates."""
    features = []
    for number, name, *box in ROOMS:
        ring = [list(place(*point)) for point in corners(*box)]
        own = {"ref": number, "name": name, **properties}
        area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        features.append({"type": "Feature", "properties": own, "geometry": area})
    document = {"type": "FeatureCollection", "features": features}
    if crs:
        document["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{crs}"}}
    path = folder / "rooms.geojson"
    path.write_text(json.dumps(document))
    return path


def mercator(x, y):
    """Return a place near 52 degrees north on the map of the web."""
    earth = 6_378_137
    east, north = Projection(8.0, 52.0).degrees(x, y)
    up = math.log(math.tan(math.pi / 4 + math.radians(north) / 2))
    return math.radians(east) * earth, up * earth


@pytest.mark.parametrize(
    ("place", "crs", "unit"),
    [
        (lambda x, y: (x + 703_000, y + 9_317_000), 32748, "m"),
        (mercator, 3857, "degrees"),
        (lambda x, y: (x * 1000, y * 1000), None, "mm"),
    ],
)
def test_coordinates_of_other_systems_give_the_same_areas(read, tmp_path, place, crs, unit):
    report = read(collection(tmp_path, place, crs))
    found = [float(space.drawn_area_m2) for space in spaces(report)]
    assert found == pytest.approx(AREAS, rel=1e-3)
    assert report.scale.unit == unit


def test_keys_in_german_and_indonesian_give_level_area_and_seats(read, tmp_path):
    def place(x, y):
        return Projection(106.8, -6.2).degrees(x, y)

    path = collection(tmp_path, place, Geschoss="1. OG", Flaeche="20,5", Arbeitsplaetze="2")
    (floor,) = read(path).floors
    assert floor.level == 1
    assert {(float(s.declared_area_m2), s.seats) for s in floor.spaces} == {(20.5, 2)}
    path = collection(tmp_path, place, lantai="Lantai 3", luas_m2=20.5, kapasitas=4)
    (floor,) = read(path).floors
    assert floor.level == 3
    assert {(float(s.declared_area_m2), s.seats) for s in floor.spaces} == {(20.5, 4)}


def test_an_area_whose_coordinates_are_broken_is_told_and_one_in_a_collection_is_read(
    read, tmp_path
):
    path = collection(tmp_path, lambda x, y: (x, y))
    document = json.loads(path.read_text())
    first, second, *_ = document["features"]
    first["geometry"]["coordinates"][0][0] = [None, 1]
    second["geometry"] = {"type": "GeometryCollection", "geometries": [second["geometry"]]}
    path.write_text(json.dumps(document))
    report = read(path)
    assert [space.number for space in spaces(report)] == [room[0] for room in ROOMS[1:]]
    (note,) = [one for one in report.warnings if one.code == "broken"]
    assert "1 area has coordinates that cannot be read" in note.message
