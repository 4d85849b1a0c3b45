"""Documents made in a process of their own: the site stays quick, memory is given back.

The processes are forked from a small server that has imported what every document needs, so a
document does not wait two seconds for that; the server itself never draws anything. Each is
held to so much memory, and no more than a few are at work at once, however many people ask.
"""

from __future__ import annotations

import logging
import multiprocessing
import resource
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.forkserver import ensure_running
from typing import TYPE_CHECKING, Any, Final

from planner.errors import CutOff, PlannerError, sentence

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

AT_ONCE: Final = 2
"""Children of one process; a proposal of a large estate takes 300 MB."""

_PRELOADED: Final = ("planner.reports.warm", "vl_convert")
_MOST_BYTES: Final = 2 * 1024**3
_GLANCE_SECONDS: Final = 0.25
_starting: Final = threading.Lock()
_places: Final = threading.BoundedSemaphore(AT_ONCE)


def render_in_child(
    kind: str,
    dossier: Dossier,
    speech: Speech,
    *details: str,
    seconds: float = 120,
    told: Callable[[str], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    weighed: Callable[[int], None] | None = None,
) -> bytes:
    """Return a document made by another process.

    Args:
        kind: one of `KINDS`.
        dossier: the plan with everything it rests on.
        speech: the reader's language.
        details: what the document is of: the variant of a proposal, a unit, a team.
        seconds: after which the child is stopped.
        told: is told where the work is: `gather`, `style`, `page 7`, `write`.
        should_stop: asked a few times a second; True stops the child.
        weighed: is told in the end how much memory the child took at most, megabytes.

    Raises:
        PlannerError: the child failed, was stopped or took too long; nothing half-made is
            returned. A refusal that the document itself makes, such as `NotFound`, is raised
            as it is.
        CutOff: as many documents as may be are at work, and none ended in time; or the
            child was killed.
    """
    if not _places.acquire(timeout=seconds):
        raise CutOff(
            sentence(
                "{count} documents are being made and none was ready after {seconds} seconds; try "
                "again.",
                count=AT_ONCE,
                seconds=f"{seconds:g}",
            )
        )
    try:
        ears = _Ears(told or _deaf, should_stop or bool, weighed or _deaf)
        return _rendered((kind, dossier, speech, details), seconds, ears)
    finally:
        _places.release()


def begin() -> None:
    """Start the server of forks, so that the first document does not wait for it."""
    _context()
    with _starting:
        ensure_running()


@dataclass(frozen=True, slots=True)
class _Ears:
    """Whoever listens to a child; see `render_in_child`."""

    told: Callable[[str], None]
    should_stop: Callable[[], bool]
    weighed: Callable[[int], None]


def _deaf(_: object) -> None:
    """Hear nothing."""


def _rendered(
    order: tuple[str, Dossier, Speech, tuple[str, ...]], seconds: float, ears: _Ears
) -> bytes:
    ours, theirs = _context().Pipe(duplex=False)
    try:
        child = _started(theirs, order)
        try:
            made = _answer(ours, order[0], time.monotonic() + seconds, ears)
        finally:
            child.kill()
            child.join()
    except TimeoutError:
        raise PlannerError(
            sentence(
                "The document {kind} was not ready after {seconds} seconds and was stopped; try "
                "again, or print a plan with fewer buildings.",
                kind=order[0],
                seconds=f"{seconds:g}",
            )
        ) from None
    except (EOFError, OSError):  # the child or the server of forks was killed
        raise CutOff(
            sentence(
                "The document {kind} could not be made: its process ended early, perhaps for want "
                "of memory. Try again.",
                kind=order[0],
            )
        ) from None
    finally:
        ours.close()
    if isinstance(made, PlannerError):
        raise made
    if isinstance(made, Exception):
        raise PlannerError(
            sentence(
                "The document {kind} could not be made: {fault}", kind=order[0], fault=str(made)
            )
        )
    return made


def _started(theirs: Connection, order: tuple[str, Dossier, Speech, tuple[str, ...]]) -> Any:
    """Return the running child; `theirs` is its end of the pipe, closed on this side."""
    try:
        with _starting:  # the server of forks is started once, whichever request comes first
            child = _context().Process(target=_serve, args=(theirs, *order), daemon=True)
            child.start()
    finally:
        theirs.close()
    return child


def _answer(ours: Connection, kind: str, until: float, ears: _Ears) -> bytes | Exception:
    """Return what the child sends in the end; pass on what it says before."""
    while True:
        if ours.poll(max(0.0, min(_GLANCE_SECONDS, until - time.monotonic()))):
            said: str | int | bytes | Exception = ours.recv()
            if isinstance(said, str):
                ears.told(said)
            elif isinstance(said, int):
                ears.weighed(said)
            else:
                return said
        if ears.should_stop():
            raise PlannerError(
                sentence("The document {kind} was stopped before it was ready.", kind=kind)
            )
        if time.monotonic() >= until:
            raise TimeoutError


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
    _hold_back()
    progress = logging.getLogger("weasyprint.progress")
    progress.addHandler(_Progress(answer))
    progress.setLevel(logging.INFO)
    try:
        answer.send("gather")
        made: bytes | Exception = make(order)
    except PlannerError as refusal:
        made = refusal
    except Exception as fault:  # noqa: BLE001  told to the parent, which names the document
        made = RuntimeError(f"{type(fault).__name__}: {fault}")
    answer.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    answer.send(made)
    answer.close()


def _hold_back() -> None:
    """Let this process die before the machine does."""
    with suppress(ValueError, OSError):  # a tighter limit holds already
        # Not the address space: the charts' engine sets aside more of that than it ever uses.
        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_BYTES, _MOST_BYTES))


class _Progress(logging.Handler):
    """Sends on which step of setting a document WeasyPrint has come to."""

    def __init__(self, answer: Connection) -> None:
        """Send through a pipe."""
        super().__init__()
        self._answer, self._last = answer, ""

    def emit(self, record: logging.LogRecord) -> None:
        """Send a step that is new."""
        said = step_of(record.getMessage())
        if said and said != self._last:
            self._last = said
            self._answer.send(said)


def step_of(message: str) -> str:
    """Return a step as the site names it, "" for one it does not.

    >>> step_of("Step 5 - Creating layout - Page 7"), step_of("Step 2 - Fetching and parsing CSS")
    ('page 7', 'style')
    """
    if "Page " in message:
        return f"page {message.rpartition('Page ')[2].strip()}"
    for mark, step in (("Step 1", "style"), ("Step 2", "style"), ("Step 6", "write"),
                       ("Step 7", "write")):  # fmt: skip
        if message.startswith(mark):
            return step
    return ""
