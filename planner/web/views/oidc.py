"""To the organisation's sign-in and back; only people whom an administrator has added."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import structlog
from flask import Blueprint, flash, g, redirect, request, session, url_for

from planner.errors import NotFound
from planner.services import accounts
from planner.web.access import now, store, welcome
from planner.web.going import local
from planner.web.oidc import provider

bp = Blueprint("oidc", __name__)


@bp.get("/sign-in/provider")
def start() -> Any:
    """Go to the provider; where the reader wanted to go is kept meanwhile."""
    client = _provider()
    session["after-sign-in"] = local(request.args.get("next", ""))
    try:
        return client.authorize_redirect(url_for("oidc.back", _external=True))
    except Exception as failure:  # noqa: BLE001  the library lets network errors through
        return _failed(failure)


@bp.get("/sign-in/provider/back")
def back() -> Any:
    """Take what the provider says of the person, and begin the session of that email."""
    client = _provider()
    target = local(session.pop("after-sign-in", ""))
    try:
        told = client.authorize_access_token().get("userinfo") or {}
    except Exception as failure:  # noqa: BLE001  refused, forged, expired or no network
        return _failed(failure)
    email = str(told.get("email", ""))
    if not email or told.get("email_verified") is False:
        flash(g.speech._("The provider did not confirm an email address, so nobody is signed in."))
        return redirect(url_for("auth.sign_in_form"), HTTPStatus.SEE_OTHER)
    actor = accounts.sign_in_by_provider(store(), email, now())
    if actor is None:
        flash(
            g.speech._(
                "%(email)s is not known here. Ask an administrator to add this address.",
                email=email,
            )
        )
        return redirect(url_for("auth.sign_in_form"), HTTPStatus.SEE_OTHER)
    welcome(actor)
    return redirect(target, HTTPStatus.SEE_OTHER)


def _provider() -> Any:
    client = provider()
    if client is None:
        raise NotFound(g.speech._("No other sign-in is set up here."))
    return client


def _failed(failure: Exception) -> Any:
    structlog.get_logger().warning("sign-in by provider failed", why=repr(failure))
    flash(
        g.speech._(
            "The other sign-in did not work. Try again, or sign in with a password; the log says "
            "why."
        )
    )
    return redirect(url_for("auth.sign_in_form"), HTTPStatus.SEE_OTHER)
