"""What a plan must respect, each in a sentence with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.reports.facts.rules import rule_words
from planner.reports.facts.why import price_words, sure_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.estate import Estate
    from planner.domain.records import Rule
    from planner.domain.study import Gain, Study
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words, why it is there, and where it can be changed.

    Args:
        said: what must hold.
        why: its reason.
        key: of the record in the sheet of rules, () where it follows from other records.
        sheet: that holds it.
        kind: of a rule that follows from other records, as a study names it.
        price, sure: what it cost in the last plan and how sure that is, "" if nobody looked.
    """

    said: str
    why: str
    sheet: str
    key: tuple[str, ...]
    kind: str = ""
    price: str = ""
    sure: str = ""


def rules_in_words(
    estate: Estate, speech: Speech, study: Study | None = None
) -> tuple[RuleLine, ...]:
    """Return every rule in force: those written down and those that follow from teams.

    Args:
        estate: what is given.
        speech: the reader's language.
        study: of the last plan, where there is one: what each rule cost in it.
    """
    lines = (*_of_teams(estate, speech), *(_ruled(rule, estate, speech) for rule in estate.rules))
    prices = () if study is None else study.rules
    known: dict[tuple[str, ...], Gain] = {
        (one.rule, one.subject, one.object): one.gain for one in prices
    }
    return tuple(_priced(line, known, speech) for line in lines)


def _priced(line: RuleLine, known: Mapping[tuple[str, ...], Gain], speech: Speech) -> RuleLine:
    """Return a line with what its rule cost in the last plan."""
    gain = known.get(line.key or (line.kind, "", ""))
    if gain is None:
        return line
    price = speech._("%(money)s without it", money=price_words(gain, speech))
    return replace(line, price=price, sure=sure_words(gain, speech))


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
            "public_service",
            "teams",
            _("Teams that serve the public stay where they are"),
            speech.n("%(count)s team", "%(count)s teams", public),
        ),
        (
            needy,
            "needs",
            "teams",
            _("Teams with needs sit only where a floor has them"),
            speech.n("%(count)s team", "%(count)s teams", needy),
        ),
        (
            bound,
            "stay_within",
            "teams",
            _("Teams stay within their building or site"),
            speech.n("%(count)s team", "%(count)s teams", bound),
        ),
        (
            apart,
            "apart",
            "near",
            _("Teams kept apart share no space"),
            speech.n("%(count)s pair", "%(count)s pairs", apart),
        ),
        (
            closed,
            "",
            "floors",
            _("Floors that cannot be let alone earn no rent"),
            speech.n("%(count)s floor", "%(count)s floors", closed),
        ),
    ]
    return tuple(
        RuleLine(said, why, sheet, (), kind) for count, kind, sheet, said, why in found if count
    )


def _ruled(rule: Rule, estate: Estate, speech: Speech) -> RuleLine:
    said = rule_words(rule, estate, speech)
    return RuleLine(said, rule.reason, "rules", (rule.rule, rule.subject, rule.object))
