"""One frame for every document: what its head, foot and numbering say, on paper and screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from jinja2 import FileSystemLoader
from markupsafe import Markup

from planner.paths import templates_dir
from planner.reports.columns import widths
from planner.reports.drawings.measure import fit
from planner.reports.facts.method import groups
from planner.reports.fonts import font_css, in_all_scripts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from planner.i18n import Speech
    from planner.reports.facts import Facts, Scope
    from planner.reports.facts.tables import Section, Table
    from planner.reports.sheets import Sheet

PAPER: Final = "proposal/paper.html.j2"
SCREEN: Final = "proposal/screen.html.j2"
_OWNER_PX: Final = 250.0
_FACES: Final = "/* FONT FACES */"


@dataclass(slots=True)
class Numbers:
    """Counts figures and tables while a document is written."""

    figures: int = 0
    tables: int = 0

    def figure(self) -> int:
        """Return the number of the next figure."""
        self.figures += 1
        return self.figures

    def table(self) -> int:
        """Return the number of the next table."""
        self.tables += 1
        return self.tables


@dataclass(frozen=True, slots=True)
class Brief:
    """What the frame of a document asks of its facts, for a short one."""

    scope: Scope
    name: str
    headline: Sheet
    sections: Mapping[str, Section] = field(default_factory=dict)


def document_html(
    template: str,
    facts: Facts | Brief,
    speech: Speech,
    *,
    frame: str = PAPER,
    **values: object,
) -> str:
    """Return a document that a template makes of the facts.

    Args:
        template: of the body, below `templates`.
        facts: what it says.
        speech: the reader's language.
        frame: template around the body: for paper or for a screen.
        values: what else the body asks for.
    """
    html = (
        environment(speech)
        .get_template(template)
        .render(
            frame=frame,
            on_paper=frame == PAPER,
            facts=facts,
            numbers=Numbers(),
            font_faces=_FACES,
            stamp=facts.scope.dossier.date.isoformat(),
            owner=fit(facts.scope.dossier.estate.header.name, 11.4, _OWNER_PX, "sans-bold"),
            identity=_footer(facts, speech),
            page_words=_page_words(speech),
            listed=[facts.sections[key] for key in _ORDER if key in facts.sections],
            **values,
        )
    )
    faces = font_css(html, within=frame == SCREEN)
    return in_all_scripts(html).replace(_FACES, faces, 1)


@cache
def environment(speech: Speech) -> Environment:
    """Return the templates of documents for a reader."""
    made = speech.environment(FileSystemLoader(templates_dir()))
    made.filters["widths"] = _widths
    return made


def _widths(table: Table, share: float = 1, dense: bool = False) -> list[str]:  # noqa: FBT001, FBT002  a filter of templates
    return [f"{wide:.2f}" for wide in widths(table, 658 * share, dense=dense)]


_ORDER: Final = (
    "proof",
    "options",
    "method",
    "stack",
    "floors",
    "seats",
    "presence",
    "moves",
    "waves",
    "money",
    "sensitivity",
    "risks",
    "compliance",
    "kept",
    "register",
    "trace",
    "glossary",
)


def _footer(facts: Facts | Brief, speech: Speech) -> str:
    dossier = facts.scope.dossier
    words = speech._(
        "Estate %(estate)s · plan %(plan)s · %(date)s",
        estate=groups(dossier.estate.hash[:8], 4),
        plan=groups(dossier.plan.hash[:8], 4),
        date=speech.long_date(dossier.date),
    )
    if dossier.estate.header.generated:
        words += " · " + speech._("made-up data for demonstration")
    return words


def _page_words(speech: Speech) -> tuple[Markup, ...]:
    """Return the words around the two page numbers as CSS strings."""
    said = speech._("Page %(page)s of %(pages)s", page="\x00", pages="\x01")
    before, rest = said.split("\x00")
    between, after = rest.split("\x01")
    return tuple(Markup(css_string(part)) for part in (before, between, after))  # noqa: S704


def css_string(text: str) -> str:
    r"""Return a text as a CSS string; anything but letters, digits and blanks is escaped.

    >>> css_string('Page "1"')
    '"Page \\22 1\\22 "'
    """
    safe = "".join(
        letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in text
    )
    return f'"{safe}"'
