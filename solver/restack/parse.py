"""Reading an instance from JSON: every problem found, each with its place."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, cast

from solver.errors import InvalidInstance
from solver.reader import Reader, shown
from solver.restack.instance import (
    FORMAT,
    WITHIN,
    Instance,
    Load,
    Near,
    Space,
    Team,
    Unit,
    Within,
)

# Sums of costs stay below this, so that 64-bit engines count them exactly.
LARGEST_TOTAL = 2**60
TOP_REQUIRED = ("format", "spaces", "teams")
TOP_OPTIONAL = (
    *("units", "place_cost", "place_cost_default", "near", "apart", "fixed", "held", "churn"),
    "note",
)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the instance format."""
    text = files("solver.restack").joinpath("instance.schema.json").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))


def parse_instance(obj: object) -> Instance:
    """Return the instance that a JSON value describes.

    Args:
        obj: what a JSON parser returned.

    Raises:
        InvalidInstance: anything missing, unknown, out of range or contradictory in form;
            rules that merely cannot be kept together are no error here but an outcome.
    """
    reader = Reader()
    top = reader.keys(obj, "", TOP_REQUIRED, TOP_OPTIONAL)
    if not isinstance(obj, dict):
        raise InvalidInstance(reader.problems)
    if "format" in top and top["format"] != FORMAT:
        reader.refuse("format", f"{shown(top['format'])} is not {FORMAT!r}")
    spaces = _spaces(reader, top.get("spaces", []))
    space_ids = {space.id for space in spaces}
    teams = _teams(reader, top.get("teams", []), space_ids)
    team_ids = {team.id for team in teams}
    churn = reader.keys(top.get("churn", {}), "churn", (), ("people_moved_at_most",))
    instance = Instance(
        spaces=spaces,
        teams=teams,
        units=_units(reader, top.get("units", []), space_ids),
        place_cost=_place_cost(reader, top.get("place_cost", {}), team_ids, space_ids),
        place_cost_default=reader.optional_integer(
            top.get("place_cost_default"), "place_cost_default"
        ),
        near=_near(reader, top.get("near", []), team_ids),
        apart=_apart(reader, top.get("apart", []), team_ids),
        fixed={
            team: reader.known(space, f"fixed.{team}", "space", space_ids)
            for team, space in reader.known_keys(
                top.get("fixed", {}), "fixed", "team", team_ids
            ).items()
        },
        held={
            team: {
                space: reader.integer(people, f"held.{team}.{space}", 1)
                for space, people in reader.known_keys(
                    parts, f"held.{team}", "space", space_ids
                ).items()
            }
            for team, parts in reader.known_keys(
                top.get("held", {}), "held", "team", team_ids
            ).items()
        },
        people_moved_at_most=reader.optional_integer(
            churn.get("people_moved_at_most"), "churn.people_moved_at_most", 0
        ),
        note=top.get("note"),
    )
    if not reader.problems:
        _check_total(reader, instance)
    if reader.problems:
        raise InvalidInstance(reader.problems)
    return instance


def _spaces(reader: Reader, value: object) -> tuple[Space, ...]:
    taken: set[str] = set()
    found = []
    for where, item in reader.items(value, "spaces"):
        row = reader.keys(
            item,
            where,
            ("id", "seats", "building", "level", "keep_cost"),
            ("has", "must_keep", "must_free"),
        )
        found.append(
            Space(
                id=reader.new_id(row["id"], f"{where}.id", taken) if "id" in row else "",
                seats=reader.integer(row.get("seats", 0), f"{where}.seats", 0),
                building=reader.text(row.get("building", "?"), f"{where}.building"),
                level=reader.integer(row.get("level", 0), f"{where}.level"),
                keep_cost=reader.integer(row.get("keep_cost", 0), f"{where}.keep_cost"),
                has=frozenset(reader.texts(row.get("has", []), f"{where}.has")),
                must_keep=reader.flag(row.get("must_keep", False), f"{where}.must_keep"),
                must_free=reader.flag(row.get("must_free", False), f"{where}.must_free"),
            )
        )
    return tuple(found)


def _units(reader: Reader, value: object, space_ids: set[str]) -> tuple[Unit, ...]:
    taken: set[str] = set()
    found = []
    for where, item in reader.items(value, "units"):
        row = reader.keys(item, where, ("id", "spaces", "bonus"), ())
        spaces = reader.texts(row.get("spaces", []), f"{where}.spaces")
        for position, space in enumerate(spaces):
            reader.known(space, f"{where}.spaces[{position}]", "space", space_ids)
        if row.get("spaces") == []:
            reader.refuse(f"{where}.spaces", "a unit without spaces; name at least one")
        found.append(
            Unit(
                id=reader.new_id(row["id"], f"{where}.id", taken) if "id" in row else "",
                spaces=spaces,
                bonus=reader.integer(row.get("bonus", 0), f"{where}.bonus", 0),
            )
        )
    return tuple(found)


def _teams(reader: Reader, value: object, space_ids: set[str]) -> tuple[Team, ...]:
    taken: set[str] = set()
    found: list[Team] = []
    days: tuple[str, int] | None = None
    for where, item in reader.items(value, "teams"):
        row = reader.keys(item, where, ("id", "loads"), ("needs", "now", "split"))
        loads = []
        for place, load in reader.items(row.get("loads", []), f"{where}.loads"):
            loads.append(_load(reader, load, place))
            count = len(loads[-1].by_day)
            days = days or (place, count)
            if count != days[1]:
                reader.refuse(
                    f"{place}.by_day", f"{count} days, but {days[0]}.by_day has {days[1]}"
                )
        if row.get("loads") == []:
            reader.refuse(f"{where}.loads", "a team without a load; give at least one")
        now = reader.known_keys(row.get("now", {}), f"{where}.now", "space", space_ids)
        found.append(
            Team(
                id=reader.new_id(row["id"], f"{where}.id", taken) if "id" in row else "",
                loads=tuple(loads),
                needs=frozenset(reader.texts(row.get("needs", []), f"{where}.needs")),
                now={s: reader.integer(n, f"{where}.now.{s}", 1) for s, n in now.items()},
                split=_split(reader, row.get("split"), f"{where}.split"),
            )
        )
    return tuple(found)


def _load(reader: Reader, value: object, where: str) -> Load:
    row = reader.keys(value, where, ("by_day",), ("cost",))
    by_day = tuple(
        reader.integer(seats, place, 0)
        for place, seats in reader.items(row.get("by_day", []), f"{where}.by_day")
    )
    if row.get("by_day") == []:
        reader.refuse(f"{where}.by_day", "a load without days; give at least one")
    return Load(by_day, reader.integer(row.get("cost", 0), f"{where}.cost"))


def _split(reader: Reader, value: object, where: str) -> int | None:
    if value is None:
        return None
    row = reader.keys(value, where, ("at_least",), ())
    return reader.integer(row.get("at_least", 1), f"{where}.at_least", 1)


def _place_cost(
    reader: Reader, value: object, team_ids: set[str], space_ids: set[str]
) -> dict[str, dict[str, int]]:
    costs: dict[str, dict[str, int]] = {}
    for team, row in reader.known_keys(value, "place_cost", "team", team_ids).items():
        where = f"place_cost.{team}"
        spaces = reader.known_keys(row, where, "space", space_ids)
        costs[team] = {
            space: reader.integer(cost, f"{where}.{space}") for space, cost in spaces.items()
        }
    return costs


def _near(reader: Reader, value: object, team_ids: set[str]) -> tuple[Near, ...]:
    found = []
    for where, item in reader.items(value, "near"):
        row = reader.keys(item, where, ("teams", "within", "penalty"), ())
        first, second = _pair(reader, row.get("teams"), f"{where}.teams", team_ids)
        within = row.get("within", WITHIN[0])
        if within not in WITHIN:
            reader.refuse(f"{where}.within", f"{shown(within)} is none of {', '.join(WITHIN)}")
            within = WITHIN[0]
        penalty = reader.integer(row.get("penalty", 0), f"{where}.penalty", 0)
        found.append(Near(first, second, cast("Within", within), penalty))
    return tuple(found)


def _apart(reader: Reader, value: object, team_ids: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        _pair(reader, item, where, team_ids) for where, item in reader.items(value, "apart")
    )


def _pair(reader: Reader, value: object, where: str, team_ids: set[str]) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004
        reader.refuse(where, f"{shown(value)} is not a list of two teams")
        return "", ""
    first, second = (
        reader.known(item, f"{where}[{position}]", "team", team_ids)
        for position, item in enumerate(value)
    )
    if first and first == second:
        reader.refuse(where, f"{first!r} is paired with itself")
    return first, second


def _check_total(reader: Reader, instance: Instance) -> None:
    """Refuse numbers that would not add up exactly in 64 bits, whatever plan is chosen."""
    costs = sum(abs(space.keep_cost) for space in instance.spaces)
    costs += sum(unit.bonus for unit in instance.units)
    costs += sum(pair.penalty for pair in instance.near)
    default = abs(instance.place_cost_default or 0)
    seats = 0
    for position, team in enumerate(instance.teams):
        held = sum(instance.held.get(team.id, {}).values())
        if held > team.people:
            reader.refuse(
                f"held.{team.id}",
                f"the people add up to {held}, but the team has {team.people}",
            )
        named = instance.place_cost.get(team.id, {}).values()
        dearest = max((abs(cost) for cost in named), default=0)
        costs += max(dearest, default) + max(abs(load.cost) for load in team.loads)
        most = max(max(load.by_day) for load in team.loads)
        seats += max(most, team.people)
        if team.smallest_part is not None:
            costs += team.people
            if team.people * max(most, dearest, default) > LARGEST_TOTAL:
                reader.refuse(
                    f"teams[{position}].split",
                    "people times seats or cost is too large to share out exactly; use a larger "
                    "unit",
                )
    if costs > LARGEST_TOTAL:
        reader.refuse("", f"the costs add up to {costs}, above {LARGEST_TOTAL}; use a larger unit")
    if seats > LARGEST_TOTAL:
        reader.refuse("teams", f"{seats} people in all, above {LARGEST_TOTAL}")
