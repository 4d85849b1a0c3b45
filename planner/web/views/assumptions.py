"""The register of figures: each with its value, source, date and how sure it is."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.domain.assumptions import register_of
from planner.domain.figures import FIGURES
from planner.errors import Conflict, InvalidInput, NotFound
from planner.reports.facts.sources import source_words
from planner.services import records, setters
from planner.services.access import Right
from planner.web.access import me, need, store
from planner.web.forms.figures import FigureForm
from planner.web.navigation import visit
from planner.web.show.register import register_page
from planner.web.versions import version_sent

bp = Blueprint("assumptions", __name__)


@bp.get("/estates/<estate>/assumptions")
def page(estate: str) -> str:
    """Show every figure in force, where it comes from, and what is missing."""
    found = visit(estate, "assumptions")
    set_by = setters.who_set(store(), me(), estate)
    return render_template(
        "estate/assumptions.html", estate=found, shown=register_page(found, g.speech, set_by)
    )


@bp.route("/estates/<estate>/assumptions/<key>", methods=["GET", "POST"])
def edit(estate: str, key: str) -> Any:
    """Change one figure with its source; what was typed stays if it is refused."""
    found = visit(estate, "assumptions")
    if key not in FIGURES:
        raise NotFound(g.speech._("There is no figure “%(key)s”.", key=key))
    register = register_of(found)
    fields = FigureForm(FIGURES[key], g.speech)
    entry = register.entry(key)
    figure = FIGURES[key]
    page = {
        "figure": figure,
        "default_said": "" if figure.default is None else fields.said(figure.default),
        "default_source": source_words(figure.source, g.speech),
        "own": register.is_own(key),
        "said": "",
    }
    if request.method == "GET":
        return render_template("estate/assumption.html", form=fields.of(entry), **page)
    need(Right.EDIT)
    form, assumption = fields.read(request.form)
    if assumption is None:
        answer = render_template("estate/assumption.html", form=form, **page)
        return answer, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        records.put_record(
            store(),
            me(),
            estate,
            "assumptions",
            (key,) if register.is_own(key) else None,
            assumption.model_dump(),
            version_sent(),
        )
    except InvalidInput as refusal:
        page["said"] = " ".join(g.speech.told(refusal))
        answer = render_template("estate/assumption.html", form=form, **page)
        return answer, HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as refusal:
        now = register_of(visit(estate, "assumptions"))
        stored = fields.of(now.entry(key))["value"]
        page |= {
            "said": g.speech._(
                "%(refusal)s The value stored now is %(value)s. Save again to store yours.",
                refusal=" ".join(g.speech.told(refusal)),
                value=f"{stored.prefix} {stored.value} {stored.suffix}".strip(),
            ),
            "own": now.is_own(key),
        }
        return render_template("estate/assumption.html", form=form, **page), HTTPStatus.CONFLICT
    flash(g.speech._("Saved. Plans made before keep the figure they were made with."))
    return redirect(url_for("assumptions.page", estate=estate), HTTPStatus.SEE_OTHER)


@bp.post("/estates/<estate>/assumptions/<key>/default")
def default(estate: str, key: str) -> Any:
    """Go back to the preset or default of a figure."""
    visit(estate, "assumptions")
    need(Right.EDIT)
    records.delete_record(store(), me(), estate, "assumptions", (key,), version_sent())
    flash(g.speech._("The preset figure is in force again."))
    return redirect(url_for("assumptions.page", estate=estate), HTTPStatus.SEE_OTHER)
