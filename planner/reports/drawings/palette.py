"""The colours of every drawing: properties a page can theme, literals on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.records import Team

LIGHT: Final = {
    "paper": "#FFFFFF",
    "surface": "#FFFFFF",
    "sunk": "#F1EFEA",
    "ink": "#16212B",
    "ink2": "#465360",
    "ink3": "#626D78",
    "line": "#DAD7CF",
    "line2": "#8C8A82",
    "primary": "#0F5268",
    "tint": "#E3EEF1",
    "lit": "#2C7188",
    "bar": "#2C7188",
    "unlit": "#E9E6DE",
    "freed": "#F0B429",
    "freed-t": "#FDF0CC",
    "freed-s": "#A26A00",
    "on-freed": "#2E1E00",
    "good": "#22694A",
    "tight": "#A8420F",
    "bad": "#A3231C",
}
"""Colours by token, as printed on white; a page overrides each by a property of its name."""

PATTERNS: Final = (
    "plain",
    "dots",
    "horizontal",
    "vertical",
    "cross",
    "grid",
    "chevron",
    "ring",
)
_SPINES: Final = (
    ("#2F5D8C", "#D5E1EE"),
    ("#0E7C7B", "#CDE6E3"),
    ("#B4436C", "#F2D9E2"),
    ("#4D7C3A", "#DCE8D3"),
    ("#6B4E2E", "#E7DCCF"),
    ("#4A5560", "#DCE0E4"),
    ("#9A4A1F", "#F1DACB"),
    ("#2E86AB", "#D3EAF3"),
)
_DARK_SPINES: Final = (
    ("#7E9BB8", "#213A53"),
    ("#6AAEAD", "#13474C"),
    ("#D08AA4", "#592F46"),
    ("#91AE85", "#2E4731"),
    ("#A3917D", "#3A342C"),
    ("#8F969C", "#2C3741"),
    ("#C08F74", "#4E3225"),
    ("#7DB4CB", "#214B60"),
)
_OTHER: Final = ("#8C8A82", "#ECEAE5")
_DARK_OTHER: Final = ("#6F7F8B", "#26323B")
OTHER: Final = len(_SPINES)
"""The number of the grey kind that stands for every department beyond the coloured ones."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How a colour is written: as a literal on paper, as a themed property on a page."""

    on_paper: bool

    def __call__(self, token: str) -> str:
        """Return the value of a `fill` or `stroke` attribute for a token."""
        literal = _literal(token)
        return literal if self.on_paper else f"var(--{token},{literal})"


def _literal(token: str) -> str:
    if token in LIGHT:
        return LIGHT[token]
    kind, part = token.removeprefix("dept-").rsplit("-", 1)
    pair = _OTHER if int(kind) == OTHER else _SPINES[int(kind)]
    return pair["st".index(part)]


@dataclass(frozen=True, slots=True)
class Department:
    """A department as it is drawn: its kind numbers both its colour and its pattern."""

    name: str
    kind: int
    people: int

    @property
    def pattern(self) -> str:
        """Return the pattern of its spine, so that colour never speaks alone."""
        return "plain" if self.kind == OTHER else PATTERNS[self.kind]


def departments(teams: Sequence[Team]) -> Mapping[str, Department]:
    """Return every department with its colour, in the order teams name them.

    Eight have a colour of their own; of more than eight, the seven largest do and the rest
    share grey, since a pattern that repeats would say two things.
    """
    people: dict[str, int] = {}
    for team in teams:
        people[team.department] = people.get(team.department, 0) + team.headcount
    named = [name for name in people if name]
    room = len(_SPINES) if len(named) <= len(_SPINES) else len(_SPINES) - 1
    chosen = set(sorted(named, key=lambda name: (-people[name], name))[:room])
    kinds = iter(range(len(_SPINES)))
    return {
        name: Department(name, next(kinds) if name in chosen else OTHER, people[name])
        for name in people
    }


def department_css() -> str:
    """Return the departments' properties for a style sheet, light and dark."""

    def rule(selector: str, pairs: Sequence[tuple[str, str]]) -> str:
        body = "".join(f"--dept-{at}-s:{s};--dept-{at}-t:{t};" for at, (s, t) in enumerate(pairs))
        return f"{selector}{{{body}}}"

    return "\n".join(
        (
            rule(":root", (*_SPINES, _OTHER)),
            rule(":root[data-theme=dark]", (*_DARK_SPINES, _DARK_OTHER)),
        )
    )
