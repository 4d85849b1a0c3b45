"""Reading other people's files in a child process that may not take too much.

The child is a fresh interpreter, not a fork of a web server, and it does not run the
caller's main module again, as `multiprocessing` would.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from planner.errors import ImportRefused, Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader may take: address space and file size in bytes, seconds of computing.

    On a busy machine a reader waits for its turn: by the clock it may take four times as long.
    """

    memory: int = 4 * 1024**3
    seconds: float = 60.0
    file: int = 60 * 1024**2


LIMITS = Limits()
_PATIENCE = 4


def read_apart(reader: Callable[..., T], path: Path, limits: Limits = LIMITS, *more: Any) -> T:
    """Return what `reader(path, *more)` returns, run in a process of its own.

    Args:
        reader: a function at the top of a module; its result must be picklable.
        path: the file.
        limits: what it may take.
        more: further arguments of the reader, picklable.

    Raises:
        ImportRefused: the file is too large, or the reader died or took too long.
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
    order = pickle.dumps(
        (reader.__module__, reader.__qualname__, path, limits.memory, limits.seconds, more)
    )
    command = [sys.executable, "-m", "planner.importers.child"]
    known = {name: value for name, value in os.environ.items() if not name.startswith("PLANNER_")}
    try:
        done = subprocess.run(  # noqa: S603  our own module, nothing of the file in the command
            command,
            env=known,  # no secret for a file to find
            input=order,
            capture_output=True,
            timeout=_PATIENCE * limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_long(path, limits) from None
    if done.returncode == -signal.SIGXCPU:
        raise _too_long(path, limits)
    if done.returncode or not done.stdout:
        raise ImportRefused(
            sentence(
                "{path} could not be read: it asks for too much memory or breaks the reader.",
                path=path.name,
            )
        )
    well, result = pickle.loads(done.stdout)  # noqa: S301  written by our own child
    if not well:
        raise ImportRefused(cast("list[Problem] | str", result))
    return cast("T", result)


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
