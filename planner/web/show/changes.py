"""Moves made by hand on a plan: who sits where then, what breaks, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.domain.eligibility import kept_by_rule, reasons_against
from planner.domain.plan import FreedBlock, FreedUnit, Move, Placement, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.estate import Estate, Unit
    from planner.finance.values import Values
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class Change:
    """One move by hand: a team from one unit to another.

    Args:
        team: its code.
        origin: the unit that the plan gives it.
        target: the unit it goes to.
    """

    team: str
    origin: str
    target: str

    @property
    def text(self) -> str:
        """Return it as an address carries it."""
        return f"{self.team}|{self.origin}|{self.target}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one unit says to a team that would come.

    Args:
        unit: its id.
        fits: whether it may come.
        words: why not, or how full the unit is then.
        difference: of the plan's net value, minor units.
        said: that difference in words.
    """

    unit: str
    fits: bool
    words: str
    difference: int
    said: str


def changes_from(texts: Iterable[str], estate: Estate) -> tuple[Change, ...]:
    """Return the changes that an address carries; what is not of this estate is left out."""
    found = []
    for text in texts:
        parts = text.split("|")
        if len(parts) != 3:  # noqa: PLR2004  team, origin, target
            continue
        team, origin, target = parts
        known = team in estate.team_of and {origin, target} <= estate.unit_of.keys()
        if known and origin != target:
            found.append(Change(team, origin, target))
    return tuple(found)


def changed_plan(plan: Plan, changes: Sequence[Change], values: Values) -> Plan:
    """Return the plan with the moves made: freed units used again are no longer freed.

    It is drawn and priced, never stored: only a plan that a run made and two checks
    passed is.
    """
    if not changes:
        return plan
    estate = values.estate
    placements = list(plan.placements)
    for change in changes:
        placements = [
            one.model_copy(update={"unit": change.target})
            if one.team == change.team and one.unit == change.origin
            else one
            for one in placements
        ]
    used = {one.unit for one in placements if one.people}
    ever = {unit.id for unit in estate.units if unit.lettable}
    kept = set(kept_by_rule(estate))
    freed = [unit.id for unit in estate.units if unit.id in ever - used - kept]
    blocks = [block.id for block in estate.blocks if set(block.units) <= set(freed)]
    moves = _moves(placements, values)
    worth = [FreedUnit(unit=unit, npv=values.unit_npv(unit)) for unit in freed]
    whole = [FreedBlock(block=block, npv=values.block_npv(block)) for block in blocks]
    npv = (
        sum(one.npv for one in worth)
        + sum(one.npv for one in whole)
        - sum(one.cost for one in moves)
    )
    return _with(
        plan,
        placements=tuple(placements),
        freed=tuple(worth),
        blocks=tuple(whole),
        moves=tuple(moves),
        npv=npv,
        value=npv + (plan.value - plan.npv),
        status="feasible",
    )


def _with(plan: Plan, **changes: object) -> Plan:
    """Return the plan with other fields; `model_copy` would keep its cached sums."""
    fields = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan.model_construct(**{**fields, **changes})


def answers_for(
    who: tuple[str, str], plan: Plan, values: Values, speech: Speech
) -> tuple[Answer, ...]:
    """Return what every other unit says to a team, the ones that fit and earn most first.

    Args:
        who: the team's code and the unit that the plan gives it.
        plan: with the moves made so far.
        values: prices of the estate.
        speech: the reader's language.
    """
    answers = [
        _answer(unit, who, plan, values, speech)
        for unit in values.estate.units
        if unit.id != who[1]
    ]
    return tuple(sorted(answers, key=lambda one: (not one.fits, -one.difference, one.unit)))


def broken_by(plan: Plan, estate: Estate, speech: Speech) -> tuple[str, ...]:
    """Return what does not hold in a plan changed by hand, in sentences."""
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
                break
    for one in plan.placements:
        member, unit = estate.team_of[one.team], estate.unit_of[one.unit]
        found += [f"{member.name}: {why}." for why in reasons_against(estate, member, unit)]
    return tuple(dict.fromkeys(found))


def _answer(unit: Unit, who: tuple[str, str], plan: Plan, values: Values, speech: Speech) -> Answer:
    estate = values.estate
    change = Change(who[0], who[1], unit.id)
    reasons = reasons_against(estate, estate.team_of[change.team], unit)
    if reasons:
        return Answer(unit.id, fits=False, words=f"{reasons[0]}.", difference=0, said="")
    then = changed_plan(plan, [change], values)
    taken = then.taken.get(unit.id, ())
    top = max(range(len(taken)), key=lambda at: taken[at], default=0)
    if taken and taken[top] > unit.places:
        short = speech._(
            "%(day)s is short of %(count)s seats.",
            day=speech.weekday(plan.weekdays[top]),
            count=speech.number(taken[top] - unit.places),
        )
        return Answer(unit.id, fits=False, words=short, difference=0, said="")
    share = speech.percent(_share(taken[top] if taken else 0, unit.places), 0)
    difference = then.npv - plan.npv
    fits = speech._(
        "Fits, %(day)s %(share)s",
        day=speech.weekday(plan.weekdays[top]) if plan.weekdays else "",
        share=share,
    )
    return Answer(unit.id, fits=True, words=fits, difference=difference,
                  said=signed(difference, speech))  # fmt: skip


def signed(amount: int, speech: Speech) -> str:
    """Return a difference of money with its sign; no difference says so."""
    if not amount:
        return speech._("net value unchanged")
    return speech._("net value %(money)s", money=signed_money(amount, speech))


def signed_money(amount: int, speech: Speech) -> str:
    """Return an amount with its sign, plus too."""
    text = speech.money_short(amount, 2)
    return f"+{text}" if amount > 0 else text


def _share(seats: int, places: int) -> Decimal:
    return Decimal(seats) / Decimal(places) if places else Decimal(0)


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
