"""Behind a proxy the site knows the scheme and the address of whoever asks; without one, it does
not believe what a stranger says of them."""

import contextlib
import http.client
import socket
import threading

import pytest

from planner.cli.serve import _warm, server_of
from planner.settings import load_settings
from planner.web.app import create_app


def run_until_closed(server):
    """Serve; a server that is closed while it waits for the next request says so of its socket."""
    with contextlib.suppress(OSError):
        server.run()


@pytest.mark.parametrize(("proxies", "known"), [("1", True), ("0", False)])
def test_what_a_proxy_says_counts_only_where_one_is_set(tmp_path, proxies, known):
    settings = load_settings({"PLANNER_DATA_DIR": str(tmp_path), "PLANNER_PROXIES": proxies})
    app = create_app(settings)
    server = server_of(app, settings, "127.0.0.1", 0)
    thread = threading.Thread(target=run_until_closed, args=(server,), daemon=True)
    thread.start()
    try:
        line = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=30)
        line.request("GET", "/health/live", headers={"X-Forwarded-Proto": "https"})
        answer = line.getresponse()
        answer.read()
        line.close()
    finally:
        server.close()
        thread.join(10)
        app.extensions["store"].close()
    assert (answer.headers["Strict-Transport-Security"] is not None) == known


def test_whoever_started_the_site_hears_when_it_is_ready(tmp_path, monkeypatch):
    app = create_app(load_settings({"PLANNER_DATA_DIR": str(tmp_path)}))
    warm = threading.Event()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        supervisor.bind(str(tmp_path / "notify"))
        supervisor.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        _warm(app.jinja_env, warm)
        assert supervisor.recv(100) == b"READY=1"
    assert warm.is_set()
    app.extensions["store"].close()
