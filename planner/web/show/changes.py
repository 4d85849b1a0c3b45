"""Moves made by hand on a plan: who sits where then, what breaks, what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from planner.domain.check import choices
from planner.domain.eligibility import freed_by_rule, kept_by_rule, reasons_against
from planner.domain.plan import FreedBlock, FreedUnit, Move
from planner.web.show.holds import FLOOR_RULES, holds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.estate import Estate, UnitId
    from planner.domain.plan import Placement, Plan
    from planner.finance.values import Values
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class Change:
    """One change by hand: a team moves, is locked where it is, or a floor is held.

    Args:
        team: its code, "" where a floor is held.
        origin: the unit that the plan gives the team; the unit that is held.
        target: the unit the team goes to, the same to lock it there; `keep` or `free`.
    """

    team: str
    origin: str
    target: str

    @property
    def text(self) -> str:
        """Return it as an address carries it; codes may hold whatever parts them."""
        return "|".join(coded(part) for part in (self.team, self.origin, self.target))

    @property
    def floor(self) -> bool:
        """Say whether a floor is held: it stays in use, or is freed."""
        return not self.team

    @property
    def locks(self) -> bool:
        """Say whether nothing moves: the team is only held where it is."""
        return not self.floor and self.origin == self.target

    @property
    def moves(self) -> bool:
        """Say whether a team moves."""
        return not self.floor and self.origin != self.target


def coded(code: str) -> str:
    """Return a code as an address carries it, the same as `encodeURIComponent` in a browser.

    >>> coded("B|2 lt. 1")
    'B%7C2%20lt.%201'
    """
    return quote(code, safe="!'()*")


def changes_from(texts: Iterable[str], estate: Estate) -> tuple[Change, ...]:
    """Return the changes that an address carries; what is not of this estate is left out.

    A lock that is there already is taken off by a second one.
    """
    found: list[Change] = []
    for text in texts:
        parts = text.split("|")
        if len(parts) != 3:  # noqa: PLR2004  team, origin, target
            continue
        change = Change(*map(unquote, parts))
        if not _is_of(change, estate):
            continue
        if not change.moves and change in found and _undoes(change, found):
            found.remove(change)
        else:
            found.append(change)
    return tuple(found)


def _is_of(change: Change, estate: Estate) -> bool:
    """Say whether a change speaks of what the estate has."""
    if change.floor:
        return change.origin in estate.unit_of and change.target in FLOOR_RULES
    units = {change.origin, change.target}
    return change.team in estate.team_of and units <= estate.unit_of.keys()


def _undoes(change: Change, found: Sequence[Change]) -> bool:
    """Say whether nothing since the same change has to do with it, so that both can go."""
    since = found[len(found) - 1 - found[::-1].index(change) + 1 :]
    return all((one.team, one.origin) != (change.team, change.origin) for one in since) and not any(
        one.team == change.team and one.moves for one in since
    )


def freeable(plan: Plan, estate: Estate) -> frozenset[UnitId]:
    """Return the units that are freed once nobody is left in them.

    They are those the plan frees, those it uses or had to keep that may be let, and those that a
    rule says to free; none that a rule keeps. Any other unit that the plan leaves empty and does
    not free stays as the plan has it.

    Args:
        plan: as it was solved.
        estate: of the plan, with what is held as rules.
    """
    used = {one.unit for one in plan.placements if one.people}
    used |= {rule.subject for rule in plan.rules if rule.rule == "keep_floor"}
    may = {unit.id for unit in estate.units if unit.lettable and used & {unit.id, unit.floor.code}}
    return (plan.freed_units | may | set(freed_by_rule(estate))) - set(kept_by_rule(estate))


def changed_plan(plan: Plan, changes: Sequence[Change], values: Values) -> Plan:
    """Return the plan with the changes made: who is moved sits there, and floors are as held.

    Freed units that are used again are no longer freed. It is drawn and priced, never stored:
    only a plan that a run made and two checks passed is. Its moves have no dates, so its worth
    is that without waiting.
    """
    moving = [change for change in changes if change.moves]
    if not moving and not any(change.floor for change in changes):
        return plan
    estate = values.estate
    placements = _moved(plan.placements, moving)
    used = {one.unit for one in placements if one.people}
    ever = freeable(plan, holds_of(plan, estate, changes).over(estate))
    freed = [unit.id for unit in estate.units if unit.id in ever and unit.id not in used]
    if not moving and plan.freed_units == set(freed):
        return plan
    blocks = [block.id for block in estate.blocks if set(block.units) <= set(freed)]
    moves = _moves(placements, values)
    worth = [FreedUnit(unit=unit, npv=values.unit_npv(unit)) for unit in freed]
    whole = [FreedBlock(block=block, npv=values.block_npv(block)) for block in blocks]
    npv = (
        sum(one.npv for one in worth)
        + sum(one.npv for one in whole)
        - sum(one.cost for one in moves)
    )
    unmet = plan.value - undated(plan, values)
    return plan.model_copy(
        update={
            "schedule": None,
            "placements": tuple(placements),
            "freed": tuple(worth),
            "blocks": tuple(whole),
            "moves": tuple(moves),
            "npv": npv,
            "value": npv + unmet,
            "status": "feasible",
        }
    )


def undated(plan: Plan, values: Values) -> int:
    """Return the net value of a plan as if nothing waited for a move: what changes compare."""
    return (
        sum(values.unit_npv(one.unit) for one in plan.freed)
        + sum(values.block_npv(one.block) for one in plan.blocks)
        - sum(one.cost for one in _moves(plan.placements, values))
    )


def broken_by(plan: Plan, estate: Estate, speech: Speech) -> tuple[str, ...]:
    """Return what does not hold in a plan changed by hand, in sentences.

    The rules of the estate count; the plan's own are for the caller to join, as far as they hold.
    """
    found = []
    for unit in estate.units:
        taken = plan.taken.get(unit.id, ())
        for day, seats in zip(plan.weekdays, taken, strict=False):
            if seats > unit.places:
                found.append(
                    speech._(
                        "%(unit)s: %(day)s is short of %(count)s seats.",
                        unit=unit.id,
                        day=speech.weekday(day),
                        count=speech.number(seats - unit.places),
                    )
                )
    for one in plan.placements:
        member, unit = estate.team_of[one.team], estate.unit_of[one.unit]
        found += [
            f"{member.name}: {speech.say(why)}."
            for why in reasons_against(estate, member, unit, one.origin)
        ]
    found += [
        f"{speech.say(one.where)}: {speech.say(one.message)}." for one in choices(plan, estate)
    ]
    return tuple(dict.fromkeys(found))


def _moved(placements: Sequence[Placement], changes: Sequence[Change]) -> list[Placement]:
    """Return the placements after the changes, one after the other."""
    found = list(placements)
    places: dict[str, list[int]] = {}
    for at, one in enumerate(placements):
        places.setdefault(one.team, []).append(at)
    for change in changes:
        for at in places.get(change.team, ()):
            if found[at].unit == change.origin:
                found[at] = found[at].model_copy(update={"unit": change.target})
    return found


def _moves(placements: Sequence[Placement], values: Values) -> list[Move]:
    """Return the moves of placements, parts of one team on the same way together."""
    people: dict[tuple[str, str, str], int] = {}
    for one in placements:
        if one.origin is not None and one.origin != one.unit:
            key = (one.team, one.origin, one.unit)
            people[key] = people.get(key, 0) + one.people
    return [
        Move(
            team=team,
            origin=origin,
            target=target,
            people=count,
            cost=count * values.move_npv_per_person(origin, target),
        )
        for (team, origin, target), count in people.items()
    ]
