"""What the facts say stands in the file, word for word, in both languages and in the page too."""

import io
import re
import unicodedata
from html import unescape

import pytest
from pypdf import PdfReader

from planner.domain.figures import FIGURES
from planner.domain.presets import preset_of
from planner.finance.rules import rules
from planner.finance.values import values_of
from planner.i18n import speech_of
from planner.reports.facts import facts_of
from planner.reports.facts.sources import OURS, source_words
from planner.reports.facts.words import rise_words
from planner.reports.pdf import proposal_pdf
from planner.reports.twin import proposal_twin
from tests.finance import worked
from tests.reports.campus import nine_floors_dossier


def plain(text):
    """Return a text without blanks and breaks, which a page sets as it likes."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def sentences(facts):
    """Yield every text that the facts state: headings, key figures, cells, notes."""
    page = facts.headline
    yield from (page.title, page.lede, page.ask, *page.why, *page.risk, *page.signatures)
    for fact in page.figures:
        yield from (fact.label, fact.value, fact.note)
    for section in facts.sections.values():
        yield from (section.title, section.lede, *section.notes)
        for table in section.tables:
            yield from (table.title, table.note, *(column.head for column in table.columns))
            for row in (*table.cells, table.total_cells):
                yield from (cell.text for cell in row if not cell.page)


@pytest.fixture(scope="module", params=["en", "id"])
def said(request):
    speech = speech_of(request.param, "IDR")
    dossier = nine_floors_dossier()
    wanted = {plain(text) for text in sentences(facts_of(dossier, speech))}
    reader = PdfReader(io.BytesIO(proposal_pdf(dossier, speech)))
    printed = plain("".join(page.extract_text() for page in reader.pages))
    html = proposal_twin(dossier, speech)
    shown = plain(unescape(re.sub(r"<[^>]+>", "", html)))
    return wanted, printed, shown


def test_every_word_of_the_facts_can_be_taken_out_of_the_file(said):
    wanted, printed, _ = said
    assert len(wanted) > 500
    assert sorted(text for text in wanted if text not in printed) == []


def test_every_word_of_the_facts_stands_in_the_page(said):
    wanted, _, shown = said
    assert sorted(text for text in wanted if text not in shown) == []


def test_every_source_of_a_figure_or_rule_of_ours_is_known_in_both_languages():
    stated = {figure.source for figure in FIGURES.values()} | {one.law for one in rules().values()}
    stated |= {figure.source for land in ("ID", "GB", "US") for figure in preset_of(land).values()}
    assert sorted(stated - {""} - set(OURS)) == []
    indonesian = speech_of("id")
    assert [one for one in OURS if source_words(one, indonesian) == one] == []
    assert source_words("letter of 3 May", indonesian) == "letter of 3 May"


@pytest.mark.parametrize(
    ("figures", "english", "indonesian"),
    [
        ({}, "3.0% each year", "3,0% setiap tahun"),
        (
            {"escalation_kind": "steps", "escalation_steps": "0.0325;0.05"},
            "3.25%, 5.0% a year; the last repeats",
            "3,25%, 5,0% per tahun; yang terakhir berulang",
        ),
        (
            {"escalation_kind": "index"},
            "with inflation, counted at 9.0% a year",
            "mengikuti inflasi, dihitung 9,0% per tahun",
        ),
        (
            {"escalation_kind": "index", "index_floor": "0"},
            "with inflation, counted at 9.0% a year (no less than 0.0%)",
            "mengikuti inflasi, dihitung 9,0% per tahun (tidak kurang dari 0,0%)",
        ),
        (
            {"escalation_kind": "index", "index_floor": "0.01", "index_cap": "0.04"},
            "with inflation, counted at 4.0% a year (no less than 1.0% and no more than 4.0%)",
            "mengikuti inflasi, dihitung 4,0% per tahun (tidak kurang dari 1,0% dan tidak "
            "lebih dari 4,0%)",
        ),
        ({"rent_rule": "flat", "flat_rent_per_m2_month": "9"}, "with each new term", None),
    ],
)
def test_a_tenant_reads_how_the_rent_rises(figures, english, indonesian):
    stated = {"escalation_rate": "0.03", "inflation_rate": "0.09", **figures}
    terms = values_of(worked.estate(stated)).terms
    assert rise_words(terms, speech_of("en")) == english
    if indonesian:
        assert rise_words(terms, speech_of("id")) == indonesian
