"""The reader's language and theme: kept with the browser, changed by one button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, g, redirect, request, session

from planner.i18n import LANGUAGES, Speech, speech_of
from planner.web.going import back

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

THEMES: Final = ("auto", "light", "dark")

bp = Blueprint("speaking", __name__)


def install(app: Flask) -> None:
    """Give every page its words."""
    app.before_request(_choose)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext,
        _ngettext,
        newstyle=True,
    )
    app.context_processor(lambda: {"theme": session.get("theme", "auto")})
    app.register_blueprint(bp)


def _gettext(text: str) -> str:
    return str(g.speech.messages.gettext(text))


def _ngettext(one: str, many: str, count: int) -> str:
    return str(g.speech.messages.ngettext(one, many, count))


def _choose() -> None:
    """Take the language chosen, else what the browser asks for."""
    language = session.get("language") or request.accept_languages.best_match(LANGUAGES) or "en"
    g.speech = speech_of(language)


def speak_for(currency: str, area_unit: str) -> Speech:
    """Say money and areas from here on as this estate does; return the speech."""
    speech = speech_of(g.speech.language, currency, area_unit)
    g.speech = speech
    return speech


@bp.post("/language")
def set_language() -> Response:
    """Keep the language chosen and go back to where it was chosen."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
    return redirect(back())


@bp.post("/theme")
def set_theme() -> Response:
    """Keep the theme chosen and go back to where it was chosen."""
    chosen = request.form.get("theme", "")
    if chosen in THEMES:
        session["theme"] = chosen
    return redirect(back())
