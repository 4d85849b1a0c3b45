"""Small things that tests need: estates, owners and people, databases."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.db.engine import open_engine
from planner.db.migrate import downgrade
from planner.db.store import open_store
from planner.domain.attendance import attendance_from
from planner.domain.estate import Estate
from planner.domain.records import Assumption, Building, Floor, Header, Seating, Team
from planner.services import accounts
from planner.services.access import Role
from tests.samples import postgres_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.db.store import Store
    from planner.services.access import Actor

PASSWORD = "correct horse battery staple"
DATABASES = ("sqlite", "postgresql")


def small_estate(name: str = "Two floors") -> Estate:
    """Return one building with two floors of ten seats and two teams of four people."""
    floors = (("A1", 1), ("A2", 2))
    return Estate(
        header=Header(name=name, owner="City", country="ID", currency="IDR"),
        buildings=(
            Building(
                code="A",
                name="Hall",
                site="Centre",
                rent_per_m2_month=Decimal(128000),
                running_cost_per_m2_month=Decimal(31000),
            ),
        ),
        floors=tuple(
            Floor(building="A", code=code, level=level, lettable_area_m2=Decimal("100.5"), seats=10)
            for code, level in floors
        ),
        teams=(
            Team(code="T1", name="Roads", headcount=4, attendance_rate=Decimal("0.5")),
            Team(code="T2", name="Parks", headcount=4, attendance_rate=Decimal("0.5")),
        ),
        seating=(
            Seating(team="T1", floor="A1", people=4),
            Seating(team="T2", floor="A2", people=4),
        ),
        attendance=attendance_from([]),
        assumptions=(Assumption(key="discount_rate", value="0.07"),),
    )


@dataclass(frozen=True)
class People:
    """One of each role with one owner, and somebody of another owner."""

    admin: Actor
    planner: Actor
    finance: Actor
    viewer: Actor
    outsider: Actor


def people_in(store: Store) -> People:
    """Make two owners with their people."""
    admin = accounts.create_owner_with_admin(store, "City", "ani@kota.id", PASSWORD)
    outsider = accounts.create_owner_with_admin(store, "Elsewhere", "citra@lain.id", PASSWORD)

    def add(role: Role) -> Actor:
        email = f"{role}@kota.id"
        actor = accounts.actor_of(
            store, accounts.add_user(store, admin, email, PASSWORD, roles=[role])
        )
        assert actor is not None
        return actor

    return People(admin, add(Role.PLANNER), add(Role.FINANCE), add(Role.VIEWER), outsider)


def database_url(kind: str, folder: Path) -> str:
    """Return the address of an empty database; skips where there is no PostgreSQL to test on."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'planner.db'}"
    url = postgres_url()
    engine = open_engine(url)
    downgrade(engine, "base")
    engine.dispose()
    return url


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Store]:
    """Give an open, empty database of a kind."""
    store = open_store(database_url(kind, folder))
    try:
        yield store
    finally:
        store.close()
