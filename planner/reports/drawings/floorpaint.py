"""How rooms of a floor plan are filled: by use, by department, or by how full their unit is.

Each fill has a body, a pattern on a band inside its edge and a letter, so that it reads in
grey and without colour; the key below the plan says what the letter stands for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from planner.reports.drawings.outlines import SERVICE
from planner.reports.drawings.palette import OTHER, PATTERNS, departments
from planner.reports.drawings.scene import scene_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.records import Space
    from planner.i18n import Speech
    from planner.reports.drawings.scene import Needs, UnitView

Mode = Literal["plain", "category", "team", "use"]
MODES: Final[tuple[Mode, ...]] = ("category", "team", "use")

_SHARED: Final = "*"
_BINS: Final = ((0.4, 5, "plain"), (0.8, 1, "dots"), (0.95, 7, "horizontal"), (9.0, 6, "grid"))
"""Upper end of each step of use with the kind of its colour and its pattern."""

_GROUPS: Final = (
    ("A", 0, ("office", "open_office")),
    ("B", 1, ("meeting", "focus", "phone")),
    ("C", 2, ("reception",)),
    ("D", 3, ("kitchen", "storage", "lab")),
    ("E", 7, ("server", "mechanical")),
    ("F", 4, ("restroom",)),
    ("G", 5, ("corridor",)),
    ("H", 6, ("parking", "terrace")),
    ("?", OTHER, ("unspecified",)),
)


@dataclass(frozen=True, slots=True)
class Fill:
    """How one kind of room is drawn: its colour's number, pattern, letter and meaning."""

    kind: int
    pattern: str
    letter: str
    words: str

    @property
    def body(self) -> str:
        """Return the token of the body's colour."""
        return f"dept-{self.kind}-t"


@dataclass(frozen=True, slots=True)
class Painter:
    """Fills for the rooms of one floor; a room without one is drawn plain."""

    of: Callable[[Space], Fill | None] = field(default=lambda _: None)
    key: tuple[Fill, ...] = ()


PLAIN: Final = Painter()


def painter(
    mode: Mode,
    estate: Estate,
    floor: str,
    speech: Speech,
    *,
    needs: Needs | None = None,
    plan: Plan | None = None,
) -> Painter:
    """Return how the rooms of a floor are filled.

    Args:
        mode: by use (`category`), by department (`team`), by share of seats taken (`use`).
        estate: the buildings and teams.
        floor: code of the floor.
        speech: the reader's language.
        needs: seats that teams need; without it nobody is known to sit anywhere.
        plan: where they sit after it; None is today.
    """
    if mode == "category":
        return _by_category(estate, floor, speech)
    if mode == "plain" or needs is None:
        return PLAIN
    views = [
        view
        for tower in scene_of(estate, needs, plan).towers
        for view in tower.views
        if view.unit.floor.code == floor
    ]
    fills = _by_team(estate, views, speech) if mode == "team" else _by_use(views, speech)
    divided = any(view.unit.name for view in views)

    def of(space: Space) -> Fill | None:
        if space.category in SERVICE or (divided and not space.unit):
            return None
        return fills.get(space.unit if divided else "")

    used = {fill for space in estate.spaces if space.floor == floor and (fill := of(space))}
    shown = used or set(fills.values())
    return Painter(of, tuple(sorted(shown, key=lambda fill: fill.letter)))


def units_painter(estate: Estate, floor: str, speech: Speech) -> Painter:
    """Return a fill for each lettable unit of a floor; common parts are plain."""
    own = [space for space in estate.spaces if space.floor == floor]
    names = sorted({space.unit for space in own if space.unit})
    fills = {
        name: Fill(
            min(OTHER, at), PATTERNS[at] if at < OTHER else "plain",
            chr(ord("A") + at % 26), speech._("unit %(name)s", name=name),
        )
        for at, name in enumerate(names)
    }  # fmt: skip
    return Painter(lambda space: fills.get(space.unit), tuple(fills.values()))


def _by_category(estate: Estate, floor: str, speech: Speech) -> Painter:
    _ = speech._
    words = {
        "A": _("offices"),
        "B": _("meeting and focus"),
        "C": _("reception"),
        "D": _("pantry, storage, laboratory"),
        "E": _("servers and plant"),
        "F": _("toilets"),
        "G": _("corridors"),
        "H": _("parking and terraces"),
        "?": _("use not known"),
    }
    fills = {
        category: Fill(kind, "plain" if kind == OTHER else PATTERNS[kind], letter, words[letter])
        for letter, kind, categories in _GROUPS
        for category in categories
    }
    used = {fills.get(space.category) for space in estate.spaces if space.floor == floor}
    key = sorted(
        (fill for fill in used if fill), key=lambda fill: (fill.letter == "?", fill.letter)
    )
    return Painter(lambda space: fills.get(space.category), tuple(key))


def _by_team(estate: Estate, views: list[UnitView], speech: Speech) -> dict[str, Fill]:
    """Return a fill for each unit by name: its department, or that several share it."""
    known = departments(estate.teams)
    letters: dict[str, str] = {}
    fills = {}
    for view in views:
        own: dict[str, list[str]] = {}
        for one in view.seated:
            own.setdefault(one.team.department, []).append(one.team.name)
        if not own:
            continue
        if len(own) > 1:
            names = ", ".join(name or speech._("no department") for name in own)
            words = speech._("shared by %(names)s", names=names)
            fills[view.unit.name] = Fill(OTHER, "plain", _SHARED, words)
            continue
        ((name, teams),) = own.items()
        letter = letters.setdefault(name, chr(ord("A") + len(letters) % 26))
        label = name or speech._("no department")
        fills[view.unit.name] = Fill(
            known[name].kind, known[name].pattern, letter, f"{label}: {', '.join(teams)}"
        )
    return fills


def _by_use(views: list[UnitView], speech: Speech) -> dict[str, Fill]:
    """Return a fill for each unit by name: seats taken on its busiest weekday, in four steps."""
    words = (
        speech._("less than 40%% of seats taken on the busiest day"),
        speech._("40 to 80%%"),
        speech._("80 to 95%%"),
        speech._("95%% and more"),
    )
    fills = {}
    for view in views:
        if not view.unit.places:
            continue
        share = view.most / view.unit.places
        step = next(at for at, (upper, _, _) in enumerate(_BINS) if share < upper or at == 3)  # noqa: PLR2004
        _, kind, pattern = _BINS[step]
        fills[view.unit.name] = Fill(kind, pattern, "1234"[step], words[step])
    return fills
