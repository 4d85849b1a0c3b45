"""A long file is taken in by a worker: all of it once or nothing, whoever leaves meanwhile."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import openpyxl
import pytest
from sqlalchemy import func, select

from planner.db.store import EVERY_OWNER
from planner.db.tables import UploadRow
from planner.errors import Conflict, NotFound, PlannerError, Refused
from planner.importers.sandbox import Watch, read_apart
from planner.importers.workbook import read_estate
from planner.jobs import ERRANDS, KINDS, claim_next
from planner.services import accounts, estates, plans, presence, taking_in, uploads
from planner.services.access import Role
from planner.services.making import carry_out
from planner.services.tidying import tidy
from planner.worker import Ending, work
from tests.factories import small_estate

if TYPE_CHECKING:
    from planner.db.store import Store
    from tests.factories import People

STALE = dt.timedelta(seconds=20)
AT_ONCE = dt.timedelta(seconds=-1)
DAYS = b"date,team,present\n2026-11-02,T1,3\n2026-11-03,T1,2\n"


def taken(store: Store) -> int:
    return work(store, "w1", STALE, Ending(), until_idle=True, kinds=ERRANDS)


@pytest.fixture
def book(store: Store, people: People) -> bytes:
    known = estates.add_estate(store, people.planner, small_estate("To take away"))
    return estates.export_workbook(store, people.planner, known.estate_id)


@pytest.fixture
def estate(store: Store, people: People) -> str:
    return estates.add_estate(store, people.planner, small_estate("Here")).estate_id


def names(store: Store, people: People) -> list[str]:
    return [one.name for one in estates.list_estates(store, people.planner)]


def kept_files(store: Store) -> int:
    with store.reading(EVERY_OWNER) as scope:
        return scope.execute(select(func.count()).select_from(UploadRow)).scalar() or 0


def spoilt(book: bytes) -> bytes:
    """Return a workbook with two wrong cells on two sheets."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    for sheet, heading in (("teams", "People"), ("floors", "Seats")):
        head = next(
            cell
            for row in opened[sheet].iter_rows(max_row=9)
            for cell in row
            if str(cell.value or "").rstrip(" *") == heading
        )
        opened[sheet].cell(opened[sheet].max_row, int(head.column or 1)).value = "many"
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def test_a_workbook_becomes_an_estate_once_and_its_bytes_go(
    store: Store, people: People, book: bytes
) -> None:
    run = taking_in.ask_workbook(store, people.planner, book, "book.xlsx")
    assert taking_in.ask_workbook(store, people.planner, book, "book.xlsx") == run
    assert taking_in.intake_state(store, people.planner, run).estate_id is None
    assert taken(store) == 1
    state = taking_in.intake_state(store, people.planner, run)
    assert (state.state, state.stored, state.problems) == ("done", 9, ())
    found = estates.get_estate(store, people.planner, str(state.estate_id)).estate
    assert found.hash == small_estate("To take away").hash
    assert names(store, people).count("To take away") == 2
    assert kept_files(store) == 0


def test_everything_wrong_with_a_workbook_is_told_and_nothing_of_it_is_stored(
    store: Store, people: People, book: bytes, estate: str
) -> None:
    before = estates.get_estate(store, people.planner, estate)
    run = taking_in.ask_workbook(
        store, people.planner, spoilt(book), "book.xlsx", estate, before.version
    )
    taken(store)
    state = taking_in.intake_state(store, people.planner, run)
    assert (state.state, state.stored) == ("failed", None)
    places = [one.where for one in state.problems]
    assert len(places) == 2
    assert "teams" in places[0] + places[1]
    assert "floors" in places[0] + places[1]
    assert all("'many'" in one.message for one in state.problems)
    assert estates.get_estate(store, people.planner, estate).version == before.version
    assert kept_files(store) == 0
    again = taking_in.ask_workbook(
        store, people.planner, spoilt(book), "book.xlsx", estate, before.version
    )
    assert again != run


def test_a_worker_that_is_killed_is_followed_by_another_and_its_own_work_counts_for_nothing(
    store: Store, people: People, book: bytes
) -> None:
    run = taking_in.ask_workbook(store, people.planner, book, "book.xlsx")
    lost = claim_next(store, "w1", STALE, ERRANDS)
    taken_over = claim_next(store, "w2", AT_ONCE, ERRANDS)
    assert lost is not None
    assert taken_over is not None
    carry_out(store, lost)
    assert names(store, people).count("To take away") == 1
    carry_out(store, taken_over)
    carry_out(store, lost)
    assert names(store, people).count("To take away") == 2
    assert taking_in.intake_state(store, people.planner, run).state == "done"


def test_what_changed_meanwhile_is_not_written_over(
    store: Store, people: People, book: bytes, estate: str
) -> None:
    run = taking_in.ask_workbook(store, people.planner, book, "book.xlsx", estate, 1)
    estates.change(store, people.planner, estate, 1, lambda _: small_estate("Newer"), "by hand")
    taken(store)
    state = taking_in.intake_state(store, people.planner, run)
    assert state.state == "failed"
    assert "changed" in state.problems[0].message
    assert "Newer" in names(store, people)


def test_a_file_that_waits_is_stopped_at_once_and_one_being_read_soon(
    store: Store, people: People, book: bytes
) -> None:
    run = taking_in.ask_workbook(store, people.planner, book, "book.xlsx")
    taking_in.stop(store, people.planner, run)
    assert taking_in.intake_state(store, people.planner, run).state == "stopped"
    assert kept_files(store) == 0
    run = taking_in.ask_workbook(store, people.planner, book, "book.xlsx")
    claim = claim_next(store, "w1", STALE, ERRANDS)
    assert claim is not None
    taking_in.stop(store, people.planner, run)
    carry_out(store, claim)
    assert taking_in.intake_state(store, people.planner, run).state in {"stopped", "done"}
    assert (names(store, people).count("To take away") == 2) == (
        taking_in.intake_state(store, people.planner, run).state == "done"
    )


def test_the_reader_of_a_file_ends_when_it_is_to_stop(book: bytes) -> None:
    reader = partial(read_apart, read_estate, watch=Watch(lambda: True))
    with pytest.raises(PlannerError, match="stopped; nothing was stored"):
        uploads.read_upload(book, "book.xlsx", reader)


def test_an_attendance_file_is_read_once_and_stored_once(
    store: Store, people: People, estate: str
) -> None:
    actor = people.planner
    file = presence.receive(store, actor, estate, DAYS, "days.csv", "HR")
    look = taking_in.ask_days(store, actor, estate, file)
    assert taking_in.ask_days(store, actor, estate, file) == look
    taken(store)
    assert presence.waiting_file(store, actor, estate, file).is_looked_at
    read = presence.review(store, actor, estate, file)
    assert read.look.report is not None
    assert (read.look.report.team_days, read.ready) == (2, True)
    run = taking_in.ask_days(store, actor, estate, file, 1)
    taken(store)
    state = taking_in.intake_state(store, actor, run)
    assert (state.state, state.stored, state.what) == ("done", 2, "days")
    found = estates.get_estate(store, actor, estate)
    assert (found.version, len(found.estate.attendance)) == (2, 2)
    with pytest.raises(Conflict):
        taking_in.ask_days(store, actor, estate, file, 2)


def test_what_is_said_of_a_file_makes_it_read_again(
    store: Store, people: People, estate: str
) -> None:
    actor = people.planner
    file = presence.receive(store, actor, estate, DAYS, "days.csv", "HR")
    taking_in.ask_days(store, actor, estate, file)
    claim = claim_next(store, "w1", STALE, ERRANDS)
    assert claim is not None
    read = presence.review(store, actor, estate, file)

    presence.say(store, actor, estate, file, replace(read.said, date_order="dmy"))
    carry_out(store, claim)
    assert presence.waiting_file(store, actor, estate, file).is_looked_at
    presence.say(store, actor, estate, file, replace(read.said, date_order="mdy"))
    assert not presence.waiting_file(store, actor, estate, file).is_looked_at


def test_files_wait_with_documents_not_with_searches_and_the_bell_tells_their_own(
    store: Store, people: People, book: bytes
) -> None:
    run = taking_in.ask_workbook(store, people.planner, book, "book.xlsx")
    assert claim_next(store, "w1", STALE, KINDS - ERRANDS) is None
    told = plans.list_runs(store, people.planner, errands=True)
    assert [(one.id, one.kind) for one in told] == [(run, "import")]
    assert plans.list_runs(store, people.viewer, errands=True) == ()
    assert plans.list_runs(store, people.planner) == ()


def test_only_who_may_change_the_estate_hands_files_in_or_sees_them(
    store: Store, people: People, book: bytes, estate: str
) -> None:
    run = taking_in.ask_workbook(store, people.planner, book, "book.xlsx", estate, 1)
    with pytest.raises(Refused):
        taking_in.ask_workbook(store, people.viewer, book, "book.xlsx")
    with pytest.raises(Refused):
        taking_in.intake_state(store, people.viewer, run)
    with pytest.raises(NotFound):
        taking_in.intake_state(store, people.outsider, run)
    with pytest.raises(NotFound):
        taking_in.stop(store, people.outsider, run)
    with pytest.raises(NotFound):
        taking_in.ask_workbook(store, people.outsider, book, "book.xlsx", estate, 1)


def test_whoever_may_not_change_the_estate_any_more_stores_nothing(
    store: Store, people: People, book: bytes
) -> None:
    ident = accounts.add_user(
        store, people.admin, "new@example.org", "correct horse battery", roles=[Role.PLANNER]
    )
    actor = accounts.actor_of(store, ident)
    assert actor is not None
    run = taking_in.ask_workbook(store, actor, book, "book.xlsx")
    accounts.set_roles(store, people.admin, ident, [Role.VIEWER])
    taken(store)
    state = taking_in.intake_state(store, people.planner, run)
    assert state.state == "failed"
    assert "change the estate" in state.problems[0].message


def test_a_few_files_of_an_owner_may_wait_and_no_more(
    store: Store, people: People, book: bytes
) -> None:
    for at in range(taking_in.MOST_OPEN):
        taking_in.ask_workbook(store, people.planner, book + bytes([at]), "book.xlsx")
    with pytest.raises(Conflict, match="waiting or being read"):
        taking_in.ask_workbook(store, people.planner, book, "book.xlsx")
    assert kept_files(store) == taking_in.MOST_OPEN
    assert tidy(store) == 0
