"""E-mail about proposals: who is told of what, in their own language, by a server that is set."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid
from typing import TYPE_CHECKING, Final, Literal

import structlog
from sqlalchemy import select
from sqlmodel import col

from planner.db.tables import MembershipRow, ProposalRow, ProposalVersionRow, UserRow
from planner.i18n import speech_of
from planner.services.access import Right, Role, require

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.db.store import Scope, Store
    from planner.i18n import Speech
    from planner.services.access import Actor

Event = Literal["submitted", "approved", "sent_back"]
Security = Literal["starttls", "tls", "none"]
_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail in plain text."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class PostOffice:
    """The server that takes e-mail.

    Args:
        host, port: where it is.
        sender: address that letters come from.
        user, password: to sign in with, "" where it asks for none.
        security: how the connection is kept private.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: Security = "starttls"

    def send(self, letters: Iterable[Letter]) -> int:
        """Send letters and return how many went; what fails is logged, never raised.

        A decision stands whether or not its letter arrives.
        """
        log, sent = structlog.get_logger(), 0
        try:
            with self._connection() as server:
                if self.security == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                for letter in letters:
                    server.send_message(self._message(letter))
                    sent += 1
        except (OSError, smtplib.SMTPException) as fault:
            log.warning("letter not sent", host=self.host, problem=type(fault).__name__)
        return sent

    def _connection(self) -> smtplib.SMTP:
        if self.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=_SECONDS)

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2] or None)
        message.set_content(letter.text)
        return message


def letters_of(
    store: Store, actor: Actor, proposal_id: str, event: Event, address: str
) -> tuple[Letter, ...]:
    """Return who is to be told of what happened to a proposal; never who did it.

    A submitted proposal is told to all who may decide, a decision to who drafted and who
    submitted it.

    Args:
        store: the open database.
        actor: who did it.
        proposal_id: the proposal.
        event: what happened.
        address: of the proposal's page.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        proposal = scope.one(ProposalRow, "proposal", id=proposal_id)
        version = scope.one(
            ProposalVersionRow, "version", proposal_id=proposal.id, number=proposal.newest
        )
        told = _deciders(scope) if event == "submitted" else {version.made_by, version.submitted_by}
        users = scope.execute(
            select(UserRow)
            .where(col(UserRow.id).in_(sorted(one for one in told if one and one != actor.id)))
            .order_by(col(UserRow.email))
        ).scalars()
        return tuple(
            _letter(user, " ".join(proposal.title.split()), version, event, address)
            for user in users
        )


def _deciders(scope: Scope) -> set[str | None]:
    rows = scope.execute(select(MembershipRow).where(col(MembershipRow.active))).scalars()
    return {row.user_id for row in rows if Role.FINANCE in row.roles}


def _letter(
    user: UserRow, title: str, version: ProposalVersionRow, event: Event, address: str
) -> Letter:
    speech = speech_of(user.language)
    subject, sentence = _said(speech, title, version.number, event)
    parts = [sentence, f"“{version.comment}”" if version.comment else "", address]
    return Letter(user.email, subject, "\n\n".join(part for part in parts if part) + "\n")


def _said(speech: Speech, title: str, number: int, event: Event) -> tuple[str, str]:
    words = {"title": title, "number": speech.number(number)}
    if event == "submitted":
        return (
            speech._("For decision: %(title)s", title=title),
            speech._("Version %(number)s of “%(title)s” waits for your decision.", **words),
        )
    if event == "approved":
        return (
            speech._("Approved: %(title)s", title=title),
            speech._("Version %(number)s of “%(title)s” is approved.", **words),
        )
    return (
        speech._("Sent back: %(title)s", title=title),
        speech._("Version %(number)s of “%(title)s” is sent back with a comment.", **words),
    )
