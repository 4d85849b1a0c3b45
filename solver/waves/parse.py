"""Reading a waves instance from JSON: every problem found, each with its place."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise
from typing import Any, cast

from solver.errors import InvalidInstance
from solver.reader import Reader, shown
from solver.waves.instance import FORMAT, Before, Instance, Move, Space, Wave

LARGEST_TOTAL = 2**60
_TOP = ("format", "waves", "spaces", "moves")
_MORE = ("together", "before", "building_moves_at_most", "note")


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the instance format."""
    text = files("solver.waves").joinpath("instance.schema.json").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))


def parse_instance(obj: object) -> Instance:
    """Return the instance that a JSON value describes.

    Raises:
        InvalidInstance: anything missing, unknown, out of range or contradictory in form;
            limits that merely cannot be kept together are no error here but an outcome.
    """
    reader = Reader()
    top = reader.keys(obj, "", _TOP, _MORE)
    if not isinstance(obj, dict):
        raise InvalidInstance(reader.problems)
    if "format" in top and top["format"] != FORMAT:
        reader.refuse("format", f"{shown(top['format'])} is not {FORMAT!r}")
    waves = _waves(reader, top.get("waves", []))
    spaces = _spaces(reader, top.get("spaces", []), len(waves))
    names = {space.id for space in spaces}
    moves = _moves(reader, top.get("moves", []), names)
    known = {move.id for move in moves}
    buildings = {space.building for space in spaces}
    limits = reader.known_keys(
        top.get("building_moves_at_most", {}), "building_moves_at_most", "building", buildings
    )
    instance = Instance(
        waves=waves,
        spaces=spaces,
        moves=moves,
        together=_together(reader, top.get("together", []), known),
        before=_before(reader, top.get("before", []), known),
        building_moves_at_most={
            name: reader.integer(most, f"building_moves_at_most.{name}", 0)
            for name, most in limits.items()
        },
        note=top.get("note"),
    )
    if not reader.problems:
        check_form(reader, instance)
    if reader.problems:
        raise InvalidInstance(reader.problems)
    return instance


def check_form(reader: Reader, instance: Instance) -> None:
    """Refuse what makes no sense as a whole: lengths and order."""
    days = instance.weekdays
    for at, (one, other) in enumerate(pairwise(instance.waves)):
        if other.first_day <= one.last_day:
            reader.refuse(
                f"waves[{at + 1}].first_day",
                f"{other.first_day} is not after {one.last_day}, the last day of {one.id!r}",
            )
    for at, move in enumerate(instance.moves):
        if len(move.seats) != days:
            reader.refuse(f"moves[{at}].seats", f"{len(move.seats)} days, others have {days}")
        if move.origin == move.target:
            reader.refuse(f"moves[{at}].to", f"{move.target!r} is where it starts")
        for space in move.swing.keys() & {move.origin, move.target}:
            reader.refuse(f"moves[{at}].swing", f"{space!r} is an end of the move")
    for number, place in enumerate(instance.spaces):
        if place.stay and len(place.stay) != days:
            reader.refuse(f"spaces[{number}].stay", f"{len(place.stay)} days, moves have {days}")
    _check_total(reader, instance)


def _check_total(reader: Reader, instance: Instance) -> None:
    """Refuse numbers that would not add up exactly in 64 bits."""
    costs = sum(wave.cost for wave in instance.waves)
    costs += sum(max(map(abs, space.value), default=0) for space in instance.spaces if space.value)
    costs += sum(max(move.swing.values(), default=0) for move in instance.moves)
    if costs > LARGEST_TOTAL:
        reader.refuse("", f"the costs add up to {costs}, above {LARGEST_TOTAL}; use a larger unit")


def _waves(reader: Reader, value: object) -> tuple[Wave, ...]:
    taken: set[str] = set()
    found = []
    for where, item in reader.items(value, "waves"):
        row = reader.keys(
            item,
            where,
            ("id", "first_day", "last_day"),
            ("cost", "people_at_most", "moves_at_most", "closed"),
        )
        first = reader.integer(row.get("first_day", 0), f"{where}.first_day", 0)
        found.append(
            Wave(
                id=reader.new_id(row.get("id", "?"), f"{where}.id", taken),
                first_day=first,
                last_day=reader.integer(row.get("last_day", first), f"{where}.last_day", first),
                cost=reader.integer(row.get("cost", 0), f"{where}.cost", 0),
                people_at_most=reader.optional_integer(
                    row.get("people_at_most"), f"{where}.people_at_most", 0
                ),
                moves_at_most=reader.optional_integer(
                    row.get("moves_at_most"), f"{where}.moves_at_most", 0
                ),
                closed=reader.flag(row.get("closed", False), f"{where}.closed"),
            )
        )
    return tuple(found)


def _spaces(reader: Reader, value: object, waves: int) -> tuple[Space, ...]:
    taken: set[str] = set()
    found = []
    for where, item in reader.items(value, "spaces"):
        row = reader.keys(
            item, where, ("id", "seats", "building"), ("stay", "fit_out_days", "ready_day", "value")
        )
        worth = row.get("value")
        if worth is not None:
            worth = _numbers(reader, worth, f"{where}.value", None)
            if len(worth) != waves:
                reader.refuse(f"{where}.value", f"{len(worth)} values for {waves} waves")
        found.append(
            Space(
                id=reader.new_id(row.get("id", "?"), f"{where}.id", taken),
                seats=reader.integer(row.get("seats", 0), f"{where}.seats", 0),
                building=reader.text(row.get("building", "?"), f"{where}.building"),
                stay=_numbers(reader, row.get("stay", []), f"{where}.stay"),
                fit_out_days=reader.integer(row.get("fit_out_days", 0), f"{where}.fit_out_days", 0),
                ready_day=reader.optional_integer(row.get("ready_day"), f"{where}.ready_day", 0),
                value=worth,
            )
        )
    return tuple(found)


def _moves(reader: Reader, value: object, names: set[str]) -> tuple[Move, ...]:
    taken: set[str] = set()
    found = []
    for where, item in reader.items(value, "moves"):
        row = reader.keys(
            item,
            where,
            ("id", "from", "to", "people", "seats"),
            ("first_day", "last_day", "swing"),
        )
        origin = row.get("from")
        swing = reader.known_keys(row.get("swing", {}), f"{where}.swing", "space", names)
        found.append(
            Move(
                id=reader.new_id(row.get("id", "?"), f"{where}.id", taken),
                origin=None
                if origin is None
                else reader.known(origin, f"{where}.from", "space", names),
                target=reader.known(row.get("to", "?"), f"{where}.to", "space", names),
                people=reader.integer(row.get("people", 0), f"{where}.people", 0),
                seats=_numbers(reader, row.get("seats", []), f"{where}.seats"),
                first_day=reader.optional_integer(row.get("first_day"), f"{where}.first_day", 0),
                last_day=reader.optional_integer(row.get("last_day"), f"{where}.last_day", 0),
                swing={
                    space: reader.integer(cost, f"{where}.swing.{space}", 0)
                    for space, cost in swing.items()
                },
            )
        )
    return tuple(found)


def _numbers(reader: Reader, value: object, where: str, least: int | None = 0) -> tuple[int, ...]:
    return tuple(
        reader.integer(number, place) if least is None else reader.integer(number, place, least)
        for place, number in reader.items(value, where)
    )


def _together(reader: Reader, value: object, known: set[str]) -> tuple[tuple[str, ...], ...]:
    found = []
    for where, item in reader.items(value, "together"):
        names = reader.texts(item, where)
        for at, name in enumerate(names):
            reader.known(name, f"{where}[{at}]", "move", known)
        found.append(names)
    return tuple(found)


def _before(reader: Reader, value: object, known: set[str]) -> tuple[Before, ...]:
    found = []
    for where, item in reader.items(value, "before"):
        row = reader.keys(item, where, ("first", "then"), ("days",))
        first = reader.known(row.get("first", "?"), f"{where}.first", "move", known)
        then = reader.known(row.get("then", "?"), f"{where}.then", "move", known)
        found.append(Before(first, then, reader.integer(row.get("days", 0), f"{where}.days", 0)))
    return tuple(found)
