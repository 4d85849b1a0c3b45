"""The one shape of every field on a page, and the form that keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal["text", "long", "number", "choice", "tick", "date", "file", "password", "email"]
Width = Literal["xs", "s", "m", "l"]


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a choice: what is sent, and what is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Control:
    """A field as a page draws it: label, help, control, error, in that order.

    Args:
        name: what the browser sends; also the id that an error links to.
        label: what it is called.
        kind: how it is drawn.
        help: unit, meaning and example in one or two sentences.
        value: what stands in it, exactly as typed.
        error: a sentence with the value and what to enter, "" where it is right.
        required: must not be empty.
        prefix, suffix: currency before and unit behind a number.
        width: tells the length expected.
        options: of a choice.
        note: below the control: source, date and confidence of a default.
        suggestions: values offered while typing; others may be typed.
        autocomplete: the browser's own word for what belongs here.
        accept: kinds of file taken.
    """

    name: str
    label: str
    kind: Kind = "text"
    help: str = ""
    value: str = ""
    error: str = ""
    required: bool = False
    prefix: str = ""
    suffix: str = ""
    width: Width = "m"
    options: tuple[Option, ...] = ()
    note: str = ""
    suggestions: tuple[str, ...] = ()
    autocomplete: str = ""
    accept: str = ""
    multiple: bool = False

    @property
    def id(self) -> str:
        """Return the id in the page."""
        return f"f-{self.name}"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the options as value and label, for scripts."""
        return [(one.value, one.label) for one in self.options]

    @property
    def described_by(self) -> str:
        """Return the ids of help and error, for those who hear the page."""
        ids = []
        if self.help:
            ids.append(f"{self.id}-h")
        if self.error:
            ids.append(f"{self.id}-e")
        return " ".join(ids)


@dataclass(frozen=True, slots=True)
class Form:
    """Fields in groups, with what is wrong beyond one field.

    Args:
        controls: in the order drawn.
        problems: sentences that no single field carries.
    """

    controls: tuple[Control, ...]
    problems: tuple[str, ...] = field(default=())

    def __getitem__(self, name: str) -> Control:
        """Return the control of a name; a missing one is our defect."""
        return next(control for control in self.controls if control.name == name)

    def has(self, name: str) -> bool:
        """Say whether there is such a control."""
        return any(control.name == name for control in self.controls)

    @property
    def wrong(self) -> tuple[Control, ...]:
        """Return the controls with an error."""
        return tuple(control for control in self.controls if control.error)

    @property
    def is_right(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.wrong and not self.problems

    def filled(self, values: Mapping[str, str]) -> Form:
        """Return the form with what was typed; a tick that was not sent is off."""
        return replace(
            self,
            controls=tuple(
                replace(one, value=values.get(one.name, ""))
                if one.kind not in {"file", "password"}
                else one
                for one in self.controls
            ),
        )

    def told(self, errors: Mapping[str, str], problems: Iterable[str] = ()) -> Form:
        """Return the form with errors at their fields and the rest above it."""
        known = {one.name for one in self.controls}
        loose = tuple(text for name, text in errors.items() if name not in known)
        return replace(
            self,
            controls=tuple(
                replace(one, error=errors.get(one.name, one.error)) for one in self.controls
            ),
            problems=(*self.problems, *loose, *problems),
        )
