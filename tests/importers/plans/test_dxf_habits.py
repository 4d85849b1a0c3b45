"""Drawings that nobody tuned for: layers without a system, floors side by side, turned plans."""

import math

import pytest
from ezdxf import units

from tests.importers.plans.drawings import (
    AREAS,
    ROOMS,
    add_label,
    add_rooms,
    corners,
    drawing,
    saved,
)
from tests.importers.plans.reports import areas, codes


def labels(report):
    return [(s.number, s.name) for floor in report.floors for s in floor.spaces]


WANTED = [(number, name) for number, name, *_ in ROOMS]
LAYERS = ["0", "Layer1", "PLINE", "DENAH", "BATAS_RUANG", "FLÄCHEN", "面积线", "L-NIA", "Kontury"]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_of_any_name_gives_its_rooms_and_is_asked_about(read, tmp_path, layer):
    doc = drawing()
    add_rooms(doc.modelspace(), layer=layer, text_layer="TEKS")
    report = read(saved(doc, tmp_path))
    assert (labels(report), areas(report)) == (WANTED, pytest.approx(AREAS))
    assert "layer_guessed" in codes(report)


@pytest.mark.parametrize(
    "layers", [("HR", "FINANCE", "LEGAL", "HR"), [r[1].upper() for r in ROOMS]]
)
def test_rooms_spread_over_layers_by_owner_or_use_are_all_found(read, tmp_path, layers):
    doc = drawing()
    for layer, room in zip(layers, ROOMS, strict=True):
        add_rooms(doc.modelspace(), layer=layer, rooms=(room,), text_layer="ANNO")
    report = read(saved(doc, tmp_path))
    assert sorted(labels(report)) == WANTED
    assert sorted(areas(report)) == pytest.approx(sorted(AREAS))


def test_a_layer_of_zones_over_rooms_is_neither_counted_nor_taken_for_a_name(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    add_rooms(model)
    model.add_lwpolyline(corners(0, 0, 14, 4), close=True, dxfattribs={"layer": "ZONE"})
    add_label(model, "Zone A", "East", (4, 2, 5, 4), layer="ZONE")
    report = read(saved(doc, tmp_path))
    assert (labels(report), sum(areas(report))) == (WANTED, pytest.approx(sum(AREAS)))


def test_labelled_furniture_on_an_unknown_layer_is_no_room(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    add_rooms(model, layer="X1")
    for at in range(12):
        box = (5.2 + at % 6 * 0.9, 0.5 + at // 6 * 1.5, 0.8, 0.8)
        model.add_lwpolyline(corners(*box), close=True, dxfattribs={"layer": "X2"})
        place = (box[0] + 0.1, box[1] + 0.3)
        model.add_text(f"D{at}", dxfattribs={"layer": "X3", "height": 0.1}).set_placement(place)
    assert areas(read(saved(doc, tmp_path))) == pytest.approx(AREAS)


def test_floors_side_by_side_are_told_apart_by_their_titles_alone(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    for at, title in enumerate(("DENAH LANTAI 2", "DENAH LANTAI 1")):
        rooms = [(number, name, x + 40 * at, *box) for number, name, x, *box in ROOMS]
        add_rooms(model, rooms=rooms)
        model.add_text(title, dxfattribs={"layer": "T", "height": 0.6}).set_placement((40 * at, -3))
    report = read(saved(doc, tmp_path))
    assert [(floor.name, floor.level, len(floor.spaces)) for floor in report.floors] == [
        ("DENAH LANTAI 1", 1, 4),
        ("DENAH LANTAI 2", 2, 4),
    ]
    assert [floor.gross_area_m2 for floor in report.floors] == [None, None]


def test_a_plan_turned_and_kilometres_from_its_origin_keeps_its_areas(read, tmp_path):
    doc = drawing()
    turn = math.radians(33)

    def moved(x, y):
        return (
            x * math.cos(turn) - y * math.sin(turn) + 703_000,
            x * math.sin(turn) + y * math.cos(turn) + 9_317_000,
        )

    for number, _, *box in ROOMS:
        ring = [moved(*point) for point in corners(*box)]
        doc.modelspace().add_lwpolyline(ring, close=True, dxfattribs={"layer": "RM"})
        look = {"layer": "RMTXT", "height": 0.2, "rotation": 33}
        text = doc.modelspace().add_text(number, dxfattribs=look)
        text.set_placement(moved(box[0] + 1, box[1] + 1))
    report = read(saved(doc, tmp_path))
    assert areas(report) == pytest.approx(AREAS, abs=1e-3)
    assert [number for number, _ in labels(report)] == [number for number, _ in WANTED]
    ring = report.floors[0].spaces[0].outline[0]
    assert all(abs(value) < 1_000_000 for point in ring for value in point)


def test_a_floor_inserted_as_one_scaled_and_turned_block_is_read(read, tmp_path):
    doc = drawing(units.MM)
    add_rooms(doc.blocks.new("FLOORPLAN"), layer="0", text_layer="0")
    look = {"layer": "LT-03", "xscale": 1000, "yscale": 1000, "rotation": 90}
    doc.modelspace().add_blockref("FLOORPLAN", (100, 50), dxfattribs=look)
    report = read(saved(doc, tmp_path))
    assert (labels(report), areas(report)) == (WANTED, pytest.approx(AREAS, abs=1e-3))


def test_indonesian_stamps_give_number_name_area_and_unit(read, tmp_path):
    doc = drawing()
    block = doc.blocks.new("CAP_RUANG")
    for at, tag in enumerate(("NO_RUANG", "NAMA_RUANG", "LUAS", "UNIT_KERJA")):
        block.add_attdef(tag, (0, -0.3 * at), dxfattribs={"height": 0.2})
    model = doc.modelspace()
    for number, name, *box in ROOMS:
        model.add_lwpolyline(corners(*box), close=True, dxfattribs={"layer": "garis"})
        stamp = model.add_blockref("CAP_RUANG", (box[0] + 1, box[1] + 1))
        area = f"{box[2] * box[3]:.1f}".replace(".", ",")
        stamp.add_auto_attribs(
            {"NO_RUANG": number, "NAMA_RUANG": name, "LUAS": area, "UNIT_KERJA": "Biro Umum"}
        )
    report = read(saved(doc, tmp_path))
    assert labels(report) == WANTED
    rooms = report.floors[0].spaces
    assert [float(room.declared_area_m2) for room in rooms] == areas(report)
    assert {room.department for room in rooms} == {"Biro Umum"}


def test_the_header_of_a_floor_of_few_large_rooms_is_believed_and_asked_about(read, tmp_path):
    doc = drawing(units.M)
    for number, box in (("R1", (0, 0, 20, 15)), ("R2", (20, 0, 18, 15))):
        add_rooms(doc.modelspace(), layer="RUANG", rooms=((number, "Kerja", *box),))
    report = read(saved(doc, tmp_path))
    assert areas(report) == pytest.approx([300, 270])
    assert (report.scale.unit, report.scale.evidence, report.scale.sure) == ("m", "header", False)
    assert "unit_guessed" in codes(report)
