"""Rules that can be lifted one at a time: the estate as it would be without each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.domain.estate import Estate
    from planner.domain.records import Rule, Team

MOST_WRITTEN: Final = 20
"""Written rules that are priced one by one; of more, the first in the estate's order."""


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


def lifts_of(estate: Estate) -> tuple[Lift, ...]:
    """Return every rule in force that somebody could lift, the written ones first."""
    return (*_written(estate), *_of_teams(estate), *_apart(estate))


def _written(estate: Estate) -> Iterator[Lift]:
    for rule in estate.rules[:MOST_WRITTEN]:
        rest = tuple(one for one in estate.rules if one is not rule)
        yield _lift(rule, replace(estate, rules=rest))


def _lift(rule: Rule, without: Estate) -> Lift:
    return Lift(rule.rule, rule.subject, rule.object, 1, without)


def _of_teams(estate: Estate) -> Iterator[Lift]:
    """Yield what holds for teams of a kind, all of them together."""
    kinds: tuple[tuple[str, Callable[[Team], bool], dict[str, object]], ...] = (
        (
            "public_service",
            lambda team: team.onsite_class == "public_service",
            {"onsite_class": "on_site"},
        ),
        ("needs", lambda team: bool(team.needs), {"needs": ""}),
        ("stay_within", lambda team: team.stay_within != "anywhere", {"stay_within": "anywhere"}),
    )
    for kind, bound, free in kinds:
        count = sum(map(bound, estate.teams))
        if count:
            teams = tuple(
                team.model_copy(update=free) if bound(team) else team for team in estate.teams
            )
            yield Lift(kind, "", "", count, replace(estate, teams=teams))


def _apart(estate: Estate) -> Iterator[Lift]:
    kept = tuple(wish for wish in estate.near if wish.kind != "apart")
    if len(kept) < len(estate.near):
        yield Lift("apart", "", "", len(estate.near) - len(kept), replace(estate, near=kept))
