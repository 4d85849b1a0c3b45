"""The page of each document, opened as a file: readable by all, quiet, never wider than a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.i18n import speech_of
from planner.reports import twin
from planner.reports.sheets import lots_of, moved_teams
from planner.web.views.documents import _page_policy
from tests.browser.conftest import BAD, Tab
from tests.browser.test_pages import violations
from tests.reports.campus import keep_everything_dossier, nine_floors_dossier

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
HTML = "text/html; charset=utf-8"
LOADED = """async () => {
    await document.fonts.ready;
    const used = ["IBM Plex Sans", "IBM Plex Sans Condensed"].filter(font =>
        font.length === 13 || document.querySelector(`[font-family^="${font}"]`));
    return used.filter(font => !document.fonts.check(`12px "${font}"`)).concat(
        [...document.fonts].filter(face => face.status === "error").map(face => face.family));
}"""
"""Returns the fonts that are used and not there."""
CUT = """() => [...document.querySelectorAll("td, dd, dt, h1, h2, .ask")]
    .filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
    .map(one => `${one.className} too narrow for ${one.textContent}`)"""
"""Cells and words that stick out of their place."""


def pages(speech):
    """Return every kind of document as a page, and that of a plan which frees nothing."""
    dossier = nine_floors_dossier()
    return {
        "proposal": twin.proposal_page(dossier, speech),
        "one-page": twin.one_page_page(dossier, speech),
        "utilisation": twin.utilisation_page(dossier, speech),
        "letting": twin.letting_page(dossier, lots_of(dossier)[0], speech),
        "notice": twin.notice_page(dossier, moved_teams(dossier)[0], speech),
        "keep-everything": twin.proposal_page(keep_everything_dossier(), speech),
    }


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_page_of_a_document_shuts_nobody_out(
    chromium: Browser, tmp_path: Path, language: str
) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    tab = Tab(context.new_page())
    tab.page.on(
        "console", lambda said: tab.complaints.append(said.text) if said.type in BAD else None
    )
    found = {}
    for name, content in pages(speech_of(language)).items():
        path = tmp_path / f"{name}.html"
        path.write_bytes(content)
        tab.page.set_viewport_size({"width": 1440, "height": 900})
        tab.page.goto(path.as_uri())
        assert tab.page.locator("html").get_attribute("lang") == language
        assert tab.page.locator("h1").count() == 1
        found[name] = violations(tab)
        found[name] += tab.page.evaluate(LOADED)
        for width in (390, 320):
            tab.page.set_viewport_size({"width": width, "height": 844})
            wide = tab.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found[name].append(f"{wide} px wide in a window of {width}")
            found[name] += tab.page.evaluate(CUT)
        found[name] += violations(tab)
    context.close()
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert tab.complaints == []


def test_a_served_page_is_allowed_its_style_and_its_fonts(chromium: Browser) -> None:
    dossier = nine_floors_dossier()
    page = twin.letting_page(dossier, lots_of(dossier)[0], speech_of("en"))
    headers = {"Content-Security-Policy": _page_policy(page)}
    tab = chromium.new_page()
    said: list[str] = []
    tab.on("console", lambda one: said.append(one.text))
    tab.route("**/*", lambda route: route.fulfill(body=page, content_type=HTML, headers=headers))
    tab.goto("http://documents.example/letting")
    assert tab.evaluate(LOADED) == []
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") == "32px"
    assert said == []
    tab.close()
