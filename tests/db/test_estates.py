"""An estate comes back from either database as it went in."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from planner.db.backup import back_up, restore
from planner.db.estates import insert_estate, load_estate
from planner.db.migrate import downgrade, newest, revision_of, upgrade
from planner.db.packing import pack_estate, unpack_estate
from planner.db.store import Store
from planner.db.tables import AuditRow, EstateRow, FloorRow
from planner.demo import demo_estate
from planner.domain.attendance import Attendance
from planner.errors import Conflict, InvalidInput, NotFound
from planner.services import estates, records
from tests.factories import small_estate

if TYPE_CHECKING:
    from pathlib import Path

    from planner.domain.estate import Estate
    from planner.domain.records import Team
    from tests.factories import People


def stored(store: Store, owner: str, estate: Estate) -> str:
    with store.writing(owner) as scope:
        return insert_estate(scope, estate, store.now())


def loaded(store: Store, owner: str, estate_id: str) -> Estate:
    with store.reading(owner) as scope:
        return load_estate(scope, estate_id)


def test_the_demo_estate_keeps_its_hash(store: Store, people: People) -> None:
    estate = demo_estate(1)
    owner = people.planner.owner
    assert loaded(store, owner, stored(store, owner, estate)).hash == estate.hash


def test_records_keep_their_order(store: Store, people: People) -> None:
    estate = demo_estate(1)
    owner = people.planner.owner
    found = loaded(store, owner, stored(store, owner, estate))
    assert [floor.code for floor in found.floors] == [floor.code for floor in estate.floors]


def test_row_order_does_not_matter_to_the_hash(store: Store, people: People) -> None:
    estate = demo_estate(1)
    teams = list(estate.teams)
    random.Random(1).shuffle(teams)
    owner = people.planner.owner
    mixed = stored(store, owner, replace(estate, teams=tuple(teams)))
    assert loaded(store, owner, mixed).hash == estate.hash


def test_money_keeps_every_digit(store: Store, people: People) -> None:
    estate = small_estate()
    (building,) = estate.buildings
    exact = building.model_copy(update={"rent_per_m2_month": Decimal("999999999999999.999")})
    owner = people.planner.owner
    found = loaded(store, owner, stored(store, owner, replace(estate, buildings=(exact,))))
    assert found.buildings[0].rent_per_m2_month == Decimal("999999999999999.999")


def test_another_owner_finds_no_estate(store: Store, people: People) -> None:
    estate_id = stored(store, people.planner.owner, small_estate())
    with pytest.raises(NotFound):
        loaded(store, people.outsider.owner, estate_id)


def test_a_query_without_owner_sees_its_own_rows_only(store: Store, people: People) -> None:
    stored(store, people.planner.owner, small_estate())
    with store.reading(people.outsider.owner) as scope:
        assert scope.execute(select(FloorRow)).first() is None
        assert scope.get(EstateRow, "x") is None


def test_an_update_without_owner_changes_its_own_rows_only(store: Store, people: People) -> None:
    estate_id = stored(store, people.planner.owner, small_estate())
    with store.writing(people.outsider.owner) as scope:
        scope.execute(update(FloorRow).values(seats=0))
    assert loaded(store, people.planner.owner, estate_id).floors[0].seats == 10


def test_a_row_of_another_owner_is_not_added(store: Store, people: People) -> None:
    with pytest.raises(TypeError, match="another owner"), store.writing("mine") as scope:
        scope.add(
            EstateRow(
                owner_id=people.planner.owner,
                **small_estate().header.model_dump(),
                created_at=store.now(),
                changed_at=store.now(),
            )
        )


@pytest.mark.parametrize("change", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_the_audit(
    store: Store, people: People, change: str
) -> None:
    with pytest.raises(DBAPIError, match="only be added"), store.engine.begin() as connection:
        connection.execute(text(change))


def test_the_session_refuses_to_change_the_audit(store: Store, people: People) -> None:
    with pytest.raises(TypeError, match="added"), store.writing(people.admin.owner) as scope:
        scope.execute(select(AuditRow)).scalars().first().action = "x"


def test_migrations_go_down_and_up_again(store: Store) -> None:
    downgrade(store.engine, "base")
    assert revision_of(store.engine) is None
    upgrade(store.engine)
    assert revision_of(store.engine) == newest()


def test_migrations_make_the_tables_that_the_program_declares(store: Store) -> None:
    with store.engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(found, SQLModel.metadata) == []


def test_a_packed_estate_keeps_its_hash() -> None:
    estate = demo_estate(1)
    assert unpack_estate(pack_estate(estate)).hash == estate.hash


def test_half_a_million_team_days_keep_their_hash(store: Store, people: People) -> None:
    days = tuple(dt.date(2026, 1, 1) + dt.timedelta(at) for at in range(250))
    teams = tuple(sorted(f"T{at}" for at in range(2000)))
    present = np.random.default_rng(1).integers(0, 50, (250, 2000), np.int32)
    table = Attendance(days, teams, present, np.ones(present.shape, np.bool_))
    estate = replace(small_estate(), attendance=table)
    owner = people.planner.owner
    assert loaded(store, owner, stored(store, owner, estate)).hash == estate.hash


def test_a_destroyed_database_comes_back_from_its_backup(
    store: Store, people: People, tmp_path: Path
) -> None:
    owner = people.planner.owner
    estate_id = stored(store, owner, demo_estate(1))
    rows = back_up(store.engine, tmp_path / "all.gz")
    downgrade(store.engine, "base")
    upgrade(store.engine)
    assert restore(store.engine, tmp_path / "all.gz") == rows
    assert loaded(store, owner, estate_id).hash == demo_estate(1).hash
    assert stored(store, owner, small_estate()) != estate_id


def test_a_backup_is_not_restored_over_what_is_there(
    store: Store, people: People, tmp_path: Path
) -> None:
    back_up(store.engine, tmp_path / "all.gz")
    with pytest.raises(Conflict, match="not empty"):
        restore(store.engine, tmp_path / "all.gz")


def test_a_backup_that_is_cut_off_restores_nothing(
    store: Store, people: People, tmp_path: Path
) -> None:
    owner = people.planner.owner
    estate_id = stored(store, owner, small_estate())
    back_up(store.engine, tmp_path / "all.gz")
    whole = (tmp_path / "all.gz").read_bytes()
    (tmp_path / "half.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InvalidInput, match="no whole backup"):
        restore(store.engine, tmp_path / "half.gz", replace=True)
    assert loaded(store, owner, estate_id).hash == small_estate().hash


def test_a_change_made_in_another_process_is_read_whole(store: Store, people: People) -> None:
    """Only the sheets that changed are read again; after an undo everything is."""
    actor, here, there = people.planner, store, Store(store.engine, store.now)
    estate_id = estates.add_estate(here, actor, demo_estate(1)).estate_id
    assert estates.get_estate(there, actor, estate_id).estate.hash == demo_estate(1).hash
    first, second = demo_estate(1).teams[:2]

    def rename(team: Team, name: str, version: int) -> None:
        values = {**team.model_dump(), "name": name}
        records.put_record(here, actor, estate_id, "teams", (team.code,), values, version)

    def same() -> bool:
        with here.reading(actor.owner) as scope:
            stored_now = load_estate(scope, estate_id)
        return estates.get_estate(there, actor, estate_id).estate.hash == stored_now.hash

    rename(first, "One", 1)
    rename(second, "Two", 2)
    assert same()
    before = estates.get_estate(there, actor, estate_id).estate
    rename(first, "Three", 3)
    assert same()
    assert estates.get_estate(there, actor, estate_id).estate.floors is before.floors
    records.undo(here, actor, estate_id, 4)
    assert same()
    header = demo_estate(1).header.model_copy(update={"name": "Renamed"})
    records.put_record(here, actor, estate_id, "estate", (), header.model_dump(), 5)
    assert same()
