"""`planner bench site`: how quick the pages are on an estate of a thousand floors."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import argparse

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan

_PAGE_SECONDS: Final = 0.150
_STACK_SECONDS: Final = 1.0
_DRAG_SECONDS: Final = 0.100
_FIRST_KB: Final = 300
_SEATS: Final = 100
_PASSWORD: Final = "only for measuring"  # noqa: S105  of a database that is thrown away
_PAGES: Final = {
    "today": "/estates/{e}",
    "estate": "/estates/{e}/stack",
    "one building": "/estates/{e}/stack?building=T01",
    "floor": "/estates/{e}/floors/T01-05",
    "data": "/estates/{e}/data",
    "teams": "/estates/{e}/data/teams",
    "one team": "/estates/{e}/data/teams/edit?key=U00005",
    "attendance": "/estates/{e}/attendance",
    "assumptions": "/estates/{e}/assumptions",
    "plans": "/estates/{e}/plans",
    "new plan": "/estates/{e}/plans/new",
    "result": "/plans/{p}",
    "stack plan": "/plans/{p}/stack",
    "its building": "/plans/{p}/stack?building=T01",
    "compare": "/estates/{e}/compare",
    "proposals": "/proposals",
}
_SHARED: Final = ("fonts/fonts.css", *(f"css/{name}.css" for name in
    ("tokens", "base", "shell", "parts", "forms", "drawings")), "js/site.js", "js/stack.js",
    "js/filters.js", *(f"fonts/ibm-plex-sans-latin-{weight}-normal.woff2" for weight in
    (400, 500, 600)), "fonts/ibm-plex-sans-condensed-latin-500-normal.woff2")  # fmt: skip
"""What the first page of a visit brings besides itself."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: seconds the first time, and the 95th percentile after; bytes on the line."""

    page: str
    first: float
    p95: float
    bytes: int


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser("site", help="pages of an estate of a thousand floors")
    suite.add_argument("--floors", type=int, default=1000)
    suite.add_argument("--teams", type=int, default=10_000)
    suite.add_argument("--rounds", type=int, default=20, help="visits of each page after the first")
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Visit every page of a large estate and print what it took; 1 where a figure is missed."""
    from planner.demo.large import large_estate

    with tempfile.TemporaryDirectory(prefix="planner-bench-") as folder:
        client, names = _site(Path(folder), large_estate(args.floors, args.teams))
        pages = [
            _visit(client, page, address.format(**names), args.rounds)
            for page, address in _PAGES.items()
        ]
        drag = _visit(client, "drag", names["drag"], args.rounds)
        shared = sum(_visit(client, name, f"/static/{name}", 0).bytes for name in _SHARED)
    report = _report(pages, drag, shared)
    if args.json:
        sys.stdout.write(json.dumps(report, indent=1) + "\n")
    else:
        _print(pages, report)
    return 0 if report["passed"] else 1


def _site(folder: Path, estate: Estate) -> tuple[Any, dict[str, str]]:
    """Return a signed-in browser of a site that holds the estate and a plan of it."""
    from planner.db.store import open_store
    from planner.services import accounts, estates, plans
    from planner.settings import load_settings
    from planner.web.app import create_app

    settings = load_settings({"PLANNER_DATA_DIR": str(folder)})
    store = open_store(settings.database_url)
    actor = accounts.create_owner_with_admin(store, "Large", "bench@planner.invalid", _PASSWORD)
    stored = estates.add_estate(store, actor, estate)
    plan = quarter_freed(estate)
    ident = plans.add_plan(store, actor, stored.estate_id, plan)
    client = create_app(settings, store).test_client()
    with client.session_transaction() as session:
        session["user"], session["stamp"] = actor.id, actor.session
    mover = next(one for one in plan.placements if one.origin == one.unit)
    drag = f"/plans/{ident}/stack/targets?team={mover.team}&unit={mover.unit}"
    return client, {"e": stored.estate_id, "p": ident, "drag": drag}


def quarter_freed(estate: Estate) -> Plan:
    """Return a plan that empties every fourth floor into the next three where they have room."""
    from planner.demand.model import demand_of
    from planner.domain.assumptions import register_of
    from planner.domain.plan import Placement, Plan
    from planner.finance.values import values_of
    from planner.web.show.changes import Change, changed_plan

    demand = demand_of(estate, level=register_of(estate).number("service_level"), seed=1)
    stay = Plan(
        name="A quarter freed",
        estate_hash=estate.hash,
        program="made up for measuring",
        solver="none",
        seed=1,
        seconds=1,
        level=demand.level,
        weekdays=tuple(demand.weekdays),
        allotments={team: tuple(seats) for team, seats in demand.allotments.items()},
        placements=tuple(
            Placement(
                team=team, origin=unit, unit=unit, people=people, seats=demand.allotments[team]
            )
            for team, homes in estate.now.items()
            for unit, people in homes.items()
        ),
        freed=(), blocks=(), moves=(), apart=(), npv=0, value=0, bound=None, status="feasible",
    )  # fmt: skip
    taken = {unit: list(seats) for unit, seats in stay.taken.items()}
    here: dict[str, list[Placement]] = {}
    for one in stay.placements:
        here.setdefault(one.unit, []).append(one)
    order = [unit.id for unit in estate.units]
    changes: list[Change] = []
    for at in range(0, len(order) - 3, 4):
        found = _emptied(here.get(order[at], []), order[at + 1 : at + 4], taken)
        changes += [Change(one.team, one.unit, target) for one, target in found]
    made = changed_plan(stay, changes, values_of(estate))
    return Plan.model_validate(made.model_dump())


def _emptied(
    leaving: list[Any], targets: list[str], taken: dict[str, list[int]]
) -> list[tuple[Any, str]]:
    """Return where each of those who leave goes; nobody, where one of them fits nowhere."""
    then = {unit: list(taken.get(unit, ())) for unit in targets}
    found = []
    for one in leaving:
        for unit in targets:
            more = [a + b for a, b in zip(then[unit], one.seats, strict=False)]
            if more and max(more) <= _SEATS:
                then[unit] = more
                found.append((one, unit))
                break
        else:
            return []
    taken.update(then)
    return found


def _visit(client: Any, page: str, address: str, rounds: int) -> Measured:
    taken = []
    size = 0
    for _ in range(rounds + 1):
        start = time.perf_counter()
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        size = len(answer.get_data())
        answer.close()  # a static file is open until then
        taken.append(time.perf_counter() - start)
        if answer.status_code != 200:  # noqa: PLR2004  not shown
            raise RuntimeError(f"{address} answered {answer.status_code}")
    later = sorted(taken[1:]) or taken
    return Measured(page, taken[0], later[-(-95 * len(later) // 100) - 1], size)


def _report(pages: list[Measured], drag: Measured, shared: int) -> dict[str, Any]:
    stack = next(one for one in pages if one.page == "stack plan")
    heaviest = max(pages, key=lambda one: one.bytes)
    slowest = max(pages, key=lambda one: one.p95)
    figures = {
        "slowest page, 95 of 100 visits, s": (slowest.p95, _PAGE_SECONDS, slowest.page),
        "stack plan, first view, s": (stack.first, _STACK_SECONDS, ""),
        "drag feedback, 95 of 100, s": (drag.p95, _DRAG_SECONDS, ""),
        "first load, kB": ((shared + heaviest.bytes) / 1000, _FIRST_KB, heaviest.page),
    }
    return {
        "figures": {
            name: {"value": round(value, 3), "at_most": most, "page": page}
            for name, (value, most, page) in figures.items()
        },
        "passed": all(value <= most for value, most, _ in figures.values()),
    }


def _print(pages: list[Measured], report: dict[str, Any]) -> None:
    sys.stdout.write(f"{'page':<16}{'first':>9}{'95%':>9}{'kB':>8}\n")
    for one in pages:
        sys.stdout.write(
            f"{one.page:<16}{one.first:>7.2f} s{one.p95 * 1000:>6.0f} ms{one.bytes / 1000:>8.0f}\n"
        )
    for name, figure in report["figures"].items():
        verdict = "ok" if figure["value"] <= figure["at_most"] else "MISSED"
        sys.stdout.write(
            f"{name:<36}{figure['value']:>9.3f}  at most {figure['at_most']:<6} {verdict}"
            f" {figure['page']}\n"
        )
