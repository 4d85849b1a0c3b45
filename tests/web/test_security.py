"""Headers, cookies, forged forms, errors in plain words."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace

import pytest

from planner.errors import (
    Conflict,
    Infeasible,
    InvalidInput,
    NotFound,
    OutOfTime,
    PlannerError,
    Refused,
    Unavailable,
)
from planner.services import estates
from planner.web.errors import status_of


def test_no_page_may_run_a_script_of_its_own(ani, house) -> None:
    answer = ani.get(f"/plans/{house.plan}/stack")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script(?![^>]*src=)", answer.text) == []
    assert re.findall(r"\son[a-z]+=", answer.text) == []


@pytest.mark.parametrize(
    "page", ["/estates/{e}", "/estates/{e}/stack", "/plans/{p}", "/plans/{p}/stack", "/proposals"]
)
def test_no_page_styles_itself(ani, house, page) -> None:
    text = ani.get(page.format(e=house.estate, p=house.plan)).text
    assert re.findall(r"<style|\sstyle=", text) == []


def test_no_page_asks_another_host_for_anything(ani, house) -> None:
    text = ani.get(f"/estates/{house.estate}").text
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*', text) == []


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client_as) -> None:
    answer = client_as("").post(
        "/sign-in", data={"email": "ani@example.org", "password": "correct horse battery"}
    )
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_form_without_its_token_changes_nothing(app, ani, house) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = ani.post(f"/plans/{house.plan}/name", data={"name": "Forged"})
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    assert "Forged" not in ani.get(f"/estates/{house.estate}/plans").text


def test_every_form_that_changes_something_carries_a_token(app, ani, house) -> None:
    for page in (f"/estates/{house.estate}/data", f"/plans/{house.plan}", "/proposals", "/admin"):
        text = ani.get(page).text
        forms = re.findall(r'<form method="post".*?</form>', text, re.DOTALL)
        assert forms
        assert [form for form in forms if 'name="csrf_token"' not in form] == []


def test_a_request_keeps_the_number_its_proxy_gave_it(ani) -> None:
    answer = ani.get("/estates", headers={"X-Request-ID": "abc-12345678"})
    assert answer.headers["X-Request-ID"] == "abc-12345678"
    forged = ani.get("/estates", headers={"X-Request-ID": "x y\tz" * 40})
    assert re.fullmatch("[0-9a-f]{16}", forged.headers["X-Request-ID"])


def test_pages_are_never_kept_by_a_cache(ani) -> None:
    assert ani.get("/estates").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (InvalidInput("x"), 422),
        (NotFound("x"), 404),
        (Refused("x"), 403),
        (Conflict("x"), 409),
        (Infeasible(["x"]), 422),
        (OutOfTime("x"), 422),
        (Unavailable("x"), 503),
        (PlannerError("x"), 500),
    ],
)
def test_each_refusal_has_its_status(refusal, status) -> None:
    assert status_of(refusal) == status


def test_a_page_that_is_not_there_says_so_to_people_and_programs(ani) -> None:
    page = ani.get("/nothing")
    assert page.status_code == 404
    assert "There is nothing here" in page.text
    said = ani.get("/nothing", headers={"Accept": "application/json"})
    assert said.json["error"] == "Not Found"


def test_a_defect_shows_a_number_and_no_trace(app, ani, monkeypatch) -> None:
    def broken(*_args, **_more):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("planner.services.estates.list_estates", broken)
    answer = ani.get("/estates")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def test_text_travels_compressed(ani, house) -> None:
    plain = ani.get(f"/estates/{house.estate}/stack")
    packed = ani.get(f"/estates/{house.estate}/stack", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 4
    unpacked = gzip.decompress(packed.data).decode()
    assert unpacked.count("<g class=") == plain.text.count("<g class=")


def test_a_style_sheet_is_kept_by_the_browser_until_it_changes(ani) -> None:
    page = ani.get("/estates").text
    address = re.search(r'href="(/static/css/base\.css\?v=[0-9a-f]{12})"', page)[1]
    answer = ani.get(address, headers={"Accept-Encoding": "gzip"})
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert gzip.decompress(answer.data).startswith(b"/* Elements")


def test_a_name_of_two_lines_gives_a_file_all_the_same(ani, house, store) -> None:
    actor = house.people["ani"]
    found = estates.get_estate(store, actor, house.estate)
    header = found.estate.header.model_copy(update={"name": "Town\nhall"})
    estates.change(
        store, actor, house.estate, found.version, lambda now: replace(now, header=header), "name"
    )
    answer = ani.get(f"/estates/{house.estate}/workbook.xlsx")
    assert answer.status_code == 200
    assert "Town hall.xlsx" in answer.headers["Content-Disposition"]


def test_a_page_of_the_audit_beyond_the_last_is_the_last(ani) -> None:
    answer = ani.get("/admin/audit?page=99999999999999999999999")
    assert answer.status_code == 302
    assert answer.location.endswith("page=1")
