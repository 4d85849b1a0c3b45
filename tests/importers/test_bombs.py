"""Files made to choke a reader: each is read or refused in a sentence, within its limits."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from planner.errors import InvalidInput
from planner.importers.attendance import Options, read_attendance
from planner.importers.plans.choices import Choices
from planner.importers.plans.reading import read_here
from planner.importers.sandbox import Limits, read_apart
from planner.importers.workbook import estate_bytes, read_estate
from tests.estates import estate
from tests.importers.attendance.files import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIMITS = Limits(memory=2 * 1024**3, seconds=20)
"""Half the memory and a third of the time of the real ones: a file that needs these would choke."""
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)).replace("&a0;", "&a;")
    + "]>"
)


def swapped(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a sound workbook in which one part is another."""
    out = io.BytesIO()
    sound = io.BytesIO(estate_bytes(estate()))
    with zipfile.ZipFile(sound) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            data = given.read(name)
            made.writestr(name, change(data) if name == part else data)
    return out.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, data)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """Return a picture that says it is so large, with the rows of a small one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(size: str, content: bytes) -> bytes:
    """Return a PDF of one page whose content unpacks to a lot."""
    packed = zlib.compress(content, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R>>" % size.encode(),
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    out = b"%PDF-1.4\n" + b"".join(
        b"%d 0 obj%s endobj\n" % (at, part) for at, part in enumerate(parts, 1)
    )
    return out + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def svg_of_uses(depth: int) -> str:
    doubled = "".join(
        f'<g id="g{n}"><use href="#g{n - 1}"/><use href="#g{n - 1}" x="1"/></g>'
        for n in range(1, depth)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><g id="g0">'
        f'<rect width="1" height="1"/></g>{doubled}</defs><use href="#g{depth - 1}"/></svg>'
    )


def dxf_of_blocks(depth: int) -> str:
    line = "0\nLINE\n8\n0\n10\n0\n20\n0\n11\n1\n21\n1\n"
    blocks = f"0\nBLOCK\n8\n0\n2\nB0\n10\n0\n20\n0\n{line}0\nENDBLK\n"
    for n in range(1, depth):
        inserts = f"0\nINSERT\n8\n0\n2\nB{n - 1}\n10\n1\n20\n1\n70\n100\n71\n100\n" * 2
        blocks += f"0\nBLOCK\n8\n0\n2\nB{n}\n10\n0\n20\n0\n{inserts}0\nENDBLK\n"
    return (
        f"0\nSECTION\n2\nBLOCKS\n{blocks}0\nENDSEC\n0\nSECTION\n2\nENTITIES\n"
        f"0\nINSERT\n8\n0\n2\nB{depth - 1}\n10\n0\n20\n0\n0\nENDSEC\n0\nEOF\n"
    )


def geo(coordinates: str) -> str:
    return (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"1"},'
        f'"geometry":{{"type":"Polygon","coordinates":{coordinates}}}}}]}}'
    )


def cells(xml: bytes) -> bytes:
    """Return a sheet whose one cell stands in the last corner that there is."""
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return xml.replace(b"</sheetData>", row + b"</sheetData>")


def styles(xml: bytes) -> bytes:
    return xml.replace(b"<cellXfs", b'<xf numFmtId="0"/>' * 2_000_000 + b"<cellXfs")


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for at in range(20_000):
            made.writestr(f"xl/{at}.xml", b"")
    return out.getvalue()


BOOKS: dict[str, Callable[[], bytes]] = {
    "entities": lambda: swapped("xl/workbook.xml", lambda _: f"{ENTITIES}<s>&a11;</s>".encode()),
    "entities in a sheet": lambda: swapped(
        "xl/worksheets/sheet2.xml", lambda _: f"{ENTITIES}<s>&a11;</s>".encode()
    ),
    "dimensions": lambda: swapped("xl/worksheets/sheet2.xml", cells),
    "styles": lambda: swapped(
        "xl/styles.xml",
        lambda old: old.replace(b"<cellXfs", b'<xf numFmtId="0"/>' * 2_000_000 + b"<cellXfs"),
    ),
    "strings": lambda: swapped(
        "xl/sharedStrings.xml",
        lambda old: old.replace(b"</sst>", b"<si><t>%d</t></si>" % 7 * 3_000_000 + b"</sst>"),
    ),
    "blanks": lambda: swapped("xl/worksheets/sheet2.xml", lambda _: b" " * 500_000_000),
    "nested": lambda: zipped("xl/workbook.xml", zipped("a", b"\0" * 300_000_000)),
    "parts": many_parts,
}


HEAD = b"date,team,present\n"
DAYS: dict[str, Callable[[], tuple[str, bytes]]] = {
    "gz of nothing": lambda: ("d.csv.gz", gzip.compress(b"\0" * 800_000_000, 1)),
    "gz of blanks": lambda: ("d.csv.gz", gzip.compress(HEAD + b" " * 600_000_000, 1)),
    "one line": lambda: ("d.csv", b"date,team,present\n" + b"x," * 20_000_000),
    "one cell": lambda: ("d.csv", b'date,team,present\n"' + b"x" * 40_000_000),
    "digits": lambda: ("d.csv", b"date,team,present\n2026-03-02,A," + b"9" * 10_000_000),
    "stamps": lambda: ("d.csv", b"badge_id,timestamp,door,direction,team\n"
                       + (b"b1,2026-03-02" + b" " * 100_000 + b"x,L,in,A\n") * 40),
    "headings": lambda: ("d.csv", b"(" * 5_000_000 + b",team,present\n2026-03-02,A,1\n"),
}  # fmt: skip
ONLY_THE_CLOCK = {"one line"}
"""Twenty million cells in a line are read until the time is over."""
PLANS: dict[str, Callable[[], tuple[str, bytes]]] = {
    "picture": lambda: ("p.png", png(60_000, 60_000)),
    "wide picture": lambda: ("p.png", png(2**31 - 1, 1)),
    "page": lambda: ("p.pdf", pdf("1000000000 1000000000", b"")),
    "thin page": lambda: ("p.pdf", pdf("0.0001 100000", b"")),
    "stream": lambda: ("p.pdf", pdf("100 100", b"0 0 m 1 1 l S\n" * 20_000_000)),
    "saves": lambda: ("p.pdf", pdf("100 100", b"q " * 50_000_000)),
    "uses": lambda: ("p.svg", svg_of_uses(40).encode()),
    "svg entities": lambda: ("p.svg", f"{ENTITIES}<svg>&a11;</svg>".encode()),
    "svg path": lambda: ("p.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0'
                         + b"L1 1" * 8_000_000 + b'"/></svg>'),
    "blocks": lambda: ("p.dxf", dxf_of_blocks(12).encode()),
    "deep": lambda: ("p.geojson", geo("[" * 1_000_000).encode()),
    "endless": lambda: ("p.geojson", geo("[[[0,0],[1e400,0],[1,1e400],[0,0]]]").encode()),
    "digits": lambda: ("p.geojson",
                       geo("[[[0,0],[" + "9" * 1_000_000 + ",0],[1,1],[0,0]]]").encode()),
    "corners": lambda: ("p.geojson", geo("[[" + "[0,1],[1,0]," * 4_000_000 + "[0,1]]]").encode()),
    "gbxml entities": lambda: ("p.xml", f"{ENTITIES}<gbXML>&a11;</gbXML>".encode()),
    "ifc": lambda: ("p.ifc", b"ISO-10303-21;\nHEADER;FILE_SCHEMA(('IFC4'));ENDSEC;DATA;\n"
                     b"#1=IFCWALL(" + b"(" * 2_000_000),
}  # fmt: skip


def answered(read: Callable[[], object]) -> str:
    """Return in which words a file was refused, "" where it was read."""
    try:
        read()
    except InvalidInput as refusal:
        said = str(refusal)
    else:
        return ""
    assert said.strip()
    assert len(said) < 3000
    assert "Traceback" not in said
    return said


@pytest.mark.slow
@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_that_would_swell(tmp_path: Path, name: str) -> None:
    file = tmp_path / "estate.xlsx"
    file.write_bytes(BOOKS[name]())
    assert "longer than" not in answered(lambda: read_apart(read_estate, file, LIMITS))


@pytest.mark.slow
@pytest.mark.parametrize("name", DAYS)
def test_an_attendance_file_that_would_swell(tmp_path: Path, name: str) -> None:
    called, data = DAYS[name]()
    file = tmp_path / called
    file.write_bytes(data)
    options = Options(today=TODAY, key=b"k" * 32)
    said = answered(lambda: read_apart(read_attendance, file, LIMITS, options))
    assert "longer than" not in said or name in ONLY_THE_CLOCK


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_a_floor_plan_that_would_swell(tmp_path: Path, name: str) -> None:
    called, data = PLANS[name]()
    file = tmp_path / called
    file.write_bytes(data)
    said = answered(lambda: read_apart(read_here, file, LIMITS, Choices()))
    assert "longer than" not in said
