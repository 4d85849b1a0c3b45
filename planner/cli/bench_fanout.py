"""`planner bench fanout`: one large estate planned by one, two and four workers.

Its campuses are runs of their own, so that any worker of any host takes one. The same time is
asked for each time; it is shared out by teams, and more workers have more of it at once.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.cli.harness import PASSWORD, Installation
from planner.errors import Unavailable

if TYPE_CHECKING:
    import argparse

    from planner.db.store import Store
    from planner.services.access import Actor
    from planner.services.plans import RunState

_WORKERS: Final = (1, 2, 4)
_SITES: Final = 4
_LOOK_SECONDS: Final = 0.2
_PATIENCE: Final = 1800.0


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser("fanout", help="one large estate over one, two, four workers")
    suite.add_argument("--floors", type=int, default=200)
    suite.add_argument("--teams", type=int, default=1600)
    suite.add_argument("--seconds", type=int, default=60, help="search asked for, all parts")
    suite.add_argument("--workers", type=int, nargs="+", default=list(_WORKERS))
    suite.add_argument("--database", default="", help="URL of an empty PostgreSQL database")
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Plan the estate once with each number of workers; 1 if a plan is missing or breaks a rule."""
    told = []
    with tempfile.TemporaryDirectory(prefix="planner-fanout-") as folder:
        for count in args.workers:
            below = Path(folder, str(count))
            below.mkdir()
            told.append(_measured(Installation(below, args.database, webs=0, workers=count), args))
    sys.stdout.write(json.dumps(told) + "\n" if args.json else _table(told))
    return int(any(one["violations"] != 0 for one in told))


def _measured(site: Installation, args: argparse.Namespace) -> dict[str, Any]:
    from planner.db.store import open_store
    from planner.optimise.options import Options
    from planner.services import accounts, estates, plans

    store = open_store(site.database)
    boss = accounts.create_owner_with_admin(
        store, "City", f"boss{site.workers}@bench.invalid", PASSWORD
    )
    estate = estates.add_estate(store, boss, campuses(args.floors, args.teams)).estate_id
    site.start()
    try:
        _until_there(store, site.workers)
        began = time.monotonic()
        asked = plans.start_plan(store, boss, estate, Options(seconds=args.seconds))
        state = _ended(store, boss, asked)
        took = time.monotonic() - began
    finally:
        site.stop()
    told = {"workers": site.workers, "seconds": round(took, 1), **_parts(store, asked)}
    told |= _plan(store, boss, state)
    store.close()
    return told


def campuses(floors: int, teams: int) -> Any:
    """Return a made-up estate on four sites that no team may leave."""
    from dataclasses import replace

    from planner.demo.large import large_estate

    whole = large_estate(floors, teams, days=20)
    towers = len(whole.buildings)
    sites = tuple(
        one.model_copy(update={"site": f"Site {at * _SITES // towers + 1}"})
        for at, one in enumerate(whole.buildings)
    )
    stay = tuple(one.model_copy(update={"stay_within": "site"}) for one in whole.teams)
    return replace(whole, buildings=sites, teams=stay)


def _until_there(store: Store, workers: int) -> None:
    """Wait until all workers have started, and the one that draws: their imports do not count."""
    from planner.services.system import status_of

    until = time.monotonic() + _PATIENCE
    while len(status_of(store).workers) < workers + 1:
        if time.monotonic() > until:
            raise Unavailable(f"{workers} workers have not started after {_PATIENCE:.0f} s")
        time.sleep(_LOOK_SECONDS)


def _ended(store: Store, boss: Actor, asked: str) -> RunState:
    from planner.services import plans

    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        state = plans.run_state(store, boss, asked)
        if state.ended:
            return state
        time.sleep(_LOOK_SECONDS)
    raise Unavailable(f"The run has not ended after {_PATIENCE:.0f} s")


def _parts(store: Store, asked: str) -> dict[str, Any]:
    """Return how many parts there were, and how many workers took one."""
    from sqlalchemy import select
    from sqlmodel import col

    from planner.db.store import EVERY_OWNER
    from planner.db.tables import PartRow, RunRow

    with store.reading(EVERY_OWNER) as scope:
        rows = scope.execute(
            select(RunRow)
            .join(PartRow, col(PartRow.part_id) == col(RunRow.id))
            .where(col(PartRow.whole_id) == asked)
        ).scalars()
        return {"parts": len(found := list(rows)), "hands": len({one.worker for one in found})}


def _plan(store: Store, boss: Actor, state: RunState) -> dict[str, Any]:
    from planner.services import plans
    from planner.services.verify import verify

    if state.plan_id is None:
        return {"value": None, "captured": None, "violations": None, "problem": state.problem}
    estate, plan = plans.get_plan(store, boss, state.plan_id)
    captured = None if not plan.bound else round(100 * plan.value / plan.bound, 2)
    return {
        "value": plan.value,
        "captured": captured,
        "freed": len(plan.freed_units),
        "violations": len(verify(plan, estate)),
    }


def _table(told: list[dict[str, Any]]) -> str:
    names = list(told[0])
    rows = [names, *([str(one.get(name)) for name in names] for one in told)]
    return "\n".join("  ".join(f"{cell:>16}" for cell in row) for row in rows) + "\n"
