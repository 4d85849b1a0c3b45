"""A document that is not there yet: asked for on a page, told of step by step, had in the end."""

from __future__ import annotations

import datetime as dt
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planner.db.store import open_store
from planner.jobs import DRAWING
from planner.worker import Ending, work
from tests.browser.test_pages import speak, violations
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from tests.browser.conftest import Site, Tab

pytestmark = pytest.mark.browser
STALE = dt.timedelta(seconds=20)
SHOTS = os.environ.get("PLANNER_SHOTS", "")


def draw(site: Site) -> None:
    """Do what a worker for documents does, until none waits."""
    store = open_store(site.served, lambda: NOW)
    work(store, "drawing", STALE, Ending(), until_idle=True, kinds=DRAWING)
    store.close()


def shoot(tab: Tab, name: str) -> None:
    if SHOTS:
        for width in (1440, 768, 390):
            tab.page.set_viewport_size({"width": width, "height": 900})
            tab.page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
        tab.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_button_fetches_a_document_that_a_worker_makes_meanwhile(tab: Tab, site: Site) -> None:
    tab.page.goto(site.at("/plans/{p}/documents"))
    with tab.page.expect_download(timeout=60_000) as waited:
        tab.page.get_by_role("link", name="PDF Utilisation by building", exact=True).click()
        tab.page.get_by_role("status").filter(has_text="Waiting for a worker").wait_for()
        shoot(tab, "toast")
        worker = threading.Thread(target=draw, args=(site,))
        worker.start()
    worker.join()
    assert waited.value.suggested_filename == "utilisation.pdf"
    tab.page.get_by_role("status").filter(has_text="downloaded").wait_for()


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_page_of_an_order_follows_it_and_shuts_nobody_out(
    tab: Tab, site: Site, language: str
) -> None:
    speak(tab, site, language)
    tab.page.goto(site.at(f"/plans/{{p}}/documents/one-page?lang={language}"))
    assert "/documents/" in tab.page.url
    heading = tab.page.get_by_role("heading", level=1)
    assert {"en": "One page: waiting", "id": "Satu halaman: menunggu"}[language] == (
        heading.inner_text()
    )
    assert violations(tab) == []
    shoot(tab, f"order-waiting-{language}")
    draw(site)
    ready = {"en": "One page: ready", "id": "Satu halaman: siap"}[language]
    tab.page.get_by_role("heading", level=1, name=ready).wait_for()
    assert violations(tab) == []
    shoot(tab, f"order-ready-{language}")
    with tab.page.expect_download() as waited:
        tab.page.get_by_role("link", name={"en": "Download", "id": "Unduh"}[language]).click()
    assert waited.value.suggested_filename == "one-page.pdf"
