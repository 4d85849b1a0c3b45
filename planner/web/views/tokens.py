"""Tokens with which a person's programs use the API."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.errors import InvalidInput
from planner.services import tokens
from planner.services.access import Right
from planner.web.access import me, store
from planner.web.forms import Control, Form
from planner.web.forms.refusals import told
from planner.web.navigation import stand_in

bp = Blueprint("tokens", __name__)

_DAYS: Final = 90


@bp.get("/account/tokens")
def index() -> str:
    """List the tokens of this person; for an administrator those of the whole owner."""
    return _page(_fields())


@bp.post("/account/tokens")
def create() -> Any:
    """Make a token and show it, this once only."""
    form = _fields().filled(request.form)
    try:
        text = tokens.create(
            store(),
            me(),
            request.form.get("name", ""),
            request.form.getlist("scope"),
            request.form.get("days", 0, int),
        )
    except InvalidInput as refusal:
        form = told(form, refusal, g.speech, scopes=g.speech._("What it may do"))
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(_fields(), text), HTTPStatus.CREATED


@bp.post("/account/tokens/<token>/revoke")
def revoke(token: str) -> Any:
    """End a token at once."""
    tokens.revoke(store(), me(), token)
    flash(g.speech._("The token opens nothing any more."))
    return redirect(url_for("tokens.index"), HTTPStatus.SEE_OTHER)


def _page(form: Form, text: str = "") -> str:
    stand_in("account")
    _ = g.speech._
    words = {
        Right.SEE: _("Read everything of the owner"),
        Right.EDIT: _("Change estates"),
        Right.PLAN: _("Make plans and proposals"),
        Right.DECIDE: _("Approve proposals or send them back"),
    }
    return render_template(
        "account/tokens.html",
        form=form,
        text=text,
        tokens=tokens.list_tokens(store(), me()),
        scopes={key: said for key, said in words.items() if me().may(key)},
        words=words,
        chosen=request.form.getlist("scope") or ["see"],
    )


def _fields() -> Form:
    _ = g.speech._
    return Form(
        (
            Control(
                "name",
                _("What it is for"),
                help=_("A name by which you know it again. Example: nightly attendance"),
                required=True,
            ),
            Control(
                "days",
                _("Days until it expires"),
                "number",
                help=_("1 to 366. A short time does less harm when a token is lost."),
                value=str(_DAYS),
                required=True,
                width="s",
            ),
        )
    )
