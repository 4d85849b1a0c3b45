"""Signing in and out, and the first start of an empty installation."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for

from planner.errors import InvalidInput, Refused
from planner.services import accounts
from planner.web.access import me, now, store, welcome
from planner.web.forms import Control, Form
from planner.web.forms.passwords import new_password
from planner.web.forms.refusals import told
from planner.web.going import back
from planner.web.oidc import provider

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("auth", __name__)


@bp.get("/sign-in")
def sign_in_form() -> Any:
    """Ask for email and password."""
    if accounts.nobody_yet(store()):
        return redirect(url_for("auth.first_start"))
    return _sign_in_page(_sign_in_fields())


@bp.post("/sign-in")
def sign_in() -> Any:
    """Begin a session, or say that the two do not belong together."""
    form = _sign_in_fields().filled(request.form)
    _ = g.speech._
    try:
        actor = accounts.sign_in(
            store(), request.form.get("email", ""), request.form.get("password", ""), now()
        )
    except Refused as refusal:
        return _sign_in_page(form.told({}, g.speech.told(refusal))), HTTPStatus.TOO_MANY_REQUESTS
    if actor is None:
        wrong = _("Email and password do not belong together.")
        return _sign_in_page(form.told({}, [wrong])), HTTPStatus.UNPROCESSABLE_ENTITY
    welcome(actor)
    return redirect(back(), HTTPStatus.SEE_OTHER)


@bp.post("/sign-out")
def sign_out() -> Response:
    """End the person's sessions; language and theme stay with the browser."""
    accounts.sign_out(store(), me())
    for name in ("user", "stamp", "estate", "bell"):
        session.pop(name, None)
    flash(g.speech._("You are signed out, on every device."))
    return redirect(url_for("auth.sign_in_form"), HTTPStatus.SEE_OTHER)


@bp.route("/first-start", methods=["GET", "POST"])
def first_start() -> Any:
    """Create the first owner with its administrator; only while there is nobody."""
    if not accounts.nobody_yet(store()):
        return redirect(url_for("auth.sign_in_form"))
    form = _first_fields()
    if request.method == "GET":
        return render_template("auth/first_start.html", form=form)
    form = form.filled(request.form)
    values = request.form
    _ = g.speech._
    if values.get("password", "") != values.get("again", ""):
        form = form.told({"again": _("The two passwords differ. Enter the same one twice.")})
        return render_template("auth/first_start.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        actor = accounts.create_owner_with_admin(
            store(),
            values.get("owner", ""),
            values.get("email", ""),
            values.get("password", ""),
            name=values.get("name", ""),
            language=g.speech.language,
        )
    except InvalidInput as refusal:
        form = told(form, refusal, g.speech)
        return render_template("auth/first_start.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    welcome(actor)
    return redirect(url_for("estates.index"), HTTPStatus.SEE_OTHER)


def _sign_in_page(form: Form) -> str:
    return render_template(
        "auth/sign_in.html",
        form=form,
        next=back(),
        expired="expired" in request.args,
        by_provider=provider() is not None,
    )


def _sign_in_fields() -> Form:
    _ = g.speech._
    return Form(
        (
            Control("email", _("Email"), "email", required=True, autocomplete="username"),
            Control(
                "password",
                _("Password"),
                "password",
                required=True,
                autocomplete="current-password",
            ),
        )
    )


def _first_fields() -> Form:
    _ = g.speech._
    return Form(
        (
            Control(
                "owner",
                _("Owner"),
                help=_("The body that owns or holds the offices. Example: City of Bekasi"),
                required=True,
                width="l",
            ),
            Control(
                "name",
                _("Your name"),
                help=_("Printed beside what you do."),
                required=True,
                autocomplete="name",
            ),
            Control(
                "email",
                _("Email"),
                "email",
                help=_("You sign in with it. No mail is sent."),
                required=True,
                autocomplete="username",
            ),
            *new_password(_("Password")),
        )
    )
