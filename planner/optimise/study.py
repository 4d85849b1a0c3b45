"""A study of one plan: questions asked one by one, each answered by solving again."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, Protocol

from planner.domain.study import Study
from planner.optimise.again import Again
from planner.optimise.bends import attendance_bend, price_bend
from planner.optimise.lifts import dearest_first, lifts_of
from planner.optimise.others import POINTS, ROUNDS, Frontier
from planner.optimise.prices import forced, lifted, rough, rough_rules, worth_asking
from solver.explain import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.study import Bend, FloorReason, RulePrice
    from planner.optimise.instance import Worth
    from planner.optimise.lifts import Lift
    from planner.optimise.options import Options
    from planner.optimise.prices import Forced, Lifted
    from solver.restack.solution import Solution

Part = Literal["rough", "frontier", "rules", "floors", "bends"]
LEAST_SECONDS: Final = 1.0
MANY: Final = 24
"""Of more units or rules, each gets less time than other questions do, and at last none."""
NEARER: Final = Decimal("0.1")
"""A limit is told that leaves open so much less, as a share of what the plan's own limit does."""
_ANEW: Final = 4
"""Where the plan is not proved, the search for a better one goes on for so many questions."""
_BENDS: Final = 15
_NAMED: Final = 2
_ROUGH: Final = 8
"""What is known of all units and rules at once takes as long as so many questions."""


class Prices(Protocol):
    """Prices of the estate, and how they are at other rents or move costs."""

    def __call__(self, *, rent: Decimal, moves: Decimal) -> Worth:
        """Return the prices with rents and move costs times these factors."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Who is told of a study while it is made; each part may be left out.

    Args:
        step: told which part is at work, how many questions are done, and how many there are.
        study: told of the study after each part, as far as it has come.
        should_stop: asked often; True ends the study with what it has.
    """

    step: Callable[[Part, int, int], None] | None = None
    study: Callable[[Study], None] | None = None
    should_stop: Callable[[], bool] | None = None


@dataclass
class _Work:
    """What is known so far; the study is worked out from it whenever it is asked for."""

    again: Again
    plan: Plan
    start: Solution
    seconds: int
    frontier: Frontier
    rules: dict[int, Lifted] = field(default_factory=dict)
    floors: dict[str, Forced] = field(default_factory=dict)
    bends: list[Bend] = field(default_factory=list)
    whole: bool = False

    def rough(self, lifts: Sequence[Lift], units: Sequence[str], seconds: float) -> None:
        """Say of every rule and unit what needs no search of its own."""
        share = seconds / 2 if lifts and units else seconds
        self.rules.update(enumerate(rough_rules(self.again, lifts, share)))
        for one in rough(self.again, units, self.plan, self.start, share):
            self.floors[one.unit] = one

    def lift(self, number: int, lift: Lift, seconds: float) -> None:
        """Ask what one rule costs."""
        again = replace(self.again, seconds=seconds)
        self.rules[number] = lifted(again, lift, self.start).after(self.rules.get(number))

    def free(self, unit: str, seconds: float) -> None:
        """Ask what happens if a unit must be freed."""
        again = replace(self.again, seconds=seconds)
        before = self.floors.get(unit)
        known = None if before is None else before.answer.plan
        first = None if known is None else again.at(known)
        self.floors[unit] = forced(again, unit, self.plan, self.start, first).after(before)

    def dearest(self) -> list[int]:
        """Return the numbers of the rules, those first that may cost most as far as is known."""

        def least(number: int) -> int:
            bound = self.rules[number].answer.known.bound if number in self.rules else None
            return -self.again.today if bound is None else bound

        return sorted(self.rules, key=least)

    def nearest(self, units: Sequence[str]) -> list[str]:
        """Return the units to search for: first those that seem nearest to being freed."""
        known = in_order_of_gain(self.study().floors)
        at = {one.unit: number for number, one in enumerate(known)}
        open_ = [unit for unit in units if unit not in self.floors or self.floors[unit].rough]
        return sorted(open_, key=lambda unit: at.get(unit, len(at)))

    def base(self) -> Known:
        """Return what is known of the estate as it stands: the best plan met anywhere."""
        costs = [self.again.today - plan.value for plan in self._plans()]
        bound = self.frontier.pool.limit()
        return Known(min(costs), bound)

    def _plans(self) -> Iterator[Plan]:
        """Yield every plan met that keeps all rules."""
        yield self.plan
        for point in self.frontier.found().points:
            yield point.plan
        for one in self.floors.values():
            if one.answer.plan is not None:
                yield one.answer.plan

    def study(self) -> Study:
        """Return the study as far as it has come."""
        base, others = self.base(), self.frontier.found()
        rules = [price for one in self.rules.values() if (price := one.price(base)) is not None]
        floors = [
            reason for one in self.floors.values() if (reason := one.reason(base)) is not None
        ]
        return Study(
            estate_hash=self.plan.estate_hash,
            plan_hash=self.plan.hash,
            seconds=self.seconds,
            points=others.points,
            least_moved=others.least_moved,
            most_freed=others.most_freed,
            rules=in_order_of_price(rules),
            floors=in_order_of_gain(floors),
            floors_left=sum(one.rough for one in self.floors.values()),
            bends=tuple(self.bends),
            better=self._better(),
            whole=self.whole,
        )

    def _better(self) -> Plan | None:
        """Return the best plan met, if it beats the one studied or a nearer limit is proved."""
        best, limit = max(self._plans(), key=lambda plan: plan.value), self.frontier.limit()
        if best.value > self.plan.value:
            return self.again.plan(self.again.at(best), limit)
        if limit is None or limit >= self.again.today:
            return None
        bound, before = self.again.today - limit, self.plan.bound
        if before is not None and before - bound <= NEARER * (before - self.plan.value):
            return None
        status: Literal["optimal", "feasible"] = "optimal" if bound == best.value else "feasible"
        return self.plan.model_copy(update={"bound": bound, "status": status})


def in_order_of_price(rules: Iterable[RulePrice]) -> tuple[RulePrice, ...]:
    """Return the rules with the dearest first, of equals those that may still cost most."""
    return tuple(sorted(rules, key=lambda one: (-(one.gain.estimate or 0), -(one.gain.most or 0))))


def in_order_of_gain(floors: Iterable[FloorReason]) -> tuple[FloorReason, ...]:
    """Return the units with those nearest to being freed first, then those that cannot be."""

    def nearness(one: FloorReason) -> tuple[int, int]:
        if one.gain is None:
            return 2, 0
        return (1, -(one.gain.most or 0)) if one.gain.estimate is None else (0, -one.gain.estimate)

    return tuple(sorted(floors, key=nearness))


def study_of(
    estate: Estate,
    demand: Demand,
    prices: Prices,
    plan: Plan,
    options: Options,
    *,
    seconds: int,
    listening: Listening = Listening(),
    before: Study | None = None,
) -> Study:
    """Return the study of a plan of this estate, taking about so many seconds at most.

    Every kept unit and every rule gets an answer: first what holds without a search of its own,
    then one search each for as long as there is time, the most interesting first.

    Args:
        estate: as the plan saw it.
        demand: its seats.
        prices: of the estate, at factors.
        plan: which has passed its checks.
        options: of the plan: its name, seed and workers.
        seconds: for all questions together; each gets its share, a second at least.
        listening: who is told meanwhile.
        before: an earlier study, perhaps stopped, whose plans and limits are gone on from if it
            is of the same plan.
    """
    again = again_of(estate, demand, prices, plan, options, listening)
    lifts = dearest_first(lifts_of(again.ruled), again.ruled, again.worth)
    units = worth_asking(again.ruled, plan, again.worth)
    anew = 0 if plan.status == "optimal" else _ANEW
    counted = (
        anew + POINTS - 1 + ROUNDS + _NAMED + min(len(lifts), MANY) + min(len(units), MANY) + _BENDS
    )
    each = max(LEAST_SECONDS, seconds / (counted + _ROUGH))
    again = replace(again, seconds=each)
    start = again.at(plan)
    work = _Work(again, plan, start, seconds, Frontier(again, plan, start))
    if before is not None and before.plan_hash == plan.hash:
        work.frontier.take(before)
    asked = _Asked(
        listening,
        1 + bool(anew) + POINTS - 1 + ROUNDS + _NAMED + len(lifts) + len(units) + _BENDS,
        work,
    )
    asked.all("rough", [lambda: work.rough(lifts, units, _ROUGH * each)])
    asked.all("frontier", [partial(work.frontier.anew, anew * each)] if anew else [])
    asked.all(
        "frontier",
        [
            lambda: work.frontier.explore(lambda _one, _of: asked.one()),
            work.frontier.fewest_moves,
            work.frontier.most_floors,
        ],
    )
    asked.while_time(
        "rules",
        [partial(work.lift, number, lifts[number]) for number in work.dearest()],
        len(lifts),
    )
    asked.while_time(
        "floors",
        [partial(work.free, unit) for unit in work.nearest(units)],
        len(units),
    )
    asked.all("bends", _bend_questions(work, prices))
    work.whole = not asked.stopped()
    return work.study()


def again_of(
    estate: Estate,
    demand: Demand,
    prices: Prices,
    plan: Plan,
    options: Options,
    listening: Listening,
    seconds: float = LEAST_SECONDS,
) -> Again:
    """Return the estate of a plan, to be solved again for so many seconds each time."""
    return Again(
        estate=estate,
        demand=demand,
        worth=prices(rent=Decimal(1), moves=Decimal(1)),
        options=replace(options, name=plan.name),
        seconds=seconds,
        should_stop=listening.should_stop,
        spare=plan.spare,
        fits=plan.fits,
    )


class _Asked:
    """Counts the questions answered, tells who listens, and ends a part whose time is over."""

    def __init__(self, listening: Listening, count: int, work: _Work) -> None:
        self._listening, self._count, self._done = listening, count, 0
        self._work, self._each = work, work.again.seconds
        self.part: Part = "rough"

    def all(self, part: Part, questions: Sequence[Callable[[], None]]) -> None:
        """Ask all questions of a part."""
        self.part = part
        for question in questions:
            if self.stopped():
                return
            question()
            self.one()
        self._tell()

    def while_time(
        self, part: Part, questions: Sequence[Callable[[float], None]], count: int
    ) -> None:
        """Ask one question after another until the time of the part is over.

        Of more than `MANY` questions, the last are not asked; `count` were announced.
        """
        self.part = part
        end, done = time.monotonic() + self._each * min(count, MANY), self._done
        for number, question in enumerate(questions):
            left = end - time.monotonic()
            if self.stopped() or left < self._each / 2:
                break
            question(max(self._each, left / (len(questions) - number)))
            self.one()
        self._done = min(done + count, self._count)
        self._tell()

    def one(self) -> None:
        """Tell that one more is answered."""
        self._done = min(self._done + 1, self._count)
        if self._listening.step is not None:
            self._listening.step(self.part, self._done, self._count)

    def stopped(self) -> bool:
        """Say whether somebody asked to stop."""
        return self._listening.should_stop is not None and self._listening.should_stop()

    def _tell(self) -> None:
        if self._listening.study is not None and not self.stopped():
            self._listening.study(self._work.study())


def _bend_questions(work: _Work, prices: Prices) -> list[Callable[[], None]]:
    """Return the questions how far rent, move cost and attendance may change."""
    one = Decimal(1)

    def known() -> list[Plan]:
        return [point.plan for point in work.frontier.found().points]

    return [
        lambda: work.bends.append(
            price_bend(work.again, work.plan, known(), "rent",
                       lambda factor: prices(rent=factor, moves=one))
        ),
        lambda: work.bends.append(
            price_bend(work.again, work.plan, known(), "moves",
                       lambda factor: prices(rent=one, moves=factor))
        ),
        lambda: work.bends.append(attendance_bend(work.again, work.plan)),
    ]  # fmt: skip
