"""A broken or hostile drawing ends in one sentence that says what to do; nothing hangs."""

import re

import pytest

from planner.errors import ImportRefused
from planner.importers.plans import read_plan
from planner.importers.sandbox import Limits
from tests.importers.plans.drawings import add_rooms, corners, drawing, saved


def test_a_block_bomb_is_counted_before_it_goes_off(tmp_path):
    doc = drawing()
    doc.blocks.new("B0").add_line((0, 0), (1, 1))
    for level in range(1, 6):
        block = doc.blocks.new(f"B{level}")
        for at in range(20):
            block.add_blockref(f"B{level - 1}", (at, 0))
    doc.modelspace().add_blockref("B5", (0, 0))
    with pytest.raises(ImportRefused, match=r"unfolds to 6,\d+,\d+ drawn things"):
        read_plan(saved(doc, tmp_path))


def test_rows_and_columns_of_one_insert_count_too(read, tmp_path):
    doc = drawing()
    doc.blocks.new("B0").add_line((0, 0), (1, 1))
    grid = {"row_count": 1000, "column_count": 1000, "row_spacing": 1, "column_spacing": 1}
    doc.modelspace().add_blockref("B0", (0, 0), dxfattribs=grid)
    with pytest.raises(ImportRefused, match="drawn things by blocks within blocks"):
        read(saved(doc, tmp_path))


def test_blocks_that_hold_each_other_are_refused(read, tmp_path):
    doc = drawing()
    one, other = doc.blocks.new("ONE"), doc.blocks.new("OTHER")
    one.add_blockref("OTHER", (0, 0))
    other.add_blockref("ONE", (0, 0))
    doc.modelspace().add_blockref("ONE", (0, 0))
    with pytest.raises(ImportRefused, match="block ONE holds itself"):
        read(saved(doc, tmp_path))


def test_blocks_deeper_than_real_drawings_have_are_refused(read, tmp_path):
    doc = drawing()
    doc.blocks.new("B0").add_line((0, 0), (1, 1))
    for level in range(1, 10):
        doc.blocks.new(f"B{level}").add_blockref(f"B{level - 1}", (0, 0))
    doc.modelspace().add_blockref("B9", (0, 0))
    with pytest.raises(ImportRefused, match="deeper than 6 levels"):
        read(saved(doc, tmp_path))


@pytest.mark.parametrize("share", [0.3, 0.8, 0.99])
def test_a_drawing_that_is_cut_short_is_refused_rather_than_half_read(read, tmp_path, share):
    doc = drawing()
    add_rooms(doc.modelspace())
    path = saved(doc, tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ImportRefused, match="cut short"):
        read(path)


def test_a_drawing_with_garbage_inside_is_refused_in_a_sentence(read, tmp_path):
    doc = drawing()
    add_rooms(doc.modelspace())
    path = saved(doc, tmp_path)
    content = path.read_bytes()
    path.write_bytes(re.sub(rb"ENTITIES", b"ENT\xff\xfeITIES", content))
    with pytest.raises(ImportRefused, match=r"^plan\.dxf "):
        read(path)


def test_an_empty_drawing_is_refused(read, tmp_path):
    with pytest.raises(ImportRefused, match="draws nothing in its model"):
        read(saved(drawing(), tmp_path))


def test_an_open_line_on_the_room_layer_is_left_out_and_told(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    add_rooms(model)
    model.add_lwpolyline([(20, 0), (24, 0), (24, 4)], dxfattribs={"layer": "ROOMS"})
    nearly = [(30, 0), (34, 0), (34, 4), (30, 4), (30, 0.2)]
    model.add_lwpolyline(nearly, dxfattribs={"layer": "ROOMS"})
    report = read(saved(doc, tmp_path))
    by_code = {warning.code: warning for warning in report.warnings}
    assert len(report.floors[0].spaces) == 5
    assert "1 line on the room layer closes no outline" in by_code["unclosed"].message
    assert "layer ROOMS, handle" in by_code["unclosed"].where
    assert "gap_closed" in by_code


def test_an_outline_that_crosses_itself_keeps_its_largest_part_and_is_told(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    add_rooms(model)
    bow = [(20, 0), (26, 6), (26, 0), (20, 2)]
    model.add_lwpolyline(bow, close=True, dxfattribs={"layer": "ROOMS"})
    report = read(saved(doc, tmp_path))
    largest = report.floors[0].spaces[-1].drawn_area_m2
    assert 0 < largest < 18
    assert "self_crossing" in {warning.code for warning in report.warnings}


def test_rooms_that_overlap_exceed_the_outline_or_share_a_number_are_told(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    over = [("1", "Office", 0, 0, 6, 4), ("1", "Lab", 5, 0, 6, 4)]
    add_rooms(model, layer="UNITS", rooms=over, text_layer="UNITLABELS")
    model.add_lwpolyline(corners(11, 0, 0.5, 1), close=True, dxfattribs={"layer": "UNITS"})
    model.add_lwpolyline(corners(0, 0, 10, 4), close=True, dxfattribs={"layer": "OUTLINE"})
    report = read(saved(doc, tmp_path))
    said = {warning.code: warning.message for warning in report.warnings}
    assert said["overlap"] == "1 Office and 1 Lab overlap by 4.0 m²."
    assert said["duplicate_number"] == "Number 1 stands for 2 rooms."
    assert said["above_gross"] == "The rooms come to 48.5 m², the floor's outline to 40.0 m²."
    assert "0.500 m²" in said["odd_size"]
    assert "no_core" in said
    assert "1 of 3 rooms has neither" in said["unlabelled"]


def test_a_file_that_takes_too_long_or_is_too_large_is_given_up(tmp_path):
    doc = drawing()
    add_rooms(doc.modelspace())
    path = saved(doc, tmp_path)
    with pytest.raises(ImportRefused, match=r"has 0 MB; files up to 0 MB"):
        read_plan(path, limits=Limits(file=100))
    with pytest.raises(ImportRefused, match="longer than 0 seconds"):
        read_plan(path, limits=Limits(seconds=0.01))
