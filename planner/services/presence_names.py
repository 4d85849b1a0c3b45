"""Teams and floors as a file calls them, against the codes of the estate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.attendance import NOBODY_COUNTED, attendance_from
from planner.services.saying import LEFT_OUT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.importers.attendance import AttendanceReport
    from planner.services.saying import Said


@dataclass(frozen=True, slots=True)
class Names:
    """Each name of the file with the code it stands for, None where nobody knows.

    Args:
        teams, floors: name in the file to code in the estate; None leaves it out.
        asked_teams, asked_floors: names that are no code and no name of the estate, so
            somebody has to say.
    """

    teams: Mapping[str, str | None]
    floors: Mapping[str, str | None]
    asked_teams: tuple[str, ...]
    asked_floors: tuple[str, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the names that are left out unless somebody says whose they are."""
        return (*self.asked_teams, *self.asked_floors)

    @property
    def matched(self) -> bool:
        """Say whether anything of the file belongs to the estate."""
        return any(self.teams.values()) or any(self.floors.values())


def names_of(report: AttendanceReport | None, estate: Estate, said: Said) -> Names:
    """Return which team and floor each name of a file stands for: by code, by name, as said."""
    if report is None:
        return Names({}, {}, (), ())
    teams = _lookup({team.code: team.name for team in estate.teams})
    floors = _lookup({floor.code: "" for floor in estate.floors})
    found_teams = {name: teams.get(name.casefold()) for name in report.attendance.teams}
    found_floors = {name: floors.get(name.casefold()) for name in report.floors.teams}
    return Names(
        _said_over(found_teams, said.teams, set(estate.team_of)),
        _said_over(found_floors, said.floors, set(estate.floor_of)),
        tuple(name for name, code in found_teams.items() if code is None),
        tuple(name for name, code in found_floors.items() if code is None),
    )


def renamed(days: Attendance, names: Mapping[str, str | None]) -> Attendance:
    """Return days under the estate's codes; two names of one code are added up.

    A day on which one of the two was not counted is left out: half a count is a gap.
    """
    if not len(days):
        return NOBODY_COUNTED
    parts: dict[str, list[str]] = {}
    for name in days.teams:
        code = names.get(name)
        if code is not None:
            parts.setdefault(code, []).append(name)
    counts: dict[tuple[dt.date, str], list[int]] = {}
    for one in days.records():
        code = names.get(one.team)
        if code is not None:
            counts.setdefault((one.date, code), []).append(one.present)
    return attendance_from(
        (day, code, sum(found))
        for (day, code), found in counts.items()
        if len(found) == len(parts[code])
    )


def _lookup(names: Mapping[str, str]) -> dict[str, str]:
    """Return codes by code and by name in small letters; a name that two share stands for none."""
    by_name: dict[str, str | None] = {}
    for code, name in names.items():
        key = name.casefold()
        by_name[key] = None if key in by_name else code
    plain = {key: code for key, code in by_name.items() if key and code is not None}
    return plain | {code.casefold(): code for code in names}


def _said_over(
    found: Mapping[str, str | None], said: Mapping[str, str], codes: set[str]
) -> dict[str, str | None]:
    told = {name: None if code == LEFT_OUT else code for name, code in said.items()}
    return {
        name: told[name] if name in told and (told[name] is None or told[name] in codes) else code
        for name, code in found.items()
    }
