"""What goes wrong at a desk: the line drops, the session ends, two people edit at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from planner.db.store import open_store
from planner.services import estates
from tests.browser.conftest import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site, Tab

pytestmark = pytest.mark.browser

CONFLICT = 409
TEAM = "/estates/{e}/data/teams/edit?key="


def people_of(site: Site, team: str) -> int:
    store = open_store(site.served)
    try:
        found = estates.get_estate(store, site.house.people["ani"], site.house.estate).estate
        return found.team_of[team].headcount
    finally:
        store.close()


def change(page: Page, people: str) -> None:
    page.get_by_label("People").fill(people)
    page.get_by_role("button", name="Save changes").click()


def test_a_lost_line_loses_nothing_that_was_typed(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at(TEAM + "T2"))
    page.context.set_offline(True)
    change(page, "11")
    expect(page.get_by_role("alert")).to_contain_text("No connection")
    expect(page.get_by_label("People")).to_have_value("11")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Save changes").click()
    page.wait_for_url("**/data/teams")
    assert people_of(site, "T2") == 11
    tab.complaints.clear()  # the browser reports the line that was cut


def test_an_ended_session_gives_back_what_was_typed(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at(TEAM + "T3"))
    page.wait_for_load_state("networkidle")  # a late answer would bring the session back
    page.context.clear_cookies()
    change(page, "12")
    expect(page.get_by_text("session").first).to_be_visible()
    page.get_by_label("Email").fill("ani@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/edit?key=T3")
    expect(page.get_by_label("People")).to_have_value("12")
    page.get_by_role("button", name="Save changes").click()
    page.wait_for_url("**/data/teams")
    assert people_of(site, "T3") == 12
    tab.complaints.clear()  # the browser reports the refusal


def test_of_two_tabs_the_second_sees_both_values_and_chooses(tab: Tab, site: Site) -> None:
    first, second = tab.page, tab.page.context.new_page()
    for page in (first, second):
        page.goto(site.at(TEAM + "T4"))
    change(first, "10")
    first.wait_for_url("**/data/teams")
    change(second, "14")
    told = second.get_by_role("alert")
    expect(told).to_be_focused()
    expect(told).to_contain_text("Somebody else changed this estate")
    expect(told.get_by_role("row", name="People")).to_contain_text("10")
    expect(told.get_by_role("row", name="People")).to_contain_text("14")
    assert people_of(site, "T4") == 10
    second.get_by_role("button", name="Save changes").click()
    second.wait_for_url("**/data/teams")
    assert people_of(site, "T4") == 14


def test_the_back_button_after_a_change_brings_a_form_that_tells_of_it(
    tab: Tab, site: Site
) -> None:
    page = tab.page
    page.goto(site.at(TEAM + "T5"))
    change(page, "9")
    page.wait_for_url("**/data/teams")
    page.go_back()
    with page.expect_response(lambda one: one.request.method == "POST") as sent:
        change(page, "13")
    if sent.value.status == CONFLICT:  # the browser brought the form back as it had been
        expect(page.get_by_role("alert")).to_contain_text("changed")
        assert people_of(site, "T5") == 9
        page.get_by_role("button", name="Save changes").click()
    page.wait_for_url("**/data/teams")
    assert people_of(site, "T5") == 13
    tab.complaints.clear()  # the browser may report the 409


def test_a_plan_asked_for_twice_is_solved_once(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}/plans/new"))
    page.get_by_label("Name").fill("Asked twice")
    page.evaluate(
        """() => {
            const form = document.querySelector("main form[method=post]");
            form.requestSubmit();
            form.requestSubmit();
        }"""
    )
    page.wait_for_url("**/runs/*")
    page.get_by_role("button", name="Stop").click()
    page.goto(site.at("/account"))
    page.locator("header details.menu summary").first.click()
    assert page.locator("header .drop a", has_text="Asked twice").count() == 1
