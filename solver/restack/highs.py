"""HiGHS in a process of its own: it may be ended at any moment, and takes nothing with it.

Called in the solver's process it can neither be interrupted nor kept from writing to standard
output, and threads of its own aborted the process at its end.
"""

from __future__ import annotations

import os
import select
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ortools.math_opt import model_pb2, parameters_pb2, result_pb2

if TYPE_CHECKING:
    from collections.abc import Callable

POLL_SECONDS = 0.1
LENGTH = struct.Struct("!q")
FAILED = -1


class Child:
    """One process that solves models, one after the other."""

    def __init__(self) -> None:
        """Start the process; it is ready when it has loaded the engine."""
        root = str(Path(__file__).resolve().parents[2])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "solver.restack.highs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,
        )

    def ask(self, question: list[bytes], until: Callable[[], bool]) -> bytes | None:
        """Return the answer; None if it failed, or `until` said so before."""
        into, out = self._process.stdin, self._process.stdout
        if into is None or out is None:
            return None
        try:
            for part in question:
                into.write(LENGTH.pack(len(part)) + part)
            into.flush()
            while not select.select([out], [], [], POLL_SECONDS)[0]:
                if until():
                    return None
            return _read(out)
        except (OSError, EOFError):
            return None

    def end(self) -> None:
        """End the process at once."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written goes nowhere
                    continue
        self._process.wait()


class Engines:
    """The processes of one run, as many as are in use at the same time."""

    def __init__(self) -> None:
        """Start none yet."""
        self._idle: list[Child] = []
        self._lock = threading.Lock()

    def solve(
        self,
        model: model_pb2.ModelProto,
        parameters: parameters_pb2.SolveParametersProto,
        seconds: float,
        should_stop: Callable[[], bool] | None,
    ) -> result_pb2.SolveResultProto | None:
        """Return what HiGHS found; None if it failed, was stopped or took too long."""
        with self._lock:
            child = self._idle.pop() if self._idle else None
        child = Child() if child is None else child
        deadline = time.monotonic() + seconds
        answer = child.ask(
            [model.SerializeToString(), parameters.SerializeToString()],
            lambda: time.monotonic() > deadline or (should_stop is not None and should_stop()),
        )
        if answer is None:
            child.end()
            return None
        with self._lock:
            self._idle.append(child)
        return result_pb2.SolveResultProto.FromString(answer)

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            while self._idle:
                self._idle.pop().end()


def _read(stream: IO[bytes]) -> bytes:
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(header)
    if length < 0:
        raise EOFError
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def serve() -> None:
    """Answer questions on standard input until it ends."""
    from ortools.math_opt.core.python import solver  # noqa: PLC0415  only the child needs it

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # the engine writes to standard output now and then
    while True:
        try:
            model = model_pb2.ModelProto.FromString(_read(sys.stdin.buffer))
            parameters = parameters_pb2.SolveParametersProto.FromString(_read(sys.stdin.buffer))
        except EOFError:
            return
        try:
            answer = _solve(solver, model, parameters)
        except Exception:  # noqa: BLE001  the engine's refusal has no type of its own
            answers.write(LENGTH.pack(FAILED))
        else:
            answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _solve(
    solver: object,
    model: model_pb2.ModelProto,
    parameters: parameters_pb2.SolveParametersProto,
) -> bytes:
    from ortools.math_opt import (  # noqa: PLC0415
        callback_pb2,
        model_parameters_pb2,
    )
    from ortools.math_opt import parameters_pb2 as types  # noqa: PLC0415

    result = solver.solve(  # type: ignore[attr-defined]
        model,
        types.SOLVER_TYPE_HIGHS,
        types.SolverInitializerProto(),
        parameters,
        model_parameters_pb2.ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )
    data: bytes = result.SerializeToString()
    return data


if __name__ == "__main__":
    serve()
