"""PDF pages and pictures become backdrops to trace; nothing in them is called a room."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

from planner.errors import ImportRefused
from tests.importers.plans.reports import codes

PAGE = """<style>@page {{ size: 400pt 300pt; margin: 0 }} body {{ margin: 0 }}</style>
<svg xmlns="http://www.w3.org/2000/svg" width="400pt" height="300pt" viewBox="0 0 400 300">
<path d="M50 50H150V130H50Z" fill="#ddd" stroke="#000"/>
<text x="60" y="90" font-size="10">2.04 {text}</text></svg>"""


def pdf(folder, text="Office", pages=1):
    path = folder / "plan.pdf"
    HTML(string=PAGE.format(text=text) * pages).write_pdf(path)
    return path


def test_a_page_is_a_picture_with_its_shapes_and_texts_offered(read, tmp_path):
    report = read(pdf(tmp_path, "Scale 1:200 Lantai 3"))
    (floor,) = report.floors
    assert (floor.name, floor.level, floor.spaces) == ("page 1", 3, ())
    assert report.to_trace
    assert {"to_trace", "scale_written"} <= codes(report)
    backdrop = floor.backdrop
    assert Image.open(io.BytesIO(backdrop.png)).size == (backdrop.width_px, backdrop.height_px)
    zoom = backdrop.width_px / 400
    box = [(50, 50), (150, 130)]
    corners = {(round(x / zoom), round(y / zoom)) for x, y in backdrop.shapes[0][0]}
    assert {box[0], box[1]} <= corners
    (text, (x, y)) = backdrop.labels[0]
    assert text.startswith("2.04")
    assert 50 < x / zoom < 250
    assert 70 < y / zoom < 100


def test_a_pdf_under_a_password_is_refused(read, tmp_path):
    path = pdf(tmp_path)
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(path)
    with pytest.raises(ImportRefused, match="locked by a password; save it without one"):
        read(path)


@pytest.mark.parametrize("kept", [20, 400])
def test_a_pdf_that_is_cut_short_is_refused(read, tmp_path, kept):
    path = pdf(tmp_path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ImportRefused, match="no sound PDF"):
        read(path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_becomes_our_own_png_of_bounded_size(read, tmp_path, kind):
    path = tmp_path / "scan of Lantai 2.bin"
    Image.new("RGB", (5000, 2500), "white").save(path, kind)
    report = read(path)
    backdrop = report.floors[0].backdrop
    assert (backdrop.width_px, backdrop.height_px) == (2400, 1200)
    assert backdrop.png.startswith(b"\x89PNG")
    assert backdrop.metres_per_px is None
    assert report.floors[0].level == 2


def test_a_picture_that_is_cut_short_or_far_too_large_is_refused(read, tmp_path):
    whole = io.BytesIO()
    Image.effect_noise((400, 400), 50).save(whole, "PNG")
    path = tmp_path / "scan.png"
    path.write_bytes(whole.getvalue()[:5000])
    with pytest.raises(ImportRefused, match="damaged or cut short"):
        read(path)
    Image.new("1", (20_000, 20_000)).save(path)
    with pytest.raises(ImportRefused, match=r"damaged or cut short|million are read"):
        read(path)
