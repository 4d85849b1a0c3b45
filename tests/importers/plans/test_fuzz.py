"""Files spoilt at random are read or refused in a sentence: no reader breaks otherwise."""

import io
import json
import random
import zipfile
from functools import cache

import pytest
from openpyxl import Workbook
from PIL import Image

from planner.errors import InvalidInput
from planner.importers.plans import PlanReport, read_plan
from tests.importers.plans.drawings import add_rooms, drawing
from tests.importers.plans.models import Model

TRIES = 24
"""Spoilt copies of each file; the seeds are fixed, so that a failure comes again."""

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 15"><g transform="rotate(5)">'
    '<rect x="1" y="1" width="5" height="4"/><text x="2" y="2">1.01</text>'
    '<path d="M7 1 h5 v4 h-5 z"/><text x="8" y="2">1.02</text></g></svg>'
)
GBXML = (
    '<gbXML lengthUnit="Meters" areaUnit="SquareMeters" xmlns="http://www.gbxml.org/schema">'
    '<Campus><Building><BuildingStorey id="s1"><Name>Level 1</Name><Level>0</Level>'
    '</BuildingStorey><Space id="a" buildingStoreyIdRef="s1"><Name>101</Name><Area>20</Area>'
    "</Space></Building></Campus></gbXML>"
)
CSV = "Lantai;Kode Ruang;Nama Ruang;Luas (m²);Kursi\n1;1.01;Rapat;20,5;8\n1;1.02;Kerja;30;12\n"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R>>endobj\n"
    b"4 0 obj<</Length 22>>stream\n10 10 80 60 re f 1 1 m\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def dxf(version="R2018", *, binary=False):
    doc = drawing(version=version)
    add_rooms(doc.modelspace())
    if binary:
        out = io.BytesIO()
        doc.write(out, fmt="bin")
        return out.getvalue()
    text = io.StringIO()
    doc.write(text)
    return text.getvalue().encode()


def ifc():
    model = Model()
    model.space(model.storey())
    return model.file.to_string().encode()


def book(*, cobie=False):
    found = Workbook()
    found.remove(found.active)
    sheets = {"Rooms": [["Room", "Name", "Area m2"], ["1", "Office", 20], ["2", "Store", 8]]}
    if cobie:
        sheets = {
            "Facility": [["Name", "LinearUnits", "AreaUnits"], ["HQ", "feet", "square feet"]],
            "Floor": [["Name", "Elevation"], ["Level 1", 0]],
            "Space": [["Name", "FloorName", "NetArea"], ["101", "Level 1", 200]],
        }
    for name, rows in sheets.items():
        sheet = found.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def feature(at, **properties):
    ring = [[at, 0], [at + 5, 0], [at + 5, 4], [at, 4], [at, 0]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson():
    features = [feature(0, ref="1", level="2"), feature(5, ref="2", level="2")]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def imdf():
    level = feature(0, ordinal=0, name={"en": "G"}) | {"id": "l", "feature_type": "level"}
    unit = feature(0, level_id="l", category="office") | {"id": "u", "feature_type": "unit"}
    return zipped(
        manifest__json=json.dumps({"version": "1.0.0", "language": "en"}),
        level__geojson=json.dumps({"type": "FeatureCollection", "features": [level]}),
        unit__geojson=json.dumps({"type": "FeatureCollection", "features": [unit]}),
    )


def image(kind):
    out = io.BytesIO()
    Image.linear_gradient("L").save(out, kind)
    return out.getvalue()


MADE = {
    "plan.dxf": dxf,
    "old.dxf": lambda: dxf("R2000"),
    "binary.dxf": lambda: dxf(binary=True),
    "rooms.csv": CSV.encode,
    "rooms.xlsx": book,
    "cobie.xlsx": lambda: book(cobie=True),
    "floor.geojson": geojson,
    "venue.zip": imdf,
    "floor.svg": SVG.encode,
    "model.gbxml": GBXML.encode,
    "page.pdf": lambda: PDF,
    "scan.png": lambda: image("PNG"),
    "scan.jpg": lambda: image("JPEG"),
}


@cache
def whole(name):
    return MADE[name]()


def dice_of(seed):
    return random.Random(seed)


def spoilt(content, dice):
    """Return bytes cut short, flipped, overwritten, doubled, cut out of or swapped."""
    data = bytearray(content)
    at = dice.randrange(len(data))
    length = dice.randrange(1, 40)
    match dice.randrange(6):
        case 0:
            del data[at:]
        case 1:
            for _ in range(length):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        case 2:
            data[at : at + length] = dice.randbytes(length)
        case 3:
            data[at:at] = data[at : at + 20 * length]
        case 4:
            del data[at : at + length]
        case _:
            digits = [k for k, byte in enumerate(data) if chr(byte).isdigit()] or [at]
            for _ in range(length):
                data[dice.choice(digits)] = dice.choice(b"0123456789-e.")
    return bytes(data)


def told(read, path):
    """Return whether a file was read; a refusal must be whole sentences without a traceback."""
    try:
        report = read(path)
    except InvalidInput as refusal:
        for problem in refusal.problems:
            assert problem.message.strip().endswith((".", "then give that.")), problem.message
            assert "Traceback" not in problem.message
            assert str(path.parent) not in problem.message
        return False
    assert isinstance(report, PlanReport)
    text = json.dumps(report.to_json())
    assert "NaN" not in text
    assert "Infinity" not in text
    return True


@pytest.mark.parametrize("name", MADE)
def test_a_spoilt_file_is_read_or_refused_in_a_sentence(read, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(whole(name))
    assert told(read, path)
    for seed in range(TRIES):
        path.write_bytes(spoilt(whole(name), dice_of(f"{name} {seed}")))
        told(read, path)


@pytest.mark.parametrize("ending", ["ifc", "dxf", "xlsx", "csv", "svg", "pdf", "png", "dwg", "zip"])
def test_random_bytes_under_any_ending_are_refused_in_a_sentence(read, tmp_path, ending):
    for seed in range(TRIES // 2):
        dice = dice_of(f"{ending} {seed}")
        head = dice.choice(
            [b"", b"PK\x03\x04", b"AC1032", b"%PDF-1.4\n", b"ISO-10303-21;\n", b"{", b"<svg",
             b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"0\nSECTION\n", b"\xd0\xcf\x11\xe0"]
        )  # fmt: skip
        path = tmp_path / f"noise.{ending}"
        path.write_bytes(head + dice.randbytes(dice.randrange(2000)))
        told(read, path)


def test_a_spoilt_model_is_read_or_refused_even_where_its_reader_breaks(tmp_path):
    content = ifc()
    for seed in range(3):
        path = tmp_path / "model.ifc"
        path.write_bytes(spoilt(content, dice_of(str(seed))) + b"\nEND-ISO-10303-21;")
        told(read_plan, path)
