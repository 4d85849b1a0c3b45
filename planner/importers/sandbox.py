"""Reading other people's files in a child process that may not take too much.

The child is a fresh interpreter, not a fork of a web server, and it does not run the
caller's main module again, as `multiprocessing` would.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from planner.errors import ImportRefused, PlannerError, Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import FileIO
    from pathlib import Path

    from planner.importers.counting import Tell

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader may take: address space and file size in bytes, seconds of computing.

    On a busy machine a reader waits for its turn: by the clock it may take four times as long.
    """

    memory: int = 4 * 1024**3
    seconds: float = 60.0
    file: int = 60 * 1024**2


@dataclass(frozen=True, slots=True)
class Watch:
    """What is asked and told while a file is read.

    Args:
        should_stop: True ends the reading.
        tell: told of rows read and rows in all, where a reader counts any.
    """

    should_stop: Callable[[], bool] = lambda: False
    tell: Tell = lambda read, rows: None  # noqa: ARG005  nobody listens


LIMITS = Limits()
ALONE = Watch()
_PATIENCE = 4
_LOOK_SECONDS = 0.5
_MOST_NEWS = 4096
"""Messages that a pipe holds at most."""
COUNTS = struct.Struct("<qq")
"""Rows read, rows in all: what a child writes, short enough to be written whole or not at all."""


def read_apart(
    reader: Callable[..., T],
    path: Path,
    limits: Limits = LIMITS,
    *more: Any,
    watch: Watch = ALONE,
) -> T:
    """Return what `reader(path, *more)` returns, run in a process of its own.

    Args:
        reader: a function at the top of a module; its result must be picklable.
        path: the file.
        limits: what it may take.
        more: further arguments of the reader, picklable.
        watch: asked and told twice a second.

    Raises:
        ImportRefused: the file is too large, or the reader died or took too long.
        PlannerError: the reading was stopped.
        InvalidInput: as the reader raised it.
    """
    size = _size(path)
    if size > limits.file:
        raise ImportRefused(
            sentence(
                "{path} has {size:.0f} MB; files up to {file:.0f} MB are read.",
                path=path.name,
                size=size / 1000000.0,
                file=limits.file / 1000000.0,
            )
        )
    heard, said = os.pipe()
    os.set_blocking(heard, False)
    os.set_blocking(said, False)
    order = pickle.dumps(
        (reader.__module__, reader.__qualname__, path, limits.memory, limits.seconds, said, more)
    )
    command = [sys.executable, "-m", "planner.importers.child"]
    known = {name: value for name, value in os.environ.items() if not name.startswith("PLANNER_")}
    with (
        os.fdopen(heard, "rb", buffering=0) as news,
        subprocess.Popen(  # noqa: S603  our own module, nothing of the file in the command
            command,
            env=known,  # no secret for a file to find
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(said,),
        ) as child,
    ):
        os.close(said)
        try:
            answer = _answer(child, order, path, limits, partial(_listen, news, watch))
            _listen(news, watch)
        finally:
            child.kill()
    if child.returncode == -signal.SIGXCPU:
        raise _too_long(path, limits)
    if child.returncode or not answer:
        raise ImportRefused(
            sentence(
                "{path} could not be read: it asks for too much memory or breaks the reader.",
                path=path.name,
            )
        )
    well, result = pickle.loads(answer)  # noqa: S301  written by our own child
    if not well:
        raise ImportRefused(cast("list[Problem] | str", result))
    return cast("T", result)


def _listen(news: FileIO, watch: Watch) -> bool:
    """Tell the last that the child said of its rows; say whether it is to stop."""
    if told := news.read(COUNTS.size * _MOST_NEWS):
        watch.tell(*COUNTS.unpack(told[-COUNTS.size :]))
    return watch.should_stop()


def _answer(
    child: subprocess.Popen[bytes],
    order: bytes,
    path: Path,
    limits: Limits,
    should_stop: Callable[[], bool],
) -> bytes:
    """Wait for what the child says, as long as it may take and nobody wants it to stop."""
    ending = time.monotonic() + _PATIENCE * limits.seconds
    unsent: bytes | None = order
    while time.monotonic() < ending:
        with suppress(subprocess.TimeoutExpired):
            return child.communicate(unsent, timeout=_LOOK_SECONDS)[0]
        unsent = None
        if should_stop():
            raise PlannerError(
                sentence("Reading {path} was stopped; nothing was stored.", path=path.name)
            )
    raise _too_long(path, limits)


def _too_long(path: Path, limits: Limits) -> ImportRefused:
    return ImportRefused(
        sentence(
            "{path} took longer than {seconds:.0f} seconds to read and was given up.",
            path=path.name,
            seconds=limits.seconds,
        )
    )


def _size(path: Path) -> int:
    """Return the bytes of a file, or of the files right in a folder."""
    if path.is_dir():
        return sum(one.stat().st_size for one in path.iterdir() if one.is_file())
    return path.stat().st_size
