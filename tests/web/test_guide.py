"""First steps and the tour: they follow what the estate holds, and can be left and resumed."""

from __future__ import annotations

import pytest

from planner.services import estates
from tests.estates import BUILDINGS, HEADER, estate


@pytest.fixture
def empty(store, house) -> str:
    return estates.create_estate(store, house.people["ani"], HEADER).estate_id


def test_an_empty_estate_begins_with_its_buildings(ani, empty) -> None:
    page = ani.get(f"/estates/{empty}").text
    assert "Step 1 of 7: Buildings" in page
    assert f"/estates/{empty}/data/buildings/new" in page


def test_what_is_entered_moves_the_guide_on(ani, store, house) -> None:
    stored = estates.add_estate(
        store,
        house.people["ani"],
        estate(floors=(), teams=(), seating=(), buildings=BUILDINGS),
    )
    assert "Step 2 of 7: Floors" in ani.get(f"/estates/{stored.estate_id}/data").text


def test_the_guide_is_left_and_taken_up_again(ani, empty) -> None:
    ani.post(f"/estates/{empty}/guide/leave", data={"next": f"/estates/{empty}"})
    assert "Step 1 of 7" not in ani.get(f"/estates/{empty}").text
    assert "step 1 of 7" in ani.get(f"/estates/{empty}/guide").text
    assert "Step 1 of 7" in ani.get(f"/estates/{empty}").text


def test_the_guide_outlives_a_sign_out(client_as, empty) -> None:
    client_as("ani").get(f"/estates/{empty}")
    assert "Step 1 of 7" in client_as("ani").get(f"/estates/{empty}").text


def test_who_may_not_edit_is_not_guided(client_as, empty) -> None:
    assert "Step 1 of 7" not in client_as("budi").get(f"/estates/{empty}").text


def test_an_estate_with_a_proposal_needs_no_guide(ani, house) -> None:
    assert "Leave the guide" not in ani.get(f"/estates/{house.estate}").text
    assert "All steps are done" in ani.get(f"/estates/{house.estate}/guide").text


def test_the_first_facts_are_filled_in_with_names_to_choose_from(ani) -> None:
    page = ani.get("/estates/new").text
    assert 'value="City of Test"' in page
    assert '<option value="ID" selected>Indonesia (ID)</option>' in page
    assert "Generated data" not in page


def test_the_demo_opens_with_a_tour_that_goes_on_back_and_ends(ani) -> None:
    first = ani.post("/estates/demo", follow_redirects=True).text
    assert "Tour, 1 of 7" in first
    second = ani.post("/tour", data={"step": "1"}, follow_redirects=True)
    assert second.request.path.endswith("/stack")
    assert "Tour, 2 of 7" in second.text
    assert "Tour, 1 of 7" in ani.post("/tour", data={"step": "0"}, follow_redirects=True).text
    ended = ani.post("/tour", data={"step": "end"}, follow_redirects=True).text
    assert "Tour," not in ended


@pytest.mark.parametrize("step", ["7", "-1", "x", ""])
def test_a_stop_that_is_not_there_ends_the_tour(ani, step) -> None:
    ani.post("/estates/demo")
    assert ani.post("/tour", data={"step": step}).status_code == 303
    assert "Tour," not in ani.get("/estates").text


def test_a_missing_running_cost_is_told_before_a_run_and_starts_none(ani, store, house) -> None:
    bare = tuple(one.model_copy(update={"running_cost_per_m2_month": None}) for one in BUILDINGS)
    stored = estates.add_estate(store, house.people["ani"], estate(buildings=bare))
    page = ani.get(f"/estates/{stored.estate_id}/plans/new").text
    assert "no running cost" in page
    assert "Step 1 of 7: Buildings" in page
    answer = ani.post(f"/estates/{stored.estate_id}/plans/new", data={
        "name": "Plan 1", "level": "95", "minutes": "1", "gap": "0", "seed": "1", "workers": "1",
    })  # fmt: skip
    assert answer.status_code == 422
    assert "no running cost" in answer.text
