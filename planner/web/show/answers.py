"""What every unit says to a team that would come: room, rules and money, all at once.

A move changes little: the unit that is left, the unit that is entered, their buildings, and
the cost of this team's own moves. So a thousand units answer in milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from planner.domain.eligibility import reasons_against
from planner.errors import joined
from planner.web.show.changes import freeable

if TYPE_CHECKING:
    from planner.domain.estate import Estate, Unit, UnitId
    from planner.domain.plan import Placement, Plan
    from planner.finance.values import Values
    from planner.i18n import Speech


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


class Question:
    """A team that asks where else it could sit.

    Args:
        who: the team's code and the unit that the plan gives it.
        solved: the plan as it was solved.
        now: the same with the moves made by hand so far.
        values: prices of the plan's estate.
        estate: the same estate, with locks as rules.
    """

    def __init__(
        self, who: tuple[str, str], solved: Plan, now: Plan, values: Values, estate: Estate
    ) -> None:
        """Work out what does not depend on where the team would go."""
        self.team, self.origin = who
        self.values, self.estate, self.now = values, estate, now
        self.parts: list[Placement] = [one for one in now.placements if (one.team, one.unit) == who]
        self.seats = tuple(map(sum, zip(*(one.seats for one in self.parts), strict=True)))
        left = any(one.people and one.unit == self.origin and one.team != self.team
                   for one in now.placements)  # fmt: skip
        empties = bool(self.parts) and not left and self.origin in freeable(solved, estate)
        self.freed_without = now.freed_units | ({self.origin} if empties else set())
        self.blocks = {unit: block for block in values.estate.blocks for unit in block.units}
        self.cost_now = self._moves_to(self.origin)

    def difference(self, target: UnitId) -> int:
        """Return what the move changes of the plan's net value, minor units."""
        before, then = self.now.freed_units, self.freed_without
        found = self.cost_now - self._moves_to(target)
        for unit in {self.origin, target}:
            is_free = unit in then and unit != target
            if is_free != (unit in before):
                found += self.values.unit_npv(unit) * (1 if is_free else -1)
        touched = [self.blocks[unit] for unit in (self.origin, target) if unit in self.blocks]
        for block in {one.id: one for one in touched}.values():
            step = (target not in block.units and then.issuperset(block.units)) - (
                before.issuperset(block.units)
            )
            if step:
                found += step * self.values.block_npv(block.id)
        return found

    def taken(self, target: UnitId) -> tuple[int, ...]:
        """Return the seats taken in a unit on each weekday once the team is there."""
        seats = self.now.taken.get(target, (0,) * len(self.now.weekdays))
        return tuple(one + more for one, more in zip(seats, self.seats, strict=False))

    def refusal(self, unit: Unit) -> str:
        """Return the first rule that keeps the team out of a unit, "" where none does."""
        member = self.estate.team_of[self.team]
        for origin in {one.origin: None for one in self.parts}:
            for reason in reasons_against(self.estate, member, unit, origin):
                return joined((reason, "."), "")
        return ""

    def _moves_to(self, target: UnitId) -> int:
        """Return the cost of this team's moves if these people sat in a unit."""
        return sum(
            one.people * self.values.move_npv_per_person(one.origin, target)
            for one in self.parts
            if one.origin is not None and one.origin != target
        )


def answers_for(question: Question, speech: Speech) -> tuple[Answer, ...]:
    """Return what every other unit says, the ones that fit and earn most first."""

    @cache
    def money(amount: int) -> str:
        return signed(amount, speech)

    @cache
    def full(share: Decimal) -> str:
        return speech.percent(share, 0)

    @cache
    def day(at: int) -> str:
        weekdays = question.now.weekdays
        return speech.weekday(weekdays[at]) if weekdays else ""

    def answer(unit: Unit) -> Answer:
        refusal = question.refusal(unit)
        if refusal:
            return Answer(unit.id, fits=False, words=speech.say(refusal), difference=0, said="")
        taken = question.taken(unit.id)
        top = max(range(len(taken)), key=lambda at: taken[at], default=0)
        most = taken[top] if taken else 0
        if most > unit.places:
            short = speech._(
                "%(day)s is short of %(count)s seats.",
                day=day(top),
                count=speech.number(most - unit.places),
            )
            return Answer(unit.id, fits=False, words=short, difference=0, said="")
        difference = question.difference(unit.id)
        share = Decimal(most) / Decimal(unit.places) if unit.places else Decimal(0)
        fits = speech._("Fits, %(day)s %(share)s", day=day(top), share=full(share))
        return Answer(unit.id, fits=True, words=fits, difference=difference, said=money(difference))

    answers = [answer(unit) for unit in question.estate.units if unit.id != question.origin]
    return tuple(sorted(answers, key=lambda one: (not one.fits, -one.difference, one.unit)))


def signed(amount: int, speech: Speech) -> str:
    """Return a difference of money with its sign; no difference says so."""
    if not amount:
        return speech._("net value unchanged")
    return speech._("net value %(money)s", money=signed_money(amount, speech))


def signed_money(amount: int, speech: Speech) -> str:
    """Return an amount with its sign, plus too."""
    text = speech.money_short(amount, 2)
    return f"+{text}" if amount > 0 else text
