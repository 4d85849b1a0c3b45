"""`planner bench demand`: badge events to team-days, team-days to seats, and whether seats hold."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import argparse

    import numpy as np
    from numpy.typing import NDArray

    from planner.domain.estate import Estate

_EVENTS: Final = 10_000_000
_TEAMS, _DAYS = 2_000, 250
_MOST_EVENT_SECONDS, _MOST_EVENT_MB, _MOST_DEMAND_SECONDS = 15.0, 2_000.0, 2.0
_PEOPLE_A_TEAM, _A_DAY = 25, 4
_MONDAY: Final = date(2025, 9, 1)
_BLOCK: Final = 500_000
_LEVEL: Final = Decimal("0.95")
_AHEAD, _FROM, _LONG = 40, 120, 400
_KINDS: Final = (
    "steady", "rising", "falling", "seasons", "semesters", "heavy tails", "sticky",
)  # fmt: skip
_FEW: Final = (10, 20, 30, 45, 60)
"""Days of short histories; all are a multiple of five, so that each begins on a Monday."""


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser(
        "demand", help="10 million badge events to team-days, 2,000 teams to seats, days not seen"
    )
    suite.add_argument("--events", type=int, default=_EVENTS, help="badge events [10000000]")
    suite.add_argument("--teams", type=int, default=_TEAMS)
    suite.add_argument("--days", type=int, default=_DAYS)
    suite.add_argument("--series", type=int, default=3, help="long series of each kind [3]")
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Print what was measured; 1 if a limit is missed."""
    rows = [_events(args.events), _allotments(args.teams, args.days), *_unseen(args.series)]
    if args.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
    else:
        for row in rows:
            values = ", ".join(f"{name} {value}" for name, value in row.items() if name != "what")
            sys.stdout.write(f"{row['what']:<44} {values}\n")
    return 0 if all(row["fits"] for row in rows) else 1


def _events(count: int) -> dict[str, Any]:
    """Read made-up badge events in a process of its own; its peak memory is the machine's word."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as folder:
        file = Path(folder, "badges.csv")
        _write_badges(file, count)
        command = [sys.executable, "-m", "planner", "read-attendance", str(file), "--json"]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  our own
        seconds = time.perf_counter() - started
    # Kilobytes; the largest child so far, and this one is the first.
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    megabytes = used.ru_maxrss / 1024
    report = json.loads(done.stdout)
    return {
        "what": f"{count:,} badge events to team-days",
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
        "megabytes": round(megabytes),
        "team_days": report["team_days"],
        "refused": len(report["refused"]),
        "fits": seconds <= _MOST_EVENT_SECONDS and megabytes <= _MOST_EVENT_MB,
    }


def _write_badges(file: Path, count: int) -> None:
    """Write events of 10,000 people over as many workdays as it takes, four a person and day."""
    import numpy as np

    people = min(10_000, max(100, count // 200))
    rng = np.random.default_rng(1)
    with file.open("w", encoding="ascii") as out:
        out.write("cardholder,department,event_time,door,result\n")
        written, day = 0, _MONDAY
        while written < count:
            part = min(count - written, people * _A_DAY, _BLOCK)
            who = rng.permutation(np.repeat(np.arange(people), _A_DAY))[:part]
            seconds = rng.integers(7 * 3600, 18 * 3600, part)
            doors = rng.integers(0, 40, part)
            out.writelines(
                f"E{one:05},D{one // _PEOPLE_A_TEAM:03},{day}T{at // 3600:02}:{at // 60 % 60:02}:"
                f"{at % 60:02}+07:00,L{door},{'denied' if at % 97 == 0 else 'granted'}\n"
                for one, at, door in zip(
                    who.tolist(), seconds.tolist(), doors.tolist(), strict=True
                )
            )
            written += part
            day = _next_workday(day)


def _allotments(teams: int, days: int) -> dict[str, Any]:
    import numpy as np

    from planner.demand.model import demand_of

    rng = np.random.default_rng(2)
    heads = rng.integers(5, 60, teams)
    estate = _estate(heads, rng.binomial(heads, 0.55, (days, teams)).astype(np.int32))
    demand_of(_estate(heads[:1], np.ones((1, 1), np.int32)), level=_LEVEL, seed=1)  # imports
    started, cpu = time.perf_counter(), time.process_time()
    demand = demand_of(estate, level=_LEVEL, seed=1)
    seconds = time.perf_counter() - started
    return {
        "what": f"{teams:,} teams, {days} days to allotments",
        "seconds": round(seconds, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "seats": demand.sum_of_team_quantiles,
        "pooled": demand.peak_pooled,
        "fits": seconds <= _MOST_DEMAND_SECONDS,
    }


def _unseen(series: int) -> list[dict[str, Any]]:
    """Replay long series: seats from the past, days over capacity in the two months after."""
    return [*(_one_kind(kind, series) for kind in _KINDS), *(_few(days, series) for days in _FEW)]


def _few(days: int, series: int) -> dict[str, Any]:
    """Replay short histories of every kind: days over capacity in the two months after."""
    import numpy as np

    from planner.demand.model import demand_of

    over = seen = 0
    claimed = _LEVEL
    for kind in _KINDS:
        for seed in range(series):
            rng = np.random.default_rng(seed)
            heads = rng.integers(8, 60, 8)
            present = made_up(kind, _LONG, heads, rng)
            for start in range(0, _LONG - days - _AHEAD + 1, 4 * _AHEAD):
                past = present[start : start + days]
                demand = demand_of(_estate(heads, past), level=_LEVEL, seed=1)
                claimed = demand.claimed
                for at in range(days, days + _AHEAD):
                    pooled = demand.pooled[demand.weekdays.index(at % 5)]
                    over += int(present[start + at].sum()) > pooled
                    seen += 1
    return {
        "what": f"after {days} days: over capacity, not seen",
        "days": seen,
        "over": over,
        "share": round(over / seen, 4) if seen else 0.0,
        "claimed": str(claimed),
        "fits": over <= (1 - claimed) * seen,
    }


def _one_kind(kind: str, series: int) -> dict[str, Any]:
    import numpy as np

    from planner.demand.model import demand_of

    over = seen = 0
    for seed in range(series):
        rng = np.random.default_rng(seed)
        heads = rng.integers(8, 60, 8)
        present = made_up(kind, _LONG, heads, rng)
        for start in range(_FROM, _LONG - _AHEAD + 1, _AHEAD):
            demand = demand_of(_estate(heads, present[:start]), level=_LEVEL, seed=1)
            for at in range(start, start + _AHEAD):
                # Five workdays a week, the first a Monday.
                over += int(present[at].sum()) > demand.pooled[demand.weekdays.index(at % 5)]
                seen += 1
    return {
        "what": f"{kind}: days over capacity, not seen",
        "days": seen,
        "over": over,
        "share": round(over / seen, 4) if seen else 0.0,
        "fits": over <= (1 - _LEVEL) * seen,
    }


def made_up(
    kind: str, days: int, heads: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int32]:
    """Return people of every team on every workday of a series of a kind, shape (days, teams)."""
    import numpy as np

    at = np.arange(days)
    level = {
        "rising": 0.45 + 0.15 * at / days,
        "falling": 0.65 - 0.15 * at / days,
        "seasons": 0.55 * (1 + 0.15 * np.sin(2 * np.pi * at / 250)),
        "semesters": 0.5 * (1 + 0.2 * (at // 60 % 2)),
    }.get(kind, np.full(days, 0.52))
    shock = rng.standard_t(2.5, days) * 0.15 if kind == "heavy tails" else np.zeros(days)
    if kind == "sticky":
        for day in range(1, days):
            shock[day] = 0.7 * shock[day - 1] + rng.standard_normal() * 0.2
    share = np.clip(level * np.array([0.95, 1.12, 1.1, 1.05, 0.7])[at % 5], 0.02, 0.97)
    odds = np.log(share / (1 - share)) + shock
    own = rng.standard_normal((days, len(heads))) * 0.15
    people = rng.binomial(heads, 1 / (1 + np.exp(-odds[:, None] - own)))
    return np.asarray(people, np.int32)


def _estate(heads: NDArray[np.int64], present: NDArray[np.int32]) -> Estate:
    import numpy as np

    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.domain.records import Header, Team

    codes = tuple(f"T{at:04}" for at in range(len(heads)))
    days, day = [], _MONDAY
    for _ in range(len(present)):
        days.append(day)
        day = _next_workday(day)
    return Estate(
        Header(name="bench", owner="-", country="ZZ", currency="XXX", generated=True),
        teams=tuple(
            Team(code=code, name=code, headcount=int(count))
            for code, count in zip(codes, heads, strict=True)
        ),
        attendance=Attendance(tuple(days), codes, present.copy(), np.ones(present.shape, np.bool_)),
    )


def _next_workday(day: date) -> date:
    return day + timedelta(days=3 if day.weekday() == 4 else 1)  # noqa: PLR2004  a Friday
