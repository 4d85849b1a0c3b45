"""Locks and holds on the stack plan in a real browser: by key, by button, with odd codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Site, Tab

pytestmark = pytest.mark.browser

MOVABLE = '.of-plan .block[data-team][data-fixed="false"] >> visible=true'


def test_a_lock_is_set_and_taken_off_by_one_key(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/plans/{p}/stack"))
    team = page.locator(MOVABLE).first.get_attribute("data-team")
    page.locator(MOVABLE).first.focus()
    page.keyboard.press("l")
    expect(page.get_by_text("is locked here")).to_be_visible()
    expect(page.get_by_role("button", name="Unlock")).to_be_visible()
    block = page.locator(f'.of-plan .block[data-team="{team}"] >> visible=true').first
    expect(block).to_have_attribute("data-fixed", "true")
    block.focus()
    page.keyboard.press("l")
    expect(page.get_by_text("Your changes: 0")).to_be_visible()


def test_a_floor_is_held_by_keyboard(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/plans/{p}/stack"))
    page.get_by_label("Floor", exact=True).select_option("S2")
    page.get_by_role("button", name="Keep it in use").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("is to stay in use", exact=True)).to_be_visible()
    page.get_by_role("button", name="Re-solve around my changes").wait_for()
