"""`planner bench kills`: processes killed at random in the middle of everything; nothing is lost.

While programs import estates, edit records, ask for runs and fetch documents over the API, one
process after another is killed with SIGKILL: web processes, the workers' supervisor, a worker, a
child that reads or renders. Afterwards everything is started once more, the queue runs empty, and
`planner db check` and a comparison with what was acknowledged say whether anything was lost.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.cli.harness import PASSWORD, Installation
from planner.errors import Unavailable

if TYPE_CHECKING:
    import argparse

    from planner.db.store import Store
    from planner.services.access import Actor

_DRAIN_SECONDS: Final = 600
_SOLVE_SECONDS: Final = 2
_CLIENTS: Final = 3
_READER_DIED: Final = b"breaks the reader"
"""How an import is refused whose reading child was killed."""
_PLANS: Final = 12
"""Of each estate at the start, so that there are documents to make from the first second on."""


@dataclass
class Record:
    """What was acknowledged: names of teams, runs by key, workbooks left to a worker by name."""

    names: dict[tuple[str, str], str] = field(default_factory=dict)
    runs: dict[str, str] = field(default_factory=dict)
    intakes: dict[str, str] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser("kills", help="kill processes at random; nothing may be lost")
    suite.add_argument("--kills", type=int, default=100)
    suite.add_argument("--seed", type=int, default=1)
    suite.add_argument("--pause", type=float, default=1.5, help="seconds between kills, about")
    suite.add_argument("--database", default="", help="URL of an empty PostgreSQL database")
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Torment an installation and say what was lost; 1 if anything was."""
    with tempfile.TemporaryDirectory(prefix="planner-kills-") as folder:
        site = Installation(Path(folder), args.database)
        store, boss, token, estates = _filled(site)
        site.start()
        record, over = Record(), threading.Event()
        clients = [
            threading.Thread(
                target=_client,
                args=(_Asking(site, token, record, store, boss), estates[at], at, record, over),
            )
            for at in range(_CLIENTS)
        ]
        try:
            for client in clients:
                client.start()
            killed = _torment(site, args)
            over.set()
            for client in clients:
                client.join()
            site.start()
            drained = _drain(site)
        finally:
            over.set()
            site.stop()
            store.close()
        wrong = record.strange + _unsound(site) + _lost(site, record)
    if not drained:
        wrong.append(f"after {_DRAIN_SECONDS} s runs still wait or are at work")
    told = {
        "killed": dict(killed),
        "done": dict(record.done),
        "cut_off": dict(record.cut),
        "runs": len(record.runs),
        "intakes": len(record.intakes),
        "wrong": wrong,
    }
    sys.stdout.write(json.dumps(told, indent=None if args.json else 1) + "\n")
    return int(bool(wrong))


def _filled(site: Installation) -> tuple[Store, Actor, str, list[str]]:
    from planner.db.store import open_store
    from planner.demo import demo_estate
    from planner.domain.plan import parse_plan
    from planner.optimise.options import Options
    from planner.services import accounts, estates, plans, tokens
    from planner.services.chain import make_plan

    store = open_store(site.database)
    boss = accounts.create_owner_with_admin(store, "City", "boss@bench.invalid", PASSWORD)
    demo = demo_estate(1)
    plan = make_plan(demo, Options(seconds=_SOLVE_SECONDS))
    made = [estates.add_estate(store, boss, demo).estate_id for _ in range(_CLIENTS)]
    for at in range(_PLANS * _CLIENTS):
        other = plan.model_copy(update={"name": f"Plan {at}"}, deep=False)
        plans.add_plan(store, boss, made[at % _CLIENTS], parse_plan(other.to_json()))
    token = tokens.create(store, boss, "kills", tokens.SCOPES, 1)
    return store, boss, token, made


def _torment(site: Installation, args: argparse.Namespace) -> Counter[str]:
    dice, killed = random.Random(args.seed), Counter[str]()
    while sum(killed.values()) < args.kills:
        time.sleep(dice.uniform(0.2, 2 * args.pause))
        name = dice.choice(["web0", "worker", "worker", "below web0", "below worker"])
        if name.startswith("below "):
            if site.kill_one_below(name.removeprefix("below "), dice):
                killed[name] += 1
            continue
        site.kill(name)
        killed[name] += 1
        site.start()
    return killed


def _client(
    ask: _Asking,
    estate: str,
    number: int,
    record: Record,
    over: threading.Event,
) -> None:
    """Use the API for one estate, one thing after the other, whatever happens to the site."""
    dice = random.Random(number)
    deeds = (_edit, _edit, _solve, _import, _take_in, _fetch, _fetch)
    while not over.is_set():
        deed = dice.choice(deeds)
        try:
            deed(ask, estate, dice, record)
        except (OSError, http.client.HTTPException, Unavailable):
            with record.lock:
                record.cut[deed.__name__.strip("_")] += 1
            time.sleep(0.2)


class _Asking:
    """Requests with a token; anything but success, a told conflict, pause or kill is strange."""

    def __init__(
        self, site: Installation, token: str, record: Record, store: Store, boss: Actor
    ) -> None:
        self._site, self._token, self._record = site, token, record
        self._store, self._boss = store, boss

    def take_in(self, name: str) -> str:
        """Leave a workbook of an estate of this name to a worker; "" where too many wait."""
        from dataclasses import replace

        from planner.demo import demo_estate
        from planner.domain.attendance import attendance_from
        from planner.errors import Conflict
        from planner.importers.workbook import estate_bytes
        from planner.services import taking_in

        demo = demo_estate(1)
        header = demo.header.model_copy(update={"name": name})
        named = replace(demo, header=header, attendance=attendance_from([]))
        try:
            return taking_in.ask_workbook(
                self._store, self._boss, estate_bytes(named), f"{name}.xlsx"
            )
        except Conflict:
            return ""

    def __call__(
        self, method: str, path: str, body: object = None, key: str = ""
    ) -> tuple[int, Any]:
        line = http.client.HTTPConnection("127.0.0.1", self._site.ports[0], timeout=60)
        head = {"Authorization": f"Bearer {self._token}"} | (
            {"Idempotency-Key": key} if key else {}
        )
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            head["Content-Type"] = "application/json"
        line.request(method, f"/api/v1{path}", data, head)
        answer = line.getresponse()
        raw = answer.read()
        line.close()
        fine = answer.status < http.client.BAD_REQUEST or answer.status in {
            http.client.CONFLICT,
            http.client.SERVICE_UNAVAILABLE,
        }
        fine = fine or _READER_DIED in raw
        if not fine:
            with self._record.lock:
                self._record.strange.append(f"{method} {path}: {answer.status} {raw[:200]!r}")
        told = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(raw) if told else raw


def _edit(ask: _Asking, estate: str, dice: random.Random, record: Record) -> None:
    """Rename a team; what was acknowledged must be there afterwards, or what came after it."""
    _, found = ask("GET", f"/estates/{estate}/teams?limit=1000")
    team = dice.choice(found["items"])
    name = f"{team['code']} {time.monotonic_ns()}"
    path = f"/estates/{estate}/teams/record?version={found['version']}&key={team['code']}"
    with record.lock:
        before = record.names.pop((estate, team["code"]), None)
    status, _ = ask("PUT", path, team | {"name": name})
    with record.lock:
        if status == http.client.OK:
            record.names[estate, team["code"]] = name
            record.done["edit"] += 1
        elif before is not None:
            record.names[estate, team["code"]] = before


def _solve(ask: _Asking, estate: str, dice: random.Random, record: Record) -> None:
    """Ask for a run under a key, again and again until it is acknowledged: it exists once."""
    key = f"run-{dice.getrandbits(60)}"
    for _ in range(40):
        try:
            status, told = ask(
                "POST", f"/estates/{estate}/runs", {"name": key, "seconds": _SOLVE_SECONDS}, key
            )
        except (OSError, http.client.HTTPException):
            time.sleep(0.5)
            continue
        if status == http.client.ACCEPTED:
            with record.lock:
                record.runs[key] = told["id"]
                record.done["run"] += 1
        return


def _import(ask: _Asking, estate: str, _dice: random.Random, record: Record) -> None:
    """Take the estate out as a workbook and in again as a new one; all of it or nothing."""
    _, book = ask("GET", f"/estates/{estate}/workbook")
    status, told = ask("POST", "/workbooks?filename=copy.xlsx", book)
    if status == http.client.CREATED:
        _, copy = ask("GET", f"/estates/{told['estate_id']}")
        with record.lock:
            record.done["import"] += 1
        ask("DELETE", f"/estates/{told['estate_id']}?version={copy['version']}")


def _take_in(ask: _Asking, _estate: str, dice: random.Random, record: Record) -> None:
    """Leave a workbook to a worker: it becomes one estate or none, however often one dies."""
    name = f"intake-{dice.getrandbits(60)}"
    run = ask.take_in(name)
    with record.lock:
        if run:
            record.intakes[name] = run
            record.done["intake"] += 1


def _fetch(ask: _Asking, estate: str, dice: random.Random, record: Record) -> None:
    """Fetch a document of a plan: it is made in a child process, then kept."""
    _, found = ask("GET", f"/estates/{estate}/plans?limit=100")
    plan = dice.choice(found["items"])
    name = dice.choice(["proposal.pdf", "model.xlsx"])
    status, _ = ask("GET", f"/plans/{plan['id']}/{name}?language={dice.choice(['en', 'id'])}")
    with record.lock:
        record.done["document"] += status == http.client.OK


def _drain(site: Installation) -> bool:
    """Wait until nothing waits or is at work; say whether it came to that."""
    from planner.db.store import open_store
    from planner.jobs import OPEN
    from planner.services.system import status_of

    store, until = open_store(site.database), time.monotonic() + _DRAIN_SECONDS
    try:
        while time.monotonic() < until:
            runs = status_of(store).runs
            if not any(runs[state] for state in OPEN):
                return True
            time.sleep(1)
        return False
    finally:
        store.close()


def _unsound(site: Installation) -> list[str]:
    from planner.db.store import open_store
    from planner.services.soundness import unsound

    store = open_store(site.database)
    found = [str(one) for one in unsound(store, deep=True)]
    store.close()
    return found


def _lost(site: Installation, record: Record) -> list[str]:
    """Return what was acknowledged and is not there, and what is there twice."""
    from sqlalchemy import select

    from planner.db.store import EVERY_OWNER, open_store
    from planner.db.tables import EstateRow, RunRow, TeamRow

    store = open_store(site.database)
    with store.reading(EVERY_OWNER) as scope:
        names = {
            (row.estate_id, row.code): row.name for row in scope.execute(select(TeamRow)).scalars()
        }
        runs = list(scope.execute(select(RunRow)).scalars())
        made = Counter(row.name for row in scope.execute(select(EstateRow)).scalars())
    store.close()
    wrong = [
        f"team {code} is called {names.get((estate, code))!r}, {name!r} was acknowledged"
        for (estate, code), name in record.names.items()
        if names.get((estate, code)) != name
    ]
    asked = Counter(row.name for row in runs if row.kind == "plan")
    there = {row.id: row.state for row in runs}
    wrong += [
        f"{name} was taken in {made[name]} times, its run is {there.get(run)}"
        for name, run in record.intakes.items()
        if made[name] != (there.get(run) == "done")
    ]
    wrong += [f"{name} was queued {count} times" for name, count in asked.items() if count > 1]
    return wrong + [f"{key} is gone" for key, run in record.runs.items() if run not in there]
