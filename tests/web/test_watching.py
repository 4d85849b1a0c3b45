"""What the site tells those who look after it, and what it never tells."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from dataclasses import replace

import pytest
import structlog

from planner.db import slow
from planner.db.engine import open_engine
from planner.jobs import appear, vanish
from planner.logs import set_up_logs
from planner.services import system
from planner.settings import load_settings
from planner.web.app import create_app

TOKEN = "a token for the watcher"


@pytest.fixture
def watched(store, tmp_path):
    given = {"PLANNER_DATA_DIR": str(tmp_path), "PLANNER_METRICS_TOKEN": TOKEN}
    return create_app(load_settings(given), store).test_client()


def test_the_site_is_up_and_ready(app) -> None:
    client = app.test_client()
    assert client.get("/health").json == {"status": "up"}
    assert client.get("/health/live").json == {"status": "up"}
    assert client.get("/health/ready").status_code == 200


def test_a_site_whose_database_is_gone_is_up_but_not_ready(app, monkeypatch) -> None:
    monkeypatch.setattr("planner.db.store.Store.ready", lambda _: False)
    client = app.test_client()
    assert client.get("/health").status_code == 200
    assert client.get("/health/ready").status_code == 503


def test_a_site_is_ready_once_it_is_warm(app) -> None:
    app.extensions["warm"] = warm = threading.Event()
    assert app.test_client().get("/health/ready").status_code == 503
    warm.set()
    assert app.test_client().get("/health/ready").status_code == 200


def test_figures_are_for_those_with_the_token_only(app, watched) -> None:
    head = {"Authorization": f"Bearer {TOKEN}"}
    assert app.test_client().get("/metrics", headers=head).status_code == 404
    assert watched.get("/metrics").status_code == 404
    assert watched.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 404
    assert watched.get("/metrics", headers=head).status_code == 200


def test_the_figures_count_requests_runs_and_workers(watched, store) -> None:
    watched.get("/health")
    appear(store, "host:1:abc")
    text = watched.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    assert 'planner_runs{state="queued"} 0.0' in text
    assert "planner_workers 1.0" in text
    counted = 'planner_request_seconds_count{endpoint="health.live",method="GET",status="200"} 1.0'
    assert counted in text


def test_a_request_is_logged_with_its_number_and_without_people(ani, house) -> None:
    with structlog.testing.capture_logs() as lines:
        ani.get(f"/estates/{house.estate}/data/teams?q=ani@example.org")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["endpoint"], line["status"]) == ("data.listing", 200)
    assert "ani" not in json.dumps(line)
    assert "example.org" not in json.dumps(line)


@pytest.mark.parametrize("as_json", [True, False])
def test_a_trace_in_the_log_holds_no_values(as_json, capsys) -> None:
    before = structlog.get_config()
    set_up_logs(as_json=as_json)
    try:
        secret = "ani" + "@example.org"
        raise RuntimeError(len(secret))  # noqa: TRY301
    except RuntimeError:
        structlog.get_logger().exception("defect")
    finally:
        structlog.configure(**before)
    told = capsys.readouterr().err
    assert "RuntimeError" in told
    assert "ani@example.org" not in told


@pytest.mark.parametrize(("least_ms", "logged"), [(20, 1), (60_000, 0)])
def test_a_slow_statement_is_logged_without_its_values(tmp_path, least_ms, logged) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    slow.watch(engine, least_ms)
    with engine.connect() as connection:
        connection.connection.create_function("nap", 1, lambda _: time.sleep(0.05))
        with structlog.testing.capture_logs() as lines:
            connection.exec_driver_sql("SELECT nap(?)", ("secret",))
    engine.dispose()
    assert [line["statement"] for line in lines] == ["SELECT nap(?)"] * logged


def test_a_worker_is_counted_until_it_leaves_or_is_silent_for_a_minute(store) -> None:
    appear(store, "a")
    appear(store, "b")
    appear(store, "b")
    assert [worker.name for worker in system.status_of(store).workers] == ["a", "b"]
    vanish(store, "a")
    assert [worker.name for worker in system.status_of(store).workers] == ["b"]
    later = replace(store, now=lambda: store.now() + dt.timedelta(seconds=61))
    assert system.status_of(later).workers == ()


def test_only_an_administrator_sees_the_system(client_as) -> None:
    seen = {who: client_as(who).get("/admin/system").status_code for who in ("ani", "budi", "sari")}
    assert seen == {"ani": 200, "budi": 403, "sari": 403}


def test_behind_a_proxy_its_address_and_scheme_count(store, tmp_path) -> None:
    given = {"PLANNER_DATA_DIR": str(tmp_path), "PLANNER_PROXIES": "1"}
    client = create_app(load_settings(given), store).test_client()
    head = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    assert "Strict-Transport-Security" in client.get("/sign-in", headers=head).headers


def test_without_a_proxy_nobody_can_claim_another_address(app) -> None:
    head = {"X-Forwarded-Proto": "https"}
    assert (
        "Strict-Transport-Security" not in app.test_client().get("/sign-in", headers=head).headers
    )
