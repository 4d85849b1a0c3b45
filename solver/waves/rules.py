"""The limits, one idea each; each says which it is, so that a conflict can name it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from solver.outcome import Reason
from solver.waves.variables import last_free

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from solver.waves.instance import Instance, Move, Space
    from solver.waves.variables import Linear, Variables

    Add = Callable[[Variables], None]


def rules_of(instance: Instance) -> Iterator[tuple[Reason, Add]]:
    """Yield every limit of an instance with what adds it to a model."""
    yield Reason("closed"), _closed
    yield Reason("people"), _people
    yield Reason("moves"), _moves
    for building, most in instance.building_moves_at_most.items():
        yield Reason("building", (), (building,)), _building(building, most)
    for move in instance.moves:
        if move.first_day is not None or move.last_day is not None:
            yield Reason("window", (move.id,)), _window(move.id)
    for space in instance.spaces:
        if space.ready_day is not None:
            yield Reason("ready", (), (space.id,)), _ready(space)
    for names in instance.together:
        yield Reason("together", names), _together(names)
    for pair in instance.before:
        yield Reason("before", (pair.first, pair.then)), _before(pair.first, pair.then, pair.days)
    for space in instance.spaces:
        yield Reason("seats", (), (space.id,)), _seats(space)


def _closed(v: Variables) -> None:
    """Nobody moves in a closed wave: $y_{mw} = y_{m,w-1}$."""
    for at, wave in enumerate(v.instance.waves):
        if wave.closed:
            for move in v.instance.moves:
                v.model.add(v.comes_in(move.id, at) == 0)
                if move.id in v.by:
                    v.model.add(v.leaves_in(move.id, at) == 0)


def _people(v: Variables) -> None:
    r"""So many people in a wave: $\sum_m p_m (y_{mw} - y_{m,w-1}) \le P_w u_w$."""
    for at, wave in enumerate(v.instance.waves):
        if wave.people_at_most is not None:
            load = sum(move.people * v.legs_in(move.id, at) for move in v.instance.moves)
            v.model.add(load <= wave.people_at_most * v.used[at])


def _moves(v: Variables) -> None:
    for at, wave in enumerate(v.instance.waves):
        if wave.moves_at_most is not None:
            load = sum(v.legs_in(move.id, at) for move in v.instance.moves)
            v.model.add(load <= wave.moves_at_most * v.used[at])


def _building(building: str, most: int) -> Add:
    """So many moves in a wave that leave or enter a building; each leg counts by itself."""

    def add(v: Variables) -> None:
        moves = v.instance.moves
        ends = {move.id: v.instance.buildings_of(move.origin, move.target) for move in moves}
        touching = [move for move in moves if building in ends[move.id]]
        swinging = [move for move in moves if move.id in v.by]
        for at in range(v.count):
            load = [v.straight(move.id, at) for move in touching]
            for move in swinging:
                load += _legs_at(v, building, move, at)
            v.model.add(sum(load) <= most)

    return add


def _legs_at(v: Variables, building: str, move: Move, at: int) -> Iterator[Linear]:
    """Yield the legs of a move by another space that touch a building."""
    instance, straight = v.instance, v.straight(move.id, at)
    passes = [
        goes
        for space, goes in v.by[move.id].items()
        if instance.space_of[space].building == building
    ]
    for made, end in (
        (v.leaves_in(move.id, at), move.origin),
        (v.comes_in(move.id, at), move.target),
    ):
        if building in instance.buildings_of(end):
            yield made - straight
        elif passes:
            leg = v.model.new_bool_var(f"pass {move.id} {building} {at} {end}")
            v.model.add(leg >= made - straight + sum(passes) - 1)
            yield leg


def _window(name: str) -> Add:
    def add(v: Variables) -> None:
        move = v.instance.move_of[name]
        for at, wave in enumerate(v.instance.waves):
            if move.first_day is not None and wave.first_day < move.first_day:
                v.model.add(v.leaving[name][at] == 0)
            if move.last_day is not None and wave.last_day > move.last_day:
                v.model.add(v.comes_in(name, at) == 0)

    return add


def _ready(space: Space) -> Add:
    """Nobody comes to a space before it is ready."""

    def add(v: Variables) -> None:
        ready = space.ready_day or 0
        for at, wave in enumerate(v.instance.waves):
            if wave.first_day >= ready:
                continue
            for move in v.instance.moves:
                if move.target == space.id:
                    v.model.add(v.coming[move.id][at] == 0)
                if space.id in v.by.get(move.id, {}):
                    v.model.add_implication(
                        v.by[move.id][space.id], v.leaving[move.id][at].negated()
                    )

    return add


def _together(names: tuple[str, ...]) -> Add:
    def add(v: Variables) -> None:
        for name in names[1:]:
            for steps in (v.coming, v.leaving):
                for one, other in zip(steps[names[0]], steps[name], strict=True):
                    v.model.add(one == other)

    return add


def _before(first: str, then: str, days: int) -> Add:
    """The later move has not left in a wave before the first has come, and some days more."""

    def add(v: Variables) -> None:
        waves = v.instance.waves
        for at, wave in enumerate(waves):
            done = [
                earlier for earlier in range(at) if waves[earlier].last_day + days < wave.first_day
            ]
            if done:
                v.model.add_implication(v.leaving[then][at], v.coming[first][done[-1]])
            else:
                v.model.add(v.leaving[then][at] == 0)

    return add


def _seats(space: Space) -> Add:
    r"""A space holds, in every wave, who stays, who has not left and who has come.

    $\sum_{m \text{ from } s} a_{md} (1 - y_{m,f(w)}) + \sum_{m \text{ to } s} a_{md} y_{mw}
    \le c_s - \text{stay}_{sd}$, where $f(w)$ is the last wave whose seats are usable again.

    A space that is over its seats today may stay so until somebody comes, and no longer.
    """

    def add(v: Variables) -> None:
        instance = v.instance
        leavers = [move for move in instance.moves if move.origin == space.id]
        comers = [(v.coming[move.id], move) for move in instance.moves if move.target == space.id]
        comers += [
            (v.inside(move, space.id), instance.move_of[move])
            for move, ways in v.by.items()
            if space.id in ways
        ]
        rows: dict[tuple[int, ...], None] = {}
        for weekday in range(instance.weekdays):
            stay = space.stay[weekday] if space.stay else 0
            key = (
                space.seats - stay,
                *(move.seats[weekday] for move in leavers),
                *(move.seats[weekday] for _, move in comers),
            )
            rows.setdefault(key)
        for room, *seats in rows:
            out, come = seats[: len(leavers)], seats[len(leavers) :]
            excess = max(0, sum(out) - room)
            least = room - sum(out) - sum(come)
            for at in range(v.count):
                if least >= 0:  # room for all at once
                    break
                free = last_free(instance, space.id, at)
                left = (
                    0
                    if free is None
                    else sum(
                        need * v.leaving[move.id][free]
                        for need, move in zip(out, leavers, strict=True)
                    )
                )
                load = (
                    sum(out)
                    - left
                    + sum(need * steps[at] for need, (steps, _) in zip(come, comers, strict=True))
                )
                if not excess:
                    v.model.add(load <= room)
                    continue
                for steps, _ in comers:
                    v.model.add(load <= room + (excess + sum(come)) * (1 - steps[at]))

    return add


def use_waves(v: Variables) -> None:
    """A wave in which anybody moves is used, and paid for."""
    by_wave: defaultdict[int, list[Linear]] = defaultdict(list)
    for move in v.instance.moves:
        for at in range(v.count):
            if v.instance.waves[at].cost:
                by_wave[at].append(v.comes_in(move.id, at))
                if move.id in v.by:
                    by_wave[at].append(v.leaves_in(move.id, at))
    for at, moves in by_wave.items():
        for moved in moves:
            v.model.add(moved <= v.used[at])
