"""Administration: the people of the owner and what each may do."""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import version
from typing import Any, Final

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)

from planner.errors import InvalidInput
from planner.services import accounts, estates, exporting, owners, system
from planner.services.access import Right, Role
from planner.web.access import me, need, store
from planner.web.forms import Control, Form
from planner.web.forms.refusals import told
from planner.web.navigation import stand_in
from planner.web.paging import PER_PAGE, Page

bp = Blueprint("admin", __name__)
_MOST_PAGES: Final = 10_000_000


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
        form = told(form, refusal, g.speech, roles=g.speech._("Roles"))
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(g.speech._("Added. Hand over the password in person."))
    return redirect(url_for("admin.index"), HTTPStatus.SEE_OTHER)


@bp.post("/admin/people/<user>/roles")
def roles(user: str) -> Any:
    """Give a person exactly these roles; their sessions end."""
    accounts.set_roles(store(), me(), user, _roles(), request.form.get("seen"))
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


@bp.get("/admin/audit")
def audit() -> Any:
    """Show who did what, a page at a time."""
    stand_in("admin")
    text = request.args.get("q", "").strip()
    number = min(max(1, request.args.get("page", 1, type=int)), _MOST_PAGES)
    found = owners.audit(store(), me(), text=text, start=(number - 1) * PER_PAGE, most=PER_PAGE)
    pages = max(1, -(-found.total // PER_PAGE))
    if number > pages:
        return redirect(url_for("admin.audit", q=text, page=pages))
    return render_template(
        "admin/audit.html", page=Page(found.entries, number, pages, found.total), q=text
    )


@bp.get("/admin/audit.csv")
def audit_csv() -> Response:
    """Send the whole audit."""
    return _file(owners.audit_csv(store(), me()), "audit.csv", "text/csv")


@bp.get("/admin/settings")
def settings() -> str:
    """Show what can be set here, and what the installation decided."""
    need(Right.ADMINISTER)
    return _settings_page(_owner_form())


@bp.post("/admin/owner")
def rename_owner() -> Any:
    """Give the owner another name."""
    form = _owner_form().filled(request.form)
    try:
        given = request.form.get("owner", "")
        owners.rename_owner(store(), me(), given, request.form.get("seen"))
    except InvalidInput as refusal:
        return _settings_page(told(form, refusal, g.speech)), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(g.speech._("Saved."))
    return redirect(url_for("admin.settings"), HTTPStatus.SEE_OTHER)


@bp.get("/admin/data.zip")
def export() -> Response:
    """Send all data of the owner."""
    return _file(exporting.export_owner(store(), me()), "planner-data.zip", "application/zip")


@bp.route("/admin/owner/delete", methods=["GET", "POST"])
def delete_owner() -> Any:
    """Ask, then delete the owner with everything that belongs to it."""
    need(Right.ADMINISTER)
    stand_in("admin")
    said, typed = "", request.form.get("name", "")
    if request.method == "POST":
        try:
            owners.delete_owner(store(), me(), typed)
        except InvalidInput as refusal:
            said = " ".join(g.speech.told(refusal))
        else:
            session.clear()
            return redirect(url_for("auth.sign_in_form"), HTTPStatus.SEE_OTHER)
    page = render_template(
        "admin/delete.html",
        said=said,
        typed=typed,
        estates=len(estates.list_estates(store(), me())),
        people=len(accounts.list_users(store(), me())),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if said else HTTPStatus.OK


def _settings_page(form: Form) -> str:
    stand_in("admin")
    return render_template("admin/settings.html", form=form, facts=_facts())


def _facts() -> list[tuple[str, str]]:
    """Return what the installation decided, in words; no secret is among it."""
    _, given = g.speech._, current_app.extensions["settings"]
    said = {True: _("yes"), False: _("no")}
    kind = given.database_url.partition(":")[0].partition("+")[0]
    return [
        (_("Version"), version("office-space-planner")),
        (_("Database"), {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(kind, kind)),
        (_("Largest upload"), f"{given.max_upload_mb} MB"),
        (_("Only over HTTPS"), said[given.secure_cookies]),
        (_("Settings for production"), said[given.production]),
    ]


def _owner_form() -> Form:
    _ = g.speech._
    return Form(
        (
            Control(
                "owner",
                _("Name"),
                help=_("On pages and new documents. Example: City of Bekasi"),
                value=me().owner_name,
                required=True,
                width="l",
            ),
        )
    )


def _file(data: bytes, name: str, kind: str) -> Response:
    answer = Response(data, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


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
