"""A file is what its content says; what cannot be read ends in one sentence with a way out."""

import zipfile

import pytest

from planner.errors import ImportRefused
from planner.importers.plans import read_plan
from planner.importers.plans.sniffing import kind_of

DRAWING = b"  0\nSECTION\n  2\nENTITIES\n  0\nENDSEC\n  0\nEOF\n"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", b"ISO-10303-21;\nHEADER;", "ifc"),
        ("a.ifc", b"\xef\xbb\xbfISO-10303-21;", "ifc"),
        ("a.dwg", DRAWING, "dxf"),
        ("a", b"999\nmade by hand\n" + DRAWING, "dxf"),
        ("a", b"AutoCAD Binary DXF\r\n\x1a\x00", "dxf"),
        ("a.dxf", b"AC1027\x00\x00", "dwg"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n....", "picture"),
        ("a.png", b"%PDF-1.7\n", "pdf"),
        ("a.json", b'{"type": "FeatureCollection"}', "geojson"),
        ("a.xml", b'<?xml version="1.0"?><!-- x --><gbXML areaUnit="">', "gbxml"),
        ("a.xml", b'<?xml version="1.0"?><svg:svg xmlns:svg="">', "svg"),
        ("a.xml", "<svg>".encode("utf-16"), "svg"),
        ("a.dat", b"Room;Area\n1;20\n", "schedule"),
    ],
)
def test_the_content_tells_the_format(tmp_path, name, content, kind):
    path = tmp_path / name
    path.write_bytes(content)
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.dxf", b"", "is empty"),
        ("a.dxf", b"\0\0\0\0", "is empty"),
        ("a.ifc", b"hello there", "is not what its ending says"),
        ("a.gif", b"GIF89a....", "is a GIF picture; save it as PNG"),
        ("a.tif", b"II*\x00....", "is a TIFF picture; save it as PNG"),
        ("a.rvt", b"\xd0\xcf\x11\xe0....", "is a Revit project; export it from Revit as IFC"),
        ("a.xml", b"<ifcXML>", "is an ifcXML file; save it as .ifc"),
        ("a.html", b"<html><body>", "is XML of <html>"),
        ("a.bin", b"\x00\x01\x02\x03" * 10, "this kind of file is not read. IFC, DXF"),
        ("a.xlsx", b"PK\x03\x04 cut short", "or it is damaged"),
    ],
)
def test_what_is_not_read_is_refused_with_what_is(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ImportRefused, match=said):
        kind_of(path)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("xl/worksheets/sheet1.xml", "as only a made-up file does"),
        ("model.ifc", "as only a made-up file does"),
        ("unit.geojson", "as only a made-up file does"),
    ],
)
def test_bombs_of_every_container_are_refused_unopened(tmp_path, inside, said):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inside, bytes(60_000_000))
    with pytest.raises(ImportRefused, match=said):
        kind_of(path)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("Ground.dwg", r"archive of drawings \(ground.dwg\); unpack it"),
        ("word/document.xml", "is a text document; save its tables as XLSX"),
        ("photo.tif", "is an archive of photo.tif; unpack it"),
    ],
)
def test_other_archives_say_what_is_in_them(tmp_path, inside, said):
    path = tmp_path / "plans.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inside, "x")
    with pytest.raises(ImportRefused, match=said):
        kind_of(path)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.dxf"
    with path.open("wb") as stream:
        stream.seek(64 * 1024**2)
        stream.write(b"EOF")
    with pytest.raises(ImportRefused, match=r"huge.dxf has 67 MB; files up to 63 MB are read"):
        read_plan(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(ImportRefused, match="There is no file"):
        read_plan(tmp_path / "ghost.ifc")
