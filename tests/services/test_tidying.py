"""What is kept for a time only goes by itself; what is younger stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from planner.db.store import EVERY_OWNER
from planner.db.tables import AttemptRow, DayFileRow
from planner.services import accounts, estates, presence
from planner.services.tidying import tidy
from tests.factories import small_estate

if TYPE_CHECKING:
    from planner.db.store import Store
    from tests.factories import People


def count(store: Store, kind: type) -> int:
    with store.reading(EVERY_OWNER) as scope:
        return scope.execute(select(func.count()).select_from(kind)).scalar() or 0


def test_a_file_that_nobody_decided_on_and_failed_sign_ins_go_when_their_time_is_over(
    store: Store, people: People
) -> None:
    estate_id = estates.add_estate(store, people.planner, small_estate()).estate_id
    presence.receive(store, people.planner, estate_id, b"badge,time\n1,2", "b.csv", "badges")
    accounts.sign_in(store, "nobody@example.invalid", "x", store.now())
    assert tidy(store) == 0
    later = replace(store, now=lambda: store.now() + dt.timedelta(minutes=16))
    assert tidy(later) == 1
    assert (count(store, DayFileRow), count(store, AttemptRow)) == (1, 0)
    tomorrow = replace(store, now=lambda: store.now() + dt.timedelta(days=1, seconds=1))
    assert tidy(tomorrow) == 1
    assert count(store, DayFileRow) == 0
