"""Administration: the people of the owner and what each may do."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.errors import InvalidInput
from planner.services import accounts, system
from planner.services.access import Right, Role
from planner.web.access import me, need, store
from planner.web.forms import Control, Form
from planner.web.forms.refusals import told
from planner.web.navigation import stand_in

bp = Blueprint("admin", __name__)


@bp.get("/admin")
def index() -> str:
    """List the people; only for administrators."""
    need(Right.ADMINISTER)
    return _page(_person_form())


@bp.get("/admin/system")
def status() -> str:
    """Show how the installation stands; only for administrators."""
    need(Right.ADMINISTER)
    stand_in("admin")
    return render_template("admin/system.html", status=system.status_of(store()))


@bp.post("/admin/people")
def add() -> Any:
    """Add a person with roles."""
    need(Right.ADMINISTER)
    form = _person_form().filled(request.form)
    try:
        accounts.add_user(
            store(),
            me(),
            request.form.get("email", ""),
            request.form.get("password", ""),
            roles=_roles(),
            name=request.form.get("name", ""),
        )
    except InvalidInput as refusal:
        return _page(told(form, refusal)), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(g.speech._("Added. Hand over the password in person."))
    return redirect(url_for("admin.index"), HTTPStatus.SEE_OTHER)


@bp.post("/admin/people/<user>/roles")
def roles(user: str) -> Any:
    """Give a person exactly these roles; their sessions end."""
    accounts.set_roles(store(), me(), user, _roles())
    flash(g.speech._("Roles saved."))
    return redirect(url_for("admin.index"), HTTPStatus.SEE_OTHER)


@bp.post("/admin/people/<user>/active")
def active(user: str) -> Any:
    """Let a person sign in again, or no more."""
    accounts.set_active(store(), me(), user, active=request.form.get("active") == "yes")
    return redirect(url_for("admin.index"), HTTPStatus.SEE_OTHER)


@bp.post("/admin/people/<user>/password")
def password(user: str) -> Any:
    """Set a person's password; their sessions end."""
    accounts.set_password(store(), me(), user, request.form.get("password", ""))
    flash(g.speech._("The new password holds from now on."))
    return redirect(url_for("admin.index"), HTTPStatus.SEE_OTHER)


def _page(form: Form) -> str:
    stand_in("admin")
    people = accounts.list_users(store(), me())
    return render_template("admin/people.html", people=people, form=form, roles=tuple(Role))


def _roles() -> list[Role]:
    """Return the roles ticked; names that are no role are left out."""
    return [Role(name) for name in request.form.getlist("role") if name in set(Role)]


def _person_form() -> Form:
    _ = g.speech._
    return Form(
        (
            Control("name", _("Name"), required=True),
            Control("email", _("Email"), "email", required=True, autocomplete="off"),
            Control(
                "password",
                _("First password"),
                "password",
                help=_("At least 12 characters. The person can change it after signing in."),
                required=True,
                autocomplete="new-password",
            ),
        )
    )
