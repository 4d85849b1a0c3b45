"""The program that looks for what must never be: it says nothing of a sound database, and finds
each thing that is broken by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from planner.demo import demo_estate
from planner.domain.plan import parse_plan
from planner.optimise.options import Options
from planner.services import estates, plans, proposals
from planner.services.chain import make_plan
from planner.services.soundness import unsound
from tests.factories import small_estate

if TYPE_CHECKING:
    from planner.db.store import Store
    from tests.factories import People


@pytest.fixture(scope="module")
def plan():
    return make_plan(small_estate(), Options(seconds=2))


@pytest.fixture
def filled(store: Store, people: People, plan) -> Store:
    actor = people.planner
    estate = estates.add_estate(store, actor, small_estate()).estate_id
    made = plans.add_plan(store, actor, estate, plan)
    proposal = proposals.create(store, actor, made, "Let it")
    proposals.submit(store, actor, proposal)
    proposals.approve(store, people.finance, proposal, 1)
    plans.start_plan(store, actor, estate, Options())
    return store


def test_an_estate_with_counted_days_is_sound(store: Store, people: People) -> None:
    estates.add_estate(store, people.planner, demo_estate(1))
    assert list(unsound(store)) == []


def test_a_sound_database_raises_nothing(filled: Store) -> None:
    assert list(unsound(filled, deep=True)) == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE run SET state = 'lost'", "has the state 'lost'"),
        ("UPDATE run SET state = 'done', ended_at = queued_at", "has no plan"),
        ("UPDATE run SET state = 'done'", "its end is None"),
        ("UPDATE run SET state = 'running'", "nobody has taken it up"),
        ("UPDATE run SET state = 'parted'", "has none"),
        ("UPDATE run SET state = 'failed', ended_at = queued_at", "does not say why"),
        ("UPDATE plan SET npv = npv + 1", "says other figures"),
        ("UPDATE plan SET hash = 'x'", "is not what its hash says"),
        ("UPDATE plan SET estate_hash = 'x'", "an estate that was not kept"),
        ("UPDATE plan SET run_id = (SELECT id FROM run)", "has made plan"),
        ("UPDATE proposal SET newest = 2", "newest is 2"),
        ("UPDATE proposal_version SET state = 'x'", "has the state 'x'"),
        ("UPDATE proposal_version SET decided_by = submitted_by", "second pair of eyes"),
    ],
)
def test_each_damage_is_named(filled: Store, damage: str, told: str) -> None:
    with filled.engine.begin() as connection:
        connection.execute(text(damage))
    found = [str(one) for one in unsound(filled)]
    assert [one for one in found if told in one], found


def test_a_plan_changed_by_hand_fails_the_deep_check(filled: Store) -> None:
    with filled.engine.begin() as connection:
        content = connection.execute(text("SELECT content FROM plan")).scalar()
        told = json.loads(content)
        told["placements"][0]["people"] -= 1
        forged = parse_plan(json.dumps(told))
        connection.execute(
            text("UPDATE plan SET content = :content, hash = :hash, people_moved = :moved"),
            {
                "content": forged.to_json(),
                "hash": forged.hash,
                "moved": forged.people_moved,
            },
        )
    assert list(unsound(filled)) == []
    assert list(unsound(filled, deep=True))
