"""The few formats of the workbook: quiet explanations, clear headings, honest numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from planner.domain.fields import Column

FONT: Final = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}
_RULE: Final = {"bottom": 1, "bottom_color": "#C9D1D9"}
HELP: Final = {**FONT, "font_size": 9, "font_color": "#57606A", "text_wrap": True, "valign": "top"}
EXAMPLE: Final = {**HELP, "italic": True, "valign": "vcenter"}
HEADING: Final = {
    **FONT,
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#1F4E5F",
    "text_wrap": True,
    "border": 1,
    "border_color": "#FFFFFF",
}
OPTIONAL: Final = {**HEADING, "bg_color": "#5B7C8A"}
TITLE: Final = {**FONT, "font_size": 16, "bold": True, "font_color": "#1F4E5F"}
PLAIN: Final = {**FONT, "text_wrap": True, "valign": "top", **_RULE}
STRONG: Final = {**PLAIN, "bold": True}


def cell_style(column: Column) -> dict[str, Any]:
    """Return how the values of a column look."""
    if column.type is dt.date:
        return {**FONT, **_RULE, "num_format": "yyyy-mm-dd", "align": "left"}
    if column.type is int:
        return {**FONT, **_RULE, "num_format": "#,##0"}
    if column.type is Decimal:
        return {**FONT, **_RULE, "num_format": _decimal_format(column)}
    if column.type is bool or column.choices:
        return {**FONT, **_RULE}
    return {**FONT, **_RULE, "num_format": "@"}


def _decimal_format(column: Column) -> str:
    if column.about.unit.startswith("money"):
        return "#,##0"
    return {"m2": "#,##0.0##", "degrees": "0.0#####"}.get(column.about.unit, "0.0#####")


def width(column: Column) -> int:
    """Return a fitting width in characters."""
    name = column.name
    if name in {"outline", "reason", "source"} or column.about.label[0] in {"Name", "Estate"}:
        return 30
    if column.type is str and not column.choices:
        return 18
    return 16
