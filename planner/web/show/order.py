"""An order of a document in words: what is being made, what happens now, how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.services.documents import Wanted
    from planner.services.ordering import Order

_STEPS: Final = ("gather", "style", "page", "write")


@dataclass(frozen=True, slots=True)
class OrderPage:
    """What the page of an order says.

    Args:
        title: how it stands, a sentence.
        lede: what the reader may do meanwhile, or what to do.
        now: the step it is at, a sentence.
        steps: words and state (`before`, `now`, `after`) of each step.
    """

    title: str
    lede: str
    now: str
    steps: tuple[tuple[str, str], ...]


def order_page(order: Order, speech: Speech) -> OrderPage:
    """Return the page of an order at one moment."""
    name = document_words(order.wanted, speech)
    return OrderPage(
        title=_title(order, name, speech),
        lede=_lede(order, speech),
        now=_now(order, speech),
        steps=_steps(order, speech),
    )


def document_words(wanted: Wanted, speech: Speech) -> str:
    """Return what a document is called in a sentence."""
    _ = speech._
    names = {
        "proposal": _("Proposal"),
        "archive": _("Proposal for the archive"),
        "accessible": _("Proposal for screen readers"),
        "one-page": _("One page"),
        "utilisation": _("Utilisation by building"),
        "letting": _("Letting particulars"),
        "notice": _("Move notice"),
        "model": _("Workbook"),
    }
    kind = "proposal" if wanted.kind == "page" else wanted.kind
    name = names.get(kind) or names.get(kind.removesuffix("-page"), kind)
    return f"{name}, {wanted.of}" if wanted.of else name


def _title(order: Order, name: str, speech: Speech) -> str:
    if order.state == "done":
        return speech._("%(document)s: ready", document=name)
    if order.ended:
        return speech._("%(document)s: not made", document=name)
    if order.state == "queued":
        return speech._("%(document)s: waiting", document=name)
    return speech._("%(document)s: being made", document=name)


def _lede(order: Order, speech: Speech) -> str:
    if order.state == "done":
        return speech._("The same plan gives the same file, byte for byte.")
    if order.ended:
        return speech.say(order.problem or "") or speech._("It was stopped before it was ready.")
    return speech._("You can leave this page or sign out. The bell tells you when it is done.")


def _now(order: Order, speech: Speech) -> str:
    _ = speech._
    if order.state == "queued":
        if order.before:
            return speech.n(
                "Waiting: %(count)s file or document comes first.",
                "Waiting: %(count)s files or documents come first.",
                order.before,
            )
        return _("Waiting for a worker to take it up.")
    step, _blank, page = order.step.partition(" ")
    if step == "page":
        return _("Laying out page %(page)s.", page=page)
    return {
        "style": _("Setting type and tables."),
        "write": _("Writing the file."),
    }.get(step, _("Gathering figures, drawing pictures."))


def _steps(order: Order, speech: Speech) -> tuple[tuple[str, str], ...]:
    _ = speech._
    words = (_("Figures and pictures"), _("Type and tables"), _("Pages"), _("File"))
    if order.state == "done":
        return tuple((word, "after") for word in words)
    if order.state != "running":
        return tuple((word, "before") for word in words)
    step = order.step.partition(" ")[0]
    at = _STEPS.index(step) if step in _STEPS else 0
    return tuple(
        (word, "after" if number < at else "now" if number == at else "before")
        for number, word in enumerate(words)
    )
