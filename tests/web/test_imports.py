"""A plan file from its upload to a decision: nothing counts before somebody confirmed it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from planner.importers.plans import PlanSpace
from planner.services import backdrops, estates, plan_files
from tests.web.conftest import drawing, picture

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from planner.db.store import Store
    from planner.domain.estate import Estate
    from tests.web.conftest import House


def sent(page: str) -> dict[str, str]:
    """Return what a browser would send of the review form as it stands."""
    form = page[page.index('id="review"') : page.index('class="acts form-acts decide-bar"')]
    values = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            values[name[1]] = value[1] if value else ""
    for name, options in re.findall(
        r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', options)[1]
    return values


def estate_of(store: Store, house: House) -> Estate:
    return estates.get_estate(store, house.people["ani"], house.estate).estate


@pytest.fixture
def address(house: House) -> str:
    return f"/estates/{house.estate}/imports/{house.plan_file}"


def test_an_upload_leads_to_its_review_and_stores_nothing(
    ani: FlaskClient, house: House, store: Store
) -> None:
    before = estate_of(store, house).hash
    data = {"file": (io.BytesIO(drawing()), "plan.dxf")}
    answer = ani.post(f"/estates/{house.estate}/upload/floor-plan", data=data)
    assert answer.status_code == 303
    page = ani.get(answer.location).text
    assert "3 rooms on 1 floor" in page
    assert 'value="4.02"' in page
    assert estate_of(store, house).hash == before


def test_what_is_confirmed_is_stored_with_the_corrections(
    ani: FlaskClient, house: House, store: Store, address: str
) -> None:
    values = sent(ani.get(address).text)
    values |= {
        "target-0": "+",
        "code-0": "N4",
        "level-0": "4",
        "lettable-0": "ipms3",
        "do": "confirm",
    }
    names = {value: name.removeprefix("number-") for name, value in values.items()
             if name.startswith("number-")}  # fmt: skip
    values |= {f"name-{names['4.01']}": "Hall", f"seats-{names['4.01']}": "9",
               f"category-{names['4.03']}": "focus", "seats-0": "yes"}  # fmt: skip
    del values[f"room-{names['4.02']}"]
    answer = ani.post(address, data=values)
    assert (answer.status_code, answer.location) == (303, f"/estates/{house.estate}/floors/N4")
    estate = estate_of(store, house)
    floor = estate.floor_of["N4"]
    rooms = {one.number: one for one in estate.spaces if one.floor == "N4"}
    assert set(rooms) == {"4.01", "4.03"}
    assert (rooms["4.01"].name, rooms["4.01"].seats, rooms["4.01"].drawn_how) == ("Hall", 9, "file")
    assert rooms["4.03"].category == "focus"
    assert (floor.gross_area_m2, floor.seats, floor.area_method) == (360, 9, "ipms3")
    page = ani.get(f"/estates/{house.estate}/floors/N4").text
    assert "drawn to scale" in page
    assert ani.get(address).status_code == 302


def test_reading_the_same_file_again_shows_what_would_change(
    ani: FlaskClient, house: House, store: Store, address: str
) -> None:
    values = sent(ani.get(address).text) | {"target-0": "+", "code-0": "N4", "level-0": "4"}
    ani.post(address, data=values | {"do": "confirm"})
    data = {"file": (io.BytesIO(drawing()), "plan.dxf")}
    second = ani.post(f"/estates/{house.estate}/upload/floor-plan", data=data).location
    values = sent(ani.get(second).text) | {"target-0": "N4", "do": "check"}
    page = ani.post(second, data=values).text
    assert "The same file was confirmed on" in page
    assert "It is the same as what is stored." in page
    moved = {name: "4.09" for name, value in values.items() if value == "4.03"}
    page = ani.post(second, data=values | moved).text
    assert "1 room is new: 4.09" in page
    assert "1 stored room goes: 4.03" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"target-0": "+", "code-0": ""}, "Give the new floor a code"),
        ({"number-0-0": "x", "number-0-1": "x"}, "Number x stands for two rooms"),
        ({"seats-0-0": "nine"}, "is not a number"),
        ({"number-0-0": ""}, "Give this room a number"),
    ],
)
def test_a_wrong_correction_is_named_and_nothing_is_stored(
    ani: FlaskClient, house: House, store: Store, address: str, change: dict[str, str], said: str
) -> None:
    before = estate_of(store, house).hash
    values = sent(ani.get(address).text) | {"target-0": "N3", "do": "confirm"} | change
    answer = ani.post(address, data=values)
    assert answer.status_code == 422
    assert said in answer.text
    assert estate_of(store, house).hash == before


def test_a_file_can_be_read_again_in_another_unit(
    ani: FlaskClient, house: House, address: str
) -> None:
    answer = ani.post(f"{address}/again", data={"measure": "ft", "preset": ""})
    page = ani.get(answer.location).text
    assert "33.4\u00a0m²" in page  # 360 square feet


def test_a_rejected_file_is_gone_and_its_bytes_with_it(
    ani: FlaskClient, house: House, store: Store, address: str
) -> None:
    assert ani.post(f"{address}/reject").status_code == 303
    assert plan_files.waiting(store, house.people["ani"], house.estate) == ()
    assert ani.post(f"{address}/reject").status_code == 409


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.ifc", b"ISO-10303-21;\nHEADER;"),
        ("plan.dxf", b"nothing of the kind"),
        ("p.xyz", b"?"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_what_to_do(
    ani: FlaskClient, house: House, store: Store, name: str, data: bytes
) -> None:
    before = estate_of(store, house).hash
    upload = {"file": (io.BytesIO(data), name)}
    page = ani.get(
        ani.post(f"/estates/{house.estate}/upload/floor-plan", data=upload).location
    ).text
    assert "This file cannot be used as it is" in page
    assert "Or trace it" in page
    assert "Traceback" not in page
    assert estate_of(store, house).hash == before


def test_a_picture_of_the_file_becomes_the_ground_to_trace_on(
    ani: FlaskClient, house: House, address: str
) -> None:
    answer = ani.post(f"{address}/trace/0", data={"floor": "S1"})
    assert answer.location.endswith("/floors/S1/trace")  # the drawing knows its scale
    assert "data-picture=" in ani.get(answer.location).text


def test_a_refused_trace_over_a_sketch_says_why(
    ani: FlaskClient, house: House, store: Store
) -> None:  # found 2026-11: the page of a refusal asked for what only an address holds
    ring = ((10.0, 10.0), (90.0, 10.0), (90.0, 60.0), (10.0, 60.0), (10.0, 10.0))
    rooms = [PlanSpace(number, "", sketch=(ring,)) for number in ("", "", "7", "7")]
    people, page = house.people["ani"], f"/estates/{house.estate}/floors/N3/trace"
    backdrops.put_picture(store, people, house.estate, "N3", picture(0.05), "plan.svg", rooms)
    shown = ani.get(f"{page}?take=sketch").text
    assert re.findall(r'name="number-\d+"[^>]*value="([^"]*)"', shown) == [
        "room#1", "room#2", "7", "7#2"]  # fmt: skip
    typed: dict[str, object] = {"block": ["0", "1"], "version": "1"}
    for at in ("0", "1"):
        typed |= {f"kind-{at}": "room", f"number-{at}": "x", f"category-{at}": "office"}
    answer = ani.post(page, data=typed)
    assert answer.status_code == 422
    assert "Number x stands for two rooms" in answer.text


def test_the_bell_tells_of_a_drawing_that_waits(ani, client_as, house) -> None:
    page = ani.get("/account").text
    assert f"/estates/{house.estate}/imports/{house.plan_file}" in page
    assert "read; look at it, then store it" in page
    assert house.plan_file not in client_as("budi").get("/account").text
    assert house.plan_file not in client_as("citra").get("/account").text


def test_a_reading_that_broke_off_is_told_and_not_waited_for_for_ever(
    ani: FlaskClient, house: House, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the report cannot be packed")

    monkeypatch.setattr(plan_files, "pack_report", broken)
    data = {"file": (io.BytesIO(drawing()), "plan.dxf")}
    where = ani.post(f"/estates/{house.estate}/upload/floor-plan", data=data).location
    assert ani.get(f"{where}/live").headers["HX-Redirect"] == where
    page = ani.get(where).text
    assert "This file cannot be used as it is" in page
    assert "Something went wrong inside the planner" in page
