"""`planner bench load`: signed-in users reading and editing while runs are solved."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.cli.harness import PASSWORD, Browser, Installation

if TYPE_CHECKING:
    import argparse

    from planner.services.access import Actor

_P95: Final = 0.300
_OWNERS: Final = 10
_EDITS: Final = 0.2
_PAGES: Final = ("", "/stack", "/data", "/data/teams", "/attendance", "/assumptions", "/plans",
                 "/floors/{floor}")  # fmt: skip
_THINK: Final = (1.0, 3.0)
_SOLVES: Final = 2
_SOLVED: Final = (90, 900)
"""Floors and teams of what is solved meanwhile: large enough to take the whole time."""


@dataclass
class Tally:
    """What the users met."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    edits: int = 0
    conflicts: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser("load", help="users reading and editing while runs are solved")
    suite.add_argument("--users", type=int, default=50)
    suite.add_argument("--seconds", type=int, default=120)
    suite.add_argument("--webs", type=int, default=1, help="web processes (1)")
    suite.add_argument("--database", default="", help="URL of an empty PostgreSQL database")
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Let the users work, then compare what they saved with what is stored; 1 if a target fails."""
    with tempfile.TemporaryDirectory(prefix="planner-load-") as folder:
        site = Installation(Path(folder), args.database, webs=args.webs)
        people = _filled(site, args.users)
        site.start()
        try:
            tally, saved = _work(site, people, args.seconds)
            solving = _solving(site)
            lost = _lost(site, people, saved)
        finally:
            site.stop()
    times = sorted(tally.seconds)
    p95 = times[int(0.95 * (len(times) - 1))] if times else None
    told = {
        "users": args.users,
        "seconds": args.seconds,
        "requests": len(times),
        "median_ms": round(times[len(times) // 2] * 1000) if times else None,
        "p95_ms": None if p95 is None else round(p95 * 1000),
        "slowest_ms": round(times[-1] * 1000) if times else None,
        "edits": tally.edits,
        "conflicts_told": tally.conflicts,
        "errors": len(tally.errors),
        "lost_edits": lost,
        "still_solving": solving,
    }
    sys.stdout.write(json.dumps(told) + "\n" if args.json else _lines(told, tally.errors))
    missed = p95 is None or p95 > _P95 or solving < _SOLVES
    return int(bool(tally.errors or lost or missed))


def _lines(told: dict[str, Any], errors: list[str]) -> str:
    lines = [f"{name.replace('_', ' '):<16}{value}" for name, value in told.items()]
    return "\n".join([*lines, *errors[:5]]) + "\n"


@dataclass(frozen=True)
class Person:
    """A user and the team whose name the user changes."""

    email: str
    estate: str
    team: str
    floor: str
    actor: Actor


def _filled(site: Installation, users: int) -> list[Person]:
    """Make the owners with a demo estate, a run of a large one for two of them, and the users."""
    from planner.db.store import open_store
    from planner.demo import demo_estate
    from planner.demo.large import large_estate
    from planner.optimise.options import Options
    from planner.services import accounts, estates, plans
    from planner.services.access import Role

    store = open_store(site.database)
    estate, people = demo_estate(1), []
    for at in range(min(_OWNERS, users)):
        admin = accounts.create_owner_with_admin(
            store, f"Owner {at}", f"boss{at}@bench.invalid", PASSWORD
        )
        ident = estates.add_estate(store, admin, estate).estate_id
        if at < _SOLVES:
            large = estates.add_estate(store, admin, large_estate(*_SOLVED)).estate_id
            plans.start_plan(store, admin, large, Options(seconds=300))
        for number in range(at, users, _OWNERS):
            email = f"user{number}@bench.invalid"
            accounts.add_user(store, admin, email, PASSWORD, roles=[Role.PLANNER])
            team = estate.teams[number % len(estate.teams)].code
            floor = estate.floors[number % len(estate.floors)].code
            people.append(Person(email, ident, team, floor, admin))
    store.close()
    return people


def _work(site: Installation, people: list[Person], seconds: int) -> tuple[Tally, dict[str, str]]:
    tally = Tally()
    saved: dict[str, str] = {}
    browsers = [Browser(site.ports[at % len(site.ports)]) for at in range(len(people))]
    for browser, person in zip(browsers, people, strict=True):
        browser.sign_in(person.email)
    until = time.monotonic() + seconds

    def user(at: int) -> None:
        dice = random.Random(at)
        person, browser = people[at], browsers[at]
        while time.monotonic() < until:
            time.sleep(dice.uniform(*_THINK))
            with contextlib.suppress(_Failed):
                if dice.random() < _EDITS:
                    _edit(browser, person, tally, saved)
                else:
                    page = dice.choice(_PAGES).format(floor=person.floor)
                    _timed(tally, browser.get, f"/estates/{person.estate}{page}")

    threads = [threading.Thread(target=user, args=(at,)) for at in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally, saved


class _Failed(Exception):
    """A request failed and was noted."""


def _timed(tally: Tally, ask: Any, *words: Any, **values: Any) -> tuple[int, str]:
    began = time.perf_counter()
    try:
        status, text = ask(*words, **values)
    except (OSError, http.client.HTTPException) as failure:
        with tally.lock:
            tally.errors.append(f"{words[0]}: {failure!r}")
        raise _Failed from None
    with tally.lock:
        tally.seconds.append(time.perf_counter() - began)
        if status >= http.client.BAD_REQUEST and status != http.client.CONFLICT:
            tally.errors.append(f"{words[0]}: {status}")
    return status, text


def _edit(browser: Browser, person: Person, tally: Tally, saved: dict[str, str]) -> None:
    """Give the user's own team another name; a conflict is told, and tried again once more."""
    path = f"/estates/{person.estate}/data/teams/edit?key={person.team}"
    for _ in range(5):
        _, page = _timed(tally, browser.get, path)
        name = f"{person.team} {time.monotonic_ns()}"
        values = _fields(page) | {"name": name}
        status, _ = _timed(tally, browser.post, path, page, **values)
        with tally.lock:
            if status == http.client.SEE_OTHER:
                tally.edits += 1
                saved[person.email] = name
                return
            tally.conflicts += 1


def _fields(page: str) -> dict[str, str]:
    """Return the values that stand in the record's form."""
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        values: dict[str, str] = {}  # noqa: RUF012
        inside, select = False, ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            name = given.get("name") or ""
            if tag == "form":
                self.inside = "data-guard" in given
            if not self.inside or (name in {"csrf_token", "version"}):
                return
            if tag == "input" and name and given.get("type") not in {"checkbox", "radio"}:
                self.values[name] = given.get("value") or ""
            if tag == "input" and name and "checked" in given:
                self.values[name] = given.get("value") or ""
            if tag == "select":
                self.select = name
            if tag == "option" and self.select and "selected" in given:
                self.values[self.select] = given.get("value") or ""

        def handle_endtag(self, tag: str) -> None:
            if tag == "form":
                self.inside = False

    reader = Reader()
    reader.values = {}
    reader.feed(page)
    return reader.values


def _solving(site: Installation) -> int:
    """Return how many runs are at work: those that were asked for at first, if all went well."""
    from planner.db.store import open_store
    from planner.services.system import status_of

    store = open_store(site.database)
    runs = status_of(store).runs
    store.close()
    return runs["running"]


def _lost(site: Installation, people: list[Person], saved: dict[str, str]) -> int:
    """Return how many names that were saved are not the ones stored."""
    from planner.db.store import open_store
    from planner.services import estates

    store = open_store(site.database)
    lost = 0
    for person in people:
        if person.email not in saved:
            continue
        estate = estates.get_estate(store, person.actor, person.estate).estate
        names = {team.code: team.name for team in estate.teams}
        lost += names[person.team] != saved[person.email]
    store.close()
    return lost
