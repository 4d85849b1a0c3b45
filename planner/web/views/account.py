"""One's own account: name, language, password."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for

from planner.errors import InvalidInput, Refused, TooOften
from planner.i18n import LANGUAGES
from planner.services import accounts
from planner.web.access import me, store, welcome
from planner.web.forms import Control, Form, Option
from planner.web.forms.passwords import new_password
from planner.web.forms.refusals import told
from planner.web.navigation import stand_in

bp = Blueprint("account", __name__)


@bp.get("/account")
def page() -> str:
    """Show the account."""
    return _page(_own_fields(), _password_fields())


@bp.post("/account")
def save() -> Any:
    """Keep name and language."""
    form = _own_fields().filled(request.form)
    language = request.form.get("language", "")
    try:
        accounts.set_own(store(), me(), request.form.get("name", ""), language)
    except InvalidInput as refusal:
        return _page(
            told(form, refusal, g.speech), _password_fields()
        ), HTTPStatus.UNPROCESSABLE_ENTITY
    if language in LANGUAGES:
        session["language"] = language
    flash(g.speech._("Saved."))
    return redirect(url_for("account.page"), HTTPStatus.SEE_OTHER)


@bp.post("/account/password")
def password() -> Any:
    """Change the password; sessions elsewhere end, this one goes on."""
    _ = g.speech._
    form, values = _password_fields(), request.form
    errors: dict[str, str] = {}
    if values.get("password", "") != values.get("again", ""):
        errors["again"] = _("The two passwords differ. Enter the same one twice.")
    else:
        try:
            accounts.set_password(
                store(), me(), me().id, values.get("password", ""), values.get("current", "")
            )
        except TooOften as refusal:
            form = form.told({}, g.speech.told(refusal))
            return _page(_own_fields(), form), HTTPStatus.TOO_MANY_REQUESTS
        except Refused:
            errors["current"] = _("This is not your current password.")
        except InvalidInput as refusal:
            return _page(
                _own_fields(), told(form, refusal, g.speech)
            ), HTTPStatus.UNPROCESSABLE_ENTITY
    if errors:
        return _page(_own_fields(), form.told(errors)), HTTPStatus.UNPROCESSABLE_ENTITY
    again = accounts.actor_of(store(), me().id)
    if again is not None:
        welcome(again)
    flash(_("The new password holds from now on. Other devices must sign in again."))
    return redirect(url_for("account.page"), HTTPStatus.SEE_OTHER)


def _page(own: Form, secret: Form) -> str:
    stand_in("account")
    return render_template("account/page.html", own=own, secret=secret)


def _own_fields() -> Form:
    _ = g.speech._
    return Form(
        (
            Control(
                "name",
                _("Your name"),
                help=_("Printed beside what you do."),
                value=me().name,
                required=True,
                autocomplete="name",
            ),
            Control(
                "language",
                _("Language"),
                "choice",
                help=_("Of pages after you sign in."),
                value=g.speech.language,
                options=(Option("en", "English"), Option("id", "Bahasa Indonesia")),
            ),
        )
    )


def _password_fields() -> Form:
    _ = g.speech._
    return Form(
        (
            Control(
                "current",
                _("Current password"),
                "password",
                required=True,
                autocomplete="current-password",
            ),
            *new_password(_("New password")),
        )
    )
