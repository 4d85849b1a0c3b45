"""The finance area: proposals, their versions, their decision."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast, get_args

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for

from planner.errors import InvalidInput, NotFound
from planner.reports.facts.difference import difference_of
from planner.services import proposals
from planner.services.access import Right
from planner.services.proposals import State
from planner.web import ready
from planner.web.access import me, need, store
from planner.web.forms import Control, Form
from planner.web.forms.refusals import messages_of, told
from planner.web.navigation import settle, stand_in
from planner.web.post import tell
from planner.web.show.proposal import proposal_page
from planner.web.show.repriced import repriced
from planner.web.versions import whole_sent
from planner.web.views.plans import enter

if TYPE_CHECKING:
    from planner.services.proposals import Proposal

bp = Blueprint("proposals", __name__)

_STATES = get_args(State)


@bp.get("/proposals")
def index() -> str:
    """List the proposals; the newest that waits for a decision is open beside them."""
    stand_in("proposals")
    found, text, state = _searched()
    chosen = next((one for one in found if one.may_decide), found[0] if found else None)
    return _page(found, text, state, chosen)


@bp.get("/proposals/<proposal>")
def page(proposal: str) -> str:
    """Open one proposal beside the list."""
    stand_in("proposals")
    chosen = proposals.get(store(), me(), proposal)
    found, text, state = _searched()
    return _page(found, text, state, chosen)


@bp.route("/plans/<plan>/propose", methods=["GET", "POST"])
def new(plan: str) -> Any:
    """Make a draft of a plan, or the next version of a proposal of the same estate."""
    summary = enter(plan)
    need(Right.PLAN)
    open_ones = [
        one
        for one in proposals.search(store(), me())
        if one.estate_id == summary.estate_id and one.state in {"draft", "sent_back", "approved"}
    ]
    form = _form(summary.name)
    if request.method == "GET":
        return render_template("proposals/new.html", form=form, summary=summary, others=open_ones)
    form = form.filled(request.form)
    note, title = request.form.get("note", ""), request.form.get("title", "")
    try:
        chosen = request.form.get("proposal", "")
        if chosen:
            proposals.revise(store(), me(), chosen, plan, note)
        else:
            chosen = proposals.create(store(), me(), plan, title, note)
        if "submit" in request.form:
            proposals.submit(store(), me(), chosen)
            tell(chosen, "submitted")
    except InvalidInput as refusal:
        answer = render_template(
            "proposals/new.html",
            form=told(form, refusal, g.speech),
            summary=summary,
            others=open_ones,
        )
        return answer, HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("proposals.page", proposal=chosen), HTTPStatus.SEE_OTHER)


@bp.post("/proposals/<proposal>/submit")
def submit(proposal: str) -> Any:
    """Hand the draft in for a decision."""
    proposals.submit(store(), me(), proposal)
    tell(proposal, "submitted")
    flash(g.speech._("Submitted. Finance sees it now."))
    return redirect(url_for("proposals.page", proposal=proposal), HTTPStatus.SEE_OTHER)


@bp.post("/proposals/<proposal>/approve")
def approve(proposal: str) -> Any:
    """Approve the version that was read."""
    proposals.get(store(), me(), proposal)
    need(Right.DECIDE)
    comment = request.form.get("comment", "")
    proposals.approve(store(), me(), proposal, _number(), comment)
    tell(proposal, "approved")
    flash(g.speech._("Approved."))
    return redirect(url_for("proposals.page", proposal=proposal), HTTPStatus.SEE_OTHER)


@bp.post("/proposals/<proposal>/send-back")
def send_back(proposal: str) -> Any:
    """Send the version that was read back, with a comment."""
    chosen = proposals.get(store(), me(), proposal)
    need(Right.DECIDE)
    comment = request.form.get("comment", "")
    try:
        proposals.send_back(store(), me(), proposal, _number(), comment)
    except InvalidInput as refusal:
        stand_in("proposals")
        found, text, state = _searched()
        page = _page(
            found,
            text,
            state,
            chosen,
            said=" ".join(messages_of(refusal, g.speech)),
            comment=comment,
        )
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    tell(proposal, "sent_back")
    flash(g.speech._("Sent back with your comment."))
    return redirect(url_for("proposals.page", proposal=proposal), HTTPStatus.SEE_OTHER)


def _searched() -> tuple[tuple[Proposal, ...], str, str]:
    """Return the proposals asked for, with what was asked."""
    text, state = request.args.get("q", "").strip(), request.args.get("state", "")
    wanted = cast("State", state) if state in _STATES else None
    return proposals.search(store(), me(), text, wanted), text, state


def _page(
    found: tuple[Proposal, ...],
    text: str,
    state: str,
    chosen: Proposal | None,
    *,
    said: str = "",
    comment: str = "",
) -> str:
    shown = tried = None
    changed: tuple[str, ...] = ()
    if chosen is not None:
        dossier = ready.dossier(chosen.plan_id)
        session["estate"] = chosen.estate_id
        try:
            enter(chosen.plan_id)
        except NotFound:
            settle(chosen.estate_id, dossier.estate, 0, "proposals")
        stand_in("proposals")
        shown = proposal_page(dossier, g.speech)
        tried = repriced(dossier, request.args, g.speech)
        changed = _changed(chosen)
    return render_template(
        "proposals/page.html",
        proposals=found,
        q=text,
        state=state,
        states=_STATES,
        chosen=chosen,
        shown=shown,
        tried=tried,
        changed=changed,
        said=said,
        comment=comment,
    )


def _changed(proposal: Proposal) -> tuple[str, ...]:
    """Return what the newest version changes of the one before, nothing for a first one."""
    if len(proposal.versions) < 2:  # noqa: PLR2004  two versions to compare
        return ()
    before, after = (ready.plan(version.plan_id) for version in proposal.versions[-2:])
    return difference_of(before, after, g.speech)


def _number() -> int:
    """Return the version that the reader saw."""
    sent = whole_sent("number")
    if sent is None:
        raise InvalidInput(
            g.speech._("The form does not say which version was read. Reload the page.")
        )
    return sent


def _form(name: str) -> Form:
    _ = g.speech._
    return Form(
        (
            Control(
                "title",
                _("Title"),
                help=_("As finance will find it in the list."),
                value=name,
                required=True,
                width="l",
            ),
            Control(
                "note",
                _("Note"),
                "long",
                help=_("What finance should know that the proposal does not say."),
                width="l",
            ),
        )
    )
