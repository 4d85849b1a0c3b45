"""Sharing out time: each free worker takes the strand of work that is furthest behind its share."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from solver.restack.tasks import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.restack.state import State
    from solver.restack.tasks import Task

IDLE_SECONDS = 0.02


def run_alone(tasks: Sequence[Task], state: State, work: float) -> float:
    """Do pieces one by one until the work is used up; return the work done.

    Which piece comes next depends on work alone, so the same input gives the same run.
    """
    done = 0.0
    while done < work and not state.stop() and not state.good_enough():
        ready = [task for task in tasks if task.ready()]
        if not ready:
            break
        task = min(ready, key=lambda task: task.spent / task.weight)
        spent = task.piece(work - done)
        task.charge(spent)
        done += spent
    return done


def run_together(tasks: Sequence[Task], state: State, workers: int) -> None:
    """Let several workers do pieces until time is up, or nothing is left to do."""
    lock = threading.Lock()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            while not failures and not state.stop() and not state.good_enough():
                with lock:
                    ready = [task for task in tasks if task.ready()]
                    waiting = any(task.running for task in tasks)
                    if ready:
                        task = min(ready, key=lambda task: task.spent / task.weight)
                        task.running += 1
                if not ready:
                    if not waiting:
                        return
                    threading.Event().wait(IDLE_SECONDS)
                    continue
                start = clock()
                try:
                    task.piece(float("inf"))
                finally:
                    with lock:
                        task.running -= 1
                        task.charge(clock() - start)
        except BaseException as failure:  # noqa: BLE001 - carried to the caller's thread
            failures.append(failure)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
