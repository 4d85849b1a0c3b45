"""Signing in, where it leads, and when a session ends; who may see what stands in test_roles."""

from __future__ import annotations

import pytest

from planner.services import accounts
from tests.web.conftest import PASSWORD


def test_the_sign_in_leads_back_to_the_page_that_was_asked_for(app, house, client_as) -> None:
    client = client_as("")
    page = f"/estates/{house.estate}/plans"
    asked = client.get(page)
    answer = client.post(
        asked.location.replace("expired=1", ""),
        data={"email": "ani@example.org", "password": "correct horse battery", "next": page},
    )
    assert (answer.status_code, answer.location) == (303, page)


@pytest.mark.parametrize(
    "target",
    ["//elsewhere.example/steal", "/\\elsewhere.example", "/\t\\elsewhere.example",
     "/\n/elsewhere.example", "https://elsewhere.example", "javascript:alert(1)", "//["],
)  # fmt: skip
def test_the_sign_in_never_leads_off_the_site(client_as, target) -> None:
    given = {"email": "ani@example.org", "password": PASSWORD, "next": target}
    assert client_as("").post("/sign-in", data=given).location == "/"


def test_a_page_that_is_no_address_may_have_sent_a_form(client_as) -> None:
    answer = client_as("").post("/estates/demo", headers={"Referer": "http://[elsewhere"})
    assert answer.status_code == 302


def test_a_wrong_password_says_so_and_keeps_the_email(client_as) -> None:
    answer = client_as("").post("/sign-in", data={"email": "ani@example.org", "password": "guess"})
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert 'value="ani@example.org"' in answer.text
    assert "guess" not in answer.text


def test_a_session_ends_when_the_password_changes(store, house, client_as) -> None:
    client = client_as("budi")
    assert client.get("/estates").status_code == 200
    accounts.set_password(store, house.people["ani"], house.people["budi"].id, "another horse here")
    answer = client.get("/estates")
    assert answer.status_code == 302
    assert "expired" in answer.location


def test_a_cookie_that_was_copied_before_the_sign_out_opens_nothing(client_as) -> None:
    client, thief = client_as("budi"), client_as("budi")
    assert thief.get("/estates").status_code == 200
    answer = client.post("/sign-out", follow_redirects=True)
    assert "signed out, on every device" in answer.text
    assert thief.get("/estates").status_code == 302


def test_a_poll_of_an_ended_session_sends_the_page_to_the_sign_in(client_as) -> None:
    answer = client_as("").get("/runs/nothing/live", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/sign-in")


def test_the_first_start_is_closed_once_there_is_somebody(client_as) -> None:
    answer = client_as("").get("/first-start")
    assert answer.location == "/sign-in"
