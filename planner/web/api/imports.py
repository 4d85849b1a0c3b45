"""Long files that a worker takes in."""

from __future__ import annotations

from planner.services import taking_in
from planner.services.access import Right
from planner.web.access import store
from planner.web.api import schemas
from planner.web.api.asking import me
from planner.web.api.operations import operation


@operation("GET", "/imports/<run>", "How the taking in of a file stands", right=Right.EDIT,
           answer=schemas.Import)  # fmt: skip
def get_import(run: str) -> schemas.Import:
    """Return what a worker has done with a file, and everything that is wrong with it."""
    return standing(run)


@operation("POST", "/imports/<run>/stop", "Stop taking a file in; nothing of it is stored",
           right=Right.EDIT, answer=schemas.Import)  # fmt: skip
def stop_import(run: str) -> schemas.Import:
    """Ask a worker to stop."""
    taking_in.intake_state(store(), me(), run)
    taking_in.stop(store(), me(), run)
    return standing(run)


def standing(run: str) -> schemas.Import:
    """Return how the taking in of a file stands, for a program."""
    found = taking_in.intake_state(store(), me(), run)
    given = {name: getattr(found, name) for name in schemas.Import.model_fields
             if name not in {"address", "problems"}}  # fmt: skip
    return schemas.Import(
        **given,
        address=f"/api/v1/imports/{run}",
        problems=[str(one) for one in found.problems],
    )
