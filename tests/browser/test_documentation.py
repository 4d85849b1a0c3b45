"""Pictures of the documentation are taken from the site; each page shows only what there is."""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from planner.paths import translations_dir

if TYPE_CHECKING:
    from tests.browser.conftest import Site, Tab

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = {
    "tutorial/today.png": ("/estates/{e}", 760),
    "tutorial/result.png": ("/plans/{p}", 900),
    "how-to/stack.png": ("/plans/{p}/stack", 760),
    "how-to/compare.png": ("/estates/{e}/compare", 760),
    "how-to/proposals.png": ("/proposals", 900),
    "how-to/guide.png": ("/estates/{e}/guide", 760),
}


def test_every_picture_that_a_page_shows_is_there_and_is_taken_by_this_test() -> None:
    shown = {
        f"{page.parent.name}/{name}"
        for page in DOCS.glob("*/*.md")
        for name in re.findall(r"!\[[^\]]*\]\(([^)/]+\.png)\)", page.read_text(encoding="utf-8"))
    }
    assert shown == set(PICTURES)
    assert {name for name in PICTURES if not (DOCS / name).is_file()} == set()


@pytest.mark.browser
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_can_be_taken_again(tab: Tab, site: Site, name: str, tmp_path: Path) -> None:
    address, height = PICTURES[name]
    tab.page.set_viewport_size({"width": 1180, "height": height})
    tab.page.goto(site.at(address))
    if name.endswith("stack.png"):
        tab.page.locator('.of-plan .block[data-fixed="false"] >> visible=true').first.click()
        tab.page.locator("#move-to").wait_for()
    wanted = os.environ.get("PLANNER_TEST_PICTURES")
    target = (DOCS / name) if wanted else tmp_path / "picture.png"
    tab.page.screenshot(path=target)
    assert target.stat().st_size > 5000


FOR_OPERATORS = {"deploy", "sign-in-by-your-organisation"}
NOT_ON_A_BUTTON = {"PDF", "CSV", "JSON", "M", "L", "planner", "worker"}
"""Bold words of the documentation that are names, keys or processes."""


def on_the_site(language: str) -> set[str]:
    """Return what the site writes in a language, places for values left out."""
    path = translations_dir() / "id" / "LC_MESSAGES" / "messages.po"
    known = read_po(BytesIO(path.read_bytes()), locale="id")
    texts = [
        text
        for one in known
        if one.id
        for side in [one.id if language == "en" else one.string]
        for text in ([side] if isinstance(side, str) else side)
    ]
    return {text.strip().casefold() for text in texts}


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_a_guide_tells_the_reader_to_press_is_on_the_site(language: str) -> None:
    """Bold words of tutorial and how-tos are the words of buttons, pages and fields."""
    words = on_the_site(language)
    missing = {
        f"{path.name}: {bold}"
        for shelf in ("tutorial", "how-to")
        for path in sorted((DOCS / shelf).glob("*.md"))
        if path.stem.endswith(".id") == (language == "id") and path.stem not in FOR_OPERATORS
        for bold in re.findall(r"\*\*([^*]+)\*\*", path.read_text(encoding="utf-8"))
        if " ".join(bold.split()).casefold() not in words and bold not in NOT_ON_A_BUTTON
    }
    assert missing == set()
