"""Each journey by keyboard alone: no pointer is ever used here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Site, Tab

pytestmark = pytest.mark.browser

_MOST_STOPS = 120


def reach(page: Page, target: Locator) -> None:
    """Press Tab until an element has the focus, and see that the focus shows."""
    handle = target.first.element_handle()
    for _ in range(_MOST_STOPS):
        if page.evaluate("(wanted) => document.activeElement === wanted", handle):
            seen = page.evaluate(
                """() => {
                    const style = getComputedStyle(document.activeElement);
                    const box = document.activeElement.getBoundingClientRect();
                    return [style.outlineStyle, box.width > 0 && box.height > 0];
                }"""
            )
            assert seen[0] != "none" or seen[1], "the focus cannot be seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by Tab")


def press(page: Page, role: str, name: str | re.Pattern[str]) -> None:
    """Reach a button or link inside the page and press it."""
    reach(page, page.get_by_role("main").get_by_role(role, name=name))
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Reach a field and type into it, over what stood there."""
    reach(page, page.get_by_role("main").get_by_label(label, exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_the_first_stop_leads_past_the_bar(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_an_estate_is_begun_by_keyboard(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates"))
    press(page, "link", "New estate")
    page.wait_for_url("**/estates/new")
    write(page, "Estate", "By keyboard")
    press(page, "button", "Create the estate")
    page.wait_for_url("**/guide")
    press(page, "link", "Add a building")
    page.wait_for_url("**/data/buildings/new")


def test_a_record_is_changed_in_its_list_by_keyboard(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}/data/teams"))
    press(page, "button", re.compile("Change People of T6"))
    page.keyboard.press("Control+a")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_a_plan_is_set_up_and_stopped_by_keyboard(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}/plans"))
    press(page, "link", re.compile("New plan"))
    page.wait_for_url("**/plans/new")
    write(page, "Name", "By keyboard")
    write(page, "Service level", "90")
    press(page, "button", "Solve")
    page.wait_for_url("**/runs/*")
    press(page, "button", re.compile("Stop"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_result_is_read_and_its_stack_plan_opened_by_keyboard(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/plans/{p}"))
    press(page, "link", "Stack plan")
    page.wait_for_url("**/stack")
    reach(page, page.locator('.of-plan .block[tabindex="0"], .of-today .block[tabindex="0"]'))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("[data-panel] h2")).to_be_visible()


def test_plans_are_compared_by_keyboard(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}/compare"))
    summary = page.get_by_role("main").locator("summary", has_text="Choose up to four plans")
    reach(page, summary)
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("main").get_by_role("checkbox"))
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    press(page, "button", "Show these")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_finance_signs_in_and_approves_a_proposal_by_keyboard(chromium, own_site: Site) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(own_site.at("/proposals/{q}"))
    write(page, "Email", "sari@example.org")
    write(page, "Password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/proposals/*")
    page.wait_for_load_state()
    reach(page, page.get_by_role("main").get_by_role("link", name=re.compile("PDF")))
    press(page, "button", re.compile("^Approve"))
    expect(page.get_by_text(re.compile("approved by")).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    context.close()


def test_a_proposal_is_made_by_keyboard(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/plans/{p}"))
    press(page, "link", "Make proposal")
    page.wait_for_url("**/propose")
    write(page, "Title", "By keyboard")
    press(page, "button", "Keep as draft")
    page.wait_for_url("**/proposals/*")


def test_the_bell_and_the_account_open_and_close_by_keyboard(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}"))
    for menu in page.locator("header details.menu").all():
        summary = menu.locator("summary")
        reach(page, summary)
        page.keyboard.press("Enter")
        expect(menu).to_have_attribute("open", "")
        page.keyboard.press("Escape")
        expect(menu).not_to_have_attribute("open", "")
        expect(summary).to_be_focused()
