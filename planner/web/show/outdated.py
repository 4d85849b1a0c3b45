"""A plan whose estate has changed: which of its rules and holds speak of what is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reports.facts.rules import rule_words, subject_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from planner.domain.estate import Estate
    from planner.domain.records import Rule
    from planner.i18n import Speech


def gone_words(
    rules: Sequence[Rule], before: Estate, now: Estate, speech: Speech
) -> tuple[str, ...]:
    """Return the rules that cannot hold in the estate as it is now, each with what is gone.

    Args:
        rules: of a plan, or made by hand on it.
        before: the estate of the plan.
        now: the estate as it is.
        speech: the reader's language.
    """
    places = now.unit_of.keys() | now.floor_of.keys() | now.building_of.keys()
    found = []
    for rule in rules:
        gone = speech.listing(list(_gone(rule, before, now, places, speech)))
        if gone:
            said = rule_words(rule, before, speech)
            found.append(
                speech._("%(rule)s: the estate no longer has %(gone)s.", rule=said, gone=gone)
            )
    return tuple(dict.fromkeys(found))


def _gone(
    rule: Rule, before: Estate, now: Estate, places: Collection[str], speech: Speech
) -> Iterator[str]:
    """Yield what a rule speaks of and the estate has no more."""
    if rule.rule in {"keep_floor", "free_floor"}:
        if rule.subject not in places:
            yield rule.subject
        return
    if rule.rule not in {"fix_team", "only_in", "never_in"}:
        return
    team, _, origin = rule.subject.partition("/")
    if team not in now.team_of:
        yield subject_name(team, before, speech)
    elif origin and origin not in now.now[team]:
        yield speech._("people of %(team)s in %(unit)s", team=now.team_of[team].name, unit=origin)
    if rule.object not in places:
        yield rule.object
