"""The proposal says what the plan says, the same bytes each time, and loads nothing foreign."""

import dataclasses
import io
import logging
import re

import pytest
from pypdf import PdfReader

from planner.i18n import speech_of
from planner.reports.frame import css_string
from planner.reports.pdf import proposal_html, proposal_pdf
from planner.reports.press import WARNINGS, press
from tests.reports.campus import keep_everything_dossier, nine_floors_dossier

EN, ID = speech_of("en"), speech_of("id")


@pytest.fixture(autouse=True)
def _no_warning(caplog):
    caplog.set_level(logging.WARNING, logger=WARNINGS.name)
    yield
    assert [record.getMessage() for record in caplog.records] == []


@pytest.fixture(scope="module")
def printed():
    return proposal_pdf(nine_floors_dossier(), EN)


def text_of(pdf):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return [re.sub(r"\s+", " ", page) for page in pages]


def test_page_one_states_the_decision_and_its_money(printed):
    dossier = nine_floors_dossier()
    first = text_of(printed)[0]
    short = re.sub(r"\s+", " ", EN.money_short(dossier.plan.npv))
    assert f"Let nine floors and earn {short} net over five years" in first
    assert re.sub(r"\s+", " ", EN.money_short(dossier.case.peak_funding)) in first
    assert "485 people in 29 teams move" in first


def test_the_npv_is_printed_to_the_last_minor_unit(printed):
    exact = re.sub(r"\s+", " ", EN.money(nine_floors_dossier().plan.npv, exact=True))
    assert any(exact in page for page in text_of(printed))


def test_every_move_and_every_kept_floor_is_printed(printed):
    text = " ".join(text_of(printed))
    dossier = nine_floors_dossier()
    for move in dossier.plan.moves:
        assert dossier.estate.team_of[move.team].name in text
    assert dossier.estate.hash[:8] in text
    assert dossier.plan.hash[:8] in text


def test_the_same_dossier_gives_the_same_bytes(printed):
    assert proposal_pdf(nine_floors_dossier(), EN) == printed


def test_pages_are_numbered_bookmarked_and_a4(printed):
    reader = PdfReader(io.BytesIO(printed))
    pages = len(reader.pages)
    assert 12 <= pages <= 20
    assert f"Page 1 of {pages}" in text_of(printed)[0]
    assert len(reader.outline) > 8
    assert [round(side) for side in reader.pages[0].mediabox[2:]] == [595, 842]


def test_fonts_are_embedded(printed):
    for page in PdfReader(io.BytesIO(printed)).pages:
        for font in page["/Resources"]["/Font"].values():
            described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile3", "/FontFile2"} & set(described.get_object())


def test_a_plan_that_frees_nothing_says_keep_everything():
    text = " ".join(text_of(proposal_pdf(keep_everything_dossier(), EN)))
    assert "Keep every floor: freeing none is proved best" in text
    assert "TO LET" not in text


def test_a_document_may_load_nothing_from_outside(caplog):
    for url in ("file:///etc/passwd", "http://127.0.0.1:9/x.png", "../../../etc/passwd"):
        press(f"<img src='{url}'><a rel=attachment href='{url}'>x</a>", identity=b"0" * 16)
    refused = [record.getMessage() for record in caplog.records]
    caplog.clear()
    assert len(refused) >= 3


def test_a_name_cannot_become_markup():
    dossier = nine_floors_dossier()
    header = dossier.estate.header.model_copy(
        update={"name": "<script>x</script> <b>" + "y" * 150, "owner": "=HYPERLINK(1)"}
    )
    estate = dataclasses.replace(dossier.estate, header=header)
    html = proposal_html(dataclasses.replace(dossier, estate=estate, author="<i>a"), EN)
    assert "<script" not in html
    assert "<i>" not in html


def test_a_css_string_cannot_end_early():
    assert '"' not in css_string('a";}b')[1:-1]
    assert "}" not in css_string('a";}b')
