"""Why floors stay, what rules cost and how far figures may go, in people's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planner.domain.eligibility import freed_by_rule, held_by_rule, kept_by_rule, move_limit
from planner.domain.fields import tags
from planner.domain.study import Clash
from planner.reports.facts.rules import held_words
from planner.reports.facts.words import feature_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.records import Rule
    from planner.domain.study import FloorReason, Gain, RulePrice
    from planner.i18n import Speech

_FEW: Final = 3
_SOME: Final = 6


def gain_words(gain: Gain, speech: Speech) -> str:
    """Return what a change adds or costs: the figure, and what is proved of it."""
    _ = speech._
    if gain.estimate is None:
        if gain.most:
            return _("at most %(money)s", money=signed(gain.most, speech))
        return _("not known")
    said = signed(gain.estimate, speech)
    return said if gain.proved else _("about %(money)s", money=said)


def price_words(gain: Gain, speech: Speech) -> str:
    """Return what lifting a rule would add, where that may be nothing."""
    if gain.estimate != 0:
        return gain_words(gain, speech)
    return speech._("nothing") if gain.proved else speech._("no gain found")


def rule_price_words(price: RulePrice, speech: Speech) -> tuple[str, str]:
    """Return what lifting a rule would add, and how sure that is."""
    _, gain = speech._, price.gain
    if not price.rough or gain.proved:
        return price_words(gain, speech), sure_words(gain, speech)
    if gain.most is None:
        return _("not known"), ""
    said = _("at most %(money)s", money=signed(gain.most, speech))
    return said, _("proved, without a search of its own")


def floor_price_words(reason: FloorReason, speech: Speech) -> tuple[str, str]:
    """Return what freeing a unit would do to the value, and how sure that is."""
    _ = speech._
    if reason.gain is None:
        sure = _("proved; each of these rules is needed") if reason.minimal else _("proved")
        return _("cannot be freed"), sure
    if reason.gain.estimate is None and not reason.gain.most:
        return _("not known"), ""
    if reason.gain.estimate is not None and not reason.gain.proved:
        said = _("%(money)s in the best plan found", money=signed(reason.gain.estimate, speech))
        return said, sure_words(reason.gain, speech)
    return gain_words(reason.gain, speech), sure_words(reason.gain, speech)


def sure_words(gain: Gain, speech: Speech) -> str:
    """Return how sure a price is: proved, or between which two figures the truth lies."""
    _ = speech._
    if gain.proved:
        return _("proved")
    if gain.least is None and gain.most is None:
        return _("estimate")
    if gain.least is None:
        return _("proved: at most %(most)s", most=signed(gain.most or 0, speech))
    if gain.most is None:
        return _("proved: at least %(least)s", least=signed(gain.least, speech))
    return _(
        "proved: between %(least)s and %(most)s",
        least=signed(gain.least, speech),
        most=signed(gain.most, speech),
    )


def signed(amount: int, speech: Speech) -> str:
    """Return an amount with its sign, plus too; nothing is nothing."""
    text = speech.money_short(amount, 2)
    return f"+{text}" if amount > 0 else text


def floor_words(reason: FloorReason, plan: Plan, estate: Estate, speech: Speech) -> str:
    """Return why a unit is kept, and what freeing it would take."""
    _ = speech._
    if reason.gain is None:
        return " ".join(cannot_words(reason.clashes, reason.unit, estate, speech))
    if reason.moved is None and reason.rough:
        return _("No plan near this one frees it; a search of its own was not made.")
    if reason.moved is None:
        return _("No plan that frees it was found in the time given.")
    more = reason.moved - plan.people_moved
    instead = sorted(plan.freed_units - set(reason.freed))
    said = []
    if more > 0:
        said.append(
            speech.n(
                "It could be freed if %(count)s more person moved.",
                "It could be freed if %(count)s more people moved.",
                more,
            )
        )
    else:
        said.append(_("It could be freed without more people moving."))
    if instead:
        said.append(_("Then %(units)s would stay in use.", units=some(upwards(instead), speech)))
    return " ".join(said)


def cannot_words(
    clashes: Sequence[Clash], unit: str, estate: Estate, speech: Speech
) -> tuple[str, ...]:
    """Return the rules by which no plan can free a unit, each in a sentence."""
    asked = Clash(rule="must_free", units=(unit,))
    rest = [one for one in clashes if one != asked]
    if not rest:
        return (speech._("No plan can free it; which rules conflict was not found in time."),)
    return clash_words(rest, estate, speech)


def clash_words(clashes: Sequence[Clash], estate: Estate, speech: Speech) -> tuple[str, ...]:
    """Return the rules of a conflict in sentences, those of one kind together."""
    _ = speech._
    of: dict[str, list[Clash]] = {}
    for clash in clashes:
        of.setdefault("place" if clash.rule in {"needs", "fixed"} else clash.rule, []).append(clash)
    units = {kind: sorted({u for one in found for u in one.units}) for kind, found in of.items()}
    teams = {
        kind: list(dict.fromkeys(t for one in found for t in one.teams))
        for kind, found in of.items()
    }
    said: list[str] = []
    if "must_keep" in of:
        why = _reasons(kept_by_rule(estate), units["must_keep"])
        said.append(
            _("%(units)s must be kept%(why)s.", units=some(units["must_keep"], speech), why=why)
        )
    if "must_free" in of:
        why = _reasons(freed_by_rule(estate), units["must_free"])
        said.append(
            _("%(units)s must be freed%(why)s.", units=some(units["must_free"], speech), why=why)
        )
    said += [text for team in teams.get("place", [])[:_FEW] for text in _held(team, estate, speech)]
    if len(teams.get("place", ())) > _FEW:
        said.append(
            speech.n(
                "The same holds for %(count)s more team.",
                "The same holds for %(count)s more teams.",
                len(teams["place"]) - _FEW,
            )
        )
    if "seats" in of:
        seats = sum(estate.unit_of[unit].places for unit in units["seats"])
        said.append(
            _("Seats must suffice on every weekday: %(units)s have %(seats)s.",
              units=some(units["seats"], speech), seats=speech.number(seats))
        )  # fmt: skip
    if "whole" in of:
        names = [estate.team_of[code].name for code in teams["whole"]]
        said.append(_("%(teams)s may not be divided.", teams=some(names, speech)))
    said += [
        _("%(one)s and %(other)s must not share a space.",
          one=estate.team_of[one.teams[0]].name, other=estate.team_of[one.teams[-1]].name)
        for one in of.get("apart", ())
    ]  # fmt: skip
    if "churn" in of:
        limit = move_limit(estate) or 0
        said.append(_("At most %(people)s people may move.", people=speech.number(limit)))
    return tuple(dict.fromkeys(said))


def _reasons(rules: Mapping[str, Rule], units: Sequence[str]) -> str:
    """Return the reasons that people gave, in brackets, "" if they gave none."""
    found = dict.fromkeys(rules[unit].reason for unit in units if unit in rules)
    said = "; ".join(text for text in found if text)
    return f" ({said})" if said else ""


def _held(code: str, estate: Estate, speech: Speech) -> list[str]:
    """Return what ties a team to few units."""
    _, team = speech._, estate.team_of[code]
    here = sorted(estate.now[code])
    said = []
    if team.onsite_class == "public_service" and here:
        said.append(
            _("%(team)s serves the public on %(units)s and stays there.",
              team=team.name, units=some(here, speech))
        )  # fmt: skip
    if tags(team.needs):
        needs = some(sorted(feature_name(one, speech) for one in tags(team.needs)), speech)
        said.append(_("%(team)s needs %(needs)s.", team=team.name, needs=needs))
    if team.stay_within == "building":
        said.append(_("%(team)s stays within its building.", team=team.name))
    if team.stay_within == "site":
        said.append(_("%(team)s stays within its site.", team=team.name))
    for rule in estate.rules:
        if rule.subject.partition("/")[0] != code:
            continue
        if rule in held_by_rule(estate):
            said.append(held_words(rule, estate, speech) + ".")
        elif rule.rule in {"fix_team", "only_in"}:
            said.append(_("A rule seats %(team)s in %(where)s.", team=team.name, where=rule.object))
        elif rule.rule == "never_in":
            said.append(
                _("A rule keeps %(team)s out of %(where)s.", team=team.name, where=rule.object)
            )
    return said or [_("%(team)s fits in few units only.", team=team.name)]


def upwards(units: Iterable[str]) -> list[str]:
    """Return codes of units as floors are counted: numbers in them by their size.

    >>> upwards(["A10", "B1", "A2"])
    ['A2', 'A10', 'B1']
    """

    def counted(code: str) -> list[tuple[int, str]]:
        return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d+)", code)]

    return sorted(units, key=counted)


def some(names: Sequence[str], speech: Speech) -> str:
    """Return a few names as a list, and how many more there are.

    >>> from planner.i18n import speech_of
    >>> some(["A1", "A2"], speech_of("en"))
    'A1 and A2'
    """
    if len(names) <= _SOME:
        return speech.listing(list(names))
    more = speech.n("%(count)s more", "%(count)s more", len(names) - _SOME + 1)
    return speech.listing([*names[: _SOME - 1], more])
