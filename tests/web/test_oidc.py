"""Sign-in by the organisation's own provider: only known, confirmed addresses come in."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import redirect

from planner.errors import IncompleteInstallation, InvalidInput
from planner.services import accounts
from planner.settings import load_settings
from planner.web.app import create_app
from tests.web.conftest import NOW


class Provider:
    """Says what a test tells it to, where the real one would ask over the network."""

    def __init__(self, **told: object) -> None:
        self.told = told

    def authorize_redirect(self, target: str):
        return redirect(f"https://provider.example/ask?redirect_uri={target}")

    def authorize_access_token(self) -> dict:
        if "failure" in self.told:
            raise ConnectionError(self.told["failure"])
        return {"userinfo": self.told}


def back(app, **told: object):
    app.extensions["oidc"] = Provider(**told)
    client = app.test_client()
    client.get("/sign-in/provider?next=/proposals")
    return client, client.get("/sign-in/provider/back")


def test_a_known_confirmed_address_is_signed_in_and_led_on(app) -> None:
    client, answer = back(app, email="Ani@Example.org", email_verified=True)
    assert (answer.status_code, answer.location) == (303, "/proposals")
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"email": "nobody@example.org"}, "not known here"),
        ({"email": "ani@example.org", "email_verified": False}, "did not confirm"),
        ({}, "did not confirm"),
        ({"failure": "the state differs"}, "did not work"),
    ],
)
def test_anybody_else_is_told_why_not(app, told, said) -> None:
    client, answer = back(app, **told)
    assert answer.location == "/sign-in"
    assert said in client.get(answer.location).text
    assert client.get("/account").status_code == 302


def test_it_never_leads_off_the_site(app) -> None:
    app.extensions["oidc"] = Provider(email="ani@example.org")
    client = app.test_client()
    client.get("/sign-in/provider?next=//elsewhere.example/x")
    assert client.get("/sign-in/provider/back").location == "/"


def test_without_a_provider_there_is_no_such_page_and_no_button(app) -> None:
    client = app.test_client()
    assert client.get("/sign-in/provider").status_code == 404
    assert "/sign-in/provider" not in client.get("/sign-in").text


def test_somebody_switched_off_stays_out(app, store, house) -> None:
    accounts.set_active(store, house.people["ani"], house.people["budi"].id, active=False)
    client, _ = back(app, email="budi@example.org", email_verified=True)
    assert client.get("/account").status_code == 302


def test_half_a_setting_stops_the_start(tmp_path) -> None:
    given = {"PLANNER_DATA_DIR": str(tmp_path), "PLANNER_OIDC_ISSUER": "https://id.example"}
    with pytest.raises(InvalidInput, match="PLANNER_OIDC_CLIENT_ID"):
        load_settings(given)


def test_the_real_client_asks_the_provider_with_a_challenge(tmp_path, store) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Metadata)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    issuer = f"http://127.0.0.1:{server.server_port}"
    settings = load_settings(
        {
            "PLANNER_DATA_DIR": str(tmp_path),
            "PLANNER_OIDC_ISSUER": issuer,
            "PLANNER_OIDC_CLIENT_ID": "planner",
            "PLANNER_OIDC_CLIENT_SECRET": "secret",
        }
    )
    try:
        app = create_app(settings, store, lambda: NOW)
    except IncompleteInstallation as refusal:
        pytest.skip(str(refusal))
    try:
        client = app.test_client()
        assert "/sign-in/provider" in client.get("/sign-in").text
        target = urlsplit(client.get("/sign-in/provider").location)
    finally:
        server.shutdown()
        server.server_close()
    asked = parse_qs(target.query)
    assert f"{target.scheme}://{target.netloc}{target.path}" == f"{issuer}/authorize"
    assert asked["client_id"] == ["planner"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://localhost/sign-in/provider/back"]
    assert asked["state"]
    assert asked["nonce"]


class _Metadata(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        body = json.dumps(
            {
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "jwks_uri": f"{base}/keys",
            }
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
