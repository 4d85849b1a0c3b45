"""The documentation, served by the site itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, g, render_template, request, send_from_directory, url_for

from planner.errors import NotFound
from planner.paths import docs_dir
from planner.web.navigation import stand_in
from planner.web.show.markdown import html_of, title_of

if TYPE_CHECKING:
    from pathlib import Path

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
    folder = docs_dir() / shelf
    if shelf not in SHELVES or not folder.is_dir():
        raise NotFound(g.speech._("There is no such page in the documentation."))
    if name.endswith(_PICTURES):
        return send_from_directory(folder, name)
    known = _pages(folder)
    if name not in known:
        raise NotFound(g.speech._("There is no such page in the documentation."))
    path, language = known[name]
    text = path.read_text(encoding="utf-8")

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
        language=language,
        titles=_titles(),
        shelves=_shelves(),
        here_name=name,
        wanted=request.path,
    )


def _pages(folder: Path) -> dict[str, tuple[Path, str]]:
    """Return each page of a shelf with its language: the reader's where there is one."""
    found = {path.stem: (path, "en") for path in sorted(folder.glob("*.md"))}
    other = f".{g.speech.language}"
    for name in [one for one in found if "." in one]:
        path, _ = found.pop(name)
        if name.endswith(other):
            found[name.removesuffix(other)] = (path, g.speech.language)
    return found


def _shelves() -> dict[str, list[tuple[str, str, str]]]:
    """Return name, title and language of each page, by shelf; empty shelves are left out."""
    found = {}
    for shelf in SHELVES:
        pages = _pages(docs_dir() / shelf)
        if pages:
            found[shelf] = [
                (name, title_of(path.read_text(encoding="utf-8")), language)
                for name, (path, language) in pages.items()
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
