"""The life of a proposal: who may do what when, and what never changes, on each database."""

from dataclasses import replace
from functools import cache

import pytest
from sqlalchemy import select

from planner.db.tables import AuditRow
from planner.errors import Conflict, InvalidInput, NotFound, Refused
from planner.optimise.options import Options
from planner.services import estates, plans, proposals
from planner.services.access import Role
from planner.services.chain import make_plan
from tests.factories import small_estate


@cache
def solved(name):
    return make_plan(small_estate(), Options(name=name, seconds=1))


@pytest.fixture
def plan(store, people):
    stored = estates.add_estate(store, people.planner, small_estate())
    return plans.add_plan(store, people.planner, stored.estate_id, solved("First"))


@pytest.fixture
def draft(store, people, plan):
    return proposals.create(store, people.planner, plan, "Free a floor", "Look at the void")


def states(store, people, proposal):
    found = proposals.get(store, people.viewer, proposal)
    return [(one.state, one.decision) for one in found.versions]


def both(person):
    """Return a person who may plan and decide."""
    return replace(person, roles=frozenset({Role.PLANNER, Role.FINANCE}))


def test_a_draft_is_submitted_and_approved_and_each_step_is_on_record(store, people, draft):
    assert proposals.get(store, people.planner, draft).may_submit
    proposals.submit(store, people.planner, draft)
    assert not proposals.get(store, people.planner, draft).may_decide
    assert proposals.get(store, people.finance, draft).may_decide
    proposals.approve(store, people.finance, draft, 1, "Agreed")
    version = proposals.get(store, people.viewer, draft).versions[0]
    assert (version.state, version.decision, version.comment) == ("approved", "approved", "Agreed")
    with store.reading(people.planner.owner) as scope:
        rows = scope.execute(
            select(AuditRow).where(AuditRow.subject_id == draft).order_by(AuditRow.id)
        ).scalars()
        assert [(row.action, row.actor_id) for row in rows] == [
            ("create", people.planner.id),
            ("submit", people.planner.id),
            ("approved", people.finance.id),
        ]


def test_sent_back_it_needs_a_comment_and_the_next_version_replaces_it(store, people, plan, draft):
    proposals.submit(store, people.planner, draft)
    with pytest.raises(InvalidInput, match="Enter what should change"):
        proposals.send_back(store, people.finance, draft, 1, " ")
    proposals.send_back(store, people.finance, draft, 1, "A longer void")
    assert states(store, people, draft) == [("sent_back", "sent_back")]
    assert proposals.revise(store, people.planner, draft, plan) == 2
    assert states(store, people, draft) == [("superseded", "sent_back"), ("draft", "")]


def test_once_a_later_version_is_approved_the_earlier_no_longer_holds(store, people, plan, draft):
    for number in (1, 2):
        if number > 1:
            proposals.revise(store, people.planner, draft, plan)
            assert states(store, people, draft)[0] == ("approved", "approved")
        proposals.submit(store, people.planner, draft)
        proposals.approve(store, people.finance, draft, number)
    assert states(store, people, draft) == [
        ("superseded", "approved"),
        ("approved", "approved"),
    ]


def test_nobody_decides_what_they_drafted_or_submitted(store, people, draft):
    proposals.submit(store, people.planner, draft)
    assert not proposals.get(store, both(people.planner), draft).may_decide
    for decide in (
        lambda: proposals.approve(store, both(people.planner), draft, 1),
        lambda: proposals.send_back(store, both(people.planner), draft, 1, "No"),
    ):
        with pytest.raises(Refused, match="somebody else decides it"):
            decide()


def test_a_draft_that_another_hands_in_is_still_not_the_drafters_to_decide(store, people, plan):
    drafted = proposals.create(store, both(people.finance), plan, "Mine")
    proposals.submit(store, people.planner, drafted)
    with pytest.raises(Refused, match="You drafted this proposal"):
        proposals.approve(store, people.finance, drafted, 1)


def test_a_submitted_version_is_neither_replaced_nor_submitted_again(store, people, plan, draft):
    proposals.submit(store, people.planner, draft)
    with pytest.raises(Conflict, match="decided first"):
        proposals.revise(store, people.planner, draft, plan)
    with pytest.raises(Conflict, match="only a draft"):
        proposals.submit(store, people.planner, draft)
    with pytest.raises(Conflict, match="holds this plan"):
        plans.delete_plan(store, people.planner, plan)


def test_who_read_another_version_decides_nothing(store, people, plan, draft):
    proposals.revise(store, people.planner, draft, plan)
    proposals.submit(store, people.planner, draft)
    with pytest.raises(Conflict, match="Version 2 is the newest"):
        proposals.approve(store, people.finance, draft, 1)
    proposals.approve(store, people.finance, draft, 2)
    with pytest.raises(Conflict, match="not submitted"):
        proposals.send_back(store, people.finance, draft, 2, "Too late")


def test_each_role_does_its_own_part_and_outsiders_find_nothing(store, people, plan, draft):
    for somebody in (people.viewer, people.finance):
        with pytest.raises(Refused):
            proposals.create(store, somebody, plan, "Not mine to make")
        with pytest.raises(Refused):
            proposals.submit(store, somebody, draft)
    proposals.submit(store, people.planner, draft)
    for somebody in (people.viewer, people.planner):
        with pytest.raises(Refused):
            proposals.approve(store, somebody, draft, 1)
    outsider = both(people.outsider)
    for attempt in (
        lambda: proposals.get(store, outsider, draft),
        lambda: proposals.approve(store, outsider, draft, 1),
        lambda: proposals.revise(store, outsider, draft, plan),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert proposals.search(store, outsider) == ()
