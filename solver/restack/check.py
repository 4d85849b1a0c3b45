"""Re-verifying a solution from the instance alone: shares no code with the models."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.outcome import Status
from solver.restack.instance import are_near

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.instance import Instance, Team
    from solver.restack.solution import Solution, SolutionFile

RULES = frozenset(
    ("seats", "place", "needs", "fixed", "must_keep", "must_free", "apart", "whole", "churn")
)
LOG_SECONDS = 0.01  # both are rounded


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a solution breaks; `message` is one line with the values."""

    rule: str
    message: str
    teams: tuple[str, ...] = ()
    spaces: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the violation as one line."""
        return f"{self.rule}: {self.message}"


def share(amount: int, part: int, whole: int) -> int:
    """Return what falls on `part` people out of `whole`, rounded up; all of it for the whole."""
    return amount if part == whole or not whole else -((-amount * part) // whole)


def check_solution(instance: Instance, solution: Solution) -> list[Violation]:
    """Return every rule that the plan breaks, its cost included; none for a sound plan."""
    found = list(_shape(instance, solution))
    if found:
        return found
    found.extend(_places(instance, solution))
    found.extend(_kept(instance, solution))
    found.extend(_seats(instance, solution))
    found.extend(_together(instance, solution))
    cost = cost_of(instance, solution)
    if cost != solution.cost:
        found.append(Violation("cost", f"the plan costs {cost}, not {solution.cost}"))
    return found


def check_file(instance: Instance, file: SolutionFile) -> list[Violation]:
    """Return what is wrong with a solution file: its plan, its cost, and the claims about both."""
    plan = file.plan
    has_plan = file.status in {Status.OPTIMAL, Status.FEASIBLE}
    if plan is None:
        if has_plan:
            return [Violation("status", f"status {file.status} without a plan")]
        return [*_reasons(instance, file), *_log(file, None)]
    found = check_solution(instance, plan)
    if not has_plan:
        found.append(Violation("status", f"status {file.status} with a plan"))
    if file.bound is not None and file.bound > plan.cost:
        found.append(
            Violation("bound", f"a bound of {file.bound} is above the plan's cost of {plan.cost}")
        )
    if file.status is Status.OPTIMAL and file.bound != plan.cost:
        found.append(
            Violation("status", f"optimal, but the bound is {file.bound} and the cost {plan.cost}")
        )
    return [*found, *_log(file, plan.cost)]


def _reasons(instance: Instance, file: SolutionFile) -> Iterator[Violation]:
    """Yield what is wrong with the claim that there is no plan."""
    if file.status is not Status.INFEASIBLE:
        return
    if file.bound is not None:
        yield Violation("bound", f"infeasible, but with a bound of {file.bound}")
    for reason in file.reasons:
        if reason.rule not in RULES:
            yield Violation("reasons", f"there is no rule {reason.rule!r}")
        for team in reason.teams:
            if team not in instance.team_by_id:
                yield Violation("reasons", f"there is no team {team!r}", (team,))
        for space in reason.spaces:
            if space not in instance.space_by_id:
                yield Violation("reasons", f"there is no space {space!r}", (), (space,))


def _log(file: SolutionFile, cost: int | None) -> Iterator[Violation]:
    """Yield where the log contradicts itself, or the plan and the bound that it led to."""
    seconds, least, most = 0.0, None, None
    for number, (at, known, bound) in enumerate(file.log):
        where = f"log[{number}]"
        if at < seconds or at > file.seconds + LOG_SECONDS:
            yield Violation("log", f"{where}: {at} s is out of order, or after the end")
        if least is not None and (known is None or known > least):
            yield Violation("log", f"{where}: the cost goes up from {least} to {known}")
        if most is not None and (bound is None or bound < most):
            yield Violation("log", f"{where}: the bound goes down from {most} to {bound}")
        if bound is not None and cost is not None and bound > cost:
            yield Violation("log", f"{where}: a bound of {bound} is above the cost of {cost}")
        seconds, least, most = at, known, bound
    if file.log and cost is not None and (least, most) != (cost, file.bound):
        yield Violation(
            "log", f"it ends at {least} and {most}, the file at {cost} and {file.bound}"
        )


def cost_of(instance: Instance, solution: Solution) -> int:
    """Return the cost of a plan whose ids are all known, whatever other rules it breaks."""
    kept = set(solution.kept)
    cost = sum(space.keep_cost for space in instance.spaces if space.id in kept)
    cost -= sum(unit.bonus for unit in instance.units if kept.isdisjoint(unit.spaces))
    for team in instance.teams:
        cost += team.loads[solution.load[team.id]].cost
        for space, part in solution.place[team.id].items():
            price = instance.cost_of_place(team.id, space)
            cost += share(price or 0, part, team.people)
    where = {
        team: [instance.space_by_id[space] for space in parts]
        for team, parts in solution.place.items()
    }
    return cost + sum(
        pair.penalty
        for pair in instance.near
        if not any(
            are_near(one, other, pair.within)
            for one in where[pair.first]
            for other in where[pair.second]
        )
    )


def people_moved(instance: Instance, solution: Solution) -> int:
    """Return how many people sit in a space beyond those of their team who sit there today."""
    return sum(
        max(0, people - team.now.get(space, 0))
        for team in instance.teams
        for space, people in solution.place[team.id].items()
    )


def _shape(instance: Instance, solution: Solution) -> Iterator[Violation]:
    """Yield what keeps the other checks from being made at all."""
    for team_id in solution.place.keys() | solution.load.keys():
        if team_id not in instance.team_by_id:
            yield Violation("team", f"there is no team {team_id!r}", (team_id,))
    named = {space for parts in solution.place.values() for space in parts}
    for space in sorted(named | set(solution.kept)):
        if space not in instance.space_by_id:
            yield Violation("space", f"there is no space {space!r}", (), (space,))
    if len(set(solution.kept)) != len(solution.kept):
        yield Violation("kept", "a space stands twice among the kept ones")
    for team in instance.teams:
        if not solution.place.get(team.id):
            yield Violation("seated", f"team {team.id!r} sits nowhere", (team.id,))
        number = solution.load.get(team.id)
        if number is None or not 0 <= number < len(team.loads):
            yield Violation(
                "load",
                f"team {team.id!r} has load {number}; it can have 0 to {len(team.loads) - 1}",
                (team.id,),
            )


def _places(instance: Instance, solution: Solution) -> Iterator[Violation]:
    for team in instance.teams:
        parts = solution.place[team.id]
        yield from _parts(team, parts)
        for space_id in parts:
            space = instance.space_by_id[space_id]
            pair = ((team.id,), (space_id,))
            if instance.cost_of_place(team.id, space_id) is None:
                yield Violation("place", f"team {team.id!r} may not sit in {space_id!r}", *pair)
            missing = sorted(team.needs - space.has)
            if missing:
                text = f"team {team.id!r} needs {', '.join(missing)}, which {space_id!r} lacks"
                yield Violation("needs", text, *pair)
            fixed = instance.fixed.get(team.id)
            if fixed not in (None, space_id):
                text = f"team {team.id!r} is fixed to {fixed!r}, but sits in {space_id!r}"
                yield Violation("fixed", text, *pair)
        for space_id, people in instance.held.get(team.id, {}).items():
            there = parts.get(space_id, 0)
            if there < people:
                text = (
                    f"{people} of team {team.id!r} are held in {space_id!r}, but {there} sit there"
                )
                yield Violation("fixed", text, (team.id,), (space_id,))


def _parts(team: Team, parts: dict[str, int] | object) -> Iterator[Violation]:
    if not isinstance(parts, dict):
        return
    total = sum(parts.values())
    if total != team.people:
        text = f"team {team.id!r} has {team.people} people, but {total} are seated"
        yield Violation("people", text, (team.id,))
    smallest = team.smallest_part
    if len(parts) > 1 and smallest is None:
        text = f"team {team.id!r} may not be divided, but sits in {len(parts)} spaces"
        yield Violation("whole", text, (team.id,), tuple(parts))
    for space, people in parts.items():
        least = 1 if smallest is None else smallest
        if people < min(least, team.people):
            text = f"{people} of team {team.id!r} in {space!r}, fewer than {least}"
            yield Violation("part", text, (team.id,), (space,))


def _kept(instance: Instance, solution: Solution) -> Iterator[Violation]:
    kept = set(solution.kept)
    for space in instance.spaces:
        if space.must_keep and space.id not in kept:
            yield Violation(
                "must_keep", f"{space.id!r} must be kept, but is freed", (), (space.id,)
            )
        if space.must_free and space.id in kept:
            yield Violation(
                "must_free", f"{space.id!r} must be freed, but is kept", (), (space.id,)
            )
    for team, parts in solution.place.items():
        for space_id in parts:
            if space_id not in kept:
                text = f"team {team!r} sits in {space_id!r}, which is freed"
                yield Violation("kept", text, (team,), (space_id,))


def _seats(instance: Instance, solution: Solution) -> Iterator[Violation]:
    needed: defaultdict[tuple[str, int], int] = defaultdict(int)
    for team in instance.teams:
        load = team.loads[solution.load[team.id]]
        for space, part in solution.place[team.id].items():
            for day, seats in enumerate(load.by_day):
                needed[space, day] += share(seats, part, team.people)
    for (space, day), seats in needed.items():
        room = instance.space_by_id[space].seats
        if seats > room:
            text = f"{space!r} needs {seats} seats on day {day}, but has {room}"
            yield Violation("seats", text, (), (space,))


def _together(instance: Instance, solution: Solution) -> Iterator[Violation]:
    for first, second in instance.apart:
        for space in solution.place[first].keys() & solution.place[second].keys():
            text = f"teams {first!r} and {second!r} must be apart, but both sit in {space!r}"
            yield Violation("apart", text, (first, second), (space,))
    most = instance.people_moved_at_most
    if most is not None:
        moved = people_moved(instance, solution)
        if moved > most:
            yield Violation("churn", f"{moved} people move, but at most {most} may")
