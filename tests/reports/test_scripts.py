"""Names in any script are set in fonts of our own, and none breaks a document."""

import dataclasses
import io
import logging
import re

import pytest
from pypdf import PdfReader

from planner.i18n import speech_of
from planner.reports.fonts import faces, font_css
from planner.reports.pdf import notice_pdf, one_page_pdf
from planner.reports.press import WARNINGS
from planner.reports.twin import one_page_page
from tests.reports.campus import nine_floors_dossier

EN, ID = speech_of("en"), speech_of("id")
LONG = "Directorate " * 16 + "200 letters"
NAMES = {
    "arabic": "إدارة المباني",
    "chinese": "财政部办公厅",
    "traditional": "財政部辦公廳",
    "greek": "Υπουργείο",
    "russian": "Управление",
    "script": "<script>alert(1)</script>",
    "formula": "=HYPERLINK(1)",
    "long": LONG,
    "one_word": "x" * 200,
}


@pytest.fixture(autouse=True)
def _no_warning(caplog):
    caplog.set_level(logging.WARNING, logger=WARNINGS.name)
    yield
    assert [record.getMessage() for record in caplog.records] == []


def named(name):
    dossier = nine_floors_dossier()
    header = dossier.estate.header.model_copy(update={"name": name, "owner": name})
    teams = tuple(team.model_copy(update={"name": name}) for team in dossier.estate.teams)
    estate = dataclasses.replace(dossier.estate, header=header, teams=teams)
    return dataclasses.replace(dossier, estate=estate)


def fonts_of(pdf):
    """Return the names of all fonts of a file; each must be embedded."""
    found = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile3", "/FontFile2"} & set(described)
            found.add(str(font["/BaseFont"]).partition("+")[2])
    return found


@pytest.mark.parametrize("key", NAMES)
def test_a_name_in_any_script_is_set_in_our_own_fonts(key):
    dossier = named(NAMES[key])
    pdf = notice_pdf(dossier, dossier.plan.moves[0].team, EN)
    families = {name.replace("-", " ") for name in fonts_of(pdf)}
    strange = {name for name in families if not name.startswith(("IBM Plex Sans", "Noto Sans"))}
    assert strange == set()
    if key in {"arabic", "chinese", "traditional"}:
        assert any(name.startswith("Noto Sans") for name in families)


def with_forms(page):
    """Yield a page and every drawing on it."""
    todo = [page]
    while todo:
        one = todo.pop().get_object()
        yield one
        todo += one.get("/Resources", {}).get("/XObject", {}).values()


@pytest.mark.parametrize("key", ["arabic", "chinese"])
def test_a_name_in_a_drawing_is_set_in_our_own_fonts_too(key):
    dossier = named(NAMES[key])
    buildings = tuple(
        one.model_copy(update={"name": NAMES[key]}) for one in dossier.estate.buildings
    )
    dossier = dataclasses.replace(
        dossier, estate=dataclasses.replace(dossier.estate, buildings=buildings)
    )
    page = PdfReader(io.BytesIO(one_page_pdf(dossier, EN))).pages[0]
    names = {
        str(font["/BaseFont"]).partition("+")[2]
        for part in with_forms(page)
        for font in part.get("/Resources", {}).get("/Font", {}).values()
    }
    assert {name for name in names if not name.startswith(("IBM-Plex-Sans", "Noto-Sans"))} == set()


@pytest.mark.parametrize("key", ["arabic", "chinese", "greek", "long"])
def test_a_page_brings_the_fonts_of_its_letters_with_it(key):
    page = one_page_page(named(NAMES[key]), EN).decode()
    brought = set(re.findall(r'@font-face { font-family: "([^"]*)"', page))
    named_ones = set(re.findall(r'font-family="([^"]*)"', page))
    assert {name for one in named_ones for name in one.split(", ")} <= brought
    assert (brought > {"IBM Plex Sans", "IBM Plex Sans Condensed"}) == (key != "long")
    assert set(re.findall(r"src: url\((data:font/)?", page)) == {"data:font/"}


@pytest.mark.parametrize("speech", [EN, ID])
@pytest.mark.parametrize("key", ["long", "one_word"])
def test_a_name_of_two_hundred_letters_keeps_the_one_page_to_its_page(speech, key):
    assert len(PdfReader(io.BytesIO(one_page_pdf(named(NAMES[key]), speech))).pages) == 1


def test_a_text_gets_the_files_that_its_letters_ask_for_and_no_others():
    latin, chinese = font_css("Bekasi, 24 m²"), font_css("Bekasi 财政部")
    assert "noto-sans-sc" not in latin
    assert "cyrillic" not in latin
    assert "noto-sans-sc" in chinese
    assert "noto-sans-arabic" not in chinese


def test_every_listed_font_file_is_there_and_says_what_it_holds():
    assert len({face.file for face in faces()}) == len(faces()) > 100
    assert all(face.letters for face in faces())
