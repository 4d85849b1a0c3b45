"""How sure one may be of a demand: a grade that travels into the proposal, and its reasons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal

from planner.demand.drift import STEPS
from planner.demand.notes import N_, note
from planner.demand.rates import TYPED_WEIGHT
from planner.demand.usable import STRATUM_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from planner.demand.drift import Margin
    from planner.demand.joint import Joint
    from planner.demand.model import TeamDemand
    from planner.demand.notes import Note
    from planner.demand.usable import Reason
    from planner.domain.estate import Estate

Grade = Literal["A", "B", "C", "D"]
"""A: 100 days or more, nearly complete; B: 60; C: 20; D: fewer, or mostly assumed."""

_GRADES: Final[tuple[Grade, ...]] = ("A", "B", "C", "D")
_DAYS: Final = (100, 60, 20)
_FEW_GAPS_PERCENT: Final = 90


def grade_of(joint: Joint, teams: Sequence[TeamDemand]) -> Grade:
    """Return the grade: by days, one lower for gaps or assumed teams, D if half is assumed."""
    at = next((grade for grade, days in enumerate(_DAYS) if len(joint.days) >= days), len(_DAYS))
    people = sum(team.planned for team in teams)
    assumed = sum(team.planned for team in teams if team.assumed)
    if 2 * assumed >= people > 0:
        return "D"
    known = int(joint.known.sum())
    gaps = known * 100 < joint.known.size * _FEW_GAPS_PERCENT
    lower = gaps or 5 * assumed > people
    return _GRADES[min(at + lower, len(_GRADES) - 1)]


def notes_of(
    estate: Estate,
    joint: Joint,
    teams: Sequence[TeamDemand],
    level: Decimal,
    *,
    margin: Margin,
) -> tuple[Note, ...]:
    """Return what a reader of the demand must know, most important first."""
    return (
        *_on_days(joint, level),
        *_on_gaps(estate, joint),
        *_on_teams(teams),
        *_on_margin(margin, level, len(joint.days)),
    )


def _on_days(joint: Joint, level: Decimal) -> Iterator[Note]:
    days = len(joint.days)
    if not days:
        yield note(N_("Nobody has counted attendance; every figure is assumed."))
        return
    percent = f"{(100 * level).normalize():f}"
    smallest = min((int((joint.weekday == one).sum()) for one in joint.weekdays), default=0)
    told_apart = smallest >= STRATUM_DAYS
    ranked = smallest if told_apart else days
    if ranked * (1 - level) < 1:
        kind = (
            N_("On {days} days P{percent} of a weekday is the maximum: no day may be missed.")
            if told_apart
            else N_("With {days} days P{percent} is the maximum: no day may be missed.")
        )
        yield note(kind, days=ranked, percent=percent)
    if days < TYPED_WEIGHT:
        yield note(
            N_("Only {days} usable days; {wanted} are needed before figures count as measured."),
            days=days,
            wanted=TYPED_WEIGHT,
        )
    if not told_apart:
        yield note(
            N_("Weekdays are not told apart: one of them has fewer than {days} days."),
            days=STRATUM_DAYS,
        )


def _on_gaps(estate: Estate, joint: Joint) -> Iterator[Note]:
    left = Counter(one.reason for one in joint.left_out)
    words: dict[Reason, str] = {
        "holiday": N_("{count} holidays are left out."),
        "partial": N_("{count} days with next to nobody are taken for broken records, not zeros."),
        "rest_day": N_("{count} days on weekdays that are not worked are left out."),
        "team_low": N_("{count} team-days with next to nobody are taken for gaps, not zeros."),
    }
    for reason, sentence in words.items():
        if left[reason]:
            yield note(sentence, count=left[reason])
    if joint.worked_holidays:
        yield note(
            N_("{count} holidays were worked as usual and count."),
            count=len(joint.worked_holidays),
        )
    gaps = joint.known.size - int(joint.known.sum())
    if gaps:
        yield note(N_("{count} team-days are unknown; none counts as zero."), count=gaps)
    broken = len(joint.days) - int(joint.whole.sum())
    if broken:
        yield note(
            N_("On {count} days too many teams were not counted to add them up."), count=broken
        )
    strangers = sum(code not in estate.team_of for code in estate.attendance.teams)
    if strangers:
        yield note(N_("{count} teams with attendance are not in the estate."), count=strangers)


def _on_teams(teams: Sequence[TeamDemand]) -> Iterator[Note]:
    typed = sum(team.basis == "typed" for team in teams)
    bare = sum(team.basis == "headcount" and team.assumed for team in teams)
    if typed:
        yield note(N_("{count} teams rest on typed rates."), count=typed)
    if bare:
        yield note(
            N_(
                "{count} teams have neither attendance nor a rate: a seat for everybody is assumed."
            ),
            count=bare,
        )


def _on_margin(margin: Margin, level: Decimal, seen: int) -> Iterator[Note]:
    if seen and not margin.shown:
        yield note(
            N_(
                "Of {days} days {replayed} could be replayed, too few to show P{percent} for days "
                "to come; {claimed}% of days may be claimed, with nine chances in ten. A season "
                "that is not among them cannot be foreseen."
            ),
            days=seen,
            replayed=margin.days,
            percent=f"{(100 * level).normalize():f}",
            claimed=f"{100 * margin.claim(level, seen):.1f}",
        )
    if margin.team or margin.pool:
        yield note(
            N_(
                "Later days misjudged by earlier ones: {team} seats per 100 people are added to "
                "each team, {pool} to all together."
            ),
            team=f"{100 * margin.team / STEPS:g}",
            pool=f"{100 * margin.pool / STEPS:g}",
        )
