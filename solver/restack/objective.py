"""The objective of the exact model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from solver.restack.problem import Pair, Problem
    from solver.restack.variables import Variables


def add_objective(model: cp_model.CpModel, problem: Problem, x: Variables) -> None:
    """Minimise keep costs less bonuses, plus place, load and distance costs."""
    model.minimize(
        cp_model.LinearExpr.sum(
            [
                problem.offset,
                *_keeping(model, problem, x),
                *_placing(model, problem, x),
                *_distance(model, problem, x),
            ]
        )
    )


def _keeping(model: cp_model.CpModel, problem: Problem, x: Variables) -> list[cp_model.LinearExprT]:
    terms: list[cp_model.LinearExprT] = [
        int(cost) * kept for cost, kept in zip(problem.keep, x.kept, strict=True)
    ]
    for unit in problem.units:
        if unit.bonus:
            freed = model.new_bool_var("")
            for space in unit.spaces:
                model.add_implication(freed, ~x.kept[space])
            terms.append(-unit.bonus * freed)
    return terms


def _placing(model: cp_model.CpModel, problem: Problem, x: Variables) -> list[cp_model.LinearExprT]:
    r"""Place and load costs; a part pays its share, rounded up.

    With $C_{ts} = q N_t + r$, the part pays $q n_{ts} + e$ where $N_t e \ge r n_{ts}$: rows with
    small numbers only, none at all for a price a head. With $C_{ts}$ itself in the rows, four
    teams at costs of $10^{11}$ were not proved in 30 s.
    """
    terms: list[cp_model.LinearExprT] = []
    for team, sits in enumerate(x.sits):
        load_costs = problem.load_costs[team]
        if x.chosen[team]:
            terms.extend(
                int(cost) * literal
                for cost, literal in zip(load_costs, x.chosen[team], strict=True)
            )
        else:
            terms.append(int(load_costs[0]))
        whole = int(problem.people[team])
        for cost, (space, literal) in zip(problem.costs[team], sits.items(), strict=True):
            price = int(cost)
            if team not in x.people:
                terms.append(price * literal)
            elif price:
                a_head, rest = divmod(price, whole)
                terms.append(a_head * x.people[team][space])
                if rest:
                    extra = model.new_int_var(0, rest, "")
                    model.add(whole * extra >= rest * x.people[team][space])
                    terms.append(extra)
    return terms


def _distance(
    model: cp_model.CpModel, problem: Problem, x: Variables
) -> list[cp_model.LinearExprT]:
    terms: list[cp_model.LinearExprT] = []
    for pair in problem.pairs:
        far = model.new_bool_var("")
        if pair.first in x.people or pair.second in x.people:
            _near_in_parts(model, problem, x, pair, far)
        else:
            _near_whole(model, problem, x, pair, far)
        terms.append(pair.penalty * far)
    for anchor in problem.anchors:
        far = model.new_bool_var("")
        sits = x.sits[anchor.team]
        model.add_bool_or(far, *(sits[space] for space in anchor.spaces if space in sits))
        terms.append(anchor.penalty * far)
    return terms


def _near_whole(
    model: cp_model.CpModel, problem: Problem, x: Variables, pair: Pair, far: cp_model.IntVar
) -> None:
    """State that wherever one team sits, the other sits near, or the penalty is paid."""
    one, other = x.sits[pair.first], x.sits[pair.second]
    if len(other) < len(one):
        one, other = other, one
    close = problem.close[pair.reach]
    for space, literal in one.items():
        near = [there for option, there in other.items() if close[space, option]]
        if len(near) < len(other):
            model.add_bool_or(~literal, far, *near)


def _near_in_parts(
    model: cp_model.CpModel, problem: Problem, x: Variables, pair: Pair, far: cp_model.IntVar
) -> None:
    """State that some part of one team sits near some part of the other, or pay the penalty."""
    one, other = x.sits[pair.first], x.sits[pair.second]
    close = problem.close[pair.reach]
    meeting = []
    for space, literal in one.items():
        near = [there for option, there in other.items() if close[space, option]]
        if near:
            meets = model.new_bool_var("")
            model.add_implication(meets, literal)
            model.add_bool_or(~meets, *near)
            meeting.append(meets)
    model.add_bool_or(far, *meeting)
