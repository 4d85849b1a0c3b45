"""One floor, a thousand floors, thousands of moves, nothing freed, names of every kind."""

import io
import logging
import re

import pytest
from pypdf import PdfReader

from planner.i18n import speech_of
from planner.reports import pdf, twin
from planner.reports.facts import facts_of
from planner.reports.facts.moves import MOST_ROWS
from planner.reports.moves import moves_csv
from planner.reports.press import WARNINGS
from planner.reports.sheets import lots_of, moved_teams
from tests.estates import BUILDINGS, estate, floor, seat, team
from tests.reports.campus import keep_everything_dossier
from tests.reports.sizes import campus_of, freeing, renamed

EN, ID = speech_of("en"), speech_of("id")
NAMES = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x.example";"y")',
    ("Directorate General of State Assets and Buildings " * 5)[:200],
    "W" * 200,
    "إدارة المباني الحكومية",
    "财政部办公厅资产管理司",
]


@pytest.fixture(autouse=True)
def _no_warning(caplog):
    caplog.set_level(logging.WARNING, logger=WARNINGS.name)
    yield
    assert [record.getMessage() for record in caplog.records] == []


def text_of(data):
    pages = PdfReader(io.BytesIO(data)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


def papers(dossier, speech):
    """Return every document of a plan on paper and as a page."""
    found = [
        pdf.proposal_pdf(dossier, speech),
        pdf.one_page_pdf(dossier, speech),
        pdf.utilisation_pdf(dossier, speech),
        twin.proposal_page(dossier, speech),
        twin.one_page_page(dossier, speech),
        twin.utilisation_page(dossier, speech),
    ]
    for unit in lots_of(dossier)[:1]:
        found += [
            pdf.letting_pdf(dossier, unit, speech), twin.letting_page(dossier, unit, speech)
        ]  # fmt: skip
    for code in moved_teams(dossier)[:1]:
        found += [pdf.notice_pdf(dossier, code, speech), twin.notice_page(dossier, code, speech)]
    return found


@pytest.mark.parametrize("speech", [EN, ID])
def test_names_of_every_kind_stand_in_every_document(speech):
    dossier = renamed(freeing(campus_of(2, 3, 2, people=3), 2), NAMES)
    found = papers(dossier, speech)
    assert len(found) == 10
    for page in found:
        if page.startswith(b"<!do"):
            assert b"<script" not in page
    assert len(text_of(found[1])) == 1


def test_an_estate_of_one_floor_keeps_it_and_says_why():
    one = estate(
        buildings=BUILDINGS[:1], floors=(floor("N1"),), teams=(team("a"),),
        seating=(seat("a", "N1"),),
    )  # fmt: skip
    for speech in (EN, ID):
        assert len(papers(freeing(one, 0), speech)) == 6
    text = " ".join(text_of(pdf.proposal_pdf(freeing(one, 0), EN)))
    assert "Keep every floor: freeing none is proved best" in text


def test_a_plan_that_frees_nothing_shows_no_money_and_lists_no_empty_section():
    dossier = keep_everything_dossier()
    facts = facts_of(dossier, EN)
    assert facts.sections["money"].tables == ()
    assert "floors" not in facts.sections
    assert facts.sections["moves"].lede == "Every team keeps its floor; no mover is needed."


def test_thousands_of_moves_are_summed_up_in_print_and_listed_in_the_file():
    dossier = freeing(campus_of(10, 10, 20), 50)
    assert len(dossier.plan.moves) == 1000 > MOST_ROWS
    pairs, departments = facts_of(dossier, EN).sections["moves"].tables
    assert departments.title == "1,000 moves by department, summed up"
    assert [cell.text for cell in departments.total_cells][:3] == ["All moves", "1,000", "1,000"]
    assert len(pairs.rows) == len(departments.rows) == 10
    assert len(moves_csv(dossier, EN).splitlines()) == 1001


def test_many_buildings_are_summed_up_without_losing_a_move():
    dossier = freeing(campus_of(60, 2, 6), 60)
    pairs, departments = facts_of(dossier, EN).sections["moves"].tables
    for table in (pairs, departments):
        assert len(table.rows) == 31
        assert table.left_out == 30
        moves = [int(row[-3].text) for row in table.cells]
        assert sum(moves) == 360
        assert table.total_cells[-3].text == "360"


@pytest.mark.slow
@pytest.mark.parametrize("speech", [EN, ID])
def test_a_thousand_floors_keep_the_decision_on_page_one_and_the_rest_in_bounds(speech):
    dossier = freeing(campus_of(100, 10, 2, people=4), 60)
    pages = text_of(pdf.proposal_pdf(dossier, speech))
    assert len(pages) <= 24
    asked = "Decision asked." if speech is EN else "Keputusan yang diminta."
    assert asked in pages[0]
    contents = next(page for page in pages if "What is in" in page or "Isi dokumen" in page)
    assert "What a tenant would get" not in contents  # no floor of it is drawn
    assert len(text_of(pdf.one_page_pdf(dossier, speech))) == 1
