"""Nearness and rules: each complete, and about things of its kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from planner.domain.consistency.references import parts_of
from planner.domain.eligibility import part_name
from planner.errors import sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from planner.domain.consistency.places import Placed, Placement
    from planner.domain.estate import Estate
    from planner.domain.records import Near, Rule
    from planner.errors import Problem


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a kind of rule is about: kinds of subject and of object, "" where there is none."""

    subject: str
    object: str


_SHAPES: Final = {
    "keep_floor": _Shape("floor", ""),
    "free_floor": _Shape("floor", ""),
    "fix_team": _Shape("part", "floor"),
    "only_in": _Shape("team", "place"),
    "never_in": _Shape("team", "place"),
    "people_moved_at_most": _Shape("", ""),
    "no_moves": _Shape("day", "day"),
    "move_together": _Shape("team", "team"),
    "move_before": _Shape("team", "team"),
    "move_not_before": _Shape("mover", "day"),
}

_NUMBERED: Final = {"people_moved_at_most", "move_before", "fix_team"}

_NAMES: Final = {
    "floor": (sentence("a floor, or floor/unit"), "floors"),
    "team": (sentence("a team"), "teams"),
    "part": (sentence("a team"), "teams"),
    "mover": (sentence("a team or a floor"), sentence("teams or floors")),
    "place": (sentence("a building, a floor, or floor/unit"), sentence("buildings or floors")),
}


def kinds_in(rule: Rule) -> tuple[str, str]:
    """Return what a rule's subject and object are: kinds of things, "" where it has none.

    They are `floor`, `team`, `part` (a team, or team/unit), `mover` (a team or a floor),
    `place` (a building or a floor) and `day`.
    """
    shape = _SHAPES[rule.rule]
    return shape.subject, shape.object


def wish_problems(placed: Placement) -> Iterator[Problem]:
    """Yield wishes without a worth and rules that are incomplete or about nothing."""
    for item in placed.records("near"):
        wish = cast("Near", item.record)
        if wish.kind == "near" and wish.penalty is None:
            yield item.problem(
                "penalty",
                sentence(
                    "{team} near {other} has no worth; enter what it is worth in money, or "
                    "choose apart",
                    team=wish.team,
                    other=wish.other,
                ),
            )
    yield from rule_problems(placed)


def rule_problems(placed: Placement, but: Collection[Rule] = ()) -> Iterator[Problem]:
    """Yield what is wrong with the rules, `but` some of them."""
    known, sizes = _known(placed), _sizes(placed.estate)
    for item in placed.records("rules"):
        rule = cast("Rule", item.record)
        if rule in but:
            continue
        yield from _rule_problems(item, known)
        if rule.rule == "fix_team" and rule.value is not None:
            yield from _held_problems(item, rule, known, sizes)
    yield from _sum_problems(placed, but, sizes)


def _known(placed: Placement) -> Mapping[str, set[str]]:
    estate = placed.estate
    floors = {floor.code for floor in estate.floors}
    floors |= {f"{floor}/{name}" for floor, names in parts_of(placed).items() for name in names}
    teams = {team.code for team in estate.teams}
    seats = ("/".join(filter(None, (one.floor, one.unit))) for one in estate.seating)
    return {
        "floor": floors,
        "team": teams,
        "part": teams.union(map(part_name, (one.team for one in estate.seating), seats)),
        "mover": floors | teams,
        "divided": {floor for floor, names in parts_of(placed).items() if any(names)},
        "place": floors | {building.code for building in estate.buildings},
    }


def _rule_problems(item: Placed, known: Mapping[str, set[str]]) -> Iterator[Problem]:
    rule = cast("Rule", item.record)
    shape = _SHAPES[rule.rule]
    for column, kind, code in (
        ("subject", shape.subject, rule.subject),
        ("object", shape.object, rule.object),
    ):
        if kind == "day":
            yield from _day_problems(item, column, code)
        elif kind and code not in known[kind]:
            what, sheets = _NAMES[kind]
            said = (
                sentence("there is no {code} of this kind", code=code)
                if code
                else sentence("nothing is named")
            )
            yield item.problem(
                column,
                sentence(
                    "{said}; {rule} needs {what} here: enter a code of sheet {sheets}",
                    said=said,
                    rule=rule.rule,
                    what=what,
                    sheets=sheets,
                ),
            )
        elif not kind and code:
            yield item.problem(
                column,
                sentence(
                    "{rule} uses no {column}; clear {code}",
                    rule=rule.rule,
                    column=column,
                    code=code,
                ),
            )
    if rule.rule == "people_moved_at_most" and rule.value is None:
        yield item.problem(
            "value", sentence("no number of people; enter how many may move at most")
        )
    if rule.rule not in _NUMBERED and rule.value is not None:
        yield item.problem(
            "value",
            sentence("{rule} uses no number; clear {value}", rule=rule.rule, value=rule.value),
        )
    if shape.subject == shape.object == "team" and rule.subject == rule.object:
        yield item.problem(
            "object",
            sentence(
                "{rule} pairs {object} with itself; name another",
                rule=rule.rule,
                object=rule.object,
            ),
        )
    if rule.rule == "no_moves" and rule.subject > rule.object:
        yield item.problem(
            "object",
            sentence(
                "{object} is before {subject}, the first day",
                object=rule.object,
                subject=rule.subject,
            ),
        )


def _sizes(estate: Estate) -> Mapping[str, Mapping[str, int]]:
    """Return the people of each team by the name of the part that sits together today."""
    found: dict[str, dict[str, int]] = {team.code: {} for team in estate.teams}
    for one in estate.seating:
        part = part_name(one.team, "/".join(filter(None, (one.floor, one.unit))))
        own = found.setdefault(one.team, {})
        own[part] = own.get(part, 0) + one.people
    heads = {team.code: team.headcount for team in estate.teams}
    return {team: own or {team: heads[team]} for team, own in found.items()}


def _held_problems(
    item: Placed,
    rule: Rule,
    known: Mapping[str, set[str]],
    sizes: Mapping[str, Mapping[str, int]],
) -> Iterator[Problem]:
    """Yield what is unclear where only some people of a team are to sit on a floor."""
    parts = sizes.get(rule.subject.partition("/")[0], {})
    if rule.subject in sizes and len(parts) > 1:
        yield item.problem(
            "subject",
            sentence(
                "{subject} sits in several units today, and a number counts people of one; enter "
                "one of {parts}",
                subject=rule.subject,
                parts=", ".join(sorted(parts)),
            ),
        )
    if rule.object in known["divided"]:
        yield item.problem(
            "object",
            sentence(
                "{object} has several units; for a number of people name one, as floor/unit",
                object=rule.object,
            ),
        )
    people = parts.get(rule.subject, sum(parts.values()))
    if parts and not 1 <= (rule.value or 0) <= people:
        yield item.problem(
            "value",
            sentence(
                "{value} people of {subject} cannot sit there: it has {people}; enter 1 to "
                "{people}, or clear the number to seat all of them there",
                value=rule.value,
                subject=rule.subject,
                people=people,
            ),
        )


def _sum_problems(
    placed: Placement, but: Collection[Rule], sizes: Mapping[str, Mapping[str, int]]
) -> Iterator[Problem]:
    """Yield rules that hold, each by itself well, more people in several units than there are."""
    groups: dict[tuple[str, str], list[Placed]] = {}
    for item in placed.records("rules"):
        rule = cast("Rule", item.record)
        team = rule.subject.partition("/")[0]
        parts = sizes.get(team, {})
        name = rule.subject if rule.subject in parts or len(parts) != 1 else next(iter(parts))
        if rule.rule == "fix_team" and rule.value and name in parts:
            groups.setdefault((team, name), []).append(item)
    for (team, name), items in groups.items():
        held: dict[str, int] = {}
        for item in items:
            rule = cast("Rule", item.record)
            held[rule.object] = max(rule.value or 0, held.get(rule.object, 0))
        people = sizes[team][name]
        if sum(held.values()) <= people or max(held.values()) > people:
            continue  # a number that is too large by itself has been told
        for item in items:
            if cast("Rule", item.record) not in but:
                yield item.problem(
                    "value",
                    sentence(
                        "{sum} people are held in {units}, but there are {people} of {part}; "
                        "lower a number or drop one of these rules",
                        sum=sum(held.values()),
                        units=", ".join(sorted(held)),
                        people=people,
                        part=name,
                    ),
                )


def _day_problems(item: Placed, column: str, text: str) -> Iterator[Problem]:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        yield item.problem(
            column, sentence("{text!r} is not a day; enter it like 2027-03-31", text=text)
        )
