"""Re-verify a plan in people's terms from the frozen estate; knows no solver.

Seats, rules and sums are checked here. That the allotments follow from attendance and
the values from the figures is checked one layer up, where demand and finance are known.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.domain.check_moves import check_schedule, detours
from planner.domain.check_people import enough_stay, few_move
from planner.domain.eligibility import (
    freed_by_rule,
    kept_by_rule,
    reasons_against,
    with_rules,
)
from planner.domain.money import to_minor
from planner.domain.nearness import unmet
from planner.domain.plan import WEEKDAYS
from planner.errors import Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan


def check_plan(plan: Plan, estate: Estate) -> list[Problem]:
    """Return every way in which a plan does not hold; empty if it does."""
    if plan.estate_hash != estate.hash:
        return [
            Problem(
                sentence("estate"),
                sentence(
                    "the plan answers estate {estate_hash}, this is {hash}; check it against "
                    "the workbook it was made from",
                    estate_hash=plan.estate_hash[:8],
                    hash=estate.hash[:8],
                ),
            )
        ]
    unknown = list(_unknown_names(plan, estate))
    if unknown:
        return unknown
    estate = with_rules(estate, plan.rules)
    return [
        *_everybody_sits(plan, estate),
        *_allotted(plan, estate),
        *_seats_suffice(plan, estate),
        *_teams_may(plan, estate),
        *enough_stay(plan, estate),
        *_freed_is_empty(plan, estate),
        *_wishes(plan, estate),
        *_moves_follow(plan),
        *_sums(plan),
        *check_schedule(plan, estate),
    ]


def _unknown_names(plan: Plan, estate: Estate) -> Iterator[Problem]:
    days = len(plan.weekdays)
    for placement in plan.placements:
        if placement.team not in estate.team_of:
            yield Problem(
                sentence("team {team}", team=placement.team), sentence("is not in the estate")
            )
        for unit in (placement.unit, placement.origin):
            if unit is not None and unit not in estate.unit_of:
                yield Problem(sentence("unit {unit}", unit=unit), sentence("is not in the estate"))
        if len(placement.seats) != days:
            wrong = sentence(
                "has {count} seat figures for {days} weekdays",
                count=len(placement.seats),
                days=days,
            )
            yield Problem(sentence("team {team}", team=placement.team), wrong)
    for name in sorted(plan.freed_units - set(estate.unit_of)):
        yield Problem(
            sentence("unit {unit}", unit=name), sentence("is freed but is not in the estate")
        )
    for name in sorted({freed.block for freed in plan.blocks} - {b.id for b in estate.blocks}):
        yield Problem(
            sentence("building {building}", building=name),
            sentence("is no whole building of several units"),
        )
    yield from _unknown_allotments(plan, estate)
    yield from _unknown_rules(plan, estate)


def _unknown_rules(plan: Plan, estate: Estate) -> Iterator[Problem]:
    """Check that the plan's own rules speak of what there is."""
    places = set(estate.unit_of) | set(estate.floor_of) | set(estate.building_of)
    for rule in plan.rules:
        if rule.rule in {"keep_floor", "free_floor"}:
            known = rule.subject in places
        elif rule.rule == "people_moved_at_most":
            known = rule.value is not None
        else:
            team, _, origin = rule.subject.partition("/")
            known = team in estate.team_of and rule.object in places
            known = known and (not origin or origin in estate.now[team])
        if not known:
            said = " ".join(filter(None, (rule.rule, rule.subject, rule.object)))
            yield Problem(
                sentence("rules of the plan"), sentence("{said}: is not of this estate", said=said)
            )
    for name in sorted(set(plan.spare) - set(estate.unit_of)):
        yield Problem(
            sentence("unit {unit}", unit=name),
            sentence("has seats left free but is not in the estate"),
        )


def _unknown_allotments(plan: Plan, estate: Estate) -> Iterator[Problem]:
    for member in estate.teams:
        if len(plan.allotments.get(member.code, ())) != len(plan.weekdays):
            yield Problem(
                sentence("team {member}", member=member.code),
                sentence("has no seat allotment for each weekday"),
            )
    for name in sorted(set(plan.allotments) - set(estate.team_of)):
        yield Problem(
            sentence("team {team}", team=name),
            sentence("has an allotment but is not in the estate"),
        )


def _everybody_sits(plan: Plan, estate: Estate) -> Iterator[Problem]:
    """Check that everybody seated today, and every team seated nowhere, gets a place."""
    then: dict[tuple[str, str | None], list[int]] = {}
    for placement in plan.placements:
        then.setdefault((placement.team, placement.origin), []).append(placement.people)
    for team in estate.teams:
        for origin, people in parts_of(plan, estate, team.code):
            pieces = then.pop((team.code, origin), [])
            if sum(pieces) != people:
                yield Problem(
                    sentence("team {team}", team=team.code),
                    sentence(
                        "{pieces} of its {people} people in {origin} are placed",
                        pieces=sum(pieces),
                        people=people,
                        origin=origin or sentence("no unit"),
                    ),
                )
            yield from _pieces_are_large(team.code, team.split_at_least, pieces)
    for team_code, origin in then:
        yield Problem(
            sentence("team {team}", team=team_code),
            sentence("does not sit in {origin} today", origin=origin or sentence("no unit")),
        )


def parts_of(plan: Plan, estate: Estate, team: str) -> Iterator[tuple[str | None, int]]:
    """Yield where the people of a team sit today and how many they are.

    A team that sits nowhere yet is placed by the seats it needs on its worst weekday.
    """
    if estate.now[team]:
        yield from estate.now[team].items()
    else:
        yield None, max(plan.allotments[team], default=0)


def _pieces_are_large(team: str, least: int | None, pieces: list[int]) -> Iterator[Problem]:
    """People who sit together today stay together, or in pieces of at least `least`."""
    if len(pieces) < 2:  # noqa: PLR2004  one piece is whole
        return
    if least is None:
        yield Problem(
            sentence("team {team}", team=team),
            sentence("is divided in {count} but may not be split", count=len(pieces)),
        )
    elif min(pieces) < least:
        yield Problem(
            sentence("team {team}", team=team),
            sentence("has a part of {pieces}, parts need {least}", pieces=min(pieces), least=least),
        )


def _allotted(plan: Plan, estate: Estate) -> Iterator[Problem]:
    """Check that a part takes its share of the team's seats, rounded up."""
    sizes = {
        (team.code, origin): people
        for team in estate.teams
        for origin, people in parts_of(plan, estate, team.code)
    }
    for placement in plan.placements:
        part = sizes.get((placement.team, placement.origin), 0)
        whole = sum(plan.placed[placement.team].values())
        for day, seats, need in zip(
            plan.weekdays, placement.seats, plan.allotments[placement.team], strict=True
        ):
            share = share_of(share_of(need, part, whole), placement.people, part)
            if seats != share:
                yield Problem(
                    sentence("team {team}, {weekday}", team=placement.team, weekday=WEEKDAYS[day]),
                    sentence(
                        "{seats} seats in {unit}, its people need {share}",
                        seats=seats,
                        unit=placement.unit,
                        share=share,
                    ),
                )


def share_of(seats: int, people: int, of: int) -> int:
    """Return the seats that some people of a group need, rounded up.

    >>> share_of(10, 5, 12)
    5
    """
    return -(-seats * people // of) if of else seats


def _seats_suffice(plan: Plan, estate: Estate) -> Iterator[Problem]:
    for name, taken in plan.taken.items():
        unit = estate.unit_of[name]
        spare = plan.spare.get(name, 0)
        for day, seats in zip(plan.weekdays, taken, strict=True):
            if unit.places >= seats > unit.places - spare:
                free = sentence(
                    "{places} seats stay free, the plan says {spare}",
                    places=unit.places - seats,
                    spare=spare,
                )
                yield Problem(
                    sentence("unit {unit}, {weekday}", unit=name, weekday=WEEKDAYS[day]), free
                )
            if seats > unit.places:
                short = sentence(
                    "{seats} seats are taken, there are {places}", seats=seats, places=unit.places
                )
                if unit.places != unit.seats:
                    short = sentence(
                        "{short} ({seats} seats, exits allow fewer)", short=short, seats=unit.seats
                    )
                where = sentence("unit {unit}, {weekday}", unit=name, weekday=WEEKDAYS[day])
                yield Problem(where, short)


def _teams_may(plan: Plan, estate: Estate) -> Iterator[Problem]:
    for placement in plan.placements:
        team, unit = estate.team_of[placement.team], estate.unit_of[placement.unit]
        for reason in reasons_against(estate, team, unit, placement.origin):
            yield Problem(sentence("team {team} in {unit}", team=team.code, unit=unit.id), reason)


def choices(plan: Plan, estate: Estate) -> Iterator[Problem]:
    """Yield what is wrong with the floors freed, teams that share one, and how many move."""
    yield from _floors_as_ruled(plan, estate)
    yield from _apart(plan, estate)
    yield from few_move(plan, estate)


def _freed_is_empty(plan: Plan, estate: Estate) -> Iterator[Problem]:
    for name in sorted(plan.freed_units):
        people = sum(placed.get(name, 0) for placed in plan.placed.values())
        if people:
            yield Problem(
                sentence("unit {unit}", unit=name),
                sentence("is freed but {people} people sit there", people=people),
            )
    yield from _floors_as_ruled(plan, estate)
    for block in estate.blocks:
        listed = any(freed.block == block.id for freed in plan.blocks)
        whole = plan.freed_units.issuperset(block.units)
        if listed != whole:
            is_whole = sentence("freed as a whole") if whole else sentence("not freed as a whole")
            yield Problem(
                sentence("building {building}", building=block.id),
                sentence("is {is_whole}, the plan says otherwise", is_whole=is_whole),
            )


def _floors_as_ruled(plan: Plan, estate: Estate) -> Iterator[Problem]:
    kept = kept_by_rule(estate)
    for name in sorted(plan.freed_units):
        if name in kept:
            yield Problem(
                sentence("unit {unit}", unit=name), sentence("is freed but a rule keeps it")
            )
    for name in freed_by_rule(estate):
        if name not in plan.freed_units:
            yield Problem(
                sentence("unit {unit}", unit=name), sentence("is kept but a rule frees it")
            )


def _apart(plan: Plan, estate: Estate) -> Iterator[Problem]:
    for wish in estate.near:
        if wish.kind == "apart":
            shared = set(plan.placed.get(wish.team, {})) & set(plan.placed.get(wish.other, {}))
            for unit in sorted(shared):
                yield Problem(
                    sentence("teams {team} and {other}", team=wish.team, other=wish.other),
                    sentence("must be apart and share {unit}", unit=unit),
                )


def _wishes(plan: Plan, estate: Estate) -> Iterator[Problem]:
    yield from _apart(plan, estate)
    currency = estate.header.currency
    missed = {
        (wish.team, wish.other, to_minor(wish.penalty or Decimal(0), currency))
        for wish in unmet(estate, plan.placed)
    }
    said = {(apart.team, apart.other, apart.penalty) for apart in plan.apart}
    for team, other, _ in sorted(missed ^ said):
        yield Problem(
            sentence("teams {team} and {other}", team=team, other=other),
            sentence("their nearness is not as the plan says"),
        )
    yield from few_move(plan, estate)


def _moves_follow(plan: Plan) -> Iterator[Problem]:
    """Check that the list of moves is what the placements say."""
    needed = Counter[tuple[str, str, str]]()
    for placement in plan.placements:
        if placement.origin is not None and placement.origin != placement.unit:
            needed[placement.team, placement.origin, placement.unit] += placement.people
    for team, origin, via, target, people in detours(plan):
        if origin is not None:
            needed[team, origin, target] -= people
            needed[team, origin, via] += people
        needed[team, via, target] += people
    for move in plan.moves:
        needed[move.team, move.origin, move.target] -= move.people
    for (team, origin, target), people in sorted(needed.items()):
        if people:
            what = sentence("are missing from") if people > 0 else sentence("too many are in")
            yield Problem(
                sentence("team {team}", team=team),
                sentence(
                    "{people} people from {origin} to {target} {what} the moves",
                    people=abs(people),
                    origin=origin,
                    target=target,
                    what=what,
                ),
            )


def _sums(plan: Plan) -> Iterator[Problem]:
    npv = (
        sum(freed.npv for freed in plan.freed)
        + sum(freed.npv for freed in plan.blocks)
        - sum(move.cost for move in plan.moves)
        - sum(wave.cost for wave in (plan.schedule.waves if plan.schedule else ()))
    )
    if npv != plan.npv:
        yield Problem(
            sentence("npv"),
            sentence("the parts add up to {npv}, the plan says {said}", npv=npv, said=plan.npv),
        )
    if plan.bound is not None and plan.value > plan.bound:
        yield Problem(
            sentence("bound"),
            sentence(
                "the value {value} is above the proved limit {bound}",
                value=plan.value,
                bound=plan.bound,
            ),
        )
    if (plan.status == "optimal") != (plan.value == plan.bound):
        yield Problem(
            sentence("status"),
            sentence(
                "is {status}: value {value}, limit {bound}",
                status=plan.status,
                value=plan.value,
                bound=plan.bound,
            ),
        )
