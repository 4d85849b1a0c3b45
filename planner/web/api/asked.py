"""What a program asked of a search, in the words of the optimiser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.optimise.options import Options

if TYPE_CHECKING:
    from planner.web.api.schemas import RunAsked


def options_of(body: RunAsked) -> Options:
    """Return the options of a run, of one plan or of several periods.

    Raises:
        InvalidInput: an option cannot be; every problem is named.
    """
    return Options(
        name=body.name,
        seconds=body.seconds,
        seed=body.seed,
        workers=body.workers,
        level=body.level,
        promise=body.promise,
    )
