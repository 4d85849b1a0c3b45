"""The form of a picture's scale: two lengths, each from one pixel to another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.calibration import LONGEST_M, SHORTEST_PX, Measured, difference
from planner.errors import InvalidInput
from planner.web.forms.controls import Control, Form
from planner.web.forms.reading import read_number, spoken

if TYPE_CHECKING:
    from planner.domain.calibration import Calibration
    from planner.i18n import Speech

LENGTHS: Final = ("first", "check")
ENDS: Final = ("x1", "y1", "x2", "y2")


@dataclass(frozen=True, slots=True)
class ScaleForm:
    """The controls by name: `first-x1` and so on, `first-m`, and the shift `x` and `y`."""

    form: Form

    def told(self, refusal: InvalidInput, speech: Speech) -> ScaleForm:
        """Return the form with what is wrong at the length it speaks of."""
        first, check, _ = lengths_of(self, speech)
        errors = {
            f"{one.where}-m": _said(one.where, first, check, speech) for one in refusal.problems
        }
        return replace(self, form=self.form.told(errors))


def scale_form(known: Calibration | None, speech: Speech) -> ScaleForm:
    """Return the form as it is stored, empty for a picture without a scale."""
    values = {"x": "0", "y": "0"}
    if known is not None:
        values = {"x": f"{known.origin[0]:g}", "y": f"{known.origin[1]:g}"}
        for name, one in zip(LENGTHS, known.lengths, strict=False):
            for end, value in zip(ENDS, (*one.start, *one.end), strict=True):
                values[f"{name}-{end}"] = f"{value:.1f}"
            values[f"{name}-m"] = f"{one.metres:g}"
    return ScaleForm(_blank(speech).filled(values))


def read_scale(typed: dict[str, str], speech: Speech) -> ScaleForm:
    """Return the form as typed with what is wrong in each field."""
    form = _blank(speech).filled(typed)
    errors = {}
    for one in form.controls:
        try:
            _number(one.value, speech)
        except InvalidInput as refusal:
            errors[one.name] = " ".join(speech.told(refusal))
    return ScaleForm(form.told(errors))


def lengths_of(scale: ScaleForm, speech: Speech) -> tuple[Measured, Measured, tuple[float, float]]:
    """Return the two lengths and the place of the lower left corner, of a form that is right."""
    value = {one.name: float(_number(one.value, speech)) for one in scale.form.controls}
    first, check = (
        Measured(
            (value[f"{name}-x1"], value[f"{name}-y1"]),
            (value[f"{name}-x2"], value[f"{name}-y2"]),
            value[f"{name}-m"],
        )
        for name in LENGTHS
    )
    return first, check, (value["x"], value["y"])


def _said(name: str, first: Measured, check: Measured, speech: Speech) -> str:
    """Return why a length is refused, in the reader's language."""
    _ = speech._
    one = check if name == "check" else first
    if one.pixels < SHORTEST_PX:
        return _("Its two points are too near each other; choose points farther apart.")
    if not 0 < one.metres <= LONGEST_M:
        return _(
            "A length of %(metres)s m is not possible.",
            metres=spoken(Decimal(str(one.metres)), speech),
        )
    if {first.start, first.end} == {check.start, check.end}:
        return _("The check is the same line again; choose another dimension.")
    return _(
        "The first length makes a pixel %(first)s cm, this one %(check)s cm; they differ by "
        "%(off)s, and at most 2%% is taken. Look at both points and both lengths again.",
        first=speech.number(_cm(first), 3),
        check=speech.number(_cm(check), 3),
        off=speech.percent(Decimal(str(difference(first, check))), 1),
    )


def _cm(one: Measured) -> Decimal:
    return Decimal(str(100 * one.metres / one.pixels))


def _number(text: str, speech: Speech) -> Decimal:
    if not text.strip():
        raise InvalidInput(speech._("Choose this point on the picture, or enter its number."))
    return read_number(text, speech)


def _blank(speech: Speech) -> Form:
    _ = speech._
    ends = {
        "x1": _("From, pixels from the left"),
        "y1": _("From, pixels from the top"),
        "x2": _("To, pixels from the left"),
        "y2": _("To, pixels from the top"),
    }
    controls = []
    for name in LENGTHS:
        controls += [
            Control(f"{name}-{end}", words, "number", width="xs", required=True, suffix="px")
            for end, words in ends.items()
        ]
        controls.append(
            Control(
                f"{name}-m",
                _("Length in reality"),
                "number",
                help=_("As the drawing states it or a tape says. Example: 12.40"),
                width="xs",
                required=True,
                suffix="m",
            )
        )
    controls += [
        Control("x", _("Left edge of the picture"), "number", width="xs", suffix="m",
                help=_("Metres to the right of the building's corner; 0 for the first floor.")),
        Control("y", _("Lower edge of the picture"), "number", width="xs", suffix="m",
                help=_("Metres up from the building's corner.")),
    ]  # fmt: skip
    return Form(tuple(controls))
