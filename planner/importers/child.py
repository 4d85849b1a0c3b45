"""The reading child: takes an order on its standard input, answers on its standard output."""

from __future__ import annotations

import math
import os
import pickle
import resource
import sys
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from planner.errors import InvalidInput, sentence
from planner.importers.counting import told_to
from planner.importers.sandbox import COUNTS

if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Read one file within limits; a refusal goes back as its problems."""
    order = pickle.load(sys.stdin.buffer)  # noqa: S301  written by our own parent
    module, name, path, memory, seconds, said, more = order
    answer = os.dup(1)
    os.dup2(2, 1)  # readers that print must not write into the answer
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    whole = math.ceil(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    with told_to(partial(_tell, said)):
        result = _read(module, name, path, more)
    with os.fdopen(answer, "wb") as stream:
        pickle.dump(result, stream)


def _tell(said: int, read: int, rows: int) -> None:
    with suppress(BlockingIOError, BrokenPipeError):  # the next one says more
        os.write(said, COUNTS.pack(read, rows))


def _read(module: str, name: str, path: Path, more: tuple[object, ...]) -> tuple[bool, object]:
    try:
        return True, getattr(import_module(module), name)(path, *more)
    except InvalidInput as refusal:
        return False, tuple(refusal.problems)
    except MemoryError:
        return False, sentence("{path} needs more memory than a file may take.", path=path.name)
    except Exception as refusal:  # noqa: BLE001  whatever breaks a reader is the file's refusal
        return False, f"{path.name} could not be read ({type(refusal).__name__}: {refusal})."


if __name__ == "__main__":
    main()
