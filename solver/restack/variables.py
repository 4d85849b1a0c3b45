"""The decision variables of the exact model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.restack.problem import Plan

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from solver.restack.problem import Problem


class Variables:
    """Variables of one model, numbered as in the problem.

    Identities, for team t, space s and load l:
    `kept[s]` is 1 where s is kept; `sits[t][s]` is 1 where a part of t sits in s;
    `chosen[t][l]` is 1 for the one load of t; a whole team with several loads has
    `both[t][l, s] = chosen[t][l] and sits[t][s]`; a divisible team has `people[t][s]` people in s.
    """

    def __init__(self, model: cp_model.CpModel, problem: Problem) -> None:
        """Declare the variables that every model has; rules declare their own."""
        self.problem = problem
        self.kept = [model.new_bool_var(f"kept{space}") for space in range(problem.n_spaces)]
        self.sits: list[dict[int, cp_model.IntVar]] = []
        self.chosen: list[list[cp_model.IntVar]] = []
        self.both: dict[int, dict[tuple[int, int], cp_model.IntVar]] = {}
        self.people: dict[int, dict[int, cp_model.IntVar]] = {}
        for team in range(problem.n_teams):
            options = [int(space) for space in problem.options[team]]
            choices = len(problem.loads[team])
            self.sits.append({s: model.new_bool_var(f"sits{team}_{s}") for s in options})
            self.chosen.append(
                [model.new_bool_var(f"load{team}_{load}") for load in range(choices)]
                if choices > 1
                else []
            )
            if problem.smallest[team]:
                most = int(problem.people[team])
                self.people[team] = {
                    s: model.new_int_var(0, most, f"people{team}_{s}") for s in options
                }
            elif choices > 1:
                self.both[team] = {
                    (load, s): model.new_bool_var(f"both{team}_{load}_{s}")
                    for load in range(choices)
                    for s in options
                }

    def hint(self, model: cp_model.CpModel, plan: Plan) -> None:
        """Tell the model of a plan to start from."""
        for space, kept in enumerate(self.kept):
            model.add_hint(kept, space in plan.kept)
        for team, parts in enumerate(plan.parts):
            there = dict(parts)
            for space, sits in self.sits[team].items():
                model.add_hint(sits, space in there)
            for load, chosen in enumerate(self.chosen[team]):
                model.add_hint(chosen, load == plan.load[team])
            for (load, space), both in self.both.get(team, {}).items():
                model.add_hint(both, space in there and load == plan.load[team])
            for space, people in self.people.get(team, {}).items():
                model.add_hint(people, there.get(space, 0))

    def read(self, values: cp_model.CpSolver | cp_model.CpSolverSolutionCallback) -> Plan:
        """Return the plan that a solved model holds."""
        truth = values.boolean_value
        parts = []
        loads = []
        for team, sits in enumerate(self.sits):
            spaces = [space for space, literal in sits.items() if truth(literal)]
            people = self.people.get(team)
            whole = int(self.problem.people[team])
            parts.append(
                tuple((s, int(values.value(people[s])) if people else whole) for s in spaces)
            )
            choices = [n for n, literal in enumerate(self.chosen[team]) if truth(literal)]
            loads.append(choices[0] if choices else 0)
        kept = frozenset(space for space, literal in enumerate(self.kept) if truth(literal))
        return Plan(tuple(parts), tuple(loads), kept)
