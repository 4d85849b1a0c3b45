"""Attendance on its way out: every count for those who keep or check it, else none of a few.

Pages show merged teams to everybody. Raw team-days go out as records and workbooks, which
whoever enters, decides or administers needs whole: a plan is checked against each of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.domain.attendance import NOBODY_COUNTED, Attendance
from planner.domain.privacy import Shown
from planner.services.access import Right

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.records import TeamDay
    from planner.services.access import Actor

_WHOLE: Final = (Right.EDIT, Right.DECIDE, Right.ADMINISTER)


def sees_every_team(actor: Actor) -> bool:
    """Say whether somebody may have the counts of teams under five people."""
    return any(actor.may(right) for right in _WHOLE)


def team_days(actor: Actor, estate: Estate) -> tuple[TeamDay, ...]:
    """Return the team-days of an estate; for a viewer, teams under five people merged."""
    table = estate.attendance if sees_every_team(actor) else Shown(estate).attendance
    return tuple(table.records())


def to_take_away(actor: Actor, estate: Estate) -> Estate:
    """Return the estate as a workbook may hold it; for a viewer, without merged teams' days.

    A workbook must be readable again, so groups cannot stand in for teams; every team of a
    group stays out, lest a page and the workbook together tell of the small one.
    """
    if sees_every_team(actor):
        return estate
    table, alone = estate.attendance, Shown(estate).alone
    kept = np.array([team in alone for team in table.teams], np.bool_)
    codes = tuple(team for team in table.teams if team in alone)
    own = Attendance(table.days, codes, table.present[:, kept], table.known[:, kept])
    return replace(estate, attendance=own if len(own) else NOBODY_COUNTED)
