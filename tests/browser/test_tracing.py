"""A floor traced from a scan: scale, outline, core and rooms, by mouse and by keyboard."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from shapely.geometry import Polygon

from planner.db.store import open_store
from planner.importers.plans import read_plan
from planner.services import estates
from tests.browser.test_pages import violations
from tests.samples import sample
from tests.web.conftest import PLATE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from planner.domain.estate import Estate
    from planner.importers.plans import Backdrop
    from tests.browser.conftest import Site, Tab

pytestmark = pytest.mark.browser

SCALE = 0.04
"""Metres a pixel of the scanned floor; the page is not told, it works it out."""


def on_picture(page: Page, x: float, y: float) -> tuple[float, float]:
    """Return where a pixel of the picture is on the screen."""
    box = page.locator(".leaflet-image-layer").bounding_box()
    return box["x"] + x / 1000 * box["width"], box["y"] + y / 600 * box["height"]


def click(page: Page, x: float, y: float) -> None:
    page.mouse.move(*on_picture(page, x, y))
    page.mouse.click(*on_picture(page, x, y))


def calibrate(page: Page, check: float = 520 * SCALE) -> None:
    left, upper, right, lower = PLATE
    for x, y in ((left, upper), (right, upper), (left, upper), (left, lower)):
        click(page, x, y)
    lengths = page.get_by_label("Length in reality")
    lengths.nth(0).fill(f"{920 * SCALE:.2f}")
    lengths.nth(1).fill(f"{check:.2f}")
    page.get_by_role("button", name="Set the scale").click()


def draw(page: Page, button: str, corners: list[tuple[float, float]]) -> None:
    page.get_by_role("button", name=button).click()
    for x, y in corners:
        click(page, x, y)


def corners(left: float, upper: float, right: float, lower: float) -> list[tuple[float, float]]:
    ring = [(left, upper), (right, upper), (right, lower), (left, lower)]
    return [*ring, ring[0]]


def stored(site: Site) -> Estate:
    store = open_store(site.served)
    try:
        return estates.get_estate(store, site.house.people["ani"], site.house.estate).estate
    finally:
        store.close()


def test_lengths_that_disagree_give_no_scale(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}/floors/N2/scale"))
    calibrate(page, check=520 * SCALE * 1.05)
    expect(page.get_by_role("alert")).to_contain_text("differ by 5")
    tab.complaints.clear()  # the browser reports the 422 that was asked for


def test_a_scanned_floor_is_traced_to_a_stored_one_within_two_per_cent(
    tab: Tab, site: Site
) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}/floors/N2/scale"))
    calibrate(page)
    page.wait_for_url("**/trace")
    draw(page, "Draw the outline", corners(*PLATE))
    expect(page.locator("[data-sum=gross]")).to_contain_text("m²")
    draw(page, "Draw the core", corners(440, 220, 560, 380))
    page.get_by_role("button", name="Draw a rectangle").click()
    click(page, 40, 40)
    click(page, 270, 200)
    page.get_by_label("Number", exact=True).fill("2.01")
    page.get_by_label("Desks here").fill("12")
    assert violations(tab) == []
    page.get_by_label("Seats from the rooms").check()
    page.get_by_label("Lettable area", exact=True).select_option("ipms3")
    page.get_by_role("button", name="Store the floor").click()
    page.wait_for_url("**/floors/N2")
    expect(page.locator("main svg.drawing").first).to_be_visible()
    estate = stored(site)
    floor = estate.floor_of["N2"]
    (room,) = [space for space in estate.spaces if space.floor == "N2"]
    truth = {"gross": 920 * 520, "room": 230 * 160, "let": 920 * 520 - 120 * 160}
    measured = {
        "gross": floor.gross_area_m2,
        "room": room.drawn_area_m2,
        "let": floor.lettable_area_m2,
    }
    for name, pixels in truth.items():
        wanted = pixels * SCALE**2
        assert abs(float(measured[name]) / wanted - 1) < 0.02, (name, measured[name], wanted)
    assert (room.number, room.seats, room.drawn_how) == ("2.01", 12, "traced")
    assert (floor.seats, floor.area_method) == (12, "ipms3")


def test_corners_that_are_typed_appear_in_the_drawing_and_are_stored(tab: Tab, site: Site) -> None:
    page = tab.page
    page.goto(site.at("/estates/{e}/floors/S2/trace"))
    page.get_by_role("button", name="Add the outline").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Corners, metres").fill("0 0\n20 0\n20 10,5\n0 10.5")
    expect(page.locator("[data-sum=gross]")).to_have_text("210.0\u00a0m²")
    assert page.locator("path.t-gross").count() == 1
    page.get_by_role("button", name="Add a room").press("Enter")
    page.keyboard.type("7")
    page.get_by_label("Corners, metres").last.fill("0 0\n4 0\n4 5\n0 5")
    page.get_by_role("button", name="Store the floor").press("Enter")
    page.wait_for_url("**/floors/S2")
    estate = stored(site)
    assert estate.floor_of["S2"].gross_area_m2 == Decimal(210)
    assert [s.drawn_area_m2 for s in estate.spaces if s.floor == "S2"] == [Decimal(20)]


def test_a_floor_is_traced_without_scripts(chromium, signed_in, site: Site) -> None:
    context = chromium.new_context(storage_state=signed_in, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.at("/estates/{e}/floors/S3/trace"))
    page.get_by_role("button", name="Add the outline").click()
    page.get_by_label("Corners, metres").fill("0 0\n20 0\n0 10\n20 10")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("crosses itself at 10.00 5.00")
    page.get_by_label("Corners, metres").fill("0 0\n20 0\n20 10\n0 10")
    page.get_by_role("button", name="Store the floor").click()
    page.wait_for_url("**/floors/S3")
    context.close()
    assert stored(site).floor_of["S3"].gross_area_m2 == 200


def test_a_real_svg_without_a_scale_becomes_a_floor_with_its_rooms(tab: Tab, site: Site) -> None:
    file = sample("plans/svg/concordia-floor8.svg")
    backdrop, rooms = sketched(file)
    xs = [x for ring in rooms.values() for x, _ in ring]
    ys = [y for ring in rooms.values() for _, y in ring]
    left, right, upper, lower = min(xs), max(xs), min(ys), max(ys)
    scale = 60 / (right - left)  # say that the rooms span 60 m
    page = tab.page
    page.goto(site.at("/estates/{e}/upload?floor=N3"))
    page.locator("#f-plan").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Trace over the picture").click(timeout=60_000)
    page.wait_for_url("**/scale")
    size = (backdrop.width_px, backdrop.height_px)
    for x, y in ((left, upper), (right, upper), (left, upper), (left, lower)):
        spot = on_picture(page, x / size[0] * 1000, y / size[1] * 600)
        page.mouse.click(*spot)
    lengths = page.get_by_label("Length in reality")
    lengths.nth(0).fill("60")
    lengths.nth(1).fill(f"{(lower - upper) * scale:.2f}")
    page.get_by_role("button", name="Set the scale").click()
    page.wait_for_url("**/trace?take=sketch")
    expect(page.locator("path.t-room")).to_have_count(len(rooms))
    page.get_by_role("button", name="Store the floor").click()
    page.wait_for_url("**/floors/N3")
    stored_rooms = {one.number: one for one in stored(site).spaces if one.floor == "N3"}
    assert len(stored_rooms) == len(rooms)
    off = {
        number: abs(float(stored_rooms[number].drawn_area_m2) / (Polygon(ring).area * scale**2) - 1)
        for number, ring in rooms.items()
        if number in stored_rooms
    }
    assert len(off) > 60
    assert {number: share for number, share in off.items() if share > 0.02} == {}


def sketched(file: Path) -> tuple[Backdrop, dict[str, tuple]]:
    """Return the picture that the importer makes and the rooms it sees on it, in pixels."""
    (floor,) = read_plan(file).floors
    rooms: dict[str, tuple] = {}
    for one in floor.spaces:
        if one.sketch is not None and Polygon(one.sketch[0]).is_valid:
            same = sum(key.split("#")[0] == one.number for key in rooms)
            rooms[f"{one.number}#{same + 1}" if same else one.number] = one.sketch[0]
    return floor.backdrop, rooms
