"""Locks and holds on the stack plan in a real browser: by key, by button, with odd codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from planner.db.store import open_store
from planner.domain.records import Rule
from planner.optimise.options import Options
from planner.services import estates, plans
from planner.services.chain import make_plan
from tests.browser.conftest import sign_in
from tests.estates import estate, floor, seat, team
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import Site, Tab
    from tests.web.conftest import House

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


def test_one_piece_of_a_divided_team_is_locked_and_let_go(
    chromium: Browser, own_site: Site, built: House
) -> None:
    context = chromium.new_context(storage_state=sign_in(chromium, own_site, "ani"))
    own = estate(
        floors=tuple(floor(code) for code in ("N1", "N2", "S1")),
        teams=(team("a"), team("c", split_at_least=2)),
        seating=(seat("a", "N1"), seat("c", "S1")),
        rules=(Rule(rule="keep_floor", subject="S1"),),
    )
    some = Rule(rule="fix_team", subject="c", object="N1", value=3)
    solved = make_plan(own, Options(seconds=2, rules=(some,)))
    assert solved.placed["c"] == {"N1": 3, "S1": 5}
    store = open_store(own_site.served, lambda: NOW)
    stored = estates.add_estate(store, built.people["ani"], own)
    plan = plans.add_plan(store, built.people["ani"], stored.estate_id, solved)
    store.close()
    page = context.new_page()
    page.goto(f"{own_site.url}/plans/{plan}/stack")

    def piece(unit: str):
        name = f'.of-plan .block[data-team="c"][data-unit="{unit}"] >> visible=true'
        return page.locator(name).first

    expect(piece("N1")).to_have_attribute("data-fixed", "true")
    expect(piece("S1")).to_have_attribute("data-fixed", "false")
    piece("S1").click()
    page.get_by_role("button", name="Lock here").click()
    expect(page.get_by_text("5 people are locked here")).to_be_visible()
    expect(piece("S1")).to_have_attribute("data-fixed", "true")
    page.locator("[data-panel]").get_by_role("button", name="Unlock").click()
    expect(page.get_by_text("Your changes: 0")).to_be_visible()
    expect(piece("S1")).to_have_attribute("data-fixed", "false")
    context.close()
