"""`planner serve`: the site, and beside it a worker that solves, and one that explains."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication

    from jinja2 import Environment

    from planner.settings import Settings

_THREADS: Final = 8
_PATIENCE_SECONDS: Final = 10
_SWITCH_SECONDS: Final = 0.0005
"""How long a thread computes before the next one's turn. A page waits for the database ten times
and more; after each wait the usual 5 ms would pass until a thread that computes makes way."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `serve`."""
    serve = commands.add_parser("serve", help="the site with one worker beside it")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    serve.add_argument(
        "--no-worker", action="store_true", help="only the site; workers run elsewhere"
    )
    serve.set_defaults(func=run_serve)


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve with the settings of this process."""
    from planner.settings import load_settings

    return serve_site(
        load_settings(), arguments.host, arguments.port, worker=not arguments.no_worker
    )


def serve_site(settings: Settings, host: str, port: int, *, worker: bool = True) -> int:
    """Serve the site until it is stopped, with one worker child; print the address.

    Args:
        settings: of the installation; the worker gets the same.
        host: address to listen on.
        port: port to listen on.
        worker: whether to start the worker.
    """
    from planner.logs import set_up_logs
    from planner.web.app import create_app

    set_up_logs(settings.log_level, as_json=settings.log_json)
    signal.signal(signal.SIGTERM, _leave)
    app = create_app(settings)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a request that waits is no event
    sys.setswitchinterval(_SWITCH_SECONDS)
    server = server_of(app, settings, host, port)
    app.extensions["warm"] = warm = threading.Event()
    threading.Thread(target=_warm, args=(app.jinja_env, warm), name="warm", daemon=True).start()
    with _worker(settings) if worker else _nobody():
        sys.stdout.write(f"Serving on http://{host}:{server.effective_port}/ (Ctrl-C stops)\n")
        sys.stdout.flush()
        try:
            server.run()
        finally:
            server.close()
    return 0


def server_of(app: WSGIApplication, settings: Settings, host: str, port: int) -> Any:
    """Return the server; what a proxy says of address and scheme reaches the site if one is set."""
    from waitress import create_server

    return create_server(
        app,
        host=host,
        port=port,
        threads=_THREADS,
        ident="",
        clear_untrusted_proxy_headers=not settings.proxies,
    )


def _warm(pages: Environment, done: threading.Event) -> None:
    """Do what the first visitors would wait for: two seconds of imports, and reading templates."""
    from jinja2 import TemplateError

    try:
        import_module("holidays.countries")  # all of them, whichever is asked for

        for name in pages.list_templates(extensions=["html"]):
            with suppress(TemplateError):  # those of documents have words of their own
                pages.get_template(name)
    finally:
        done.set()
        _tell_supervisor("READY=1")


def _tell_supervisor(word: str) -> None:
    """Say a word to systemd where it started this process and asked for it (sd_notify(3))."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.sendto(word.encode(), address.replace("@", "\0", 1))


def _leave(*_: object) -> None:
    """End in good order when asked by SIGTERM, as by Ctrl-C: the worker goes too."""
    raise SystemExit(0)


@contextmanager
def _worker(settings: Settings) -> Iterator[None]:
    """Keep a worker running: it ends with the site, and is asked before it is made to."""
    command = [sys.executable, "-m", "planner", "worker", "--processes", "2"]
    child = subprocess.Popen(  # noqa: S603  our own program
        [*command, "--beside", str(os.getpid())], env=_environment(settings)
    )
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _environment(settings: Settings) -> dict[str, str]:
    """Return the variables by which the worker gets the same settings."""
    own = {
        f"PLANNER_{name.upper()}": str(value)
        for name, value in settings.model_dump(mode="json").items()
    }
    return {**os.environ, **own}


@contextmanager
def _nobody() -> Iterator[None]:
    yield
