"""The documentation, served by the site itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from flask import Blueprint, g, render_template, request, send_from_directory, url_for

import planner
from planner.errors import NotFound
from planner.web.navigation import stand_in
from planner.web.show.markdown import html_of, title_of

bp = Blueprint("docs", __name__)

SHELVES: Final = ("tutorial", "how-to", "reference", "explanation", "decisions")
_PICTURES: Final = (".png", ".svg", ".webp")


@bp.get("/docs")
def index() -> str:
    """List the pages, shelf by shelf."""
    stand_in("docs")
    return render_template("docs/index.html", shelves=_shelves(), titles=_titles())


@bp.get("/docs/<shelf>/<path:name>")
def page(shelf: str, name: str) -> Any:
    """Show a page, or send a picture of it."""
    stand_in("docs")
    folder = _root() / shelf
    if shelf not in SHELVES or not folder.is_dir():
        raise NotFound(g.speech._("There is no such page in the documentation."))
    if name.endswith(_PICTURES):
        return send_from_directory(folder, name)
    known = {path.stem: path for path in folder.glob("*.md")}
    if name not in known:
        raise NotFound(g.speech._("There is no such page in the documentation."))
    text = known[name].read_text(encoding="utf-8")

    def address(target: str) -> str:
        if "://" in target or target.startswith(("#", "/")):
            return target
        path, _, anchor = target.partition("#")
        there, _, file = path.rpartition("/")
        place = there.strip("./") or shelf
        if place not in SHELVES:
            return url_for("docs.index")
        made = url_for("docs.page", shelf=place, name=file.removesuffix(".md"))
        return f"{made}#{anchor}" if anchor else made

    return render_template(
        "docs/page.html",
        title=title_of(text),
        body=html_of(text, address),
        shelf=shelf,
        titles=_titles(),
        shelves=_shelves(),
        here_name=name,
        wanted=request.path,
    )


def _root() -> Path:
    """Return the folder of the documentation in a source tree."""
    return Path(planner.__file__).resolve().parent.parent / "docs"


def _shelves() -> dict[str, list[tuple[str, str]]]:
    """Return name and title of each page, by shelf; shelves without pages are left out."""
    found = {}
    for shelf in SHELVES:
        pages = sorted((_root() / shelf).glob("*.md"))
        if pages:
            found[shelf] = [
                (path.stem, title_of(path.read_text(encoding="utf-8"))) for path in pages
            ]
    return found


def _titles() -> dict[str, str]:
    _ = g.speech._
    return {
        "tutorial": _("Tutorial"),
        "how-to": _("How to"),
        "reference": _("Reference"),
        "explanation": _("Explanation"),
        "decisions": _("Decisions"),
    }
