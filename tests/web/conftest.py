"""A site with an owner's four people and one outsider, on a database of its own."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import ezdxf
import pytest
from PIL import Image, ImageDraw

from planner.db.store import Store, open_store
from planner.db.tables import RunRow, StudyRow
from planner.domain.attendance import attendance_from
from planner.domain.records import Rule, Space
from planner.importers.plans import Backdrop
from planner.jobs import ERRANDS, vanish
from planner.optimise.options import Options
from planner.services import (
    accounts,
    backdrops,
    estates,
    plan_files,
    plans,
    presence,
    proposals,
    studying,
    taking_in,
)
from planner.services.access import Role
from planner.services.chain import look_into, make_plan
from planner.settings import load_settings
from planner.web.app import create_app
from planner.worker import Ending, work
from tests.estates import estate, floor, seat, team

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.study import Study
    from planner.services.access import Actor

PASSWORD = "correct horse battery"
NOW = dt.datetime(2026, 11, 24, 8, 14, tzinfo=dt.UTC)
FIRST_DAY = dt.date(2026, 9, 1)


def office() -> Estate:
    """Two buildings, six floors half used, seven teams, forty counted days."""
    teams = (
        team("LOKET", 10, onsite_class="public_service", department="Permits"),
        *(team(f"T{at}", 8, department="Works" if at < 4 else "Finance") for at in range(1, 7)),
    )
    seats = (seat("LOKET", "N1", 10), *(seat(f"T{at}", f, 8) for at, f in
             ((1, "N1"), (2, "N2"), (3, "N3"), (4, "S1"), (5, "S2"), (6, "S3"))))  # fmt: skip
    days = [FIRST_DAY + dt.timedelta(at) for at in range(56)]
    present = [
        (day, one.code, min(one.headcount, 3 + (day.weekday() + at) % 4))
        for day in days
        if day.weekday() < 5
        for at, one in enumerate(teams)
    ]
    rooms = (
        Space(floor="N1", number="1", name="Hall", category="open_office", seats=20,
              declared_area_m2=Decimal(150), outline=square(0, 0, 15, 10)),
        Space(floor="N1", number="2", name="Core", category="stairs",
              declared_area_m2=Decimal(50), outline=square(15, 0, 20, 10)),
    )  # fmt: skip
    return replace(
        estate(
            floors=tuple(floor(code) for code in ("N1", "N2", "N3", "S1", "S2", "S3")),
            teams=teams,
            seating=seats,
        ),
        spaces=rooms,
        attendance=attendance_from(present),
        rules=(Rule(rule="keep_floor", subject="S1", reason="The archive is here"),),
    )


def square(left: int, bottom: int, right: int, top: int) -> str:
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    ring = ",".join(f"[{x},{y}]" for x, y in corners)
    return f'{{"type":"Polygon","coordinates":[[{ring}]]}}'


PLATE = (40, 40, 960, 560)
"""Left, upper, right and lower pixel of the floor on the picture of a floor."""


def picture(metres_per_px: float | None = None) -> Backdrop:
    """Return a scanned floor: an outline of 920 by 520 pixels, a core, eight rooms."""
    image = Image.new("L", (1000, 600), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle(PLATE, outline=0, width=3)
    draw.rectangle((440, 220, 560, 380), outline=0, width=2)
    for at in range(4):
        for top, low in ((40, 200), (400, 560)):
            draw.rectangle((40 + 230 * at, top, 270 + 230 * at, low), outline=0, width=2)
    out = io.BytesIO()
    image.save(out, "PNG")
    return Backdrop(out.getvalue(), 1000, 600, metres_per_px)


@cache
def drawing() -> bytes:
    """Return a DXF of one floor: an outline and three rooms with numbers and names, metres."""
    document = ezdxf.new(units=6)
    model = document.modelspace()
    for layer in ("GROS$", "RM$", "RM$TXT"):
        document.layers.add(layer)
    gross = [(0, 0), (30, 0), (30, 12), (0, 12)]
    model.add_lwpolyline(gross, close=True, dxfattribs={"layer": "GROS$"})
    for number, (left, right) in enumerate(((0, 14), (14, 20), (20, 30)), start=1):
        ring = [(left + 0.2, 0.2), (right - 0.2, 0.2), (right - 0.2, 11.8), (left + 0.2, 11.8)]
        model.add_lwpolyline(ring, close=True, dxfattribs={"layer": "RM$"})
        for line, text in enumerate(
            (f"4.0{number}", ("Open office", "Stairs", "Meeting")[number - 1])
        ):
            place = (left + 1, 6 - line)
            model.add_text(text, dxfattribs={"layer": "RM$TXT", "height": 0.3}).set_placement(place)
    out = io.StringIO()
    document.write(out)
    return out.getvalue().encode()


def take_in(store: Store) -> int:
    """Do what a worker for files does, until none waits."""
    stale = dt.timedelta(seconds=20)
    taken = work(store, "w1", stale, Ending(), until_idle=True, kinds=ERRANDS)
    vanish(store, "w1")
    return taken


def at_once(*asked: Any, ask: Callable[..., str] = taking_in.ask_plan) -> str:
    """Have a floor plan read before the page goes on."""
    run = ask(*asked)
    take_in(asked[0])
    return run


@dataclass(frozen=True)
class House:
    """What the database holds: ids of estate, plan and proposal, and the people by name."""

    url: str
    estate: str
    plan: str
    proposal: str
    day_file: str
    people: dict[str, Actor]
    plan_file: str = ""


@pytest.fixture(scope="session")
def solved() -> Plan:
    return make_plan(office(), Options(name="First plan", seconds=5))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, solved: Plan) -> House:
    """Build the database once; every test works on a copy."""
    folder = tmp_path_factory.mktemp("built")
    store = open_store(f"sqlite:///{folder / 'planner.db'}", lambda: NOW)
    ani = accounts.create_owner_with_admin(
        store, "City of Test", "ani@example.org", PASSWORD, name="Ani Planner"
    )
    people = {"ani": ani}
    for name, role in (("budi", Role.VIEWER), ("sari", Role.FINANCE)):
        ident = accounts.add_user(
            store, ani, f"{name}@example.org", PASSWORD, roles=[role], name=name.title()
        )
        found = accounts.actor_of(store, ident)
        assert found is not None
        people[name] = found
    people["citra"] = accounts.create_owner_with_admin(
        store, "Elsewhere", "citra@example.org", PASSWORD, name="Citra"
    )
    stored = estates.add_estate(store, ani, office())
    backdrops.put_picture(store, ani, stored.estate_id, "N1", picture(0.02), "n1.png")
    backdrops.put_picture(store, ani, stored.estate_id, "N2", picture(), "n2.png")
    plan_file = plan_files.ask(store, ani, stored.estate_id, drawing(), "level-4.dxf")
    taking_in.ask_plan(store, ani, stored.estate_id, plan_file)
    take_in(store)
    plan = plans.add_plan(store, ani, stored.estate_id, solved)
    proposal = proposals.create(store, ani, plan, "Free what is empty", "Look at the void")
    proposals.submit(store, ani, proposal)
    days = b"date,team,present\n2026-11-02,T1,5\n"
    day_file = presence.receive(store, ani, stored.estate_id, days, "days.csv", "HR")
    url = str(store.engine.url)
    store.close()
    return House(url, stored.estate_id, plan, proposal, day_file, people, plan_file)


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    source = built.url.removeprefix("sqlite:///")
    shutil.copy(source, tmp_path / "planner.db")
    return replace(built, url=f"sqlite:///{tmp_path / 'planner.db'}")


@pytest.fixture
def store(house: House) -> Iterator[Store]:
    opened = open_store(house.url, lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    settings = load_settings({"PLANNER_DATA_DIR": str(tmp_path)})
    site = create_app(settings, store, lambda: NOW)
    site.config["WTF_CSRF_ENABLED"] = False
    site.config["TESTING"] = True
    monkeypatch.setattr(taking_in, "ask_plan", at_once)
    site.config["PROPAGATE_EXCEPTIONS"] = False
    return site


@pytest.fixture
def client_as(app: Flask, house: House) -> Callable[[str], FlaskClient]:
    """Return a browser in which somebody is signed in; "" for nobody."""

    def of(name: str) -> FlaskClient:
        client = app.test_client()
        if name:
            actor = house.people[name]
            with client.session_transaction() as session:
                session["user"], session["stamp"] = actor.id, actor.session
        return client

    return of


@pytest.fixture(scope="session")
def study(solved: Plan) -> Study:
    return look_into(office(), solved, 30)


@pytest.fixture
def studied(store: Store, house: House, study: Study) -> House:
    """Return the house with a finished study of its plan."""
    run = studying.start_study(store, house.people["ani"], house.plan, 30)
    with store.writing(house.people["ani"].owner) as scope:
        scope.add(
            StudyRow(run_id=run, plan_id=house.plan, content=study.to_json(), made_at=store.now())
        )
        scope.one(RunRow, "run", id=run).state = "done"
    return house


@pytest.fixture
def ani(client_as: Callable[[str], FlaskClient]) -> FlaskClient:
    return client_as("ani")
