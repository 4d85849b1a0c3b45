"""Who must be on site on which weekday, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.demand.onsite import presence_of

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    "days": ("cap on days elsewhere", "batas hari kerja di luar"),
    "eligible": ("not eligible: new, discipline or targets", "belum boleh: baru, disiplin, target"),
    "ict": ("not equipped to work elsewhere", "belum siap TIK"),
    "least": ("least on site", "paling sedikit di kantor"),
    "weekday": ("fixed weekday", "hari wajib"),
    "free": ("nothing keeps them", "tidak ada yang mengikat"),
}
WORKDAYS: Final = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """One team: name, people, must be present Monday to Friday, and why."""

    code: str
    name: str
    department: str
    people: int
    away: int
    must: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class OnSitePage:
    """What the page shows: title, teams, sums by weekday, departments to choose."""

    title: str
    weekdays: tuple[str, ...]
    teams: tuple[PresenceLine, ...]
    totals: tuple[int, ...]
    people: int
    departments: tuple[str, ...]


def onsite_page(estate: Estate, speech: Speech) -> OnSitePage:
    """Return the page of the mapping.

    Raises:
        InvalidInput: a team's weekdays cannot be read.
    """
    found = presence_of(estate)
    totals = tuple(sum(one.must[day] for one in found) for day in WORKDAYS)
    people = sum(one.people for one in found)
    return OnSitePage(
        title=speech._(
            "%(most)s of %(people)s people must be on site on the strictest day",
            most=speech.number(max(totals)),
            people=speech.number(people),
        ),
        weekdays=tuple(map(speech.weekday_short, WORKDAYS)),
        teams=tuple(
            _line(one, estate.team_of[one.team].name, estate.team_of[one.team].department, speech)
            for one in found
        ),
        totals=totals,
        people=people,
        departments=tuple(sorted({team.department for team in estate.teams if team.department})),
    )


def why_words(one: TeamPresence, speech: Speech) -> str:
    """Return the reasons of a team, with their weekdays where these differ."""
    days: dict[Why, list[int]] = {}
    for at, reason in enumerate(one.why):
        days.setdefault(reason, []).append(at)
    said = []
    for reason, found in days.items():
        words = speech.words(WHY[reason])
        if reason == "days" and one.remote_days is not None:
            words = speech.n(
                "at most %(count)s day elsewhere a week",
                "at most %(count)s days elsewhere a week",
                one.remote_days,
            )
        if len(days) > 1:
            words += " (" + ", ".join(map(speech.weekday_short, found)) + ")"
        said.append(words)
    return "; ".join(said)


def _line(one: TeamPresence, name: str, department: str, speech: Speech) -> PresenceLine:
    return PresenceLine(
        one.team, name, department, one.people, one.may_be_away, one.must, why_words(one, speech)
    )
