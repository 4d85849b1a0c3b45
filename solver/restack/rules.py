"""The rules of the exact model, one function a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.problem import Problem
    from solver.restack.variables import Variables

# Above this many choices, stating that a seated team keeps its space costs more than it prunes.
MOST_STATED = 20_000


def add_rules(model: cp_model.CpModel, problem: Problem, x: Variables) -> None:
    """Add every rule to `model`."""
    fixed_spaces(model, problem, x)
    teams_seated(model, problem, x)
    people_held(model, problem, x)
    seated_is_kept(model, problem, x)
    seats_suffice(model, problem, x)
    teams_apart(model, problem, x)
    moves_capped(model, problem, x)


def fixed_spaces(model: cp_model.CpModel, problem: Problem, x: Variables) -> None:
    """Spaces that must be kept are kept, those that must be freed are freed."""
    for space, kept in enumerate(x.kept):
        if problem.must_keep[space]:
            model.add(kept == 1)
        if problem.must_free[space]:
            model.add(kept == 0)


def teams_seated(model: cp_model.CpModel, problem: Problem, x: Variables) -> None:
    r"""A whole team sits in one space, with one load; a divisible one in parts that add up.

    $\sum_s x_{ts} = 1$, or $\sum_s n_{ts} = N_t$ with $a_t x_{ts} \le n_{ts} \le N_t x_{ts}$.
    """
    for team, sits in enumerate(x.sits):
        if x.chosen[team]:
            model.add_exactly_one(x.chosen[team])
        if team in x.people:
            people, whole = x.people[team], int(problem.people[team])
            model.add(sum(people.values()) == whole)
            for space, literal in sits.items():
                model.add(people[space] >= int(problem.smallest[team])).only_enforce_if(literal)
                model.add(people[space] == 0).only_enforce_if(~literal)
            continue
        model.add_exactly_one(sits.values())
        if team in x.both:
            both = x.both[team]
            for space, literal in sits.items():
                model.add(sum(v for (_, s), v in both.items() if s == space) == literal)
            for load, literal in enumerate(x.chosen[team]):
                model.add(sum(v for (n, _), v in both.items() if n == load) == literal)


def people_held(model: cp_model.CpModel, problem: Problem, x: Variables) -> None:
    r"""Enough people of a team sit where they are held: $n_{ts} \ge h_{ts}$."""
    for team, space, people in problem.held:
        if space not in x.sits[team]:
            model.add_bool_or([])
        elif team in x.people:
            model.add(x.people[team][space] >= people)
        else:
            model.add(x.sits[team][space] == 1)


def seated_is_kept(model: cp_model.CpModel, problem: Problem, x: Variables) -> None:
    r"""Seating somebody in a space keeps it: $x_{ts} \le k_s$.

    The seats say so already for a team that needs some, so large models leave it out there.
    """
    for team, sits in enumerate(x.sits):
        needs_seats = problem.loads[team].max(axis=1).min() > 0
        if needs_seats and problem.size > MOST_STATED:
            continue
        for space, literal in sits.items():
            if not problem.must_keep[space]:
                model.add_implication(literal, x.kept[space])


def seats_suffice(model: cp_model.CpModel, problem: Problem, x: Variables) -> None:
    r"""A kept space seats its teams each day: $\sum_t p_{td} x_{ts} \le c_{sd} k_s$.

    The $k_s$ on the right makes a freed space hold nobody. A part of a divisible team needs its
    share of the load, rounded up.
    """
    for day in problem.days_that_bind:
        for space, taken in enumerate(seats_taken(model, problem, x, day)):
            if taken:
                room = int(problem.seats[space, day])
                model.add(cp_model.LinearExpr.sum(taken) <= room * x.kept[space])


def seats_taken(
    model: cp_model.CpModel, problem: Problem, x: Variables, day: int
) -> list[list[cp_model.LinearExprT]]:
    """Return the terms that add up to the seats taken on one day, one list a space."""
    terms: list[list[cp_model.LinearExprT]] = [[] for _ in x.kept]
    for team in range(problem.n_teams):
        for space, seats in _seats_of(model, problem, x, team, day):
            terms[space].append(seats)
    return terms


def _seats_of(
    model: cp_model.CpModel, problem: Problem, x: Variables, team: int, day: int
) -> Iterator[tuple[int, cp_model.LinearExprT]]:
    """Yield the seats that a team needs in each space on one day."""
    loads = problem.loads[team][:, day]
    if not loads.any():
        return
    if team in x.people:
        yield from _part_loads(model, problem, x, team, day)
    elif team in x.both:
        for (load, space), literal in x.both[team].items():
            yield space, int(loads[load]) * literal
    else:
        for space, literal in x.sits[team].items():
            yield space, int(loads[0]) * literal


def _part_loads(
    model: cp_model.CpModel,
    problem: Problem,
    x: Variables,
    team: int,
    day: int,
) -> Iterator[tuple[int, cp_model.IntVar]]:
    """Yield the seats that each part of a divisible team needs on one day."""
    loads = problem.loads[team][:, day]
    whole = int(problem.people[team])
    same = loads.min() == loads.max()
    if same and loads[0] == whole:
        yield from x.people[team].items()
        return
    for space, people in x.people[team].items():
        seats = model.new_int_var(0, int(loads.max()), "")
        if same:
            model.add(whole * seats >= int(loads[0]) * people)
        for load, need in enumerate(loads.tolist()):
            if need and not same:
                row = model.add(whole * seats >= need * people)
                row.only_enforce_if(x.chosen[team][load])
        yield space, seats


def teams_apart(model: cp_model.CpModel, problem: Problem, x: Variables) -> None:
    r"""Two teams are never in the same space: $x_{ts} + x_{us} \le 1$."""
    for first, second in problem.apart:
        for space in x.sits[first].keys() & x.sits[second].keys():
            model.add_at_most_one(x.sits[first][space], x.sits[second][space])


def moves_capped(model: cp_model.CpModel, problem: Problem, x: Variables) -> None:
    r"""Few enough people move: $\sum_{ts} \max(0, n_{ts} - n^0_{ts}) \le M$."""
    if problem.cap is not None:
        model.add(people_moved(model, problem, x) <= problem.cap)


def people_moved(model: cp_model.CpModel, problem: Problem, x: Variables) -> cp_model.LinearExprT:
    r"""Return the people who move, $\sum_{ts} \max(0, n_{ts} - n^0_{ts})$."""
    terms: list[cp_model.LinearExprT] = []
    for team, sits in enumerate(x.sits):
        whole = int(problem.people[team])
        now = dict(zip(problem.options[team].tolist(), problem.now[team].tolist(), strict=True))
        for space, literal in sits.items():
            if team not in x.people:
                terms.append(max(0, whole - now[space]) * literal)
                continue
            moved = model.new_int_var(0, whole, "")
            model.add(moved >= x.people[team][space] - now[space])
            terms.append(moved)
    return cp_model.LinearExpr.sum(terms)
