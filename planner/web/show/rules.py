"""What a plan must respect, each in a sentence with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.records import Rule
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words, why it is there, and where it can be changed.

    Args:
        said: what must hold.
        why: its reason.
        key: of the record in the sheet of rules, () where it follows from other records.
        sheet: that holds it.
    """

    said: str
    why: str
    sheet: str
    key: tuple[str, ...]


def rules_in_words(estate: Estate, speech: Speech) -> tuple[RuleLine, ...]:
    """Return every rule in force: those written down and those that follow from teams."""
    return (*_of_teams(estate, speech), *(_ruled(rule, estate, speech) for rule in estate.rules))


def _of_teams(estate: Estate, speech: Speech) -> tuple[RuleLine, ...]:
    public = sum(team.onsite_class == "public_service" for team in estate.teams)
    bound = sum(team.stay_within != "anywhere" for team in estate.teams)
    needy = sum(bool(team.needs) for team in estate.teams)
    apart = sum(wish.kind == "apart" for wish in estate.near)
    closed = sum(not floor.lettable for floor in estate.floors)
    _ = speech._
    found = [
        (
            public,
            "teams",
            _("Teams that serve the public stay where they are"),
            speech.n("%(count)s team", "%(count)s teams", public),
        ),
        (
            needy,
            "teams",
            _("Teams with needs sit only where a floor has them"),
            speech.n("%(count)s team", "%(count)s teams", needy),
        ),
        (
            bound,
            "teams",
            _("Teams stay within their building or site"),
            speech.n("%(count)s team", "%(count)s teams", bound),
        ),
        (
            apart,
            "near",
            _("Teams kept apart share no space"),
            speech.n("%(count)s pair", "%(count)s pairs", apart),
        ),
        (
            closed,
            "floors",
            _("Floors that cannot be let alone earn no rent"),
            speech.n("%(count)s floor", "%(count)s floors", closed),
        ),
    ]
    return tuple(RuleLine(said, why, sheet, ()) for count, sheet, said, why in found if count)


def _ruled(rule: Rule, estate: Estate, speech: Speech) -> RuleLine:
    _ = speech._
    team = estate.team_of.get(rule.subject)
    name = team.name if team else rule.subject
    said = {
        "keep_floor": _("Keep %(floor)s", floor=rule.subject),
        "free_floor": _("Free %(floor)s", floor=rule.subject),
        "fix_team": _("%(team)s sits on %(where)s", team=name, where=rule.object),
        "only_in": _("%(team)s sits only in %(where)s", team=name, where=rule.object),
        "never_in": _("%(team)s never sits in %(where)s", team=name, where=rule.object),
        "people_moved_at_most": _(
            "At most %(people)s people move", people=speech.number(rule.value or 0)
        ),
    }[rule.rule]
    return RuleLine(said, rule.reason, "rules", (rule.rule, rule.subject, rule.object))
