"""Words of drawings are set whole: joined, in order, one layout each; odd ones as before."""

import io
import re

import pytest
from pypdf import PdfReader

from planner.reports.fonts import font_css
from planner.reports.press import press


def shown(inner, words=""):
    """Return how many pieces of text a file of one drawing places, and the text out of it."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" class="x" viewBox="0 0 200 40" '
        f'width="50mm" height="10mm"><title>T</title>{inner}</svg>'
    )
    page = PdfReader(io.BytesIO(press(f"<style>{font_css(words)}</style>{drawing}",
                                      identity=bytes(16)))).pages[0]  # fmt: skip
    streams = [page.get_contents(), *page["/Resources"].get("/XObject", {}).values()]
    shows = 0
    for stream in streams:
        found = stream.get_object()
        shows += len(re.findall(rb"\bTm\b", found.get_data()))
        inner_ones = found.get("/Resources", {}).get("/XObject", {})
        shows += sum(
            len(re.findall(rb"\bTm\b", one.get_object().get_data())) for one in inner_ones.values()
        )
    return shows, page.extract_text()


FONT = 'font-family="IBM Plex Sans" font-size="10"'


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_a_word_is_shown_in_one_piece(anchor):
    text = f'<text x="90" y="20" text-anchor="{anchor}" {FONT}>Scholarships</text>'
    assert shown(text) == (1, "Scholarships")


def test_letters_with_places_of_their_own_keep_them():
    count, _ = shown(f'<text x="5 30 60" y="20" {FONT}>abc</text>')
    assert count == 3


def test_arabic_is_joined_as_in_a_paragraph():
    words = "إدارة"
    count, text = shown(
        f'<text x="90" y="20" font-family="Noto Sans Arabic arabic" font-size="10">{words}</text>',
        words,
    )
    assert count == 1
    assert sorted(text.strip()) == sorted(words)
