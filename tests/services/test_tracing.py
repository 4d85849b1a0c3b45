"""Floors traced by hand: what is stored, what is refused, who may; on both databases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from shapely.geometry import box

from planner.domain.calibration import Calibration, Measured, calibrated, calibration_from
from planner.domain.geometry import outline_of
from planner.domain.records import Space
from planner.errors import Conflict, InvalidInput, NotFound, Refused
from planner.importers.plans import Backdrop
from planner.services import backdrops, estates, records, tracing
from planner.services.tracing import Trace, TracedRoom
from tests.factories import small_estate

if TYPE_CHECKING:
    from planner.db.store import Store
    from tests.factories import People

GROSS, CORE, HALL = box(0, 0, 20, 10), box(8, 4, 12, 6), box(0, 0, 8, 10)
ROOM = TracedRoom(None, "1", "Hall", "open_office", 6, shape=HALL)


def given(store: Store, people: People, **changes: object) -> str:
    estate = replace(small_estate(), **changes)
    return estates.add_estate(store, people.planner, estate).estate_id


def now(store: Store, people: People, estate_id: str):
    return estates.get_estate(store, people.planner, estate_id).estate


def test_a_traced_floor_keeps_what_was_traced_and_measures_it(store: Store, people: People) -> None:
    known = given(store, people)
    trace = Trace(GROSS, (CORE,), (ROOM,), Decimal(90), take_gross=True, lettable="ipms3")
    tracing.store_trace(store, people.planner, known, "A1", trace, 1)
    estate = now(store, people, known)
    floor, (room,) = estate.floor_of["A1"], estate.spaces
    assert (floor.gross_area_m2, floor.lettable_area_m2) == (200, 192)
    assert (floor.area_basis, floor.area_method, floor.north_deg) == ("IPMS3", "ipms3", 90)
    assert (room.drawn_area_m2, room.seats, room.drawn_how) == (80, 6, "traced")
    assert floor.seats == 10


def test_what_is_not_asked_for_stays(store: Store, people: People) -> None:
    known = given(store, people)
    tracing.store_trace(store, people.planner, known, "A1", Trace(GROSS, (), (ROOM,)), 1)
    floor = now(store, people, known).floor_of["A1"]
    assert (floor.gross_area_m2, floor.lettable_area_m2) == (None, Decimal("100.5"))
    assert floor.area_method is None


def test_a_room_from_a_file_stays_from_a_file_until_it_is_moved(
    store: Store, people: People
) -> None:
    read = Space(
        floor="A1",
        number="1",
        category="office",
        drawn_area_m2=Decimal("79.5"),
        declared_area_m2=Decimal(82),
        drawn_how="file",
        outline=outline_of(HALL),
    )
    known = given(store, people, spaces=(read,))
    same = TracedRoom("1", "1.A", "Hall", "office", shape=HALL)
    tracing.store_trace(store, people.planner, known, "A1", Trace(rooms=(same,)), 1)
    (room,) = now(store, people, known).spaces
    assert (room.number, room.drawn_how, room.drawn_area_m2) == ("1.A", "file", Decimal("79.5"))
    moved = TracedRoom("1.A", "1.A", "Hall", "office", shape=box(0, 0, 9, 10))
    tracing.store_trace(store, people.planner, known, "A1", Trace(rooms=(moved,)), 2)
    (room,) = now(store, people, known).spaces
    assert (room.drawn_how, room.drawn_area_m2, room.declared_area_m2) == ("traced", 90, 82)


@pytest.mark.parametrize(
    ("trace", "said"),
    [
        (Trace(rooms=(ROOM, ROOM)), "Number 1 stands for two rooms"),
        (Trace(rooms=(ROOM,), lettable="rentable"), "has no gross area"),
        (Trace(gross=box(0, 0, 5, 5), rooms=(ROOM,), lettable="ipms3"), "larger together"),
    ],
)
def test_what_cannot_be_stored_says_why_and_stores_nothing(
    store: Store, people: People, trace: Trace, said: str
) -> None:
    known = given(store, people)
    with pytest.raises(InvalidInput, match=said):
        tracing.store_trace(store, people.planner, known, "A1", trace, 1)
    assert estates.get_estate(store, people.planner, known).version == 1


def test_only_a_planner_of_the_owner_traces(store: Store, people: People) -> None:
    known = given(store, people)
    with pytest.raises(Refused):
        tracing.store_trace(store, people.viewer, known, "A1", Trace(GROSS), 1)
    with pytest.raises(NotFound):
        tracing.store_trace(store, people.outsider, known, "A1", Trace(GROSS), 1)
    with pytest.raises(NotFound):
        tracing.store_trace(store, people.planner, known, "B1", Trace(GROSS), 1)
    tracing.store_trace(store, people.planner, known, "A1", Trace(GROSS), 1)
    with pytest.raises(Conflict):
        tracing.store_trace(store, people.planner, known, "A1", Trace(GROSS), 1)


def test_an_outline_is_copied_with_its_core_and_asked_for_rooms(
    store: Store, people: People
) -> None:
    known = given(store, people)
    trace = Trace(GROSS, (CORE,), (ROOM,))
    tracing.store_trace(store, people.planner, known, "A1", trace, 1)
    tracing.copy_outline(store, people.planner, known, "A1", ["A2"], 2, rooms=True)
    estate = now(store, people, known)
    first, second = estate.floor_of["A1"], estate.floor_of["A2"]
    assert (first.outline, first.core) == (second.outline, second.core)
    assert [(one.floor, one.number) for one in estate.spaces] == [("A1", "1"), ("A2", "1")]
    assert second.lettable_area_m2 == Decimal("100.5")
    with pytest.raises(InvalidInput, match="No floor was chosen"):
        tracing.copy_outline(store, people.planner, known, "A1", ["A1"], 3)


def test_findings_name_overlaps_rooms_above_the_outline_and_a_missing_core(
    store: Store, people: People
) -> None:
    rooms = (ROOM, TracedRoom(None, "2", "", "office", shape=box(7, 0, 22, 10)))
    estate = now(store, people, given(store, people))
    codes = {
        one.code for one in tracing.findings(tracing.traced(estate, "A1", Trace(GROSS, (), rooms)))
    }
    assert {"overlap", "above_gross", "no_core"} <= codes
    clean = tracing.findings(tracing.traced(estate, "A1", Trace(GROSS, (CORE,), (ROOM,))))
    assert [one.code for one in clean] == []


def test_a_picture_belongs_to_its_owner_follows_its_floor_and_goes_with_it(
    store: Store, people: People
) -> None:
    known = given(store, people, seating=())
    shown = Backdrop(b"png", 400, 300)
    backdrops.put_picture(store, people.planner, known, "A1", shown, "scan.png")
    for stranger, refusal in ((people.outsider, NotFound),):
        with pytest.raises(refusal):
            backdrops.picture_png(store, stranger, known, "A1")
    with pytest.raises(Refused):
        backdrops.put_picture(store, people.viewer, known, "A1", shown, "scan.png")
    scale = calibrated(Measured((0, 0), (400, 0), 40), Measured((0, 0), (0, 300), 30.3), 300)
    backdrops.calibrate(store, people.planner, known, "A1", scale)
    found = backdrops.picture_of(store, people.viewer, known, "A1")
    assert found is not None
    assert found.calibration == scale
    floor = now(store, people, known).floor_of["A1"].model_dump() | {"code": "X1"}
    records.put_record(store, people.planner, known, "floors", ("A1",), floor, 1)
    assert backdrops.picture_png(store, people.planner, known, "X1") == b"png"
    records.delete_record(store, people.planner, known, "floors", ("X1",), 2)
    records.put_record(store, people.planner, known, "floors", None, floor, 3)
    assert backdrops.picture_of(store, people.planner, known, "X1") is None


def test_pixels_become_metres_and_back() -> None:
    scale = Calibration(0.05, 300, (10.0, -2.0))
    assert scale.to_metres((0, 300)) == (10.0, -2.0)
    assert scale.to_metres((100, 100)) == (15.0, 8.0)
    assert scale.to_pixel(scale.to_metres((123, 45))) == pytest.approx((123, 45))
    assert calibration_from(scale.to_json(), 300) == scale
    assert calibration_from({}, 300) is None


@pytest.mark.parametrize(("length", "fits"), [(10.2, True), (9.8, True), (10.21, False)])
def test_the_check_may_differ_by_two_per_cent_and_no_more(length: float, *, fits: bool) -> None:
    first, check = Measured((0, 0), (100, 0), 10), Measured((0, 0), (0, 100), length)
    if fits:
        assert calibrated(first, check, 300).metres_per_px == pytest.approx((10 + length) / 200)
        return
    with pytest.raises(InvalidInput, match="differ by"):
        calibrated(first, check, 300)


@pytest.mark.parametrize(
    "check",
    [
        Measured((0, 0), (5, 0), 0.5),
        Measured((0, 0), (0, 100), 0),
        Measured((100, 0), (0, 0), 10),
    ],
)
def test_a_check_that_checks_nothing_is_refused(check: Measured) -> None:
    with pytest.raises(InvalidInput):
        calibrated(Measured((0, 0), (100, 0), 10), check, 300)
