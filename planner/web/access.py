"""Who asks: every page needs a signed-in person unless it is listed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from flask import current_app, g, redirect, request, session, url_for

from planner.services import accounts
from planner.services.access import Actor, Right, require

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.wrappers import Response

    from planner.db.store import Store

OPEN: Final = frozenset(
    {
        "static",
        "auth.sign_in",
        "auth.sign_in_form",
        "auth.first_start",
        "speaking.set_language",
        "speaking.set_theme",
        "health.live",
        "health.ready",
        "health.metrics",
        "shares.view",
        "oidc.start",
        "oidc.back",
    }
)
"""Endpoints for anybody; every other one asks for a sign-in."""


def install(app: Flask) -> None:
    """Ask for a sign-in before every page that is not open."""
    app.before_request(_identify)
    app.context_processor(lambda: {"me": g.get("actor")})


def store() -> Store:
    """Return the open database."""
    return cast("Store", current_app.extensions["store"])


def now() -> dt.datetime:
    """Return the time of this request."""
    return cast("Callable[[], dt.datetime]", current_app.extensions["clock"])()


def me() -> Actor:
    """Return who asks; only for pages that are not open."""
    return cast("Actor", g.actor)


def may(right: str) -> bool:
    """Say whether the person who asks may do something, for templates."""
    actor: Actor | None = g.get("actor")
    return actor is not None and actor.may(Right(right))


def need(right: Right) -> None:
    """Let only those pass who may do this.

    Raises:
        Refused: the roles of the person who asks do not allow it.
    """
    require(me(), right)


def welcome(actor: Actor) -> None:
    """Begin the session of a person who has just signed in; nothing of the one before stays."""
    kept = {name: session[name] for name in ("language", "theme") if name in session}
    session.clear()
    session.update(kept)
    session.setdefault("language", actor.language)
    session["user"], session["stamp"] = actor.id, actor.session
    session.permanent = True


def _form_page() -> str | None:
    """Return the page of this site that sent a form, to go back to after the sign-in."""
    try:
        sent = urlsplit(request.referrer or "")
    except ValueError:  # no address at all
        return None
    if not sent.path or sent.netloc != request.host:
        return None
    return f"{sent.path}?{sent.query}" if sent.query else sent.path


def sign_in_again() -> Response:
    """Lead somebody whose session has gone to the sign-in, and from there back to the form."""
    return redirect(url_for("auth.sign_in_form", next=_form_page(), expired=1))


def _identify() -> Response | None:
    if request.endpoint == "static":
        return None
    g.actor = None
    if request.blueprint == "api":  # programs bring a token; cookies count for nothing
        return None
    if "user" in session:
        g.actor = accounts.actor_of(store(), session["user"], session.get("stamp"))
    if g.actor is not None or request.endpoint in OPEN or request.endpoint is None:
        return None
    if accounts.nobody_yet(store()):
        return redirect(url_for("auth.first_start"))
    expired = session.pop("user", None) is not None
    if request.headers.get("HX-Request"):
        answer = current_app.response_class(status=204)
        answer.headers["HX-Redirect"] = url_for("auth.sign_in_form", expired=1)
        return answer
    target = request.full_path.rstrip("?") if request.method == "GET" else _form_page()
    return redirect(url_for("auth.sign_in_form", next=target, expired=1 if expired else None))
