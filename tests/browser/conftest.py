"""A real browser before a real server."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright
from waitress import create_server

from planner.db.store import open_store
from planner.settings import load_settings
from planner.web.app import create_app
from planner.worker import Ending, work
from tests.web.conftest import NOW, PASSWORD, built, solved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from planner.db.store import Store
    from tests.web.conftest import House

__all__ = ["PASSWORD", "built", "solved"]

FILES = frozenset({"import"})
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = Path(__file__).parent / "shots"


@dataclass
class Site:
    """A served site with what its database holds."""

    url: str
    house: House
    served: str = ""

    def at(self, page: str) -> str:
        """Return the address of a page.

        `{e}`, `{p}`, `{q}` are estate, plan and proposal; `{f}`, `{d}` a drawing and a file
        of attendance that wait.
        """
        house = self.house
        return self.url + page.format(
            e=house.estate, p=house.plan, q=house.proposal, f=house.plan_file, d=house.day_file
        )


@dataclass
class Tab:
    """A page of a browser with everything its console complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    own = os.environ.get("PLANNER_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), "")
    if not own:
        pytest.skip("no Chromium here: `sh setup.sh test` installs one")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=own, args=["--no-sandbox"])
        yield browser
        browser.close()


class Leaving(Ending):
    """A worker's end that a test sets."""

    def leave(self) -> None:
        """Ask the worker to end."""
        self._ask()


def reading(store: Store, ending: Ending, kinds: frozenset[str]) -> None:
    """Do what a worker for some kinds of runs does."""
    work(store, "reader", dt.timedelta(seconds=20), ending, kinds=kinds)


@contextmanager
def serving(built: House, folder: Path, kinds: frozenset[str] = FILES) -> Iterator[Site]:
    """Serve a copy of the house from a folder, with a worker for runs of some kinds."""
    shutil.copy(built.url.removeprefix("sqlite:///"), folder / "planner.db")
    settings = load_settings({"PLANNER_DATA_DIR": str(folder)})
    store = open_store(settings.database_url, lambda: NOW)
    server = create_server(create_app(settings, store, lambda: NOW), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    ending = Leaving()
    reader = threading.Thread(target=reading, args=(store, ending, kinds))
    reader.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", built, settings.database_url)
    ending.leave()
    reader.join(20)
    server.close()
    thread.join(5)
    store.close()


@pytest.fixture(scope="session")
def site(built: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a site that the tests share; what one changes, the next finds changed."""
    with serving(built, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture
def own_site(built: House, tmp_path: Path) -> Iterator[Site]:
    """Return a site of one test's own."""
    with serving(built, tmp_path) as served:
        yield served


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, site: Site) -> dict:
    """Sign in once; return the cookies."""
    return sign_in(chromium, site, "ani")


def sign_in(chromium: Browser, site: Site, who: str) -> dict:
    """Return the cookies of somebody who has signed in."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.url + "/sign-in")
    page.get_by_label("Email").fill(f"{who}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/estates/*")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def context(chromium: Browser, signed_in: dict) -> Iterator[BrowserContext]:
    opened = chromium.new_context(storage_state=signed_in, viewport={"width": 1440, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Tab]:
    """Return a tab; the test fails if its console complains of anything."""
    opened = Tab(context.new_page())
    opened.page.on(
        "console",
        lambda said: opened.complaints.append(said.text) if said.type in BAD else None,
    )
    opened.page.on("pageerror", lambda failure: opened.complaints.append(str(failure)))
    yield opened
    assert opened.complaints == []


BAD = {"error", "warning"}
