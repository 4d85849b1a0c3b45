"""A plan in stages: now, next year, after a lease ends, each from where the last one left off.

A floor that was freed is let and does not come back, so a stage may free only what no later
stage needs. What is needed at the end, and where people are most numerous on the way, is found
first; every stage before keeps that. Where the last stage then frees more than was thought, the
stages are planned once more with that. All are valued at the start of the case, so values add up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.attendance import attendance_from
from planner.domain.eligibility import move_limit, with_rules
from planner.domain.nearness import unmet
from planner.domain.records import Rule, Seating
from planner.domain.stages import Stage, problems_of_stages
from planner.errors import Infeasible, InvalidInput, OutOfTime, Problem, sentence
from planner.finance.reprice import assume
from planner.finance.values import values_of
from planner.optimise.instance import penalty_of
from planner.services.chain import make_plan
from planner.services.telling import SILENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.options import Options
    from planner.services.telling import Telling


@dataclass(frozen=True, slots=True)
class Staged:
    """A stage with the estate it starts from and its plan."""

    stage: Stage
    estate: Estate
    plan: Plan


@dataclass(frozen=True, slots=True)
class Staging:
    """All stages, the sum of their values, and what no plan in these stages is worth more than.

    `limit` is None where the search for the last stage proved none, or none that holds for all.
    """

    stages: tuple[Staged, ...]
    npv: int
    limit: int | None


def plan_stages(
    estate: Estate,
    stages: Sequence[Stage],
    options: Options,
    telling: Telling = SILENT,
    *,
    on_stage: Callable[[int], None] | None = None,
) -> Staging:
    """Return a plan for each stage, checked twice like any other.

    Args:
        estate: as it is today.
        stages: in the order of their months.
        options: of each search.
        telling: who is told meanwhile.
        on_stage: told which search begins, 1 for the look at the last stage, then the stages.

    Raises:
        InvalidInput: a stage makes no sense, or the estate does not.
        Infeasible: a stage has no plan; its name is said.
        OutOfTime: none was found for a stage.
    """
    problems = problems_of_stages(estate, stages)
    if problems:
        raise InvalidInput(problems)
    asked = _Asked(estate, tuple(stages), options, telling, on_stage or (lambda _: None))
    asked.say(1)
    peaks = [max(one.growth for one in stages[at:]) for at in range(1, len(stages))]
    last = stages[-1].growth
    outlooks = {growth: asked.outlook(growth) for growth in dict.fromkeys([last, *peaks])}
    may_go = [outlooks[growth].plan.freed_units for growth in peaks]
    found = asked.planned(may_go)
    gone = {unit for one in found for unit in one.plan.freed_units}
    fullest_last = all(peak == last for peak in peaks)
    if fullest_last and peaks and gone - may_go[0] and not asked.stopped():
        found = max(found, asked.planned([frozenset(gone)] * len(peaks)), key=_worth)
    rules = with_rules(estate, options.rules)
    limited = len(stages) == 1 or _asks_of_all(rules)
    limit = _limit(outlooks[last], stages[-1]) if limited else None
    return Staging(found, _worth(found), limit)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked of all stages together."""

    estate: Estate
    stages: tuple[Stage, ...]
    options: Options
    telling: Telling
    say: Callable[[int], None]

    def stopped(self) -> bool:
        """Say whether somebody asked to stop."""
        return self.telling.should_stop is not None and self.telling.should_stop()

    def outlook(self, growth: Decimal) -> Staged:
        """Return a plan for the end, with so many people, as if all of it were done at once.

        Its first plan has to seat everybody outside the buildings given up, which may be
        hard; so it gets twice the time.
        """
        leaves = tuple(dict.fromkeys(code for stage in self.stages for code in stage.leaves))
        end = replace(self.stages[-1], leaves=leaves, growth=growth)
        at_once = assume(
            _at(self.estate, end, self.estate, ()), {"release_month": str(self.stages[0].month)}
        )
        longer = replace(self.options, seconds=2 * self.options.seconds)
        return _made(at_once, self.stages[-1], longer, self.telling)

    def planned(self, may_go: Sequence[frozenset[str]]) -> tuple[Staged, ...]:
        """Plan every stage; `may_go` has what each but the last may free, others are needed."""
        everything = {unit.id for unit in self.estate.units}
        before, found = self.estate, []
        for at, stage in enumerate(self.stages):
            self.say(at + 2)
            needed = everything - may_go[at] if at < len(may_go) else set()
            staged = _made(_at(self.estate, stage, before, needed), stage, self.options,
                           self.telling)  # fmt: skip
            found.append(staged)
            before = _left_by(staged)
        return tuple(found)


def _worth(found: Iterable[Staged]) -> int:
    return sum(one.plan.npv for one in found)


def _made(estate: Estate, stage: Stage, options: Options, telling: Telling) -> Staged:
    own = replace(options, name=f"{options.name}, {stage.name}"[:100])
    try:
        return Staged(stage, estate, make_plan(estate, own, telling))
    except InvalidInput as refusal:
        where = f"stage {stage.name}"
        raise InvalidInput(
            Problem(
                sentence("{where}, {inner}", where=where, inner=one.where) if one.where else where,
                one.message,
            )
            for one in refusal.problems
        ) from refusal
    except Infeasible as refusal:
        raise Infeasible(
            [sentence("Stage {stage}:", stage=stage.name), *refusal.reasons]
        ) from refusal
    except OutOfTime as refusal:
        raise OutOfTime(
            sentence("Stage {stage}: {refusal}", stage=stage.name, refusal=refusal.lines[0])
        ) from refusal


def _at(today: Estate, stage: Stage, before: Estate, needed: Iterable[str]) -> Estate:
    """Return the estate as a stage finds it: who sits where before, with its own growth."""
    own = {unit.id for unit in before.units}
    floors = {unit.id: unit.floor for unit in before.units}
    rules = [rule for rule in before.rules if rule.reason != _OURS]
    rules += [
        Rule(rule="keep_floor", subject=unit, reason=_OURS)
        for unit in sorted(set(needed) & own)
        if floors[unit].building not in stage.leaves
    ]
    rules += [
        Rule(rule="free_floor", subject=unit.id, reason=_OURS)
        for unit in before.units
        if unit.building.code in stage.leaves
    ]
    heads = {team.code: _grown(team.headcount, stage.growth) for team in today.teams}
    grown = replace(
        before,
        teams=tuple(
            team.model_copy(update={"headcount": heads[team.code]}) for team in before.teams
        ),
        seating=tuple(_seating(today, before, stage.growth)),
        attendance=attendance_from(
            (one.date, one.team, min(heads[one.team], _grown(one.present, stage.growth)))
            for one in today.attendance.records()
        ),
        rules=tuple(rules),
    )
    return assume(grown, {"release_month": str(stage.month)})


_OURS: Final = "set by the stages"


def _grown(people: int, growth: Decimal) -> int:
    return int((people * growth).to_integral_value(ROUND_CEILING))


def _seating(today: Estate, before: Estate, growth: Decimal) -> Iterable[Seating]:
    """Yield who sits where; who joins or leaves does so where most of the team sit."""
    for team in before.teams:
        rows = [one for one in before.seating if one.team == team.code]
        if not rows:
            continue
        wanted = _grown(sum(today.now[team.code].values()), growth)
        spare = wanted - sum(one.people for one in rows)
        for one in sorted(rows, key=lambda one: -one.people):
            people = max(0, one.people + spare)
            spare = min(0, one.people + spare) if spare < 0 else 0
            if people:
                yield one.model_copy(update={"people": people})


def _left_by(staged: Staged) -> Estate:
    """Return the estate after a stage: freed units are let and gone, people sit where planned."""
    estate, plan = staged.estate, staged.plan
    freed = plan.freed_units
    kept = [unit for unit in estate.units if unit.id not in freed]
    floors = {unit.floor.code for unit in kept}
    parts = {(unit.floor.code, unit.name) for unit in kept if unit.name}
    divided = {unit.floor.code for unit in estate.units if unit.name}
    spaces = tuple(
        space
        for space in estate.spaces
        if space.floor in floors
        and (space.floor not in divided or not space.unit or (space.floor, space.unit) in parts)
    )
    own = {unit.id for unit in kept} | floors | {unit.building.code for unit in kept}
    known = own | {team.code for team in estate.teams}
    people: dict[tuple[str, str], int] = {}
    for one in plan.placements:
        people[one.team, one.unit] = people.get((one.team, one.unit), 0) + one.people
    return replace(
        estate,
        buildings=tuple(one for one in estate.buildings if one.code in own),
        floors=tuple(floor for floor in estate.floors if floor.code in floors),
        spaces=spaces,
        seating=tuple(
            Seating(team=team, floor=unit.partition("/")[0], unit=unit.partition("/")[2], people=n)
            for (team, unit), n in people.items()
        ),
        rules=tuple(rule for rule in estate.rules if _still_speaks(rule, known)),
    )


def _still_speaks(rule: Rule, known: set[str]) -> bool:
    """Say whether a rule is about things that are still there."""
    if rule.rule in {"no_moves", "people_moved_at_most"}:
        return True
    named = [rule.subject] if rule.rule == "move_not_before" else [rule.subject, rule.object]
    return all(not name or name in known for name in named)


def _asks_of_all(estate: Estate) -> bool:
    """Say whether the rules ask of all stages together what they ask of a plan for the end.

    A cap on people moved is one for each stage, and people of a team who sit on one floor today
    are told apart no longer once they have moved: what is proved under such a rule is proved of
    one plan alone.
    """
    known = {unit.id for unit in estate.units} | {unit.floor.code for unit in estate.units}
    known |= {one.code for one in estate.buildings} | {one.code for one in estate.teams}
    return move_limit(estate) is None and all(_still_speaks(rule, known) for rule in estate.rules)


def _limit(outlook: Staged, last: Stage) -> int | None:
    """Return what no plan in these stages is worth more than.

    Whatever is freed by the end holds the last stage's people in what is left, so the last
    stage alone, with its floors freed in the first stage's month, is worth no less, but for
    moves that are cheaper for being made later. Its limit counts unmet nearness against it,
    the value of the stages does not: what that may be at most is added.
    """
    bound = outlook.plan.bound
    if bound is None:
        return None
    values = values_of(outlook.estate)
    units = outlook.estate.units
    saved = 0
    for one in units[:1]:
        for other in units[1:]:
            now = values.move_npv_per_person(one.id, other.id)
            then = -values.present(values.person_lines(one.id, other.id, last.month))
            saved = max(saved, now - then)
    missed = unmet(outlook.estate, outlook.estate.now)
    unweighed = sum(
        penalty_of(outlook.estate, wish)
        for wish in outlook.estate.near
        if wish.kind == "near" and wish not in missed
    )
    return bound + unweighed + saved * sum(team.headcount for team in outlook.estate.teams)
