"""Whose session it is, when it is over, under which name the site answers, what others may keep."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from planner.errors import InvalidInput
from planner.services import accounts, estates, owners
from planner.settings import load_settings
from planner.web.app import create_app
from tests.web.conftest import NOW, PASSWORD
from tests.web.test_roles import OTHERWISE, address, parts, walked  # noqa: F401  a fixture

COOKIE = "planner"


def token_of(client, page: str = "/sign-in") -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)[1]


def sign_in(client, email: str = "budi@example.org", **more: str):
    return client.post("/sign-in", data={"email": email, "password": PASSWORD, **more})


def test_a_cookie_planted_before_the_sign_in_is_not_the_session_after(app) -> None:
    attacker, victim = app.test_client(), app.test_client()
    attacker.get("/sign-in")
    planted = attacker.get_cookie(COOKIE).value
    victim.set_cookie(COOKIE, planted)
    assert sign_in(victim).status_code == 303
    assert victim.get("/estates").status_code == 200
    assert victim.get_cookie(COOKIE).value != planted
    assert attacker.get("/estates").status_code == 302


def test_what_stood_in_the_session_of_somebody_before_is_gone(client_as) -> None:
    client = client_as("ani")
    with client.session_transaction() as session:
        session["estate"], session["language"] = "another's", "id"
    sign_in(client)
    with client.session_transaction() as session:
        assert set(session) <= {"user", "stamp", "language", "theme", "_permanent", "csrf_token"}
        assert session["language"] == "id"


def test_a_cookie_signed_with_another_secret_opens_nothing(house, store, tmp_path, client_as):
    other = create_app(
        load_settings({"PLANNER_DATA_DIR": str(tmp_path / "other")}), store, lambda: NOW
    )
    forger = other.test_client()
    with forger.session_transaction() as session:
        session["user"] = house.people["ani"].id
        session["stamp"] = house.people["ani"].session
    client = client_as("")
    client.set_cookie(COOKIE, forger.get_cookie(COOKIE).value)
    assert client.get("/estates").status_code == 302


@pytest.mark.parametrize("what", ["off", "roles", "password", "owner"])
def test_a_session_ends_at_once_with_what_it_stood_on(house, store, client_as, what) -> None:
    ani, budi = house.people["ani"], house.people["budi"]
    client = client_as("budi")
    assert client.get("/estates").status_code == 200
    if what == "off":
        accounts.set_active(store, ani, budi.id, active=False)
    elif what == "roles":
        accounts.set_roles(store, ani, budi.id, ["planner"])
    elif what == "password":
        accounts.set_password(store, ani, budi.id, "an other long secret")
    else:
        owners.delete_owner(store, ani, ani.owner_name)
    for page in ("/estates", f"/estates/{house.estate}", "/account"):
        answer = client.get(page)
        assert (answer.status_code, "/sign-in" in answer.location) == (302, True)


def test_a_form_token_of_another_session_is_refused(app, house, client_as) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    foreign = token_of(client_as("citra"), "/account")
    ani = client_as("ani")
    own = token_of(ani, "/account")
    seen = [
        ani.post("/account", data={"name": "Ani", "language": "en", "csrf_token": one}).status_code
        for one in (foreign, own[:-1] + "x", "", own)
    ]
    assert seen == [400, 400, 400, 303]


def test_no_header_or_field_makes_another_method_of_a_request(ani, house, store) -> None:
    before = estates.get_estate(store, house.people["ani"], house.estate).version
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        ani.get(f"/estates/{house.estate}/delete?_method=DELETE", headers={name: "POST"})
        assert ani.delete(f"/estates/{house.estate}", headers={name: "POST"}).status_code == 405
    assert estates.get_estate(store, house.people["ani"], house.estate).version == before


def test_no_method_tells_a_stranger_what_is_there(client_as, house) -> None:
    client = client_as("")
    for method in ("HEAD", "OPTIONS"):
        there = client.open(f"/estates/{house.estate}", method=method)
        gone = client.open("/estates/nothing", method=method)
        assert (there.status_code, there.data) == (gone.status_code, gone.data)
        assert there.status_code == 302


def test_every_answer_keeps_to_itself(app, parts, client_as) -> None:  # noqa: F811
    client, wrong = client_as("ani"), {}
    for (method, endpoint), rule in walked(app).items():
        if method != "GET" or endpoint in {"documents.of_plan", "documents.of_version"}:
            continue
        answer = client.get(address(app, rule, parts))
        kept = answer.headers["Cache-Control"]
        fine = (
            ("no-store" in kept or "private" in kept)
            and "public" not in kept
            and answer.headers["X-Content-Type-Options"] == "nosniff"
            and answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
            and answer.headers["X-Frame-Options"] == "DENY"
            and "script-src 'self'" in answer.headers["Content-Security-Policy"]
            and answer.mimetype not in {"image/svg+xml", "application/xhtml+xml", "text/xml"}
        )
        if not fine:
            wrong[endpoint] = dict(answer.headers)
    assert wrong == {}


@pytest.mark.parametrize("path", ["/nothing", "/static/nothing.js", "/api/v1/estates", "/sign-in"])
def test_answers_for_anybody_carry_the_headers_too(client_as, path) -> None:
    answer = client_as("").get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ['a"; filename="evil.exe', "päper ☃", "../../etc/passwd", "x" * 200, "a\\b;c=d,e"]
)
def test_an_odd_name_stays_within_its_header(ani, house, store, name) -> None:
    found = estates.get_estate(store, house.people["ani"], house.estate)
    header = found.estate.header.model_copy(update={"name": name})

    estates.change(
        store, house.people["ani"], house.estate, found.version,
        lambda now: replace(now, header=header), "name",
    )  # fmt: skip
    said = ani.get(f"/estates/{house.estate}/workbook.xlsx").headers["Content-Disposition"]
    assert said.startswith("attachment; filename")
    assert said.count("filename=") - said.count('\\"; filename=') <= 1
    assert "\n" not in said


def site(store, tmp_path, **given: str):
    settings = load_settings({"PLANNER_DATA_DIR": str(tmp_path), **given})
    app = create_app(settings, store, lambda: NOW)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


FORGED = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}


def test_without_a_proxy_no_header_names_another_host(house, store, tmp_path) -> None:
    client = site(store, tmp_path)
    sign_in(client, "ani@example.org")
    page = client.post(f"/shares/new?plan={house.plan}", data={"days": "7"}, headers=FORGED)
    assert "evil.example" not in page.text + str(page.headers)


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_a_host_that_is_not_ours_is_refused(store, tmp_path, proxies) -> None:
    client = site(store, tmp_path, PLANNER_HOSTS="planner.kota.id, localhost",
                  PLANNER_PROXIES=proxies)  # fmt: skip
    assert client.get("/sign-in").status_code == 200
    assert client.get("/sign-in", headers={"Host": "planner.kota.id:8443"}).status_code == 200
    assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400
    forged = client.get("/sign-in", headers={"X-Forwarded-Host": "evil.example"})
    assert forged.status_code == (400 if proxies == "1" else 200)
    assert "evil.example" not in forged.text
    assert client.get("/health/live", headers={"Host": "10.0.0.7"}).status_code == 200


def test_letters_in_production_need_the_names_of_the_site() -> None:
    given = {
        "PLANNER_PRODUCTION": "1",
        "PLANNER_SECURE_COOKIES": "1",
        "PLANNER_SECRET_KEY": "k" * 40,
        "PLANNER_SMTP_HOST": "mail",
        "PLANNER_SMTP_SENDER": "a@b.id",
    }
    with pytest.raises(InvalidInput, match="PLANNER_HOSTS"):
        load_settings(given)
