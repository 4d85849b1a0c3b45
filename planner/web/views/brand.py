"""The owner's logo and the colour of its documents."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.errors import InvalidInput
from planner.reports.brand import LEAST_CONTRAST, contrast
from planner.services import brands
from planner.services.access import Right
from planner.web.access import me, need, store
from planner.web.forms import Control, Form
from planner.web.forms.refusals import told
from planner.web.navigation import stand_in

bp = Blueprint("brand", __name__)


@bp.get("/admin/brand")
def index() -> str:
    """Show the logo and the colour; only for administrators."""
    need(Right.ADMINISTER)
    return _page(_form(brands.get_brand(store(), me()).colour))


@bp.post("/admin/brand")
def save() -> Any:
    """Set the logo and the colour of documents."""
    need(Right.ADMINISTER)
    form = _form(request.form.get("colour", ""))
    file = request.files.get("logo")
    given = (file.read(), file.filename or "logo") if file and file.filename else None
    try:
        chosen = brands.set_brand(
            store(),
            me(),
            request.form.get("colour", ""),
            given,
            without_logo="without_logo" in request.form,
            seen=request.form.get("seen"),
        )
    except InvalidInput as refusal:
        return _page(told(form, refusal, g.speech)), HTTPStatus.UNPROCESSABLE_ENTITY
    if chosen.colour and not chosen.ink:
        flash(
            g.speech._(
                "Saved. %(colour)s has a contrast of %(contrast)s on white; documents need "
                "%(least)s and keep ours.",
                colour=chosen.colour,
                contrast=g.speech.number(contrast(chosen.colour), 1),
                least=g.speech.number(LEAST_CONTRAST, 1),
            )
        )
    else:
        flash(g.speech._("Saved. New documents carry it."))
    return redirect(url_for("brand.index"), HTTPStatus.SEE_OTHER)


def _page(form: Form) -> str:
    stand_in("admin")
    return render_template("admin/brand.html", brand=brands.get_brand(store(), me()), form=form)


def _form(colour: str) -> Form:
    _ = g.speech._
    return Form(
        (
            Control(
                "colour",
                _("Colour of documents"),
                help=_("For example #0F5268. It must stand out on white by 4.5 to 1."),
                value=colour,
                width="s",
            ),
            Control(
                "logo",
                _("Logo"),
                "file",
                help=_("PNG or JPEG. It is drawn anew, at most 60 by 10 mm on paper."),
                accept=".png,.jpg,.jpeg",
            ),
        )
    )
