"""Rules that can be lifted one at a time: the estate as it would be without each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.domain.eligibility import seat_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planner.domain.estate import Estate
    from planner.domain.records import Rule, Team
    from planner.optimise.instance import Worth


@dataclass(frozen=True, slots=True)
class Lift:
    """One rule, and the estate without it.

    Args:
        rule: its kind, as in `RulePrice`.
        subject, object: of a written rule, else "".
        count: how many teams or wishes it stands for.
        estate: the same without it; everything else is as it was.
    """

    rule: str
    subject: str
    object: str
    count: int
    estate: Estate


def all_lifted(estate: Estate) -> Estate:
    """Return the estate without any of the rules: whatever lifting one allows is allowed there."""
    free = replace(estate, rules=())
    for lift in _of_teams(free):
        free = replace(free, teams=_freed(free, lift.rule))
    return replace(free, near=tuple(wish for wish in free.near if wish.kind != "apart"))


def lifts_of(estate: Estate) -> tuple[Lift, ...]:
    """Return every rule in force that somebody could lift, the written ones first.

    Rules that only say when teams move are none of them: without one the same people could sit
    in the same places.
    """
    return (*_written(estate), *_of_teams(estate), *_apart(estate))


def _written(estate: Estate) -> Iterator[Lift]:
    """Yield each rule on where people sit; a plan's own joins the estate's of the same name."""
    for name in dict.fromkeys(_name(rule) for rule in seat_rules(estate)):
        same = [rule for rule in estate.rules if _name(rule) == name]
        rest = tuple(rule for rule in estate.rules if rule not in same)
        yield Lift(*name, len(same), replace(estate, rules=rest))


def _name(rule: Rule) -> tuple[str, str, str]:
    return rule.rule, rule.subject, rule.object


_KINDS: Final[dict[str, tuple[Callable[[Team], bool], dict[str, object]]]] = {
    "public_service": (
        lambda team: team.onsite_class == "public_service",
        {"onsite_class": "on_site"},
    ),
    "needs": (lambda team: bool(team.needs), {"needs": ""}),
    "stay_within": (lambda team: team.stay_within != "anywhere", {"stay_within": "anywhere"}),
}


def _of_teams(estate: Estate) -> Iterator[Lift]:
    """Yield what holds for teams of a kind, all of them together."""
    for kind, (bound, _) in _KINDS.items():
        count = sum(map(bound, estate.teams))
        if count:
            yield Lift(kind, "", "", count, replace(estate, teams=_freed(estate, kind)))


def _freed(estate: Estate, kind: str) -> tuple[Team, ...]:
    bound, free = _KINDS[kind]
    return tuple(team.model_copy(update=free) if bound(team) else team for team in estate.teams)


def _apart(estate: Estate) -> Iterator[Lift]:
    kept = tuple(wish for wish in estate.near if wish.kind != "apart")
    if len(kept) < len(estate.near):
        yield Lift("apart", "", "", len(estate.near) - len(kept), replace(estate, near=kept))


def dearest_first(lifts: Sequence[Lift], estate: Estate, worth: Worth) -> list[Lift]:
    """Return the rules in the order in which to look at them: what may cost most comes first."""

    def weight(lift: Lift) -> tuple[bool, int, int]:
        team = estate.team_of.get(lift.subject)
        kept = [
            worth.unit_npv(unit.id)
            for unit in estate.units
            if lift.rule == "keep_floor"
            and lift.subject in {unit.id, unit.floor.code, unit.building.code}
        ]
        of_all = not lift.subject
        return not of_all, -sum(kept), 0 if team is None else -team.headcount

    return sorted(lifts, key=weight)
