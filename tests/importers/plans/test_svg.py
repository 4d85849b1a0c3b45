"""SVG shapes with texts are rooms; without a scale they have no area, never a made-up one."""

import math

import pytest

from planner.errors import ImportRefused
from planner.importers.plans import Choices
from planner.importers.plans.shapes import polygon_from
from tests.importers.plans.reports import codes, rooms
from tests.samples import sample

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


def svg(folder, body, attributes='viewBox="0 0 100 100"', before=""):
    path = folder / "plan.svg"
    path.write_text(f"{before}{HEAD}{attributes}>{body}</svg>", encoding="utf-8")
    return path


def test_the_campus_floor_has_its_numbered_rooms_and_no_area_without_a_scale(read):
    report = read(sample("plans/svg/concordia-floor8.svg"))
    found = rooms(report)
    assert len(found) == 74
    assert sum(room.number.startswith("H8") for room in found) >= 65
    assert all(room.drawn_area_m2 is None and room.outline is None for room in found)
    assert all(room.sketch is not None for room in found)
    assert "no_scale" in codes(report)
    assert report.floors[0].level == 8
    scaled = read(sample("plans/svg/concordia-floor8.svg"), Choices(unit="0.05"))
    assert rooms(scaled)[0].drawn_area_m2 > 1
    assert float(scaled.floors[0].gross_area_m2) == pytest.approx(922_722 * 0.05**2, rel=1e-3)


@pytest.mark.parametrize(
    ("shape", "area"),
    [
        ('<rect x="10" y="10" width="20" height="30"/>', 600),
        ('<polygon points="10,10 30,10 30,40 10,40"/>', 600),
        ('<polyline points="10,10 30,10 30,40 10,40 10,10"/>', 600),
        ('<path d="M10 10h20v30H10z"/>', 600),
        ('<path d="m10,10 20,0 0,30 -20,0 Z"/>', 600),
        ('<circle cx="20" cy="25" r="10"/>', math.pi * 100),
        ('<path d="M10 25a10 10 0 1 0 20 0a10 10 0 1 0 -20 0z"/>', math.pi * 100),
        ('<g transform="translate(10 10) scale(2)"><rect width="10" height="15"/></g>', 600),
        ('<g transform="rotate(90 20 25)"><rect x="5" y="15" width="30" height="20"/></g>', 600),
        ('<rect transform="matrix(2,0,0,3,10,10)" width="10" height="10"/>', 600),
        (
            (
                '<defs><rect id="r" width="20" height="30"/></defs>'
                '<use xlink:href="#r" x="10" y="10"/>'
            ),
            600,
        ),
        (
            (
                '<svg x="10" y="10" width="20" height="30" viewBox="0 0 2 3">'
                '<rect width="2" height="3"/></svg>'
            ),
            600,
        ),
    ],
)
def test_every_shape_and_transform_keeps_its_area_and_finds_its_text(read, tmp_path, shape, area):
    text = '<text x="20" y="25" font-size="2" text-anchor="middle">2.04 Office</text>'
    report = read(svg(tmp_path, shape + text), Choices(unit="1"))
    (room,) = rooms(report)
    assert (room.number, room.name, room.category) == ("2.04", "Office", "office")
    assert float(room.drawn_area_m2) == pytest.approx(area, rel=1e-3)
    assert polygon_from(room.outline).bounds[3] < 0  # y up: below the top of the page


def test_shapes_that_are_hidden_or_have_no_text_are_no_rooms(read, tmp_path):
    body = (
        '<rect width="20" height="20"/><g style="display:none"><rect x="50" width="9" height="9"/>'
        '<text x="52" y="5" font-size="2">3.01</text></g>'
    )
    report = read(svg(tmp_path, body))
    assert rooms(report) == []
    assert {"no_rooms", "unlabelled_shapes"} <= codes(report)
    assert report.to_trace
    assert len(report.floors[0].backdrop.shapes) == 1


def test_a_drawing_at_full_size_has_a_scale(read, tmp_path):
    body = '<rect width="500" height="400" id="room-101"/>'
    attributes = 'width="30000mm" height="20000mm" viewBox="0 0 3000 2000"'
    report = read(svg(tmp_path, body, attributes))
    (room,) = rooms(report)
    assert (room.number, float(room.drawn_area_m2)) == ("101", pytest.approx(20.0))
    assert not report.scale.sure


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">',
        (
            '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
            '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        ),
    ],
)
def test_a_document_type_is_refused_whatever_it_holds(read, tmp_path, before):
    with pytest.raises(ImportRefused, match=r"has a document type \(DTD\) or entities"):
        read(svg(tmp_path, "<text>&a;</text>", before=before))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<rect", "no sound XML or is cut short"),
        ("", "draws no shapes"),
        ('<g id="a"><use xlink:href="#a"/></g>', "uses a shape within itself"),
    ],
)
def test_what_is_no_drawing_is_refused(read, tmp_path, body, said):
    with pytest.raises(ImportRefused, match=said):
        read(svg(tmp_path, body))
