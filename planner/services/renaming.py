"""Codes that change: every record that refers to one follows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from sqlmodel import SQLModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.domain.records import Rule

Record = TypeVar("Record", bound=SQLModel)

_TEAM_RULES: Final = frozenset({"fix_team", "only_in", "never_in"})
_FLOOR_RULES: Final = frozenset({"keep_floor", "free_floor"})


def follow(estate: Estate, sheet: str, old: str, new: str) -> Estate:
    """Return the estate with references to a building, floor or team renamed."""
    if old == new or sheet not in _FOLLOW:
        return estate
    return _FOLLOW[sheet](estate, old, new)


def _building(estate: Estate, old: str, new: str) -> Estate:
    return replace(
        estate,
        floors=_renamed(estate.floors, ("building",), old, new),
        rules=tuple(_rule(rule, frozenset(), old, new) for rule in estate.rules),
    )


def _floor(estate: Estate, old: str, new: str) -> Estate:
    return replace(
        estate,
        spaces=_renamed(estate.spaces, ("floor",), old, new),
        seating=_renamed(estate.seating, ("floor",), old, new),
        rules=tuple(_rule(rule, _FLOOR_RULES, old, new) for rule in estate.rules),
    )


def _team(estate: Estate, old: str, new: str) -> Estate:
    rules = tuple(
        rule.model_copy(update={"subject": new + rule.subject.removeprefix(old)})
        if rule.rule in _TEAM_RULES and rule.subject.partition("/")[0] == old
        else rule
        for rule in estate.rules
    )
    days = estate.attendance
    if old in days.teams:
        days = replace(days, teams=tuple(new if team == old else team for team in days.teams))
    return replace(
        estate,
        seating=_renamed(estate.seating, ("team",), old, new),
        near=_renamed(estate.near, ("team", "other"), old, new),
        rules=rules,
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


def _rule(rule: Rule, by_subject: frozenset[str], old: str, new: str) -> Rule:
    """Return a rule with a place renamed; a unit of a floor is `floor/unit`."""
    changes = {}
    for name in ("subject", "object"):
        value = getattr(rule, name)
        if name == "subject" and rule.rule not in by_subject:
            continue
        if value == old or value.startswith(old + "/"):
            changes[name] = new + value[len(old) :]
    return rule.model_copy(update=changes) if changes else rule


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
