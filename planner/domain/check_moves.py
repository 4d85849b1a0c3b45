"""Re-play the dated moves of a plan day by day; knows no solver."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.domain.eligibility import reasons_against
from planner.domain.movecalendar import case_month, limits_of, slots_of
from planner.domain.plan import WEEKDAYS
from planner.errors import Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.records import Rule
    from planner.domain.schedule import Leg, Schedule

_DAY = dt.timedelta(days=1)


def check_schedule(plan: Plan, estate: Estate) -> Iterator[Problem]:
    """Yield every way in which the dates of a plan do not hold; none where it has no dates."""
    schedule = plan.schedule
    if schedule is None:
        return
    if not schedule.dated:
        if schedule.waves or schedule.legs or schedule.releases or schedule.npv is not None:
            yield Problem(
                sentence("schedule"),
                sentence("status {status}, but it has dates", status=schedule.status),
            )
        return
    shape = list(_shape(plan, schedule, estate))
    yield from shape
    if shape:
        return
    yield from _everybody_goes(plan, schedule)
    yield from _waves_are_open(schedule, estate)
    yield from _limits(schedule, estate)
    for rule in estate.rules:
        yield from _rule(rule, schedule, estate)
    yield from _days(plan, schedule, estate)
    yield from _releases(plan, schedule, estate)


def detours(plan: Plan) -> Iterator[tuple[str, str | None, str, str, int]]:
    """Yield team, origin, swing unit, target and people of each part that moves twice."""
    if plan.schedule is not None:
        for leg in plan.schedule.legs:
            if leg.target != leg.ends_in:
                yield leg.team, leg.origin, leg.target, leg.ends_in, leg.people


def _shape(plan: Plan, schedule: Schedule, estate: Estate) -> Iterator[Problem]:
    numbers = [wave.number for wave in schedule.waves]
    if len(set(numbers)) != len(numbers):
        yield Problem(sentence("schedule"), sentence("two waves have the same number"))
    for leg in schedule.legs:
        where = sentence("leg of team {team} to {target}", team=leg.team, target=leg.target)
        if leg.wave not in numbers:
            yield Problem(where, sentence("there is no wave {wave}", wave=leg.wave))
        if leg.team not in estate.team_of:
            yield Problem(where, sentence("there is no such team"))
        for unit in (leg.origin, leg.target, leg.ends_in):
            if unit is not None and unit not in estate.unit_of:
                yield Problem(where, sentence("there is no unit {unit}", unit=unit))
        if len(leg.seats) != len(plan.weekdays):
            yield Problem(where, sentence("has no seat figure for each weekday"))
    if schedule.npv != plan.npv:
        yield Problem(
            sentence("schedule"),
            sentence("is worth {npv}, the plan {said}", npv=schedule.npv, said=plan.npv),
        )
    if schedule.bound is not None and schedule.npv is not None and schedule.npv > schedule.bound:
        yield Problem(
            sentence("schedule"),
            sentence("{npv} is above its limit {bound}", npv=schedule.npv, bound=schedule.bound),
        )


def _everybody_goes(plan: Plan, schedule: Schedule) -> Iterator[Problem]:
    """Check that the legs take everybody who moves, and only them, to where they will sit."""
    needed = Counter[tuple[str, str | None, str, tuple[int, ...]]]()
    for one in plan.placements:
        if one.origin != one.unit:
            needed[one.team, one.origin, one.unit, one.seats] += one.people
    day_of = {wave.number: wave for wave in schedule.waves}
    second: list[Leg] = [leg for leg in schedule.legs if leg.target == leg.ends_in]
    for leg in schedule.legs:
        if leg.target == leg.ends_in:
            continue
        onward = next(
            (
                other
                for other in second
                if (other.team, other.origin, other.ends_in, other.people, other.seats)
                == (leg.team, leg.target, leg.ends_in, leg.people, leg.seats)
                and day_of[other.wave].first > day_of[leg.wave].last
            ),
            None,
        )
        where = sentence("team {team} in {target}", team=leg.team, target=leg.target)
        if onward is None:
            yield Problem(
                where,
                sentence(
                    "{people} people come and never go on to {ends_in}",
                    people=leg.people,
                    ends_in=leg.ends_in,
                ),
            )
            continue
        second.remove(onward)
        needed[leg.team, leg.origin, leg.ends_in, leg.seats] -= leg.people
    for leg in second:
        needed[leg.team, leg.origin, leg.target, leg.seats] -= leg.people
    for (team, origin, target, _), people in needed.items():
        if people:
            what = sentence("have no date") if people > 0 else sentence("are dated too often")
            yield Problem(
                sentence("team {team}", team=team),
                sentence(
                    "{people} people from {origin} to {target} {what}",
                    people=abs(people),
                    origin=origin or sentence("no unit"),
                    target=target,
                    what=what,
                ),
            )


def _waves_are_open(schedule: Schedule, estate: Estate) -> Iterator[Problem]:
    slots = {(slot.first, slot.last): slot for slot in slots_of(estate)}
    for wave in schedule.waves:
        slot = slots.get((wave.first, wave.last))
        if slot is None:
            yield Problem(
                sentence("wave {number}", number=wave.number),
                sentence("{first} to {last} is no wave's days", first=wave.first, last=wave.last),
            )
        elif slot.closed is not None:
            why = f"{slot.closed} {slot.name}".strip()
            yield Problem(
                sentence("wave {number}", number=wave.number),
                sentence("nobody moves on {first}: {why}", first=wave.first, why=why),
            )
    for one, other in pairwise(schedule.waves):
        if other.first <= one.last:
            yield Problem(
                sentence("wave {number}", number=other.number),
                sentence("starts before wave {number} has ended", number=one.number),
            )


def _limits(schedule: Schedule, estate: Estate) -> Iterator[Problem]:
    limits = limits_of(estate)
    for wave in schedule.waves:
        legs = [leg for leg in schedule.legs if leg.wave == wave.number]
        people = sum(leg.people for leg in legs)
        where = sentence("wave {number}", number=wave.number)
        if limits.people is not None and people > limits.people:
            yield Problem(
                where,
                sentence(
                    "{people} people move, at most {most} may",
                    people=people,
                    most=limits.people,
                ),
            )
        if limits.moves is not None and len(legs) > limits.moves:
            yield Problem(
                where,
                sentence(
                    "{count} moves, at most {moves} may be made",
                    count=len(legs),
                    moves=limits.moves,
                ),
            )
        touched = Counter(
            building
            for leg in legs
            for building in {
                estate.unit_of[unit].building.code
                for unit in (leg.origin, leg.target)
                if unit is not None
            }
        )
        for building, count in sorted(touched.items()):
            if limits.moves_per_building is not None and count > limits.moves_per_building:
                most = limits.moves_per_building
                yield Problem(
                    where,
                    sentence(
                        "{count} moves touch {building}, at most {most} may",
                        count=count,
                        building=building,
                        most=most,
                    ),
                )
    for leg in schedule.legs:
        if leg.target != leg.ends_in:
            unit = estate.unit_of[leg.target]
            if not limits.swing:
                yield Problem(
                    sentence("team {team}", team=leg.team),
                    sentence("moves twice, the figure swing_allowed says no"),
                )
            for reason in reasons_against(estate, estate.team_of[leg.team], unit):
                yield Problem(
                    sentence("team {team} in {unit}", team=leg.team, unit=unit.id), reason
                )


def _rule(rule: Rule, schedule: Schedule, estate: Estate) -> Iterator[Problem]:
    """Yield how the dates break a rule that orders moves."""
    own = [leg for leg in schedule.legs if leg.team == rule.subject]
    others = [leg for leg in schedule.legs if leg.team == rule.object]
    if rule.rule == "move_together" and own and others:
        waves = {leg.wave for leg in own + others}
        if len(waves) > 1:
            yield Problem(
                sentence("teams {subject} and {object}", subject=rule.subject, object=rule.object),
                sentence("must move in one wave"),
            )
    if rule.rule == "move_before" and own and others:
        done = max(schedule.wave(leg.wave).last for leg in own)
        starts = min(schedule.wave(leg.wave).first for leg in others)
        if starts <= done + dt.timedelta(days=rule.value or 0):
            yield Problem(
                sentence("teams {subject} and {object}", subject=rule.subject, object=rule.object),
                sentence("move in the wrong order"),
            )
    if rule.rule == "move_not_before":
        day = dt.date.fromisoformat(rule.object)
        for leg in schedule.legs:
            ends = [estate.unit_of[leg.target]]
            floors = {end.floor.code for end in ends} | {end.id for end in ends}
            bound = leg.team == rule.subject or rule.subject in floors
            if bound and schedule.wave(leg.wave).first < day:
                yield Problem(
                    sentence("team {team}", team=leg.team),
                    sentence("moves before {day}, a rule forbids it", day=day),
                )


def _days(plan: Plan, schedule: Schedule, estate: Estate) -> Iterator[Problem]:
    """Walk through the days: no unit holds more than its places, but for what it holds today."""
    if not schedule.waves:
        return
    fit_out = dt.timedelta(days=limits_of(estate).fit_out_days)
    stays = list(_stays(plan, schedule, fit_out))
    day, end = schedule.waves[0].first - _DAY, schedule.waves[-1].last + fit_out + _DAY
    full: set[str] = set()
    today = _load(plan, stays, day)
    while day <= end:
        come = {unit for unit, first, _, _ in stays if first is not None and first <= day}
        for unit, seats in _load(plan, stays, day).items():
            places = estate.unit_of[unit].places
            for at, taken in enumerate(seats):
                allowed = places if unit in come else max(places, today[unit][at])
                if taken > allowed and unit not in full:
                    full.add(unit)
                    weekday = WEEKDAYS[plan.weekdays[at]]
                    yield Problem(
                        sentence("unit {unit}, {day}", unit=unit, day=day),
                        sentence(
                            "{taken} seats are taken on a {weekday}, there are {places}",
                            taken=taken,
                            weekday=weekday,
                            places=places,
                        ),
                    )
        day += _DAY


_Stay = tuple[str, dt.date | None, dt.date | None, tuple[int, ...]]


def _stays(plan: Plan, schedule: Schedule, fit_out: dt.timedelta) -> Iterator[_Stay]:
    """Yield unit, first and last day, and seats of everybody; None: from or to any day."""
    for one in plan.placements:
        if one.origin == one.unit:
            yield one.unit, None, None, one.seats
    came: dict[tuple[str, str, str], list[dt.date]] = {}
    for leg in sorted(schedule.legs, key=lambda leg: schedule.wave(leg.wave).first):
        wave = schedule.wave(leg.wave)
        key = (leg.team, leg.origin or "", leg.ends_in)
        if came.get(key):
            yield leg.origin or "", came[key].pop(0), wave.last + fit_out, leg.seats
        elif leg.origin is not None:
            yield leg.origin, None, wave.last + fit_out, leg.seats
        if leg.target == leg.ends_in:
            yield leg.target, wave.first, None, leg.seats
        else:
            came.setdefault((leg.team, leg.target, leg.ends_in), []).append(wave.first)


def _load(plan: Plan, stays: list[_Stay], day: dt.date) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for unit, first, last, seats in stays:
        row = found.setdefault(unit, [0] * len(plan.weekdays))
        if (first is None or first <= day) and (last is None or day <= last):
            for at, need in enumerate(seats):
                row[at] += need
    return found


def _releases(plan: Plan, schedule: Schedule, estate: Estate) -> Iterator[Problem]:
    start = register_of(estate).day("start")
    last: dict[str, dt.date] = {}
    for leg in schedule.legs:
        if leg.origin in plan.freed_units:
            day = schedule.wave(leg.wave).last
            last[leg.origin or ""] = max(day, last.get(leg.origin or "", day))
    said = {release.unit: release for release in schedule.releases}
    for unit in sorted(last.keys() | said.keys()):
        found = said.get(unit)
        if found is None or unit not in last:
            yield Problem(
                sentence("unit {unit}", unit=unit),
                sentence("its release is missing, or nobody leaves it"),
            )
        elif (found.day, found.month) != (last[unit], case_month(start, last[unit])):
            yield Problem(
                sentence("unit {unit}", unit=unit),
                sentence("is left on {last}, the plan says {day}", last=last[unit], day=found.day),
            )
