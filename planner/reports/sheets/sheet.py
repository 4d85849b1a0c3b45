"""A short document: a finding, key figures, then pictures, tables and paragraphs in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

    from planner.reports.facts.tables import Fact, Table


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with the conclusion above it and the source below."""

    title: str
    drawing: Markup
    source: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs under a short heading."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """What the reader is asked, in a frame."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Two narrow parts side by side."""

    beside: tuple[Picture, Picture] | tuple[Table, Table]


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins a new page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One short document.

    Args:
        kind: its short name in the running head.
        name: what it calls itself.
        over: line above the title.
        title: the finding, a sentence.
        lede: two or three sentences.
        figures: at most four key figures.
        parts: in the order they are read.
    """

    kind: str
    name: str
    over: str
    title: str
    lede: str
    figures: tuple[Fact, ...]
    parts: tuple[Picture | Table | Beside | Text | Ask | Break, ...]
