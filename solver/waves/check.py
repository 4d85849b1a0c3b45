"""Re-play the waves day by day from the instance alone: shares no code with the models."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.outcome import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.waves.instance import Instance, Move, Space
    from solver.waves.solution import Solution, SolutionFile, Trip


@dataclass(frozen=True, slots=True)
class Violation:
    """One limit that a solution breaks; `message` is one line with the values."""

    rule: str
    message: str

    def __str__(self) -> str:
        """Return the violation as one line."""
        return f"{self.rule}: {self.message}"


def check_solution(instance: Instance, solution: Solution) -> list[Violation]:
    """Return every limit that the waves break, the cost included; none for sound waves."""
    found = list(_shape(instance, solution))
    if found:
        return found
    found += _waves(instance, solution)
    found += _moves(instance, solution)
    found += _order(instance, solution)
    found += _days(instance, solution)
    cost = cost_of(instance, solution)
    if cost != solution.cost:
        found.append(Violation("cost", f"the waves cost {cost}, not {solution.cost}"))
    return found


def check_file(instance: Instance, file: SolutionFile) -> list[Violation]:
    """Return what is wrong with a solution file: waves, cost, and the claims about both."""
    plan = file.plan
    has_plan = file.status in {Status.OPTIMAL, Status.FEASIBLE}
    if plan is None:
        return [Violation("status", f"status {file.status} without waves")] if has_plan else []
    found = check_solution(instance, plan)
    if not has_plan:
        found.append(Violation("status", f"status {file.status} with waves"))
    if file.bound is not None and file.bound > plan.cost:
        found.append(Violation("bound", f"{file.bound} is above the cost of {plan.cost}"))
    if file.status is Status.OPTIMAL and file.bound != plan.cost:
        found.append(Violation("status", f"optimal, but bound {file.bound}, cost {plan.cost}"))
    return found


def cost_of(instance: Instance, solution: Solution) -> int:
    """Return what known trips cost: waves used, second moves, less the value of early release."""
    used = {wave for trip in solution.trips.values() for wave in (trip.wave, trip.leaves)}
    cost = sum(wave.cost for wave in instance.waves if wave.id in used)
    for name, trip in solution.trips.items():
        if trip.via is not None:
            cost += instance.move_of[name].swing.get(trip.via, 0)
    place = {wave.id: at for at, wave in enumerate(instance.waves)}
    for space in instance.spaces:
        last = [
            place[wave]
            for name, trip in solution.trips.items()
            for wave, left in (
                (trip.leaves, instance.move_of[name].origin),
                (trip.wave, trip.via),
            )
            if left == space.id
        ]
        if space.value:
            cost -= space.value[max(last, default=0)]
    return cost


def _shape(instance: Instance, solution: Solution) -> Iterator[Violation]:
    for move in instance.moves:
        if move.id not in solution.trips:
            yield Violation("moves", f"move {move.id!r} has no wave")
    for name, trip in solution.trips.items():
        if name not in instance.move_of:
            yield Violation("moves", f"there is no move {name!r}")
            continue
        for wave in (trip.wave, trip.leaves):
            if wave not in instance.wave_of:
                yield Violation("waves", f"move {name!r}: there is no wave {wave!r}")
        if (trip.via is None) != (trip.via_wave is None):
            yield Violation("swing", f"move {name!r} names a space or a wave on the way, not both")


def _waves(instance: Instance, solution: Solution) -> Iterator[Violation]:
    people: Counter[str] = Counter()
    moves: Counter[str] = Counter()
    touched: Counter[tuple[str, str]] = Counter()
    for name, trip in solution.trips.items():
        for made, *ends in _legs(instance.move_of[name], trip):
            people[made or ""] += instance.move_of[name].people
            moves[made or ""] += 1
            touched.update((made or "", building) for building in instance.buildings_of(*ends))
    for wave in instance.waves:
        if wave.closed and moves[wave.id]:
            yield Violation("closed", f"{moves[wave.id]} moves in {wave.id!r}, which is closed")
        if wave.people_at_most is not None and people[wave.id] > wave.people_at_most:
            text = f"{people[wave.id]} in {wave.id!r}, at most {wave.people_at_most} may move"
            yield Violation("people", text)
        if wave.moves_at_most is not None and moves[wave.id] > wave.moves_at_most:
            yield Violation(
                "moves", f"{moves[wave.id]} in {wave.id!r}, at most {wave.moves_at_most} allowed"
            )
        for building, most in instance.building_moves_at_most.items():
            if touched[wave.id, building] > most:
                text = f"{touched[wave.id, building]} moves in {wave.id!r}, at most {most} allowed"
                yield Violation("building", f"{building!r} has {text}")


def _legs(move: Move, trip: Trip) -> Iterator[tuple[str | None, str | None, str | None]]:
    if trip.via is None:
        yield trip.wave, move.origin, move.target
    else:
        yield trip.via_wave, move.origin, trip.via
        yield trip.wave, trip.via, move.target


def _moves(instance: Instance, solution: Solution) -> Iterator[Violation]:
    for name, trip in solution.trips.items():
        move = instance.move_of[name]
        last, first = instance.wave_of[trip.wave], instance.wave_of[trip.leaves]
        if trip.via is not None:
            if trip.via not in move.swing:
                yield Violation("swing", f"move {name!r} may not go by {trip.via!r}")
            if last.first_day <= first.last_day:
                yield Violation("swing", f"move {name!r} goes on before it has come")
        if move.first_day is not None and first.first_day < move.first_day:
            text = f"{name!r} on day {first.first_day}, not before day {move.first_day}"
            yield Violation("window", text)
        if move.last_day is not None and last.last_day > move.last_day:
            yield Violation("window", f"{name!r} on day {last.last_day}, not after {move.last_day}")
        for wave, _, end in _legs(move, trip):
            ready = instance.space_of[end or ""].ready_day
            day = instance.wave_of[wave or ""].first_day
            if ready is not None and day < ready:
                yield Violation("ready", f"{name!r} on day {day}, {end!r} is ready on day {ready}")


def _order(instance: Instance, solution: Solution) -> Iterator[Violation]:
    for names in instance.together:
        waves = {(solution.trips[name].leaves, solution.trips[name].wave) for name in names}
        if len(waves) > 1:
            yield Violation("together", f"{', '.join(names)} do not move together")
    for pair in instance.before:
        done = instance.wave_of[solution.trips[pair.first].wave].last_day
        starts = instance.wave_of[solution.trips[pair.then].leaves].first_day
        if starts <= done + pair.days:
            text = f"{pair.then!r} starts on day {starts}, {pair.first!r} ends on day {done}"
            yield Violation("before", f"{text}, {pair.days} days between are asked")


def _days(instance: Instance, solution: Solution) -> Iterator[Violation]:
    """Walk through the days; every one must fit on every day of the week."""
    if not instance.waves or not instance.moves:
        return
    for space in instance.spaces:
        stays = list(_stays(instance, solution, space))
        said = False
        for day in range(instance.waves[0].first_day, instance.waves[-1].last_day + 2):
            come = any(first is not None and first <= day for first, _, _ in stays)
            for weekday in range(instance.weekdays):
                taken = space.stay[weekday] if space.stay else 0
                before = taken
                for first, last, seats in stays:
                    if (first is None or first <= day) and (last is None or day <= last):
                        taken += seats[weekday]
                    if first is None:
                        before += seats[weekday]
                allowed = space.seats if come else max(space.seats, before)
                if taken > allowed and not said:
                    text = f"{space.id!r} needs {taken} seats on day {day}, weekday {weekday}"
                    yield Violation("seats", f"{text}, but has {space.seats}")
                    said = True


def _stays(
    instance: Instance, solution: Solution, space: Space
) -> Iterator[tuple[int | None, int | None, tuple[int, ...]]]:
    """Yield from which to which day whose seats are taken; None: from or to any day."""
    for name, trip in solution.trips.items():
        move = instance.move_of[name]
        leaves = instance.wave_of[trip.leaves].last_day + space.fit_out_days
        comes = instance.wave_of[trip.wave]
        if move.origin == space.id:
            yield None, leaves, move.seats
        if trip.via == space.id:
            first = instance.wave_of[trip.leaves].first_day
            yield first, comes.last_day + space.fit_out_days, move.seats
        if move.target == space.id:
            yield comes.first_day, None, move.seats
