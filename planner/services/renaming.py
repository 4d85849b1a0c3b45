"""Codes that change: every record that refers to one follows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from sqlmodel import SQLModel

from planner.domain.consistency.wishes import kinds_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.domain.records import Rule

Record = TypeVar("Record", bound=SQLModel)


def follow(estate: Estate, sheet: str, old: str, new: str) -> Estate:
    """Return the estate with references to a building, floor or team renamed."""
    if old == new or sheet not in _FOLLOW:
        return estate
    return _FOLLOW[sheet](estate, old, new)


def _building(estate: Estate, old: str, new: str) -> Estate:
    return replace(
        estate,
        floors=_renamed(estate.floors, ("building",), old, new),
        rules=_rules(estate, {"place": _whole}, old, new),
    )


def _floor(estate: Estate, old: str, new: str) -> Estate:
    return replace(
        estate,
        spaces=_renamed(estate.spaces, ("floor",), old, new),
        seating=_renamed(estate.seating, ("floor",), old, new),
        rules=_rules(
            estate, {"floor": _head, "place": _head, "mover": _head, "part": _tail}, old, new
        ),
    )


def _team(estate: Estate, old: str, new: str) -> Estate:
    days = estate.attendance
    if old in days.teams:
        days = replace(days, teams=tuple(new if team == old else team for team in days.teams))
    return replace(
        estate,
        seating=_renamed(estate.seating, ("team",), old, new),
        near=_renamed(estate.near, ("team", "other"), old, new),
        rules=_rules(estate, {"team": _whole, "mover": _whole, "part": _head}, old, new),
        attendance=_in_order(days),
    )


_FOLLOW: Final[dict[str, Callable[[Estate, str, str], Estate]]] = {
    "buildings": _building,
    "floors": _floor,
    "teams": _team,
}


def _renamed(
    records: tuple[Record, ...], names: tuple[str, ...], old: str, new: str
) -> tuple[Record, ...]:
    return tuple(
        record.model_copy(update={name: new for name in names if getattr(record, name) == old})
        if any(getattr(record, name) == old for name in names)
        else record
        for record in records
    )


def _rules(
    estate: Estate, ways: Mapping[str, Callable[[str, str, str], str]], old: str, new: str
) -> tuple[Rule, ...]:
    """Return the rules, what they are about renamed in the way of its kind."""

    def renamed(rule: Rule) -> Rule:
        said = {"subject": rule.subject, "object": rule.object}
        for (name, text), kind in zip(said.items(), kinds_in(rule), strict=True):
            said[name] = ways[kind](text, old, new) if kind in ways else text
        return rule.model_copy(update=said)

    return tuple(map(renamed, estate.rules))


def _whole(text: str, old: str, new: str) -> str:
    return new if text == old else text


def _head(text: str, old: str, new: str) -> str:
    """Return a floor/unit or team/unit with what stands first renamed."""
    return new + text[len(old) :] if f"{text}/".startswith(f"{old}/") else text


def _tail(text: str, old: str, new: str) -> str:
    """Return a team/unit with the floor of the unit renamed."""
    team, slash, place = text.partition("/")
    return f"{team}{slash}{_head(place, old, new)}" if slash else text


def _in_order(days: Attendance) -> Attendance:
    """Return an attendance table with its teams in order again."""
    order = sorted(range(len(days.teams)), key=days.teams.__getitem__)
    if order == list(range(len(order))):
        return days
    return replace(
        days,
        teams=tuple(days.teams[at] for at in order),
        present=days.present[:, order],
        known=days.known[:, order],
    )
