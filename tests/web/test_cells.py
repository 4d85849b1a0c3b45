"""Changing one field where it stands in the list: stored, refused or in conflict."""

from __future__ import annotations

import pytest

from planner.services import estates, records


def change(client, house, version: int, **typed) -> object:
    data = {"key": "T1", "field": "headcount", "value": "9", "version": str(version), **typed}
    return client.post(f"/estates/{house.estate}/data/teams/cell", data=data)


@pytest.fixture
def version(store, house) -> int:
    return estates.get_estate(store, house.people["ani"], house.estate).version


def headcount(store, house) -> int:
    return records.get_record(store, house.people["ani"], house.estate, "teams", ("T1",)).headcount


def test_a_value_is_stored_and_comes_back_as_the_list_shows_it(ani, house, store, version) -> None:
    answer = change(ani, house, version, value=" 12 ")
    assert answer.status_code == 200
    assert (answer.json["text"], answer.json["version"]) == ("12", version + 1)
    assert headcount(store, house) == 12


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"value": "-3"}, "too little"), ({"value": "many"}, "many"), ({"value": "1.5"}, "whole")],
)
def test_what_cannot_be_is_refused_with_what_to_enter(
    ani, house, store, version, typed, said
) -> None:
    answer = change(ani, house, version, **typed)
    assert answer.status_code == 422
    assert said in answer.json["said"]
    assert headcount(store, house) == 8


@pytest.mark.parametrize("field", ["code", "nothing", ""])
def test_a_code_is_not_changed_in_the_list(ani, house, version, field) -> None:
    assert change(ani, house, version, field=field).status_code == 404


def test_a_change_meanwhile_is_told_with_both_who_and_what_is_stored(
    ani, house, store, version
) -> None:
    assert change(ani, house, version, value="11").status_code == 200
    answer = change(ani, house, version, value="12")
    assert answer.status_code == 409
    assert "Ani Planner" in answer.json["said"]
    assert "11" in answer.json["said"]
    assert headcount(store, house) == 11


def test_a_deleted_record_takes_back_with_one_press(ani, house, version) -> None:
    gone = {"key": ["keep_floor", "S1", ""], "version": str(version)}
    answer = ani.post(f"/estates/{house.estate}/data/rules/delete", data=gone)
    page = ani.get(answer.location).text
    assert f"/estates/{house.estate}/undo" in page
    ani.post(f"/estates/{house.estate}/undo", data={"version": str(version + 1)})
    assert "S1" in ani.get(f"/estates/{house.estate}/data/rules").text


def test_after_an_expired_session_the_sign_in_leads_back_to_the_form(app, house) -> None:
    page = f"http://localhost/estates/{house.estate}/data/teams/edit?key=T1"
    answer = app.test_client().post(
        f"/estates/{house.estate}/data/teams/edit?key=T1", headers={"Referer": page}
    )
    assert answer.status_code == 302
    assert "teams/edit" in answer.location
    away = app.test_client().post("/estates/demo", headers={"Referer": "http://elsewhere/x"})
    assert "elsewhere" not in away.location
