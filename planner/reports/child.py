"""Documents made in a process of their own: the site stays quick, memory is given back.

The processes are forked from a small server that has imported what every document needs, so a
document does not wait two seconds for that; the server itself never draws anything.
"""

from __future__ import annotations

import multiprocessing
import threading
from typing import TYPE_CHECKING, Any, Final

from planner.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext

    from planner.i18n import Speech
    from planner.reports.dossier import Dossier

KINDS: Final = (
    "proposal_pdf",
    "letting_pdf",
    "notice_pdf",
    "utilisation_pdf",
    "one_page_pdf",
    "model_xlsx",
    "proposal_page",
    "one_page_page",
    "utilisation_page",
    "letting_page",
    "notice_page",
)
"""The documents that a child may be asked for, by the name of their function."""

_PRELOADED: Final = ("planner.reports.pdf", "planner.reports.workbook", "weasyprint", "vl_convert")
_starting: Final = threading.Lock()


def render_in_child(
    kind: str, dossier: Dossier, speech: Speech, *details: str, seconds: float = 120
) -> bytes:
    """Return a document made by another process.

    Args:
        kind: one of `KINDS`.
        dossier: the plan with everything it rests on.
        speech: the reader's language.
        details: what the document is of: the variant of a proposal, a unit, a team.
        seconds: after which the child is stopped.

    Raises:
        PlannerError: the child failed or took too long; nothing half-made is returned. A
            refusal that the document itself makes, such as `NotFound`, is raised as it is.
    """
    context = _context()
    ours, theirs = context.Pipe(duplex=False)
    with _starting:  # the server of forks is started once, whichever request comes first
        child = context.Process(
            target=_serve, args=(theirs, kind, dossier, speech, details), daemon=True
        )
        child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise PlannerError(
                f"The document {kind} was not ready after {seconds:g} seconds and was stopped; "
                "try again, or print a plan with fewer buildings."
            )
        made: bytes | Exception = ours.recv()
    except EOFError:
        raise PlannerError(
            f"The document {kind} could not be made: its process ended early, perhaps for want "
            "of memory."
        ) from None
    finally:
        ours.close()
        child.kill()
        child.join()
    if isinstance(made, PlannerError):
        raise made
    if isinstance(made, Exception):
        raise PlannerError(f"The document {kind} could not be made: {made}")
    return made


def maker_of(kind: str) -> Callable[..., bytes]:
    """Return the function that makes a kind of document.

    Raises:
        PlannerError: there is no such kind.
    """
    if kind not in KINDS:
        raise PlannerError(f"There is no document {kind!r}; known are {', '.join(KINDS)}.")
    from planner.reports import pdf, twin, workbook  # noqa: PLC0415  only the child needs them

    module = next(one for one in (pdf, twin, workbook) if hasattr(one, kind))
    maker: Callable[..., bytes] = getattr(module, kind)
    return maker


def make(order: tuple[str, Any, Any, tuple[str, ...]]) -> bytes:
    """Return the document of an order."""
    kind, dossier, speech, details = order
    maker = maker_of(kind)
    if kind.startswith(("letting_", "notice_")):
        return maker(dossier, *details, speech)
    return maker(dossier, speech, *details)


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    return context


def _serve(answer: Connection, *order: Any) -> None:
    """Make the document and send it, or why it could not be made."""
    try:
        made: bytes | Exception = make(order)
    except PlannerError as refusal:
        made = refusal
    except Exception as fault:  # noqa: BLE001  told to the parent, which names the document
        made = RuntimeError(f"{type(fault).__name__}: {fault}")
    answer.send(made)
    answer.close()
