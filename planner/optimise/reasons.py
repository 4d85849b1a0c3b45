"""Why no plan exists, in the user's own terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.eligibility import (
    freed_by_rule,
    held_by_rule,
    is_about,
    kept_by_rule,
    lacking,
    reasons_against,
)
from planner.domain.plan import WEEKDAYS
from planner.errors import joined, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from solver.outcome import Reason


def in_words(estate: Estate, reason: Reason) -> str:
    """Return one conflicting rule as an English sentence with codes and names."""
    teams = ", ".join(_team(estate, code) for code in reason.teams)
    spaces = ", ".join(reason.spaces)
    if reason.rule == "must_keep":
        why = _why(kept_by_rule(estate), reason.spaces)
        return sentence("{spaces} must be kept{why}.", spaces=spaces, why=why)
    if reason.rule == "must_free":
        why = _why(freed_by_rule(estate), reason.spaces)
        return sentence("{spaces} must be freed{why}.", spaces=spaces, why=why)
    if reason.rule in {"place", "needs", "fixed"}:
        return sentence("{teams}: {why}.", teams=teams, why=_barriers(estate, reason))
    if reason.rule == "seats":
        seats = sum(estate.unit_of[space].places for space in reason.spaces)
        return sentence(
            "{spaces}: the seats must suffice every weekday ({seats} in all).",
            spaces=spaces,
            seats=seats,
        )
    return {
        "apart": sentence("{teams} must not share a space.", teams=teams),
        "whole": sentence("{teams} may not be divided.", teams=teams),
        "churn": sentence("No more people may move than the rule people_moved_at_most says."),
    }[reason.rule]


def shortage(estate: Estate, demand: Demand) -> Iterator[str]:
    """Yield a sentence for the weekday on which all seats together are too few, if there is one."""
    seats = sum(unit.places for unit in estate.units)
    totals = [sum(day) for day in zip(*demand.allotments.values(), strict=True)]
    worst = max(range(len(totals)), key=totals.__getitem__, default=None)
    if worst is not None and totals[worst] > seats:
        yield (
            sentence(
                "On {weekday} the teams need {totals} seats at the service level, and all "
                "units together have {seats}: add seats, let fewer people come on that "
                "day, or lower the service level.",
                weekday=WEEKDAYS[demand.weekdays[worst]],
                totals=totals[worst],
                seats=seats,
            )
        )


def _team(estate: Estate, group: str) -> str:
    code = group.split("/", maxsplit=1)[0]
    return f"{estate.team_of[code].name} ({code})"


def _why(rules: object, spaces: tuple[str, ...]) -> str:
    if not isinstance(rules, dict):
        return ""
    words = {rules[space].reason for space in spaces if space in rules and rules[space].reason}
    return f" ({'; '.join(sorted(words))})" if words else ""


def _barriers(estate: Estate, reason: Reason) -> str:
    """Return what keeps the teams out of most units, each clause once."""
    clauses: dict[str, None] = {}
    for group in reason.teams:
        code, _, part = group.partition("/")
        team = estate.team_of[code]
        origin = part or next(iter(estate.now[code]), None)
        for rule in held_by_rule(estate):
            if rule.object in reason.spaces and is_about(rule, code, origin):
                clauses.setdefault(
                    sentence(
                        "a rule holds {value} of its people in {unit}",
                        value=rule.value,
                        unit=rule.object,
                    )
                )
        for unit in estate.units:
            missing = lacking(team, unit)
            if missing:
                clauses.setdefault(
                    sentence("some units lack {missing}, which the team needs", missing=missing)
                )
            for clause in reasons_against(estate, team, unit, origin)[1 if missing else 0 :]:
                clauses.setdefault(clause)
    return joined(clauses, "; ") or sentence("may sit only where its needs and rules allow")
