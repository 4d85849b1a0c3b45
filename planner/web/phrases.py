"""What every template may say without being told: the reader's speech and common phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g
from markupsafe import Markup
from werkzeug.local import LocalProxy

from planner.domain.estate import area_of
from planner.domain.fields import columns
from planner.domain.records import Team
from planner.domain.records.kinds import AREA_BASES, AREA_METHODS, CATEGORIES
from planner.i18n import speech_of
from planner.reports.facts.words import count_word
from planner.services.access import Role
from planner.web.access import may, now
from planner.web.show import happened, words

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask import Flask

    from planner.services.plans import RunState


def install(app: Flask) -> None:
    """Give the phrases to every template, imported ones too."""
    app.jinja_env.filters["capital"] = words.capital
    app.jinja_env.globals.update(
        speech=LocalProxy(lambda: g.speech),
        may=may,
        money_of=money_of,
        goodness=lambda plan: words.goodness(plan, g.speech),
        run_words=lambda run: words.run_words(run, g.speech),
        run_minutes=run_minutes,
        file_words=lambda file: words.file_words(file, g.speech),
        now_utc=now,
        state_badge=state_badge,
        area_words=lambda basis: AREA_BASES[basis],
        method_words=lambda method: AREA_METHODS[method],
        category_words=lambda category: CATEGORIES[category],
        counted_area=area_of,
        change_words=change_words,
        warning_words=lambda code: words.warning_words(code, g.speech),
        act_words=act_words,
        today_words=today_words,
        initials=initials,
        role_words=role_words,
        spelled=lambda count: count_word(count, g.speech),
        speech_days=lambda days: [g.speech.weekday_short(day) for day in days],
    )


def money_of(amount: int, currency: str, decimals: int = 1) -> str:
    """Return an amount in the currency of its own estate."""
    language: str = g.speech.language
    said: str = speech_of(language, currency).money_short(amount, decimals)
    return said


def run_minutes(run: RunState) -> str:
    """Return when a run was asked for, as a clock shows it."""
    return run.queued_at.strftime("%H:%M")


def state_badge(state: str) -> Markup:
    """Return the badge of a proposal's state: word and tint, never colour alone."""
    _ = g.speech._
    tones = {
        "draft": ("", _("Draft")),
        "submitted": ("wait", _("Submitted")),
        "approved": ("good", _("Approved")),
        "sent_back": ("back", _("Sent back")),
        "superseded": ("", _("Superseded")),
    }
    tone, said = tones[state]
    return Markup('<span class="badge {}">{}</span>').format(tone, said)


def change_words(what: str) -> str:
    """Return what was done to an estate."""
    return happened.change_words(what, g.speech)


def act_words(action: str, subject: str) -> str:
    """Return what an audit line says was done, to what."""
    _ = g.speech._
    things = {
        "estate": _("estate"),
        "plan": _("plan"),
        "run": _("solver run"),
        "proposal": _("proposal"),
        "user": _("person"),
        "owner": _("owner"),
        "token": _("token"),
        "figure": _("figure"),
        "brand": _("logo and colour"),
        "staging": _("plan over several periods"),
        "day_file": _("attendance file"),
    }
    acts = {
        "create": _("created"),
        "change": _("changed"),
        "undo": _("took back a change of"),
        "delete": _("deleted"),
        "make": _("made"),
        "ask": _("asked for"),
        "stop": _("stopped"),
        "rename": _("renamed"),
        "share": _("shared a link to"),
        "end share": _("closed a link to"),
        "add": _("added"),
        "roles": _("set the roles of"),
        "switch on": _("switched on"),
        "switch off": _("switched off"),
        "password": _("set the password of"),
        "submit": _("submitted"),
        "approve": _("approved"),
        "send back": _("sent back"),
        "revise": _("revised"),
        "import": _("uploaded a file for"),
        "picture": _("laid a picture under a floor of"),
        "scale": _("set the scale of a picture of"),
        "revoke": _("revoked"),
        "set": _("set"),
        "store": _("stored"),
    }
    return words.capital(f"{acts.get(action, action)} {things.get(subject, subject)}")


def class_words() -> list[tuple[str, str]]:
    """Return the on-site classes of teams with their words."""
    about = next(one.about for one in columns(Team) if one.name == "onsite_class")
    return [(key, g.speech.words(said)) for key, said in about.choices.items()]


def today_words() -> str:
    """Return today's weekday and date."""
    day = now().date()
    return f"{g.speech.weekday(day.weekday())} {g.speech.long_date(day)}"


def initials(name: str) -> str:
    """Return up to two letters of a name.

    >>> initials("Rina Wulandari"), initials("rina@example.org"), initials("")
    ('RW', 'R', '?')
    """
    parts = [word for word in name.partition("@")[0].split() if word]
    chosen = parts[:1] + parts[-1:] if len(parts) > 1 else parts
    return "".join(word[0].upper() for word in chosen) or "?"


def role_words(roles: Collection[Role]) -> str:
    """Return roles in the reader's language."""
    _ = g.speech._
    said = {
        Role.ADMINISTRATOR: _("administrator"),
        Role.PLANNER: _("planner"),
        Role.FINANCE: _("finance"),
        Role.VIEWER: _("viewer"),
    }
    return ", ".join(said[role] for role in Role if role in roles)
