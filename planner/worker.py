"""The worker: takes runs from the queue, one at a time, and outlives whatever kills one.

A parent process keeps a child at work. A child that dies, for lack of memory or by a signal,
is replaced at once and its run put back; a parent or host that dies is noticed by the other
workers, who take its run over when it has been silent long enough.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import secrets
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from planner.db import slow
from planner.db.store import open_store
from planner.errors import PlannerError, Unavailable
from planner.jobs import DRAWING, ERRANDS, KINDS, SEARCHING, appear, claim_next, give_back, vanish
from planner.jobs.presence import EVERY
from planner.logs import set_up_logs
from planner.services import tidying
from planner.services.making import carry_out
from planner.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.db.store import Store
    from planner.settings import Settings

_IDLE_SECONDS: Final = 0.5
_PAUSE_SECONDS: Final = 1.0
_PATIENCE_SECONDS: Final = 20
_NICE: Final = 15
_NAME: Final = "--child="
_KINDS: Final = "--kinds="


def supervise(settings: Settings, processes: int = 1, beside: int | None = None) -> int:
    """Keep children at work until this process is asked to end; return its exit status.

    Of several, one takes up no studies, so that nobody waits for a plan behind them. One more
    draws documents and takes files in, nothing else: that is seconds, searches are minutes.

    Args:
        settings: of the installation.
        processes: how many children beside the one for documents and files.
        beside: id of the parent without which this process ends too, None for none.
    """
    set_up_logs(settings.log_level, as_json=settings.log_json)
    _give_way()
    ending = Ending(beside)
    quick = KINDS - ERRANDS if processes == 1 else SEARCHING
    lanes = [quick, *[KINDS - ERRANDS] * (processes - 1), ERRANDS]
    children = {at: _start(kinds) for at, kinds in enumerate(lanes)}
    while not ending.wait(_IDLE_SECONDS):
        for at, (name, child) in children.items():
            if child.poll() is None:
                continue
            structlog.get_logger().error("worker died", worker=name, status=child.returncode)
            _put_back(settings, name)
            if not ending.wait(_PAUSE_SECONDS):
                children[at] = _start(lanes[at])
    for _, child in children.values():
        child.terminate()
    return max(_end(child) for _, child in children.values())


def _give_way() -> None:
    """Let the site and the database have the processor first; children inherit it.

    Linux weighs the sessions of one host against each other before it looks at processes, so
    the session gives way too, unless it is not this process's own. Where the planner's parts
    are units of systemd, `CPUWeight` does this.
    """
    os.nice(_NICE)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(_NICE), encoding="ascii")


def _start(kinds: Collection[str]) -> tuple[str, subprocess.Popen[bytes]]:
    """Start a child and return its name and process."""
    name = f"{platform.node()}:{os.getpid()}:{secrets.token_hex(4)}"
    command = [sys.executable, "-m", "planner.worker", _NAME + name]
    child = subprocess.Popen([*command, _KINDS + ",".join(sorted(kinds))])  # noqa: S603  our own program
    structlog.get_logger().info("worker started", worker=name, pid=child.pid)
    return name, child


def work(
    store: Store,
    name: str,
    stale: dt.timedelta,
    ending: Ending,
    parent: int | None = None,
    *,
    until_idle: bool = False,
    kinds: Collection[str] = KINDS,
) -> int:
    """Take up one run after the other and return how many came to an end.

    Args:
        store: the open database.
        name: of this worker, unlike any other's.
        stale: silence after which another worker is taken for dead.
        ending: says whether this worker is asked to end.
        parent: id of the process without which it ends too.
        until_idle: return when nothing waits, instead of waiting for more.
        kinds: of runs to take up.
    """
    done, shown, tidied = 0, -EVERY.total_seconds(), -tidying.EVERY.total_seconds()

    def leaving() -> bool:
        return ending.asked() or (parent is not None and os.getppid() != parent)

    while not leaving():
        try:
            if time.monotonic() - shown >= EVERY.total_seconds():
                appear(store, name)
                shown = time.monotonic()
            if time.monotonic() - tidied >= tidying.EVERY.total_seconds():
                tidying.tidy(store)
                tidied = time.monotonic()
            claim = claim_next(store, name, stale, kinds)
            if claim is not None:
                carry_out(store, claim, leaving)
                done += 1
                continue
        except Unavailable as failure:
            structlog.get_logger().warning("database does not answer", reason=str(failure))
            ending.wait(_PAUSE_SECONDS)
        if until_idle:
            break
        ending.wait(_IDLE_SECONDS)
    return done


class Ending:
    """Whether the process was asked to end, by SIGTERM or SIGINT."""

    def __init__(self, beside: int | None = None) -> None:
        """Listen, where this is the main thread; the loss of the parent `beside` counts too."""
        self._event, self._beside = threading.Event(), beside
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._ask)

    def asked(self) -> bool:
        """Say whether it was."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until it is asked; say whether it is."""
        if self._beside is not None and os.getppid() != self._beside:
            self._event.set()
        return self._event.wait(seconds)

    def _ask(self, *_: object) -> None:
        self._event.set()


def _end(child: subprocess.Popen[bytes]) -> int:
    """Ask the child to hand its run back, and make it end if it does not."""
    child.terminate()
    try:
        child.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    return 0


def _put_back(settings: Settings, name: str) -> None:
    try:
        store = open_store(settings.database_url)
        try:
            give_back(store, name)
            vanish(store, name)
        finally:
            store.close()
    except PlannerError as failure:
        structlog.get_logger().warning("run not put back yet", reason=str(failure))


def _child(name: str, kinds: Collection[str]) -> int:
    """Work as a child of a supervisor until asked to end."""
    parent = os.getppid()
    _go_first()
    settings = load_settings()
    set_up_logs(settings.log_level, as_json=settings.log_json)
    ending = Ending()
    store = _opened(settings, ending)
    if store is None:
        return 0
    try:
        stale = dt.timedelta(seconds=settings.worker_stale_seconds)
        if set(kinds) >= DRAWING:
            _begin_drawing()
        slow.watch(store.engine, settings.slow_query_ms)
        work(store, name, stale, ending, parent, kinds=kinds)
        vanish(store, name)
    finally:
        store.close()
    return 0


def _go_first() -> None:
    """Be what Linux ends when memory runs out, before the parent, which begins the run anew."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")


def _begin_drawing() -> None:
    """Have what documents need imported before anybody asks for one."""
    from planner.reports.child import begin  # noqa: PLC0415  only this lane draws

    begin()


def _opened(settings: Settings, ending: Ending) -> Store | None:
    """Return the database as soon as it answers; None when asked to end before."""
    while not ending.asked():
        try:
            return open_store(settings.database_url)
        except Unavailable as failure:
            structlog.get_logger().warning("database does not answer", reason=str(failure))
            ending.wait(_PAUSE_SECONDS)
    return None


if __name__ == "__main__":
    name, kinds = sys.argv[1].removeprefix(_NAME), sys.argv[2].removeprefix(_KINDS)
    sys.exit(_child(name, kinds.split(",")))
