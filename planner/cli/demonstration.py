"""`planner demo`: the demo estate in a database of its own, solved, documented and served."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.cli.documents import documents_of, say_summary, write_all
from planner.cli.planning import solve

if TYPE_CHECKING:
    import argparse

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.settings import Settings

EMAIL: Final = "demo@planner.invalid"
SEED: Final = 1


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `demo`."""
    demo = commands.add_parser("demo", help="the demo estate: solve, write PDF and XLSX, serve")
    demo.add_argument("--out", metavar="DIR", type=Path, default=Path("out"))
    demo.add_argument("--no-serve", action="store_true", help="stop when the files are written")
    demo.add_argument("--seconds", type=int, default=20, help="search at most so long (20)")
    demo.add_argument("--lang", choices=("en", "id"), default="en", help="of the documents")
    demo.add_argument("--host", default="127.0.0.1")
    demo.add_argument("--port", type=int, default=8000)
    demo.set_defaults(func=run_demo)


def run_demo(arguments: argparse.Namespace) -> int:
    """Solve the demo estate unless its files are there already, then serve the site."""
    from planner.settings import demo_settings

    settings = demo_settings()
    plan = _plan_on_disk(arguments.out)
    if plan is None or arguments.no_serve:
        plan = _make(arguments)
    if arguments.no_serve:
        return 0
    password = _fill(settings, plan)
    sys.stdout.write(f"\nSign in with {EMAIL} and {password}\n")
    sys.stdout.flush()
    from planner.cli.serve import serve_site

    return serve_site(settings, arguments.host, arguments.port)


def _make(arguments: argparse.Namespace) -> Plan:
    """Solve the demo estate and write its files."""
    from planner.demo import demo_estate
    from planner.optimise.options import Options

    estate = demo_estate(SEED)
    dossier = solve(estate, Options(name="Demo plan", seconds=arguments.seconds, seed=SEED))
    write_all(_with_workbook(estate, documents_of(dossier, arguments.lang)), arguments.out)
    say_summary(dossier, arguments.lang, as_json=False)
    sys.stdout.write(f"\nWritten: {', '.join(sorted(str(p) for p in arguments.out.iterdir()))}\n")
    return dossier.plan


def _with_workbook(estate: Estate, files: dict[str, bytes]) -> dict[str, bytes]:
    """Add the estate's own workbook, so that `planner check` can be tried."""
    from planner.importers.workbook import estate_bytes

    return {**files, "estate.xlsx": estate_bytes(estate)}


def _plan_on_disk(folder: Path) -> Plan | None:
    """Return the plan of an earlier run if all its files are there and it still passes the checks.

    Another version of the planner may have worked out demand in another way.
    """
    from planner.demo import demo_estate
    from planner.domain.plan import parse_plan
    from planner.errors import InvalidInput
    from planner.services.verify import verify

    names = ("plan.json", "proposal.pdf", "model.xlsx", "moves.csv", "estate.xlsx")
    if not all((folder / name).is_file() for name in names):
        return None
    try:
        plan = parse_plan((folder / "plan.json").read_bytes())
    except InvalidInput:
        return None
    return None if verify(plan, demo_estate(SEED)) else plan


def _fill(settings: Settings, plan: Plan) -> str:
    """Put the demo owner, estate and plan into the database once; return the password."""
    from planner.db.store import open_store
    from planner.demo import demo_estate
    from planner.services import accounts, estates, plans

    note = settings.data_dir / "demo-password"
    store = open_store(settings.database_url)
    if accounts.nobody_yet(store):
        password = secrets.token_urlsafe(9)
        actor = accounts.create_owner_with_admin(
            store, "City of Bekasi (demo)", EMAIL, password, name="Demo"
        )
        note.touch(mode=0o600)
        note.write_text(password)
        stored = estates.add_estate(store, actor, demo_estate(SEED))
        plans.add_plan(store, actor, stored.estate_id, plan)
    return note.read_text() if note.is_file() else "the password you set"
