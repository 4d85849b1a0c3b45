"""Traced rooms are cut and joined in the form: areas add up, and nothing is stored by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.errors import InvalidInput
from planner.i18n import speech_of
from planner.services import estates
from planner.web.forms.points import read_points
from planner.web.forms.reshape import cut_out, join_same
from planner.web.forms.trace import Block, TraceForm

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from planner.db.store import Store
    from tests.web.conftest import House

EN = speech_of("en")


def box(left: float, bottom: float, right: float, top: float) -> str:
    return f"{left} {bottom}\n{right} {bottom}\n{right} {top}\n{left} {top}"


def room(at: str, number: str, points: str, seats: str = "") -> Block:
    return Block(at, number=number, points=points, seats=seats)


def areas(form: TraceForm) -> dict[str, float]:
    shapes = {one.number: read_points(one.points, EN) for one in form.blocks}
    return {number: round(shape.area, 3) for number, shape in shapes.items() if shape is not None}


def test_a_core_within_a_room_leaves_a_hole_in_it() -> None:
    form = TraceForm((room("0", "1", box(0, 0, 20, 15)), room("1", "2", box(8, 5, 12, 10))))
    assert areas(cut_out(form, "1", EN)) == {"1": 280, "2": 20}


def test_a_room_drawn_over_a_half_parts_the_other_and_lies_beside_all() -> None:
    form = TraceForm(
        (
            room("0", "1", box(0, 0, 10, 4)),
            room("1", "2", box(5, -1, 8, 5)),
            room("2", "3", box(10, 0, 12, 4)),
        )
    )
    cut = cut_out(form, "1", EN)
    assert areas(cut) == {"1": 28, "2": 18, "3": 8}
    assert cut.blocks[0].points.count("+") == 1  # two parts
    with pytest.raises(InvalidInput, match="Room 2 lies on no other room"):
        cut_out(cut, "1", EN)


def test_rooms_of_one_number_become_one_with_the_seats_of_both() -> None:
    form = TraceForm(
        (
            room("0", "1", box(0, 0, 5, 4), "3"),
            room("1", "2", box(20, 0, 25, 4)),
            room("2", "1", box(5, 0, 9, 4), "4"),
        )
    )
    joined = join_same(form, EN)
    assert areas(joined) == {"1": 36, "2": 20}
    assert joined.blocks[0].seats == "7"
    assert len(joined.blocks[0].points.splitlines()) == 4  # the corners between are gone
    with pytest.raises(InvalidInput, match="the same number, then join them"):
        join_same(joined, EN)


@pytest.mark.parametrize(
    ("blocks", "at", "said"),
    [
        ((room("0", "1", ""),), "0", "Draw this room"),
        ((room("0", "1", box(0, 0, 2, 2)),), "9", "Draw this room"),
        (
            (room("0", "1", box(0, 0, 2, 2)), room("1", "2", box(-1, -1, 3, 3))),
            "1",
            "Nothing would be left of room 1",
        ),
    ],
)
def test_a_cut_that_makes_no_sense_is_refused(
    blocks: tuple[Block, ...], at: str, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        cut_out(TraceForm(blocks), at, EN)


def test_the_page_shows_the_cut_and_stores_nothing(
    ani: FlaskClient, house: House, store: Store
) -> None:
    def stored() -> str:
        return estates.get_estate(store, house.people["ani"], house.estate).estate.hash

    before = stored()
    data = {
        "version": "1", "block": ["0", "1"], "do": "cut-1",
        "kind-0": "room", "number-0": "1", "category-0": "office", "points-0": box(0, 0, 20, 15),
        "kind-1": "room", "number-1": "2", "category-1": "stairs", "points-1": box(8, 5, 12, 10),
    }  # fmt: skip
    place = f"/estates/{house.estate}/floors/N3/trace"
    page = ani.post(place, data=data).text
    assert "280.0\u00a0m²" in page or "300.0\u00a0m²" in page
    assert "8 10" in page
    answer = ani.post(place, data=data | {"do": "join"})
    assert answer.status_code == 422
    assert "the same number, then join them" in answer.text
    assert stored() == before
