"""A study of one plan: questions asked one by one, each answered by solving again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, Protocol

from planner.domain.eligibility import with_rules
from planner.domain.study import Study
from planner.optimise.again import Again
from planner.optimise.bends import attendance_bend, price_bend
from planner.optimise.lifts import lifts_of
from planner.optimise.others import POINTS, ROUNDS, Frontier
from planner.optimise.prices import forced, lifted, worth_asking
from solver.explain import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.study import Bend, FloorReason
    from planner.optimise.instance import Worth
    from planner.optimise.lifts import Lift
    from planner.optimise.options import Options
    from planner.optimise.prices import Forced, Lifted
    from solver.restack.solution import Solution

Part = Literal["frontier", "rules", "floors", "bends"]
MOST_FLOORS: Final = 12
LEAST_SECONDS: Final = 1.0
_BENDS: Final = 15
_NAMED: Final = 2


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
    rules: list[Lifted] = field(default_factory=list)
    floors: list[Forced] = field(default_factory=list)
    floors_left: int = 0
    bends: list[Bend] = field(default_factory=list)
    whole: bool = False

    def lift(self, lift: Lift) -> None:
        """Ask what one rule costs."""
        self.rules.append(lifted(self.again, lift, self.start))

    def free(self, unit: str) -> None:
        """Ask what happens if a unit must be freed."""
        self.floors.append(forced(self.again, unit, self.start))

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
        for one in self.floors:
            if one.answer.plan is not None:
                yield one.answer.plan

    def study(self) -> Study:
        """Return the study as far as it has come."""
        base, others = self.base(), self.frontier.found()
        rules = [price for one in self.rules if (price := one.price(base)) is not None]
        floors = [reason for one in self.floors if (reason := one.reason(base)) is not None]
        better = max(self._plans(), key=lambda plan: plan.value)
        return Study(
            estate_hash=self.plan.estate_hash,
            plan_hash=self.plan.hash,
            seconds=self.seconds,
            points=others.points,
            least_moved=others.least_moved,
            most_freed=others.most_freed,
            rules=tuple(sorted(rules, key=lambda one: -(one.gain.estimate or 0))),
            floors=tuple(sorted(floors, key=_nearest)),
            floors_left=self.floors_left,
            bends=tuple(self.bends),
            better=self._stored(better) if better.value > self.plan.value else None,
            whole=self.whole,
        )

    def _stored(self, plan: Plan) -> Plan:
        """Return a plan with the limit that holds for the estate."""
        return self.again.plan(self.again.at(plan), self.frontier.pool.limit())


def _nearest(one: FloorReason) -> tuple[bool, int]:
    """Return what sorts units by how near they are to being freed."""
    if one.gain is None or one.gain.estimate is None:
        return True, 0
    return False, -one.gain.estimate


def study_of(
    estate: Estate,
    demand: Demand,
    prices: Prices,
    plan: Plan,
    options: Options,
    *,
    seconds: int,
    listening: Listening = Listening(),
) -> Study:
    """Return the study of a plan of this estate, taking about so many seconds at most.

    Args:
        estate: as the plan saw it.
        demand: its seats.
        prices: of the estate, at factors.
        plan: which has passed its checks.
        options: of the plan: its name, seed and workers.
        seconds: for all questions together; each gets its share, a second at least.
        listening: who is told meanwhile.
    """
    worth = prices(rent=Decimal(1), moves=Decimal(1))
    ruled = with_rules(estate, options.rules)
    lifts = lifts_of(ruled)
    units, left = worth_asking(ruled, plan, worth, MOST_FLOORS)
    questions = POINTS - 1 + ROUNDS + _NAMED + len(lifts) + len(units) + _BENDS
    again = Again(
        estate=estate,
        demand=demand,
        worth=worth,
        options=replace(options, name=plan.name),
        seconds=max(LEAST_SECONDS, seconds / questions),
        should_stop=listening.should_stop,
        spare=plan.spare,
    )
    start = again.at(plan)
    work = _Work(again, plan, start, seconds, Frontier(again, plan, start), floors_left=left)
    asked = _Asked(listening, questions)
    parts: tuple[tuple[Part, list[Callable[[], None]]], ...] = (
        (
            "frontier",
            [
                lambda: work.frontier.explore(lambda _one, _of: asked.one()),
                work.frontier.fewest_moves,
                work.frontier.most_floors,
            ],
        ),
        ("rules", [partial(work.lift, lift) for lift in lifts]),
        ("floors", [partial(work.free, unit) for unit in units]),
        ("bends", _bend_questions(work, prices)),
    )
    for part, todo in parts:
        asked.part = part
        for question in todo:
            if asked.stopped():
                return work.study()
            question()
            asked.one()
        if listening.study is not None:
            listening.study(work.study())
    work.whole = not asked.stopped()
    return work.study()


class _Asked:
    """Counts the questions answered and tells who listens."""

    def __init__(self, listening: Listening, count: int) -> None:
        self._listening, self._count, self._done = listening, count, 0
        self.part: Part = "frontier"

    def one(self) -> None:
        """Tell that one more is answered."""
        self._done = min(self._done + 1, self._count)
        if self._listening.step is not None:
            self._listening.step(self.part, self._done, self._count)

    def stopped(self) -> bool:
        """Say whether somebody asked to stop."""
        return self._listening.should_stop is not None and self._listening.should_stop()


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
