"""People: on the books, on chairs and in the attendance record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import numpy as np

from planner.domain.posts import agencies_from, posts_from, weekday_shares
from planner.errors import InvalidInput, Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.consistency.places import Placed, Placement
    from planner.domain.records import Team

_SLACK: Final = 110
"""Per cent of headcount that may be present on a day: guests and new staff happen."""

_MOST_NAMED: Final = 20
"""Team-days named one by one before the rest is only counted."""


def people_problems(placed: Placement) -> Iterator[Problem]:
    """Yield teams that sit, work or attend with more people than they have."""
    sitting: dict[str, int] = {}
    for seating in placed.estate.seating:
        sitting[seating.team] = sitting.get(seating.team, 0) + seating.people
    for item in placed.records("teams"):
        team = cast("Team", item.record)
        seated = sitting.get(team.code, 0)
        if seated > team.headcount:
            yield item.problem(
                "headcount",
                sentence(
                    "team {team} has {headcount} people, but {seated} are seated in sheet "
                    "seating; correct one of them",
                    team=team.code,
                    headcount=team.headcount,
                    seated=seated,
                ),
            )
        mean, busiest = team.attendance_rate, team.busiest_rate
        if mean is not None and busiest is not None and busiest < mean:
            yield item.problem(
                "busiest_rate",
                sentence(
                    "{busiest} on the busiest day is less than {mean} on an average day; enter "
                    "at least {mean}",
                    busiest=busiest,
                    mean=mean,
                ),
            )
        yield from _presence_problems(item, team)
    try:
        agencies_from(placed.estate.header.agencies)
    except InvalidInput as refusal:
        yield Problem(sentence("sheet estate, column agencies"), refusal.lines[0])
    yield from _too_many_present(placed)


def _presence_problems(item: Placed, team: Team) -> Iterator[Problem]:
    """Yield posts and weekdays of a team that cannot be read, and posts of too many people."""
    try:
        people = sum(post.people for post in posts_from(team.posts))
    except InvalidInput as refusal:
        yield item.problem("posts", refusal.lines[0])
    else:
        if people > team.headcount:
            yield item.problem(
                "posts",
                sentence(
                    "the posts of team {team} have {people} people, the team {all}; correct one "
                    "of them",
                    team=team.code,
                    people=people,
                    all=team.headcount,
                ),
            )
    try:
        weekday_shares(team.on_site_days or "")
    except InvalidInput as refusal:
        yield item.problem("on_site_days", refusal.lines[0])


def _too_many_present(placed: Placement) -> Iterator[Problem]:
    table = placed.estate.attendance
    headcount = {team.code: team.headcount for team in placed.estate.teams}
    most = np.array([headcount.get(team, 10**7) for team in table.teams], np.int64)
    over = table.known & (100 * table.present.astype(np.int64) > _SLACK * most)
    days, teams = np.nonzero(over)
    for day, at in list(zip(days, teams, strict=True))[:_MOST_NAMED]:
        team = table.teams[at]
        yield placed.of_team_day(
            table.days[day],
            team,
            "present",
            sentence(
                "{present} people of team {team} present, but it has {headcount}; correct "
                "this or the team's headcount",
                present=int(table.present[day, at]),
                team=team,
                headcount=headcount[team],
            ),
        )
    if len(days) > _MOST_NAMED:
        yield Problem(
            sentence("sheet attendance, column present"),
            sentence(
                "{count} more team-days have more than {slack}% of the team present; "
                "correct these or the headcounts",
                count=len(days) - _MOST_NAMED,
                slack=_SLACK,
            ),
        )
