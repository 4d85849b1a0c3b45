"""Reading other people's files in a child process that may not take too much."""

from __future__ import annotations

import multiprocessing
import resource
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from planner.errors import ImportRefused, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader may take: address space in bytes, and seconds by the clock."""

    memory: int = 4 * 1024**3
    seconds: float = 60.0
    file: int = 60 * 1024**2


LIMITS = Limits()


def read_apart(reader: Callable[[Path], T], path: Path, limits: Limits = LIMITS) -> T:
    """Return what `reader(path)` returns, run in a process of its own.

    Args:
        reader: a function at the top of a module; it and its result must be picklable.
        path: the file.
        limits: what it may take.

    Raises:
        ImportRefused: the file is too large, or the reader died or took too long.
        InvalidInput: as the reader raised it.
    """
    size = path.stat().st_size
    if size > limits.file:
        raise ImportRefused(
            f"{path.name} has {size / 1e6:.0f} MB; files up to {limits.file / 1e6:.0f} MB are read."
        )
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(theirs, reader, path, limits), daemon=True)
    child.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(limits.seconds) else None
    except EOFError:
        answer = (False, f"{path.name} could not be read: the reader ran out of memory or crashed.")
    finally:
        child.kill()
        child.join()
        ours.close()
    return cast("T", _taken(answer, path, limits))


def _taken(answer: Any, path: Path, limits: Limits) -> object:
    if answer is None:
        raise ImportRefused(
            f"{path.name} took longer than {limits.seconds:.0f} seconds to read and was given up."
        )
    done, result = answer
    if done:
        return result
    raise ImportRefused(result)


def _work(answer: Connection, reader: Callable[[Path], Any], path: Path, limits: Limits) -> None:
    """Read in the child; a refusal goes back as its problems, anything else as a sentence."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer.send((True, reader(path)))
    except InvalidInput as refusal:
        answer.send((False, tuple(refusal.problems)))
    except MemoryError:
        answer.send((False, f"{path.name} needs more memory than a file may take."))
    except Exception as refusal:  # noqa: BLE001  whatever breaks a reader is the file's refusal
        kind = type(refusal).__name__
        answer.send((False, f"{path.name} could not be read ({kind}: {refusal})."))
    finally:
        answer.close()
