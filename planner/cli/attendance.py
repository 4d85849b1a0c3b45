"""`planner read-attendance` and `planner demand`: attendance files from the command line."""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from planner.cli.reading import add_reading, options_of
from planner.errors import InvalidDemand

if TYPE_CHECKING:
    from planner.demand.model import Demand, TeamDemand
    from planner.domain.estate import Estate
    from planner.importers.attendance import AttendanceReport

_SHOWN: Final = 10


def add_commands(subparsers: Any) -> None:
    """Register `read-attendance` and `demand`."""
    read = subparsers.add_parser(
        "read-attendance", help="what an attendance file yields: team-days, refused rows, warnings"
    )
    add_reading(read)
    read.set_defaults(func=run_read)
    demand = subparsers.add_parser(
        "demand", help="seats per team and weekday at a service level, from an attendance file"
    )
    add_reading(demand)
    demand.add_argument(
        "--level", type=_level, default=Decimal("0.95"), help="share of days that must fit [0.95]"
    )
    demand.add_argument("--seed", type=int, default=1, help="for intervals drawn at random [1]")
    demand.set_defaults(func=run_demand)


def run_read(arguments: argparse.Namespace) -> int:
    """Print what the file yields; 1 if no day of it could be read."""
    from planner.importers.attendance import read_attendance

    report = read_attendance(arguments.file, options_of(arguments))
    if arguments.json:
        _write_json(report_json(report))
    else:
        _say_report(report)
    return 0 if report.days else 1


def run_demand(arguments: argparse.Namespace) -> int:
    """Print the seats that the teams of a file need."""
    from planner.demand.model import demand_of
    from planner.importers.attendance import read_attendance

    report = read_attendance(arguments.file, options_of(arguments))
    estate, warnings = estate_of(report, arguments.country)
    demand = demand_of(estate, level=arguments.level, seed=arguments.seed)
    warnings = (*report.warnings, *warnings, *demand.warnings)
    if arguments.json:
        _write_json(demand_json(demand, report, warnings))
    else:
        _say_demand(demand, warnings)
    return 0


def report_json(report: AttendanceReport) -> dict[str, object]:
    """Return a report as plain values."""
    days = report.days
    return {
        "kind": report.kind,
        "team_days": report.team_days,
        "floor_days": len(report.floors),
        "teams": list(report.attendance.teams),
        "floors": list(report.floors.teams),
        "first_day": days[0].isoformat() if days else None,
        "last_day": days[-1].isoformat() if days else None,
        "rows": report.rows_in,
        "sha256": report.sha256,
        "mapping": dict(report.mapping),
        "refused": [{"row": one.row, "reason": one.reason} for one in report.refused],
        "warnings": list(report.warnings),
    }


def demand_json(
    demand: Demand, report: AttendanceReport, warnings: tuple[str, ...]
) -> dict[str, object]:
    """Return a demand as plain values; weekdays by their English names."""
    from planner.domain.plan import WEEKDAYS

    names = [WEEKDAYS[one] for one in demand.weekdays]
    warnings = (*warnings, *_on_small_teams(demand))
    return {
        "headcount": demand.headcount,
        "days": demand.days,
        "level": str(demand.level),
        "sum_of_team_quantiles": demand.sum_of_team_quantiles,
        "pooled": demand.peak_pooled,
        "by_weekday": dict(zip(names, demand.pooled, strict=True)),
        "teams": [
            {
                "team": team.team,
                "headcount": team.planned,
                "allotment": team.allotment,
                "by_weekday": dict(zip(names, shown_seats(team), strict=True)),
                "basis": team.basis,
                "assumed": team.assumed,
                "days": team.days,
            }
            for team in demand.teams
        ],
        "confidence": demand.confidence,
        "claimed": str(demand.claimed),
        "margin": {
            "team": str(demand.team_margin),
            "pool": str(demand.pool_margin),
            "days": demand.margin.days,
        },
        "first_day": demand.first_day.isoformat() if demand.first_day else None,
        "last_day": demand.last_day.isoformat() if demand.last_day else None,
        "refused": [{"row": one.row, "reason": one.reason} for one in report.refused],
        "warnings": list(warnings),
    }


def estate_of(report: AttendanceReport, country: str) -> tuple[Estate, tuple[str, ...]]:
    """Return an estate of teams alone, as a file names them, and what had to be assumed.

    Where the file states no headcount, the most people ever present stand in for it.

    Raises:
        InvalidDemand: the file has no team-day.
    """
    from planner.domain.estate import Estate
    from planner.domain.records import Header, Team

    attendance = report.attendance
    if not len(attendance):
        raise InvalidDemand(
            "the file has no team-day to work out seats from; see `planner read-attendance`"
        )
    busiest = attendance.present.max(axis=0, where=attendance.known, initial=0)
    most = dict(zip(attendance.teams, map(int, busiest), strict=True))
    teams = tuple(
        Team(code=code, name=code, headcount=report.headcounts.get(code, most[code]))
        for code in attendance.teams
    )
    header = Header(name="attendance file", owner="-", country=country, currency="XXX")
    guessed = [code for code in attendance.teams if code not in report.headcounts]
    warnings = (
        f"{len(guessed)} teams have no headcount in the file; the most ever present stands in.",
    )
    return Estate(header, teams=teams, attendance=attendance), warnings if guessed else ()


def shown_seats(team: TeamDemand) -> tuple[int, ...]:
    """Return a team's seats by weekday as they may be shown.

    The weekdays of fewer than five people would tell who comes when; they get the seats that
    are kept for the team on each of them.
    """
    from planner.domain.privacy import FEWEST

    return team.seats if team.planned >= FEWEST else (team.allotment,) * len(team.seats)


def _on_small_teams(demand: Demand) -> tuple[str, ...]:
    small = sum(shown_seats(team) != team.seats for team in demand.teams)
    said = (
        f"{small} teams have fewer than five people; the seats kept for them are shown, their "
        "weekdays are not."
    )
    return (said,) if small else ()


def _level(text: str) -> Decimal:
    from planner.demand.quantile import check_level

    try:
        level = Decimal(text)
        check_level(level)
    except (InvalidOperation, InvalidDemand):
        raise argparse.ArgumentTypeError(
            f"{text} is no service level; enter a share above 0 and up to 1, as 0.95"
        ) from None
    return level


def _write_json(values: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=1) + "\n")


def _say_report(report: AttendanceReport) -> None:
    days = report.days
    span = f", {days[0]} to {days[-1]}" if days else ""
    lines = [
        (
            f"{report.team_days} team-days of {len(report.attendance.teams)} teams, "
            f"{len(report.floors)} floor-days{span}"
        )
    ]
    lines += [f"row {one.row}: {one.reason}" for one in report.refused[:_SHOWN]]
    if len(report.refused) > _SHOWN:
        lines.append(f"… and {len(report.refused) - _SHOWN} more rows refused; see --json")
    lines += [f"note: {warning}" for warning in report.warnings]
    sys.stdout.write("\n".join(lines) + "\n")


def _say_demand(demand: Demand, warnings: tuple[str, ...]) -> None:
    from planner.domain.plan import WEEKDAYS

    lines = [
        f"{demand.headcount} people, {demand.days} days, confidence {demand.confidence}",
        (
            f"{demand.sum_of_team_quantiles} seats if every team keeps its own, "
            f"{demand.peak_pooled} if all share, at {demand.level}"
        ),
    ]
    width = max((len(team.team) for team in demand.teams), default=0)
    head = " ".join(f"{WEEKDAYS[one][:3]:>5}" for one in demand.weekdays)
    lines.append(f"{'':{width}} {head}")
    for team in demand.teams:
        seats = " ".join(f"{count:>5}" for count in shown_seats(team))
        lines.append(f"{team.team:{width}} {seats}")
    lines += [f"note: {warning}" for warning in (*warnings, *_on_small_teams(demand))]
    sys.stdout.write("\n".join(lines) + "\n")
