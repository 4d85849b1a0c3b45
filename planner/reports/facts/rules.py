"""What a rule says, in a sentence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from planner.domain.eligibility import seat_rules
from planner.domain.records import Rule

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.records.kinds import RuleKind
    from planner.domain.study import RulePrice, Way
    from planner.i18n import Speech


def subject_name(subject: str, estate: Estate, speech: Speech) -> str:
    """Return the team that a rule is about, or the part of it that sits in one unit today."""
    code, _, origin = subject.partition("/")
    team = estate.team_of.get(code)
    if team is None:
        return subject
    if not origin:
        return team.name
    return speech._("%(team)s, now in %(unit)s,", team=team.name, unit=origin)


def held_words(rule: Rule, estate: Estate, speech: Speech) -> str:
    """Return how many people of a team sit in a unit by a rule, in a sentence."""
    return speech.n(
        "At least %(count)s person of %(team)s sits on %(where)s",
        "At least %(count)s people of %(team)s sit on %(where)s",
        rule.value or 0,
        team=subject_name(rule.subject, estate, speech),
        where=rule.object,
    )


def rule_words(rule: Rule, estate: Estate, speech: Speech) -> str:
    """Return what a rule says, in a sentence, whatever its kind."""
    _ = speech._
    if rule.rule == "no_moves":
        return _(
            "Nobody moves from %(first)s to %(last)s",
            first=_day(rule.subject, speech),
            last=_day(rule.object, speech),
        )
    if rule.rule in {"move_together", "move_before", "move_not_before"}:
        return _order_words(rule, estate, speech)
    if rule.rule == "fix_team" and rule.value is not None:
        return held_words(rule, estate, speech)
    name = subject_name(rule.subject, estate, speech)
    said: str = {
        "keep_floor": _("Keep %(floor)s", floor=rule.subject),
        "free_floor": _("Free %(floor)s", floor=rule.subject),
        "fix_team": _("%(team)s sits on %(where)s", team=name, where=rule.object),
        "only_in": _("%(team)s sits only in %(where)s", team=name, where=rule.object),
        "never_in": _("%(team)s never sits in %(where)s", team=name, where=rule.object),
        "people_moved_at_most": _(
            "At most %(people)s people move", people=speech.number(rule.value or 0)
        ),
    }[rule.rule]
    return said


def _order_words(rule: Rule, estate: Estate, speech: Speech) -> str:
    """Return what a rule says about when a team moves, or when people come to a floor."""
    _, team = speech._, subject_name(rule.subject, estate, speech)
    if rule.rule == "move_not_before":
        day = _day(rule.object, speech)
        if rule.subject in estate.team_of:
            return _("%(team)s does not move before %(day)s", team=team, day=day)
        return _("Nobody comes to %(floor)s before %(day)s", floor=rule.subject, day=day)
    other = subject_name(rule.object, estate, speech)
    if rule.rule == "move_together":
        return _("%(team)s moves together with %(other)s", team=team, other=other)
    if not rule.value:
        return _("%(team)s moves before %(other)s", team=team, other=other)
    return speech.n(
        "%(team)s moves before %(other)s, with at least %(count)s day between",
        "%(team)s moves before %(other)s, with at least %(count)s days between",
        rule.value,
        team=team,
        other=other,
    )


def _day(text: str, speech: Speech) -> str:
    """Return a day in the reader's language; a text that is none as it stands."""
    try:
        return speech.date(dt.date.fromisoformat(text))
    except ValueError:
        return text


def lifted_words(price: RulePrice | Way, estate: Estate, speech: Speech) -> str:
    """Return a rule in force in a sentence: a written one, or one that teams and wishes set."""
    _ = speech._
    of_teams = {
        "public_service": _("Teams that serve the public stay where they are"),
        "needs": _("Teams with needs sit only where a floor has them"),
        "stay_within": _("Teams stay within their building or site"),
        "apart": _("Teams kept apart share no space"),
    }
    return of_teams.get(price.rule) or rule_words(_written(price, estate), estate, speech)


def unpriced_words(estate: Estate, speech: Speech) -> str:
    """Return how many written rules have no price and why, "" where all have one."""
    count = len(estate.rules) - len(seat_rules(estate))
    if not count:
        return ""
    return speech.n(
        "%(count)s rule only says when teams move: it keeps no floor in use. What it costs in time "
        "has no price here.",
        "%(count)s rules only say when teams move: they keep no floor in use. What they cost in "
        "time has no price here.",
        count,
    )


def _written(price: RulePrice | Way, estate: Estate) -> Rule:
    """Return the rule of that name; of several limits, the one that binds."""
    name = price.rule, price.subject, price.object
    same = [one for one in estate.rules if (one.rule, one.subject, one.object) == name]
    kind = cast("RuleKind", price.rule)
    bare = Rule.model_construct(rule=kind, subject=price.subject, object=price.object)
    if price.rule == "fix_team":  # all of a team is more than any number of its people
        return max(same, key=lambda one: (one.value is None, one.value or 0), default=bare)
    return min(same, key=lambda one: one.value or 0, default=bare)
