"""Attendance: who comes on which days, and how many seats that takes."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from planner.services import presence
from planner.web import ready
from planner.web.access import me, store
from planner.web.navigation import visit
from planner.web.paging import page_of
from planner.web.shelf import kept
from planner.web.show.attendance import attendance_page
from planner.web.views.uploads import DAY_FILES

bp = Blueprint("attendance", __name__)


@bp.get("/estates/<estate>/attendance")
def page(estate: str) -> str:
    """Show what is known of attendance, and what each team needs because of it."""
    found = visit(estate, "attendance")
    needs = ready.needs(found)
    key = (estate, g.here.version, g.speech.language)
    shown = kept("attendance", key, lambda: attendance_page(found, needs, g.speech))
    return render_template(
        "estate/attendance.html",
        estate=found,
        shown=shown,
        page=page_of(shown.teams),
        why_not=needs.why_not,
        day_files=DAY_FILES,
        files=presence.files(store(), me(), estate),
        sources=presence.sources(store(), me(), estate),
    )
