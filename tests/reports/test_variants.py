"""Variants of the proposal: tagged, archived with its files, and its twin on a screen."""

import hashlib
import io
import logging
from collections import Counter
from html.parser import HTMLParser

import pdfua
import pytest
from pypdf import PdfReader

from planner.i18n import speech_of
from planner.reports.pdf import proposal_pdf
from planner.reports.press import WARNINGS
from planner.reports.sheets import one_page_sheet
from planner.reports.twin import proposal_twin, sheet_twin
from planner.reports.workbook import model_xlsx
from tests.reports.campus import nine_floors_dossier

EN, ID = speech_of("en"), speech_of("id")


@pytest.fixture(autouse=True)
def _no_warning(caplog):
    caplog.set_level(logging.WARNING, logger=WARNINGS.name)
    yield
    assert [record.getMessage() for record in caplog.records] == []


@pytest.fixture(scope="module")
def archived():
    return proposal_pdf(nine_floors_dossier(), EN, "archive")


def metadata(pdf):
    return PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_data().decode()


def test_the_archive_carries_plan_workbook_and_moves_as_they_are(archived):
    dossier = nine_floors_dossier()
    files = PdfReader(io.BytesIO(archived)).attachments
    assert set(files) == {"plan.json", "model.xlsx", "moves.csv"}
    assert files["plan.json"][0].decode() == dossier.plan.to_json()
    assert files["model.xlsx"][0] == model_xlsx(dossier, EN)


def test_the_archive_claims_pdf_a_3a_and_is_tagged(archived):
    said = metadata(archived)
    assert "<pdfaid:part>3</pdfaid:part>" in said or 'pdfaid:part="3"' in said
    root = PdfReader(io.BytesIO(archived)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"


def test_the_archive_is_the_same_bytes_again(archived):
    again = proposal_pdf(nine_floors_dossier(), EN, "archive")
    assert hashlib.sha256(again).digest() == hashlib.sha256(archived).digest()


def test_the_accessible_variant_claims_pdf_ua_1_with_a_title_and_texts_for_images():
    pdf = proposal_pdf(nine_floors_dossier(), EN, "accessible")
    assert "pdfuaid" in metadata(pdf)
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.levels, self.ids, self.inline, self.words = [], [], [], []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag in {"h1", "h2", "h3"}:
            self.levels.append(int(tag[1]))
        if "id" in found:
            self.ids.append(found["id"])
        if "style" in found or any(name.startswith("on") for name in found):
            self.inline.append(tag)

    def handle_data(self, data):
        self.words.append(data)


@pytest.mark.parametrize("speech", [EN, ID])
def test_the_twin_says_the_same_and_needs_no_inline_style(speech):
    dossier = nine_floors_dossier()
    reader = Reader()
    reader.feed(proposal_twin(dossier, speech))
    text = "".join(reader.words)
    assert speech.money_short(dossier.plan.npv) in text
    assert dossier.plan.hash[:8] in text
    assert reader.levels[0] == 1
    assert reader.levels.count(1) == 1
    assert reader.inline == []
    assert len(reader.ids) == len(set(reader.ids))


def test_short_documents_have_twins_too():
    dossier = nine_floors_dossier()
    page = sheet_twin(one_page_sheet(dossier, EN), dossier, EN)
    assert "<h1" in page
    assert "\n.document { " in page


@pytest.fixture(scope="module")
def accessible():
    return proposal_pdf(nine_floors_dossier(), EN, "accessible")


def test_an_independent_checker_finds_no_fault_in_the_tagging(accessible, tmp_path):
    path = tmp_path / "accessible.pdf"
    path.write_bytes(accessible)
    report = pdfua.validate(path)
    # UA-15-003 asks for a scope on heads; ISO 32000 lets cells name their heads instead, which
    # the test below holds each of them to.
    assert {one.rule_id for one in report.findings} <= {"UA-15-003"}


def parts_of(pdf):
    """Yield every part of the tree of tags."""
    todo = [PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while todo:
        part = todo.pop()
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, list):
            todo += part
        elif isinstance(part, dict):
            yield part
            if "/K" in part:
                todo.append(part["/K"])


def test_every_cell_names_heads_that_are_there(accessible):
    parts = list(parts_of(accessible))
    heads = {str(part["/ID"]) for part in parts if part.get("/S") == "/TH"}
    cells = [part["/A"] for part in parts if part.get("/S") == "/TD"]
    named = [str(head) for cell in cells for head in cell["/Headers"]]
    assert len(cells) > 500
    assert all(cell["/Headers"] for cell in cells)
    assert set(named) <= heads


def test_another_reader_finds_headings_tables_and_texts_for_figures(accessible):
    parts = list(parts_of(accessible))
    kinds = Counter(part.get("/S") for part in parts)
    assert kinds["/H1"] == 1
    assert kinds["/Table"] > 10
    assert kinds["/Figure"] > 10
    assert [part for part in parts if part.get("/S") == "/Figure" and not part.get("/Alt")] == []
