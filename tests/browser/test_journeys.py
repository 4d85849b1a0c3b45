"""What people do: by mouse, by keyboard, without scripts, with impatient fingers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Site, Tab

pytestmark = pytest.mark.browser

MOVABLE = '.of-plan .block[data-team][data-fixed="false"]'


def test_a_team_is_moved_by_keyboard_and_taken_back(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/plans/{p}/stack"))
    block = page.locator(MOVABLE).first
    block.focus()
    page.keyboard.press("m")
    select = page.get_by_label("Move to…", exact=True)
    expect(select).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your changes: 1")).to_be_visible()
    page.locator(MOVABLE).first.focus()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Your changes: 0")).to_be_visible()


def test_arrow_keys_go_from_team_to_team(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/plans/{p}/stack"))
    page.locator(".of-plan .block[data-team]").first.focus()
    before = page.evaluate("document.activeElement.dataset.team")
    page.keyboard.press("ArrowRight")
    after = page.evaluate("document.activeElement.dataset.team")
    assert after
    assert after != before


def test_a_team_is_dragged_onto_a_floor_that_answers_at_once(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/plans/{p}/stack"))
    block = page.locator(f"{MOVABLE} >> visible=true").first
    with page.expect_response(re.compile("targets")):
        block.click()
    freed = page.locator('.of-plan .unit.freed[data-state="plan"] >> visible=true').first
    name = freed.get_attribute("data-unit")
    here, there = block.bounding_box(), freed.bounding_box()
    page.mouse.move(here["x"] + 8, here["y"] + 8)
    page.mouse.down()
    page.mouse.move(here["x"] + 30, here["y"] + 20)
    page.mouse.move(there["x"] + 30, there["y"] + 12, steps=4)
    expect(page.locator(".drag-said")).to_contain_text(f"{name}: Fits")
    page.mouse.up()
    expect(page.get_by_text("Your changes: 1")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Your changes: 0")).to_be_visible()


def test_escape_lets_go_of_a_team(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/plans/{p}/stack"))
    here = page.locator(f"{MOVABLE} >> visible=true").first.bounding_box()
    page.mouse.move(here["x"] + 8, here["y"] + 8)
    page.mouse.down()
    page.mouse.move(here["x"] + 60, here["y"] + 60)
    expect(page.locator(".drag-said")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".drag-said")).to_have_count(0)
    page.mouse.up()
    expect(page.get_by_text("Your changes: 0")).to_be_visible()


def test_a_refused_form_takes_the_reader_to_what_is_wrong(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}/plans/new"))
    page.get_by_label("Service level", exact=True).fill("105")
    page.get_by_role("button", name="Solve").click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    alert.get_by_role("link").click()
    expect(page.get_by_label("Service level", exact=True)).to_be_focused()
    expect(page.get_by_label("Service level", exact=True)).to_have_value("105")
    tab.complaints.clear()  # the browser reports the 422 that was asked for


def test_an_impatient_finger_adds_one_record(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}/data/rules/new"))
    page.get_by_label("Rule", exact=True).select_option("keep_floor")
    page.get_by_label("About").fill("S3")
    page.evaluate(
        """() => {
            const button = document.querySelector("main form button.p");
            button.click();
            button.click();
        }"""
    )
    page.wait_for_url("**/data/rules")
    assert page.locator("tbody tr", has_text="S3").count() == 1


def test_pages_work_without_scripts(chromium, signed_in, site: Site) -> None:
    context = chromium.new_context(storage_state=signed_in, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.at("/plans/{p}/stack"))
    page.get_by_label("Team", exact=True).select_option(index=1)
    page.get_by_role("button", name="Try this move").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(site.at("/estates/{e}"))
    page.locator("summary", has_text="AP").click()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()


def test_very_long_names_break_no_page(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}/data/teams/new"))
    long = "Directorate-General-of-" + "Infrastructure" * 12
    page.get_by_label("Code").fill("LONG")
    page.get_by_label("Name").fill(long[:200])
    page.get_by_label("People").fill("3")
    page.get_by_role("button", name="Add team").click()
    page.wait_for_url("**/data/teams")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 800})
        for address in ("/estates/{e}/data/teams", "/estates/{e}/data/teams/edit?key=LONG",
                        "/estates/{e}/attendance", "/estates/{e}/stack"):  # fmt: skip
            page.goto(site.at(address))
            assert page.evaluate("document.documentElement.scrollWidth") <= width
