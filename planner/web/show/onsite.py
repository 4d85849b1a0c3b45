"""Who must be on site on which weekday, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from planner.demand.onsite import presence_of
from planner.domain.posts import agencies_from, posts_from
from planner.domain.privacy import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.demand.onsite import TeamPresence, Why
    from planner.domain.estate import Estate
    from planner.domain.fields import Words
    from planner.i18n import Speech

WHY: Final[Mapping[Why, Words]] = {
    "class": ("on-site class", "kelas kehadiran"),
    "counter": ("public counter", "loket pelayanan"),
    "equipment": ("special equipment or room", "alat atau ruang khusus"),
    "supervision": ("needs supervision", "perlu pengawasan terus-menerus"),
    "face_to_face": ("work in person", "tatap muka"),
    "no_ict": ("no laptop or access", "belum punya laptop atau akses"),
    "targets": ("targets not met", "target kinerja belum tercapai"),
    "new": ("newly placed", "baru ditempatkan"),
    "discipline": ("under discipline", "sedang menjalani hukuman disiplin"),
    "days": ("cap on days elsewhere", "batas hari kerja di luar"),
    "eligible": ("not eligible: new, discipline or targets", "belum boleh: baru, disiplin, target"),
    "ict": ("not equipped to work elsewhere", "belum siap TIK"),
    "least": ("least on site", "paling sedikit di kantor"),
    "weekday": ("fixed weekday", "hari wajib"),
    "agency": ("weekday of the department", "hari wajib dinas"),
    "free": ("nothing keeps them", "tidak ada yang mengikat"),
}
_TOGETHER: Final[Mapping[Why, Why]] = {
    "no_ict": "ict", "targets": "eligible", "new": "eligible", "discipline": "eligible",
}  # fmt: skip
"""What is said of people is said for all of them: nobody reads who is under discipline."""
WORKDAYS: Final = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """A team, or teams of few people together: people, must be present Monday to Friday, why."""

    name: str
    people: int
    away: int
    must: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post of a team: team, name, people, its checklist in words, days elsewhere."""

    team: str
    code: str
    name: str
    people: int
    checks: str
    days: str


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One department: days elsewhere and weekdays on site that it rules, "" where it does not."""

    name: str
    days: str
    week: str


@dataclass(frozen=True, slots=True)
class OnSitePage:
    """What the page shows: title, teams, sums by weekday, posts, departments with their rules."""

    title: str
    weekdays: tuple[str, ...]
    teams: tuple[PresenceLine, ...]
    totals: tuple[int, ...]
    people: int
    departments: tuple[str, ...]
    posts: tuple[PostLine, ...]
    agencies: tuple[AgencyLine, ...]


def onsite_page(estate: Estate, speech: Speech) -> OnSitePage:
    """Return the page of the mapping.

    Raises:
        InvalidInput: a team's weekdays or posts, or an agency's rules, cannot be read.
    """
    found = {one.team: one for one in presence_of(estate)}
    totals = tuple(sum(one.must[day] for one in found.values()) for day in WORKDAYS)
    people = sum(one.people for one in found.values())
    departments = tuple(sorted({team.department for team in estate.teams if team.department}))
    return OnSitePage(
        title=speech._(
            "%(most)s of %(people)s people must be on site on the strictest day",
            most=speech.number(max(totals)),
            people=speech.number(people),
        ),
        weekdays=tuple(map(speech.weekday_short, WORKDAYS)),
        teams=tuple(
            _line(group.label, [found[code] for code in group.teams], speech)
            for group in Shown(estate).groups
        ),
        totals=totals,
        people=people,
        departments=departments,
        posts=tuple(_posts(estate, speech)),
        agencies=tuple(_agencies(estate, departments, speech)),
    )


def why_words(ones: Iterable[TeamPresence], speech: Speech) -> str:
    """Return what keeps how many people, with the weekdays where these differ."""
    said: dict[str, list[int]] = {}
    ones = list(ones)
    for day in WORKDAYS:
        kept: dict[Why, int] = {}
        for one in ones:
            for why, people in one.parts[day]:
                reason = _TOGETHER.get(why, why)
                kept[reason] = kept.get(reason, 0) + people
        caps = {one.remote_days for one in ones if one.may_be_away}
        for reason, people in kept.items():
            words = speech.words(WHY[reason])
            if reason == "days" and len(caps) == 1 and (cap := caps.copy().pop()) is not None:
                words = speech.n(
                    "at most %(count)s day elsewhere a week",
                    "at most %(count)s days elsewhere a week",
                    cap,
                )
            said.setdefault(f"{speech.number(people)} {words}", []).append(day)
    whole = len(WORKDAYS)
    return "; ".join(
        words + ("" if len(days) == whole else f" ({', '.join(map(speech.weekday_short, days))})")
        for words, days in said.items()
    ) or speech.words(WHY["free"])


def _line(name: str, ones: list[TeamPresence], speech: Speech) -> PresenceLine:
    return PresenceLine(
        name,
        sum(one.people for one in ones),
        sum(one.may_be_away for one in ones),
        tuple(sum(one.must[day] for one in ones) for day in WORKDAYS),
        why_words(ones, speech),
    )


def _posts(estate: Estate, speech: Speech) -> Iterable[PostLine]:
    for team in estate.teams:
        for post in posts_from(team.posts):
            checks = [speech.words(WHY[cast("Why", mark)]) for mark in post.marks]
            days = "" if post.remote_days is None else speech.number(post.remote_days)
            yield PostLine(team.name, team.code, post.name, post.people, ", ".join(checks), days)


def _agencies(estate: Estate, departments: tuple[str, ...], speech: Speech) -> Iterable[AgencyLine]:
    rules = agencies_from(estate.header.agencies)
    for name in departments:
        own = rules.get(name.casefold())
        if own is not None:
            week = ", ".join(
                f"{speech.weekday_short(day)} {speech.percent(share, 0)}"
                for day, share in sorted(own.shares.items())
            )
            days = "" if own.remote_days is None else speech.number(own.remote_days)
            yield AgencyLine(name, days, week)
