"""Who sees what: planner, viewer, outsider and nobody, over every address of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.services import accounts
from planner.web.access import OPEN

if TYPE_CHECKING:
    from flask import Flask

GET_ONLY_PLANNERS = {
    "estates.new",
    "estates.upload",
    "estates.delete",
    "data.new",
    "data.paste",
    "uploads.page",
    "day_files.page",
    "trace.page",
    "trace.scale",
    "units.page",
    "imports.page",
    "imports.live",
    "imports.picture",
    "plans.new",
    "plans.delete",
    "stages.new",
    "proposals.new",
    "shares.new",
    "admin.index",
    "admin.status",
    "admin.audit",
    "admin.audit_csv",
    "admin.settings",
    "admin.export",
    "admin.delete_owner",
    "brand.index",
}
NOT_ABOUT_ONE_ESTATE = {
    "estates.start",
    "estates.index",
    "estates.new",
    "estates.upload",
    "estates.demo",
    "data.template",
    "proposals.index",
    "docs.index",
    "docs.page",
    "admin.index",
    "admin.add",
    "admin.status",
    "admin.audit",
    "admin.audit_csv",
    "admin.settings",
    "admin.export",
    "admin.delete_owner",
    "admin.rename_owner",
    "account.page",
    "account.save",
    "account.password",
    "guide.tour",
    "brand.index",
    "brand.save",
    "runs.seen",
    "auth.sign_out",
    "tokens.index",
    "tokens.create",
}
NEEDS_A_RUN = {
    "runs.page",
    "runs.live",
    "runs.stop",
    "stages.page",
    "stages.delete",
    "documents.order",
    "documents.live",
}
MAY_BE_POSTED_BY_A_VIEWER = {
    "stack.move",
    "by_hand.upload",  # judging a file changes nothing; keeping it needs a planner
    "by_hand.stack",
    "guide.leave",
    "guide.tour",
    "account.save",
    "account.password",
    "runs.seen",
    "auth.sign_out",
    "tokens.create",
    "tokens.revoke",  # one's own; see test_api
}
MAKES_A_DOCUMENT = {"documents.proposal", "documents.workbook", "estate.imdf"}


def rules(app: Flask, method: str) -> list:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if method in rule.methods
        and rule.endpoint not in OPEN | NEEDS_A_RUN
        and not rule.endpoint.startswith("api.")  # see test_api
    ]


def address(app: Flask, rule, house) -> str:
    """Return the address of a rule with what the house holds."""
    parts = {
        "estate": house.estate,
        "plan": house.plan,
        "proposal": house.proposal,
        "name": "teams",
        "which": "units",
        "floor": "N1",
        "building": "N",
        "key": "void_months",
        "user": house.people["budi"].id,
        "shelf": "tutorial",
        "file": house.plan_file,
        "at": 0,
        "token": "none",
        "share": "none",
        "kind": "moves",
        "number": 1,
        "day_file": house.day_file,
    }
    values = {name: parts[name] for name in rule.arguments}
    if rule.endpoint == "docs.page":
        values["name"] = "first-proposal"
    with app.test_request_context():
        built = app.url_for(rule.endpoint, **values)
    return (
        built
        + ("?key=T1" if rule.endpoint == "data.edit" else "")
        + ("?team=T1&unit=N1" if rule.endpoint == "stack.targets" else "")
    )


def test_a_planner_sees_every_page(app, house, client_as) -> None:
    client = client_as("ani")
    seen = {}
    for rule in rules(app, "GET"):
        if rule.endpoint in MAKES_A_DOCUMENT:
            continue
        seen[rule.endpoint] = client.get(address(app, rule, house)).status_code
    assert {name: status for name, status in seen.items() if status not in {200, 302}} == {}
    assert len(seen) > 30


def test_a_viewer_sees_all_but_the_forms_of_planners(app, house, client_as) -> None:
    client = client_as("budi")
    wrong = {}
    for rule in rules(app, "GET"):
        if rule.endpoint in MAKES_A_DOCUMENT:
            continue
        status = client.get(address(app, rule, house)).status_code
        wanted = {403} if rule.endpoint in GET_ONLY_PLANNERS else {200, 302}
        if status not in wanted:
            wrong[rule.endpoint] = status
    assert wrong == {}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_outsider_finds_nothing_of_this_owner(app, house, client_as, method) -> None:
    client = client_as("citra")
    seen = {
        rule.endpoint: client.open(
            address(app, rule, house), method=method, data={"role": "viewer"}
        ).status_code
        for rule in rules(app, method)
        if rule.endpoint not in NOT_ABOUT_ONE_ESTATE
    }
    assert {name: status for name, status in seen.items() if status != 404} == {}


def test_a_viewer_changes_nothing(app, house, client_as, store) -> None:
    client = client_as("budi")
    seen = {
        rule.endpoint: client.post(address(app, rule, house)).status_code
        for rule in rules(app, "POST")
        if rule.endpoint not in MAY_BE_POSTED_BY_A_VIEWER
    }
    assert {name: status for name, status in seen.items() if status != 403} == {}


def test_nobody_is_sent_to_the_sign_in(app, house, client_as) -> None:
    client = client_as("")
    for rule in rules(app, "GET"):
        answer = client.get(address(app, rule, house))
        assert answer.status_code == 302, rule.endpoint
        assert answer.location.startswith("/sign-in"), rule.endpoint


def test_the_sign_in_leads_back_to_the_page_that_was_asked_for(app, house, client_as) -> None:
    client = client_as("")
    page = f"/estates/{house.estate}/plans"
    asked = client.get(page)
    answer = client.post(
        asked.location.replace("expired=1", ""),
        data={"email": "ani@example.org", "password": "correct horse battery", "next": page},
    )
    assert (answer.status_code, answer.location) == (303, page)


def test_the_sign_in_never_leads_off_the_site(client_as) -> None:
    answer = client_as("").post(
        "/sign-in",
        data={
            "email": "ani@example.org",
            "password": "correct horse battery",
            "next": "//elsewhere.example/steal",
        },
    )
    assert answer.location == "/"


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


def test_a_poll_of_an_ended_session_sends_the_page_to_the_sign_in(client_as) -> None:
    answer = client_as("").get("/runs/nothing/live", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/sign-in")


def test_the_first_start_is_closed_once_there_is_somebody(client_as) -> None:
    answer = client_as("").get("/first-start")
    assert answer.location == "/sign-in"
