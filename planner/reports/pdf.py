"""The proposal as a PDF: facts, pictures and a template, set by WeasyPrint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader

from planner.paths import templates_dir
from planner.reports.columns import widths
from planner.reports.drawings.measure import fit
from planner.reports.facts import facts_of
from planner.reports.facts.method import groups
from planner.reports.pictures import pictures_of
from planner.reports.press import font_faces, press

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.facts import Facts
    from planner.reports.facts.tables import Table
    from planner.reports.press import Variant

_OWNER_PX = 250.0


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


def proposal_pdf(dossier: Dossier, speech: Speech, variant: Variant = "plain") -> bytes:
    """Return the proposal of a plan; the same dossier and language give the same bytes.

    Args:
        dossier: the plan with everything it rests on.
        speech: the reader's language, with the estate's currency and area unit.
        variant: `plain`, `archive` (PDF/A-3a with the workbook, the plan and the moves
            attached) or `accessible` (PDF/UA-1).
    """
    html = proposal_html(dossier, speech)
    return press(
        html,
        identity=identity_of(dossier, speech),
        variant=variant,
        attachments=_attachments(dossier, speech) if variant == "archive" else (),
    )


def proposal_html(dossier: Dossier, speech: Speech) -> str:
    """Return the proposal as one HTML document for paper."""
    facts = facts_of(dossier, speech)
    return paper_html(
        "proposal/proposal.html.j2",
        facts,
        speech,
        pictures=pictures_of(facts, speech),
        chosen_option=speech.words(("Recommended", "Disarankan")),
    )


def paper_html(template: str, facts: Facts, speech: Speech, **values: object) -> str:
    """Return a document for paper that a template makes of the facts."""
    environment = speech.environment(FileSystemLoader(templates_dir()))
    environment.filters["widths"] = _widths
    html = environment.get_template(template).render(
        facts=facts,
        numbers=Numbers(),
        font_faces="/* FONT FACES */",
        stamp=facts.scope.dossier.date.isoformat(),
        owner=fit(facts.scope.dossier.estate.header.name, 11.4, _OWNER_PX, "sans-bold"),
        identity=_footer(facts, speech),
        page_words=_page_words(speech),
        listed=[facts.sections[key] for key in _ORDER if key in facts.sections],
        colour="",
        **values,
    )
    return html.replace("/* FONT FACES */", font_faces(html), 1)


def _widths(table: Table, share: float = 1) -> list[str]:
    return [f"{wide:.2f}" for wide in widths(table, 658 * share)]


_ORDER = (
    "proof",
    "options",
    "stack",
    "floors",
    "seats",
    "presence",
    "moves",
    "money",
    "sensitivity",
    "risks",
    "compliance",
    "method",
    "register",
    "trace",
    "glossary",
)


def identity_of(dossier: Dossier, speech: Speech) -> bytes:
    """Return what makes a document itself: estate, plan, language, date and version."""
    parts = (
        dossier.estate.hash,
        dossier.plan.hash,
        speech.language,
        dossier.date.isoformat(),
        str(dossier.version),
    )
    import hashlib  # noqa: PLC0415

    return hashlib.sha256("\n".join(parts).encode()).digest()[:16]


def _footer(facts: Facts, speech: Speech) -> str:
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


def _page_words(speech: Speech) -> tuple[Any, ...]:
    """Return the words around the two page numbers as CSS strings."""
    from markupsafe import Markup  # noqa: PLC0415

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


def _attachments(dossier: Dossier, speech: Speech) -> tuple[tuple[str, bytes, str], ...]:
    from planner.reports.moves import moves_csv  # noqa: PLC0415
    from planner.reports.workbook import model_xlsx  # noqa: PLC0415

    return (
        ("plan.json", dossier.plan.to_json().encode(), speech._("The plan, to be checked")),
        ("model.xlsx", model_xlsx(dossier, speech), speech._("The money, to be recomputed")),
        ("moves.csv", moves_csv(dossier, speech).encode(), speech._("Every move")),
    )
