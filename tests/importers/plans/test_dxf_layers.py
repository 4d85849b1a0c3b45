"""Without a known profile, layers that look like rooms are found; walls never are."""

import pytest

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


@pytest.mark.parametrize(
    ("layer", "found"),
    [
        ("AR_RAUM", 4),
        ("S-Flächen", 4),
        ("PIECES", 4),
        ("RUANGAN", 4),
        ("房间轮廓", 4),
        ("ROOM-OUTLINES", 4),
        ("Layer7", 4),
        ("A-WALL-FULL", 0),
        ("DINDING", 0),
        ("MÖBEL", 0),
    ],
)
def test_room_layers_of_any_language_are_found_and_wall_layers_never(read, tmp_path, layer, found):
    doc = drawing()
    add_rooms(doc.modelspace(), layer=layer, text_layer="T")
    report = read(saved(doc, tmp_path))
    assert len(rooms(report)) == found
    assert ("layer_guessed" in codes(report)) == bool(found)
    assert ("no_rooms" in codes(report)) == (not found)


def test_lines_that_nearly_meet_close_a_room(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    for number, name, *box in ROOMS:
        points = corners(*box)
        points[0], last = (points[0][0], points[0][1] + 0.01), points[0]
        for start, end in zip(points, [*points[1:], last], strict=True):
            model.add_line(start, end, dxfattribs={"layer": "ROOMS"})
        add_label(model, number, name, box)
    report = read(saved(doc, tmp_path))
    assert len(rooms(report)) == 4
    assert sum(areas(report)) == pytest.approx(sum(AREAS), rel=5e-3)


def test_frames_around_texts_are_no_rooms(read, tmp_path):
    doc = drawing()
    model = doc.modelspace()
    for at in range(6):
        model.add_lwpolyline(corners(at * 4, 0, 3, 0.5), close=True, dxfattribs={"layer": "X"})
        text = model.add_text(f"note {at}", dxfattribs={"layer": "X", "height": 0.3})
        text.set_placement((at * 4 + 0.2, 0.1))
    report = read(saved(doc, tmp_path))
    assert rooms(report) == []
    assert report.to_trace
