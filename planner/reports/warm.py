"""Imported by the server of forks alone: what every document needs is there before it forks.

Modules, compiled templates, fonts and the rent rules are shared by all documents, which saves
each about a second. Nothing here starts a thread, as a fork would not have it; the engine of
the charts does, so only its module is imported.
"""

from __future__ import annotations

from planner.finance.rules import rules
from planner.i18n import speech_of
from planner.paths import templates_dir
from planner.reports import facts, frame, pdf, pictures, sheets
from planner.reports.drawings import canvas
from planner.reports.fonts import faces, font_css
from planner.reports.press import press

__all__ = ["facts", "pdf", "pictures", "sheets"]


def _warm() -> None:
    rules()
    faces()
    for folder, environment in (("proposal", frame.environment), ("drawings", canvas.environment)):
        for path in sorted((templates_dir() / folder).glob("*.j2")):
            environment(speech_of("en")).get_template(f"{folder}/{path.name}")
    style = font_css("a")
    press(f"<style>{style} p {{ font-family: var(--sans) }}</style><p>a</p>", identity=bytes(16))


_warm()
