"""Telling people by e-mail, where the installation has a server for it, without waiting for it."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from flask import current_app, url_for

from planner.services.letters import PostOffice, letters_of
from planner.web.access import me, store

if TYPE_CHECKING:
    from planner.services.letters import Event
    from planner.settings import Settings


def office_of(settings: Settings) -> PostOffice | None:
    """Return the server of the settings, None where none is set."""
    if not settings.smtp_host:
        return None
    return PostOffice(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_sender,
        settings.smtp_user,
        settings.smtp_password,
        settings.smtp_security,
    )


def tell(proposal: str, event: Event) -> None:
    """Tell who should know what happened to a proposal."""
    office = office_of(current_app.extensions["settings"])
    if office is None:
        return
    address = url_for("proposals.page", proposal=proposal, _external=True)
    letters = letters_of(store(), me(), proposal, event, address)
    if letters:
        Thread(target=office.send, args=(letters,), daemon=True).start()
