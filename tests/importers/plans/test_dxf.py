"""DXF drawings of many habits give their rooms; areas are those that were drawn."""

import math

import ezdxf
import pytest
from ezdxf import units

from planner.errors import ImportRefused
from planner.importers.plans import Choices, read_plan
from tests.importers.plans.drawings import (
    AREAS,
    ROOMS,
    add_label,
    add_rooms,
    corners,
    drawing,
    saved,
)
from tests.importers.plans.reports import areas, codes, rooms
from tests.samples import sample


def test_the_contoso_floor_has_its_68_rooms_and_158_seats():
    report = read_plan(sample("plans/dxf/contoso2-ground.dxf"))
    found = rooms(report)
    assert len(found) == 68
    assert sum(bool(room.number and room.name) for room in found) == 66
    assert sorted(room.seats for room in found if room.seats) == [12, 16, 17, 17, 20, 23, 25, 28]
    assert sum(areas(report)) == pytest.approx(2429.8, rel=1e-3)
    (floor,) = report.floors
    assert float(floor.gross_area_m2) == pytest.approx(2772.9, rel=1e-3)
    assert (report.preset, report.scale.unit, report.scale.sure) == ("contoso", "in", False)
    assert {"unit_guessed", "orphan_label", "unlabelled"} <= codes(report)
    assert "overlap" not in codes(report)


def test_a_house_of_walls_gives_no_room_but_a_picture_to_trace(read):
    report = read(sample("plans/dxf/bjnortier-floorplan.dxf"))
    assert rooms(report) == []
    assert "no_rooms" in codes(report)
    assert report.to_trace
    assert report.floors[0].backdrop.png.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        (units.MM, 1000),
        (units.CM, 100),
        (units.M, 1),
        (units.IN, 1 / 0.0254),
        (units.FT, 1 / 0.3048),
    ],
)
def test_each_length_unit_of_the_header_gives_the_same_square_metres(read, tmp_path, unit, scale):
    doc = drawing(unit)
    add_rooms(doc.modelspace(), scale=scale)
    report = read(saved(doc, tmp_path))
    assert areas(report) == pytest.approx(AREAS, abs=1e-3)
    assert report.scale.sure


@pytest.mark.parametrize("header", [units.MM, 0])
def test_a_header_that_lies_about_the_unit_is_not_believed_but_asked_about(read, tmp_path, header):
    doc = drawing(header, MEASUREMENT=1)
    add_rooms(doc.modelspace())
    report = read(saved(doc, tmp_path))
    assert areas(report) == pytest.approx(AREAS)
    assert not report.scale.sure
    assert "unit_guessed" in codes(report)


def test_the_unit_that_the_user_says_counts(read, tmp_path):
    doc = drawing(units.M)
    add_rooms(doc.modelspace())
    report = read(saved(doc, tmp_path), Choices(unit="ft"))
    assert areas(report) == pytest.approx([area * 0.3048**2 for area in AREAS], abs=1e-3)
    assert report.scale.evidence == "stated"


def test_areas_written_in_the_rooms_tell_the_unit(read, tmp_path):
    doc = drawing(0)
    model = doc.modelspace()
    for number, _, *box in ROOMS:
        # small rooms: by size alone, feet would look more ordinary
        model.add_lwpolyline(corners(*box, 0.5), close=True, dxfattribs={"layer": "RAUM"})
        size = f"{box[2] * box[3] * 0.25:.2f} m²".replace(".", ",")
        add_label(model, number, size, box, 0.5, "RAUM_TEXT")
    report = read(saved(doc, tmp_path))
    assert areas(report) == pytest.approx([area / 4 for area in AREAS])
    assert [float(room.declared_area_m2) for room in rooms(report)] == areas(report)
    assert [room.number for room in rooms(report)] == [room[0] for room in ROOMS]


def polyline(model, box):
    model.add_polyline2d(corners(*box), close=True, dxfattribs={"layer": "ROOMS"})


def hatch(model, box):
    model.add_hatch(dxfattribs={"layer": "ROOMS"}).paths.add_polyline_path(corners(*box))


def mpolygon(model, box):
    model.add_mpolygon(dxfattribs={"layer": "ROOMS"}).paths.add_polyline_path(corners(*box))


def lines(model, box):
    points = corners(*box)
    for start, end in zip(points, [*points[1:], points[0]], strict=True):
        model.add_line(start, end, dxfattribs={"layer": "ROOMS"})


def open_ring(model, box):
    points = corners(*box)
    model.add_lwpolyline([*points, points[0]], dxfattribs={"layer": "ROOMS"})


def mirrored(model, box):
    points = [(-x, y) for x, y in corners(*box)]
    look = {"layer": "ROOMS", "extrusion": (0, 0, -1)}
    model.add_lwpolyline(points, close=True, dxfattribs=look)


@pytest.mark.parametrize("draw", [polyline, hatch, mpolygon, lines, open_ring, mirrored])
def test_rooms_are_read_from_every_kind_of_closed_shape(read, tmp_path, draw):
    doc = drawing()
    for number, name, *box in ROOMS:
        draw(doc.modelspace(), box)
        add_label(doc.modelspace(), number, name, box)
    report = read(saved(doc, tmp_path))
    found = {room.number: room for room in rooms(report)}
    assert [float(found[room[0]].drawn_area_m2) for room in ROOMS] == pytest.approx(AREAS)
    assert [found[room[0]].name for room in ROOMS] == [room[1] for room in ROOMS]
    assert [found[room[0]].category for room in ROOMS] == ["meeting", "office", "stairs", "kitchen"]


def test_a_round_wall_keeps_its_area(read, tmp_path):
    doc = drawing()
    half_circle = [(0, 0, 0), (4, 0, 1), (4, 6, 0), (0, 6, 0)]
    doc.modelspace().add_lwpolyline(
        half_circle, format="xyb", close=True, dxfattribs={"layer": "ROOM"}
    )
    doc.modelspace().add_circle((20, 0), 2, dxfattribs={"layer": "ROOM"})
    doc.modelspace().add_circle((30, 0), 2, dxfattribs={"layer": "ROOM"})
    report = read(saved(doc, tmp_path))
    whole = [24 + math.pi * 9 / 2, math.pi * 4, math.pi * 4]
    assert areas(report) == pytest.approx(whole, rel=1e-3)


def test_a_hatch_and_its_own_border_are_one_room(read, tmp_path):
    doc = drawing()
    for number, name, *box in ROOMS:
        hatch(doc.modelspace(), box)
        open_ring(doc.modelspace(), box)
        add_label(doc.modelspace(), number, name, box)
    report = read(saved(doc, tmp_path))
    assert sorted(areas(report)) == sorted(AREAS)
    assert "drawn_twice" in codes(report)


def test_rooms_in_a_bound_reference_are_read_through_its_block(read, tmp_path):
    doc = drawing()
    block = doc.blocks.new("xref-tower")
    add_rooms(block, layer="xref-tower$0$RM$", text_layer="xref-tower$0$RM$TXT")
    turned = {"xscale": 2, "yscale": 2, "rotation": 30}
    doc.modelspace().add_blockref("xref-tower", (100, 50), dxfattribs=turned)
    report = read(saved(doc, tmp_path), Choices(unit="m"))
    assert areas(report) == pytest.approx([4 * area for area in AREAS])
    assert [room.number for room in rooms(report)] == [room[0] for room in ROOMS]
    assert report.preset == "archibus"


def test_room_stamps_name_the_room_that_they_stand_in(read, tmp_path):
    doc = drawing()
    stamp = doc.blocks.new("STEMPEL")
    for tag in ("RAUMNR", "BEZEICHNUNG", "FLAECHE"):
        stamp.add_attdef(tag, (0, 0))
    model = doc.modelspace()
    for number, name, *box in ROOMS:
        model.add_lwpolyline(corners(*box), close=True, dxfattribs={"layer": "ACAD_Raumpolygon"})
        insert = model.add_blockref("STEMPEL", (box[0] + 1, box[1] + 1))
        values = {"RAUMNR": number, "BEZEICHNUNG": name, "FLAECHE": f"{box[2] * box[3]:.1f}"}
        insert.add_auto_attribs({k: v.replace(".0", ",0") for k, v in values.items()})
    report = read(saved(doc, tmp_path))
    assert report.preset == "vertigis"
    assert [room.number for room in rooms(report)] == ["1,01", "1,02", "1,03", "1,04"]
    assert [float(room.declared_area_m2) for room in rooms(report)] == AREAS


def test_stamps_without_outlines_still_give_the_room_table(read, tmp_path):
    doc = drawing()
    stamp = doc.blocks.new("STEMPEL")
    model = doc.modelspace()
    for tag in ("NUMMER", "NAME", "FLÄCHE"):
        stamp.add_attdef(tag, (0, 0))
    for at, (number, name, *_) in enumerate(ROOMS):
        insert = model.add_blockref("STEMPEL", (at, 0))
        insert.add_auto_attribs({"NUMMER": number, "NAME": name, "FLÄCHE": "12,5 m²"})
    model.add_line((0, 0), (10, 10), dxfattribs={"layer": "WAND"})
    report = read(saved(doc, tmp_path))
    assert [float(room.declared_area_m2) for room in rooms(report)] == [12.5] * 4
    assert areas_unknown(report)
    assert "no_outlines" in codes(report)


def areas_unknown(report):
    return all(room.drawn_area_m2 is None and room.outline is None for room in rooms(report))


@pytest.mark.parametrize(
    ("version", "page", "name"),
    [
        ("R2000", "ANSI_1252", "Büro für Ämter"),
        ("R2000", "ANSI_936", "会议室"),
        ("R2018", "ANSI_1252", "Salle de réunion"),
        ("R12", "ANSI_1252", "Küche"),
    ],
)
def test_names_survive_the_code_page_of_the_file(read, tmp_path, version, page, name):
    doc = drawing(version=version)
    doc.encoding = ezdxf.tools.codepage.toencoding(page.removeprefix("ANSI_"))
    for number, _, *box in ROOMS:
        polyline(doc.modelspace(), box)
        add_label(doc.modelspace(), number, name, box)
    report = read(saved(doc, tmp_path))
    assert {room.name for room in rooms(report)} == {name}
    assert sorted(room.number for room in rooms(report)) == [room[0] for room in ROOMS]


def test_utf8_under_the_name_of_another_code_page_is_set_right(read, tmp_path):
    doc = drawing(version="R2000")
    for number, _, *box in ROOMS:
        polyline(doc.modelspace(), box)
        add_label(doc.modelspace(), number, "OFFICE-ASCII", box)
    path = saved(doc, tmp_path)
    path.write_bytes(path.read_bytes().replace(b"OFFICE-ASCII", "Büro".encode()))
    assert {room.name for room in rooms(read(path))} == {"Büro"}


def test_formatted_paragraphs_give_number_name_and_area(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    for number, name, *box in ROOMS:
        polyline(model, box)
        text = rf"{{\fArial|b1;{number}}}\P{{\H0.7x;{name}}}\P{box[2] * box[3]:.2f} m\U+00B2"
        look = {"layer": "TXT", "char_height": 0.2}
        model.add_mtext(text, dxfattribs=look).set_location((box[0] + 1, box[1] + 2))
    report = read(saved(doc, tmp_path))
    assert [room.number for room in rooms(report)] == [room[0] for room in ROOMS]
    assert [room.name for room in rooms(report)] == [room[1] for room in ROOMS]
    assert [float(room.declared_area_m2) for room in rooms(report)] == AREAS


def test_desks_are_counted_by_layer_by_block_or_by_their_name(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    add_rooms(model)
    for block in ("Schreibtisch_160x80", "X17"):
        doc.blocks.new(block).add_lwpolyline(corners(0, 0, 1.6, 0.8), close=True)
    for at in range(3):
        model.add_blockref("Schreibtisch_160x80", (6 + at, 1), dxfattribs={"layer": "FURN"})
    model.add_blockref("X17", (1, 1), dxfattribs={"layer": "FURN"})
    path = saved(doc, tmp_path)
    by_word = read(path)
    assert [room.seats for room in rooms(by_word)] == [None, 3, None, None]
    assert "desks_guessed" in codes(by_word)
    assert [room.seats for room in rooms(read(path, Choices(seats=("x17",))))][:2] == [1, None]
    by_layer = read(path, Choices(layers={"room": ("ROOMS",), "seat": ("FURN",)}))
    assert [room.seats for room in rooms(by_layer)] == [1, 3, None, None]
    assert [desk.space for desk in by_layer.floors[0].desks] == [1, 1, 1, 0]


def test_named_layers_are_read_and_a_missing_one_is_refused_with_those_that_are_there(
    read, tmp_path
):
    doc = drawing()
    add_rooms(doc.modelspace(), layer="WALL-X", text_layer="ANNO")
    path = saved(doc, tmp_path)
    assert rooms(read(path)) == []
    assert areas(read(path, Choices(layers={"room": ("WALL-X",)}))) == AREAS
    with pytest.raises(ImportRefused, match=r"no layer GHOST; it has ANNO, WALL-X"):
        read(path, Choices(layers={"room": ("GHOST",)}))
    with pytest.raises(ImportRefused, match="no layer profile 'foo'; there are contoso"):
        read(path, Choices(preset="foo"))
    with pytest.raises(ImportRefused, match="'parsec' is no length unit"):
        read(path, Choices(unit="parsec"))


def test_each_layer_says_what_it_would_yield(read, tmp_path):
    doc = drawing()
    add_rooms(doc.modelspace())
    doc.modelspace().add_line((0, 0), (5, 5), dxfattribs={"layer": "A-WALL"})
    report = read(saved(doc, tmp_path))
    by_name = {layer.name: layer for layer in report.layers}
    assert (by_name["ROOMS"].closed, by_name["ROOMS"].role) == (4, "room")
    assert by_name["ROOMS"].median_area_m2 == 16.0
    assert by_name["LABELS"].texts == 8
    assert by_name["LABELS"].samples[:2] == ("1.01", "Ruang Rapat")
    assert (by_name["A-WALL"].closed, by_name["A-WALL"].role) == (0, "")


def test_two_floors_on_one_sheet_are_told_apart_by_their_titles(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    for at, title in enumerate(("DENAH LANTAI 1", "DENAH LANTAI 2")):
        shifted = [(n, w, x + 40 * at, y, b, h) for n, w, x, y, b, h in ROOMS]
        add_rooms(model, layer="UNITS", rooms=shifted, text_layer="UNITLABELS")
        box = corners(40 * at - 0.3, -0.3, 15, 8)
        model.add_lwpolyline(box, close=True, dxfattribs={"layer": "OUTLINE"})
        model.add_text(title, dxfattribs={"height": 0.5}).set_placement((40 * at + 4, -2))
    report = read(saved(doc, tmp_path))
    assert [(floor.name, floor.level) for floor in report.floors] == [
        ("DENAH LANTAI 1", 1),
        ("DENAH LANTAI 2", 2),
    ]
    assert [len(floor.spaces) for floor in report.floors] == [4, 4]
    assert report.floors[0].spaces[0].outline == report.floors[1].spaces[0].outline
    assert [float(floor.gross_area_m2) for floor in report.floors] == [120.0, 120.0]


def test_an_unlabelled_ring_around_all_rooms_is_the_floor_and_no_room(read, tmp_path):
    doc = drawing()
    add_rooms(doc.modelspace(), layer="AREA", text_layer="AREA")
    doc.modelspace().add_lwpolyline(
        corners(-0.3, -0.3, 15, 8), close=True, dxfattribs={"layer": "AREA"}
    )
    report = read(saved(doc, tmp_path))
    assert [room.number for room in rooms(report)] == [room[0] for room in ROOMS]
    assert float(report.floors[0].gross_area_m2) == 120.0
    assert "nested" not in codes(report)


def test_a_reference_that_was_not_bound_is_told_by_its_file(read, tmp_path):
    doc = drawing()
    add_rooms(doc.modelspace())
    doc.add_xref_def("C:\\projects\\base-plan.dwg", "base")
    report = read(saved(doc, tmp_path))
    (note,) = [one for one in report.warnings if one.code == "xref_missing"]
    assert "base-plan.dwg" in note.message
