"""Documents made in a process of their own: the site stays quick, memory is given back."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from planner.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.i18n import Speech
    from planner.reports.dossier import Dossier

KINDS: Final = (
    "proposal_pdf",
    "letting_pdf",
    "notice_pdf",
    "utilisation_pdf",
    "one_page_pdf",
    "model_xlsx",
)
"""The documents that a child may be asked for, by the name of their function."""


def render_in_child(
    kind: str, dossier: Dossier, speech: Speech, *details: str, seconds: float = 120
) -> bytes:
    """Return a document made by a fresh interpreter.

    Args:
        kind: one of `KINDS`.
        dossier: the plan with everything it rests on.
        speech: the reader's language.
        details: what the document is of: the variant of a proposal, a unit, a team.
        seconds: after which the child is stopped.

    Raises:
        PlannerError: the child failed or took too long; nothing half-made is returned.
    """
    order = pickle.dumps((kind, dossier, speech, details))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "planner.reports.child"],
            input=order,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PlannerError(
            f"The document {kind} was not ready after {seconds:g} seconds and was stopped; "
            "try again, or print a plan with fewer buildings."
        ) from None
    if done.returncode or not done.stdout:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        raise PlannerError(f"The document {kind} could not be made: {last[0]}")
    return done.stdout


def maker_of(kind: str) -> Callable[..., bytes]:
    """Return the function that makes a kind of document.

    Raises:
        PlannerError: there is no such kind.
    """
    if kind not in KINDS:
        raise PlannerError(f"There is no document {kind!r}; known are {', '.join(KINDS)}.")
    from planner.reports import pdf, workbook  # noqa: PLC0415  only the child needs them

    maker: Callable[..., bytes] = getattr(workbook if kind == "model_xlsx" else pdf, kind)
    return maker


def make(order: tuple[str, Any, Any, tuple[str, ...]]) -> bytes:
    """Return the document of an order."""
    kind, dossier, speech, details = order
    maker = maker_of(kind)
    if kind in {"letting_pdf", "notice_pdf"}:
        return maker(dossier, *details, speech)
    return maker(dossier, speech, *details)


if __name__ == "__main__":
    # The order comes from the parent over a pipe, never from a file or a network.
    sys.stdout.buffer.write(make(pickle.load(sys.stdin.buffer)))  # noqa: S301
