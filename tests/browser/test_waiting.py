"""Pages of work under way, refused or shared shut nobody out, and follow the work by themselves."""

from __future__ import annotations

import os
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planner.db.store import open_store
from planner.domain.stages import Stage
from planner.jobs import claim_next
from planner.optimise.options import Options
from planner.services import estates, plans, sharing, staging, taking_in
from planner.services.making import carry_out
from tests.browser.conftest import Site, Tab, serving, sign_in
from tests.browser.test_pages import speak, violations
from tests.services.test_taking_in import STALE, spoilt
from tests.web.conftest import NOW, take_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.web.conftest import House

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("PLANNER_SHOTS", "")
PERIODS = (Stage("Now", 3), Stage("Next year", 15, Decimal("1.1")))
PAGES = {
    "periods": "/stages/{periods}",
    "delete-periods": "/stages/{periods}/delete",
    "run": "/runs/{run}",
    "shared": "/shared/{secret}",
    "file-waits": "/imports/{waits}",
    "file-refused": "/imports/{refused}",
}


@dataclass
class Work:
    """A site on which work waits, and the ids of it by name."""

    site: Site
    ids: dict[str, str]
    cookies: dict


@pytest.fixture(scope="module")
def at_work(
    built: House, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Work]:
    with serving(built, tmp_path_factory.mktemp("waiting"), frozenset()) as site:
        store = open_store(site.served, lambda: NOW)
        ani, estate = built.people["ani"], built.estate
        book = estates.export_workbook(store, ani, estate)
        periods = staging.start_stages(store, ani, estate, Options("Two", seconds=1), PERIODS)
        claim = claim_next(store, "w1", STALE, {"stages"})
        assert claim is not None
        carry_out(store, claim)
        refused = taking_in.ask_workbook(store, ani, spoilt(book), "offices.xlsx", estate, 1)
        take_in(store)
        ids = {
            "periods": periods,
            "run": plans.start_plan(store, ani, estate, Options("Waits", seconds=60)),
            "secret": sharing.share(store, ani, [built.plan], 7),
            "refused": refused,
            "waits": taking_in.ask_workbook(store, ani, book, "offices.xlsx", estate, 1),
        }
        yield Work(site, ids, sign_in(chromium, site, "ani"))
        store.close()


@pytest.fixture
def there(chromium: Browser, at_work: Work) -> Iterator[Tab]:
    context = chromium.new_context(storage_state=at_work.cookies)
    opened = Tab(context.new_page())
    opened.page.on("pageerror", lambda failure: opened.complaints.append(str(failure)))
    yield opened
    assert opened.complaints == []
    context.close()


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_work_shuts_nobody_out(
    there: Tab, at_work: Work, name: str, language: str
) -> None:
    page = there.page
    speak(there, at_work.site, language)
    page.goto(at_work.site.url + PAGES[name].format(**at_work.ids))
    assert page.locator("h1").count() == 1
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert violations(there) == [], theme
    page.emulate_media(color_scheme="light")
    for width in (1440, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{language}-{width}.png", full_page=True)


def test_a_long_file_is_followed_to_its_end_without_a_reload(
    own_site: Site, chromium: Browser, built: House
) -> None:
    store = open_store(own_site.served, lambda: NOW)
    ani = built.people["ani"]
    book = estates.export_workbook(store, ani, built.estate)
    context = chromium.new_context(storage_state=sign_in(chromium, own_site, "ani"))
    page = context.new_page()
    run = taking_in.ask_workbook(store, ani, book, "offices.xlsx")
    page.goto(f"{own_site.url}/imports/{run}")
    page.wait_for_url("**/data", timeout=60_000)
    assert "records were stored" in page.get_by_role("status").first.inner_text()
    store.close()
    context.close()
