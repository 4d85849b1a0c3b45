"""A whole installation to measure and to torment: processes of its own, in a folder of its own."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.errors import Unavailable

if TYPE_CHECKING:
    import random

PASSWORD: Final = "only for measuring"  # noqa: S105  of a database that is thrown away
_PATIENCE: Final = 60.0
_START_SECONDS: Final = 300.0
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')
_VERSION: Final = re.compile(r'name="version" value="(\d+)"')


@dataclass
class Installation:
    """Web processes and workers over one database.

    Args:
        folder: holds the data and the logs.
        url: of the database; "" for SQLite in the folder.
        webs: how many web processes.
        workers: how many worker processes under one supervisor.
    """

    folder: Path
    url: str = ""
    webs: int = 1
    workers: int = 2
    ports: list[int] = field(default_factory=list)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """Return the database's URL."""
        return self.url or f"sqlite:///{self.folder / 'planner.db'}"

    def start(self) -> None:
        """Start whatever does not run, and wait until each web process is ready."""
        if not self.ports:
            self.ports = [_free_port() for _ in range(self.webs)]
        for at, port in enumerate(self.ports):
            self._keep(f"web{at}", "serve", "--no-worker", "--port", str(port))
        self._keep("worker", "worker", "--processes", str(self.workers))
        for port in self.ports:
            _wait_for(port)

    def kill(self, name: str) -> None:
        """Kill a process as a failing machine would: at once, nothing told, no child spared."""
        child = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def kill_one_below(self, name: str, dice: random.Random) -> bool:
        """Kill one of the processes that a process has started; False where it has none."""
        below = _children(self.running[name].pid)
        if not below:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(dice.choice(below), signal.SIGKILL)
        return True

    def stop(self) -> None:
        """End everything."""
        for child in self.running.values():
            child.terminate()
        for name in list(self.running):
            try:
                self.running[name].wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill(name)
        self.running.clear()

    def _keep(self, name: str, *words: str) -> None:
        if name in self.running and self.running[name].poll() is None:
            return
        ours = {"PLANNER_DATA_DIR": str(self.folder), "PLANNER_DATABASE_URL": self.database,
                "PLANNER_LOG_LEVEL": "warning", "PLANNER_WORKER_STALE_SECONDS": "6"}  # fmt: skip
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-m", "planner", *words],
                env={**os.environ, **ours},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


class Browser:
    """Somebody at a browser: keeps cookies, sends forms with what their page carried."""

    def __init__(self, port: int) -> None:
        """Open nothing yet."""
        self.port = port
        self._cookies: dict[str, str] = {}
        self._line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, page: str, **values: str) -> tuple[int, str]:
        """Send a form, with the token and the version that stood in its page."""
        carried = {"csrf_token": _found(_TOKEN, page), "version": _found(_VERSION, page)}
        body = urllib.parse.urlencode({**{k: v for k, v in carried.items() if v}, **values})
        return self._ask("POST", path, body)

    def sign_in(self, email: str) -> None:
        """Begin a session.

        Raises:
            Unavailable: the site does not let this person in.
        """
        _, page = self.get("/sign-in")
        status, text = self.post("/sign-in", page, email=email, password=PASSWORD)
        if status != http.client.SEE_OTHER:
            raise Unavailable(f"{email} cannot sign in: {status} {text[:200]}")

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        head = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body is not None:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        for attempt in (1, 2):  # a kept connection may have been closed by the other side
            fresh = self._line is None
            if self._line is None:
                self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
            try:
                self._line.request(method, path, body, head)
                answer = self._line.getresponse()
                text = answer.read().decode(errors="replace")
            except (OSError, http.client.HTTPException):
                self._line = None
                if fresh or attempt == 2 or method == "POST":  # noqa: PLR2004  the last
                    raise
                continue
            for line in answer.headers.get_all("Set-Cookie") or ():
                self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
            return answer.status, text
        raise AssertionError


def _children(pid: int) -> list[int]:
    """Return the processes below one, from the kernel's own list."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *_children(child)]
    return found


def _found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    return match[1] if match else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: Any = probe.getsockname()[1]
        return int(port)


def _wait_for(port: int) -> None:
    browser, until = Browser(port), time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        try:
            if browser.get("/health/ready")[0] == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
    raise Unavailable(f"The site on port {port} is not ready after {_START_SECONDS:.0f} s")
