"""A new user with own data: from an empty database to a downloaded proposal, no help open."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from planner.domain.attendance import NOBODY_COUNTED
from planner.importers.workbook import write_estate
from tests.browser.conftest import BAD, PASSWORD, Tab
from tests.browser.test_pages import violations
from tests.web.conftest import office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_READY_SECONDS = 60
SOLVE = 90_000  # milliseconds: a short search, its dates and its check
BUILDINGS = "code\tname\trent_per_m2_month\trunning_cost_per_m2_month\nN\tNorth\t120000\t30000\n"
FLOORS = (
    "code\tbuilding\tlevel\tlettable_area_m2\tarea_basis\tseats\n"
    "N1\tN\t1\t400\tNIA\t30\nN2\tN\t2\t400\tNIA\t30\nN3\tN\t3\t400\tNIA\t30\n"
)
TEAMS = (
    "code\tname\theadcount\tonsite_class\tattendance_rate\n"
    "ROADS\tRoads\t12\thybrid\t50%\nTAX\tTax\t10\thybrid\t40%\nIT\tIT\t8\thybrid\t30%\n"
)
SEATING = "team\tfloor\tpeople\nROADS\tN1\t12\nTAX\tN2\t10\nIT\tN3\t8\n"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[str]:
    """Start the program as an administrator does, on an empty folder; yield its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    own = {"PLANNER_DATA_DIR": str(tmp_path), "PLANNER_LOG_LEVEL": "warning"}
    with (tmp_path / "log").open("wb") as log:
        served = subprocess.Popen(
            [sys.executable, "-m", "planner", "serve", "--port", str(port)],
            env={**os.environ, **own},
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    for _ in range(_READY_SECONDS * 5):
        try:
            urllib.request.urlopen(f"{url}/health/ready").close()  # noqa: S310  our own site
            break
        except OSError:
            time.sleep(0.2)
    yield url
    ended = served.poll()
    served.terminate()
    served.wait(30)
    assert ended is None, (tmp_path / "log").read_text()


@pytest.fixture
def stranger(chromium) -> Iterator[Tab]:
    """Return the tab of somebody who has never been here; its console must stay quiet."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    opened = Tab(context.new_page())
    opened.page.on(
        "console", lambda said: opened.complaints.append(said.text) if said.type in BAD else None
    )
    opened.page.on("pageerror", lambda failure: opened.complaints.append(str(failure)))
    yield opened
    context.close()
    assert opened.complaints == []


def become_owner(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("Owner").fill("City of Test")
    page.get_by_label("Your name").fill("Ani Planner")
    page.get_by_label("Email").fill("ani@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Create and go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Where shall we look")


def first_plan(page: Page) -> None:
    """Solve with the defaults but for the closer look, and wait for the result."""
    page.get_by_role("link", name="Make the first plan").first.click()
    page.get_by_label("Afterwards").select_option("0")
    page.get_by_role("button", name="Solve").click()
    page.wait_for_url("**/plans/*", timeout=SOLVE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("floors")


def propose(page: Page) -> bytes:
    """Make a proposal of the plan on the page and download its document."""
    page.get_by_role("link", name="Make proposal").first.click()
    page.get_by_label("Title").fill("Free what stands empty")
    page.get_by_role("button", name="Keep as draft").click()
    page.wait_for_url("**/proposals/*")
    with page.expect_download(timeout=SOLVE) as download:
        page.get_by_role("link", name="PDF").first.click()
    return download.value.path().read_bytes()


def test_the_first_page_of_all_shuts_nobody_out(stranger: Tab, fresh: str) -> None:
    stranger.page.goto(fresh)
    for language in ("en", "id"):
        if language != "en":
            stranger.page.locator("button[name=language]").first.click()
            stranger.page.wait_for_load_state()
        assert stranger.page.locator("html").get_attribute("lang") == language
        expect(stranger.page.locator("h1")).to_have_count(1)
        for theme in ("light", "dark"):
            stranger.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert violations(stranger) == [], theme


def test_a_workbook_and_attendance_become_a_downloaded_proposal(
    stranger: Tab, fresh: str, tmp_path: Path
) -> None:
    page, began = stranger.page, time.monotonic()
    estate = office()
    book, days = tmp_path / "our-offices.xlsx", tmp_path / "attendance.csv"
    write_estate(replace(estate, attendance=NOBODY_COUNTED), book)
    rows = [f"{one.date},{one.team},{one.present}" for one in estate.attendance.records()]
    days.write_text("\n".join(["date,team,present", *rows]))
    become_owner(page, fresh)
    page.get_by_role("main").get_by_role("link", name="Upload a workbook").click()
    page.get_by_label("Estate workbook").set_input_files(book)
    page.get_by_role("button", name="Upload and store").click()
    page.get_by_role("link", name="Add attendance").first.click(timeout=30_000)
    page.get_by_label("File", exact=True).set_input_files(days)
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("button", name="Store these days").click(timeout=30_000)
    page.wait_for_url("**/attendance")
    assert violations(stranger) == []
    first_plan(page)
    assert propose(page).startswith(b"%PDF")
    assert time.monotonic() - began < 600


def test_rows_pasted_into_an_empty_estate_become_a_downloaded_proposal(
    stranger: Tab, fresh: str
) -> None:
    page = stranger.page
    become_owner(page, fresh)
    page.get_by_role("link", name="Begin with a form").click()
    page.get_by_role("textbox", name="Estate", exact=True).fill("Our offices")
    page.get_by_role("button", name="Create the estate").click()
    for rows in (BUILDINGS, FLOORS, TEAMS, SEATING):
        page.get_by_role("link", name="Paste rows").first.click()
        page.get_by_role("textbox").last.fill(rows)
        page.get_by_role("button", name=re.compile("Store")).click()
        expect(page.get_by_role("status").first).to_contain_text("stored")
    first_plan(page)
    assert propose(page).startswith(b"%PDF")
