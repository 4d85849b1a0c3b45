"""A file that is taken in, in words: what is done with it now, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.importers.sandbox import LIMITS

if TYPE_CHECKING:
    import datetime as dt

    from planner.i18n import Speech
    from planner.services.taking_in import Intake


@dataclass(frozen=True, slots=True)
class IntakePage:
    """What the page of a file says.

    Args:
        title: how it stands, a sentence.
        lede: what the reader may do meanwhile, or what to do.
        now: what is being done, a sentence; "" when nothing is.
        percent: of the rows that are read, None where nobody counts them.
        steps: words and state (`before`, `now`, `after`) of each step.
    """

    title: str
    lede: str
    now: str
    percent: int | None
    steps: tuple[tuple[str, str], ...]


def intake_page(intake: Intake, now: dt.datetime, speech: Speech) -> IntakePage:
    """Return the page of a file at one moment."""
    return IntakePage(
        title=_title(intake, speech),
        lede=_lede(intake, speech),
        now="" if intake.ended else _now(intake, now, speech),
        percent=_percent(intake),
        steps=_steps(intake, speech),
    )


def _title(intake: Intake, speech: Speech) -> str:
    _, name = speech._, intake.file_name
    if intake.state == "failed":
        return _("%(name)s was not taken in", name=name)
    if intake.state == "stopped":
        return _("%(name)s was stopped", name=name)
    if intake.state == "queued":
        return _("%(name)s waits to be read", name=name)
    if intake.step == "store":
        return _("%(name)s is being stored", name=name)
    return _("%(name)s is being read", name=name)


def _lede(intake: Intake, speech: Speech) -> str:
    _ = speech._
    if intake.state == "stopped":
        return _("Nothing of it was stored.")
    if intake.ended:
        return _("Nothing was stored. What to do stands below.")
    return _(
        "All of it is stored, or nothing. You can leave this page or sign out. The bell tells "
        "you when it is done."
    )


def _now(intake: Intake, now: dt.datetime, speech: Speech) -> str:
    _ = speech._
    if intake.state == "queued":
        if intake.before:
            return speech.n(
                "Waiting: %(count)s file or document comes first.",
                "Waiting: %(count)s files or documents come first.",
                intake.before,
            )
        return _("Waiting for a worker to take it up.")
    seconds = speech.number(int((now - (intake.started_at or now)).total_seconds()))
    if intake.step == "store":
        return _(
            "What the records say together is checked, then all is stored: %(seconds)s s so far.",
            seconds=seconds,
        )
    most = speech.number(int(LIMITS.seconds))
    if intake.rows_in:
        return _(
            "%(read)s of %(rows)s rows are read: %(seconds)s s so far, %(most)s s of computing at "
            "most.",
            read=speech.number(intake.rows_read or 0),
            rows=speech.number(intake.rows_in),
            seconds=seconds,
            most=most,
        )
    return _(
        "Rows are read in a process of its own: %(seconds)s s so far, %(most)s s of computing at "
        "most.",
        seconds=seconds,
        most=most,
    )


def _percent(intake: Intake) -> int | None:
    if intake.state != "running" or intake.step != "read" or not intake.rows_in:
        return None
    return 100 * (intake.rows_read or 0) // intake.rows_in


def _steps(intake: Intake, speech: Speech) -> tuple[tuple[str, str], ...]:
    _ = speech._
    size = speech.number(Decimal(intake.size) / 1_000_000, 1)
    words: tuple[str, ...] = (
        _("Uploaded, %(size)s MB", size=size),
        _("Read"),
        _("Your review"),
        _("Stored"),
    )
    if intake.what == "workbook":
        words = (*words[:2], words[3])
    done = {"look": 1, "plan": 1, "days": 3}.get(intake.what, 1 + (intake.step == "store"))
    at_work = "now" if intake.state == "running" else "before"
    return tuple(
        (word, "after" if at < done else at_work if at == done else "before")
        for at, word in enumerate(words)
    )
