"""Requests made to choke the site: each is answered in a sentence, and none takes long.

What readers of files do in a process of their own is tried in tests/importers/test_bombs.py.
"""

from __future__ import annotations

import json
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from planner.domain.posts import posts_from
from planner.errors import InvalidInput
from planner.services import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_MOST = 30
"""Seconds; a machine with nothing else to do takes less than two for the longest."""
HUGE = ("9" * 40, "-" + "9" * 40, "9" * 5000, "1e999999", "NaN", "٣" * 30)
DEEP = "[" * 100_000


@pytest.fixture(autouse=True)
def in_bounded_time() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TimeoutError(f"took more than {AT_MOST} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(AT_MOST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    "rows",
    [
        "(" * 500_000 + "\nx",
        "()" + " " * 500_000 + "x\ny",
        "code\t" * 200_000 + "\nx",
        "code\tname\theadcount\n" + "x" * 200_000 + "\tA\t1",
        "code\tname\theadcount\n" + "T\tA\t" + "9" * 100_000,
        "code\tname\theadcount\n" + "T\tA\t1e999999",
        'code\t"' + "x\n" * 200_000,
    ],
    ids=["open", "blanks", "columns", "cell", "digits", "exponent", "quote"],
)
def test_pasted_rows_that_are_none_are_refused(ani, house, rows: str) -> None:
    answer = ani.post(
        f"/estates/{house.estate}/data/teams/paste", data={"rows": rows, "version": "1"}
    )
    assert answer.status_code == 422
    assert len(answer.data) < len(rows) + 60_000


@pytest.mark.parametrize("number", HUGE)
def test_a_version_that_no_estate_has_is_a_conflict_or_refused(ani, house, number: str) -> None:
    for where in (
        "undo",
        "data/teams/delete",
        "delete",
        f"attendance/files/{house.day_file}/store",
    ):
        given = {"version": number, "key": "T1", "name": "Test estate"}
        answer = ani.post(f"/estates/{house.estate}/{where}", data=given)
        assert answer.status_code in {302, 303, 409, 422}, where


@pytest.mark.parametrize("number", HUGE)
def test_a_figure_beyond_all_measure_is_refused(ani, house, number: str) -> None:
    for key in ("void_months", "discount_rate", "rent_per_m2_month"):
        where = f"/estates/{house.estate}/assumptions/{key}"
        answer = ani.post(where, data={"value": number, "version": "1", "source": "x"})
        assert answer.status_code in {404, 422}, (key, answer.location)


@pytest.mark.parametrize("number", HUGE)
def test_a_number_in_any_question_is_bounded(ani, house, number: str) -> None:
    at = f"/estates/{house.estate}"
    plan, proposal = f"/plans/{house.plan}", f"/proposals/{house.proposal}"
    for where in (f"{at}/data/teams?page=", f"{at}/what-if?level=", f"{plan}/moves?wave=",
                  f"{proposal}?void_months=", "/admin/audit?page="):  # fmt: skip
        assert ani.get(where + number).status_code < 500, where


def test_a_form_of_very_many_fields_is_refused(ani, house) -> None:
    fields = {f"f{at}": "1" for at in range(100_000)}
    answer = ani.post(f"/estates/{house.estate}/header", data=fields)
    assert answer.status_code in {413, 422}


def test_a_form_of_very_many_parts_is_refused(ani, house) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'
    answer = ani.post(
        f"/estates/{house.estate}/header",
        data=part * 100_000 + b"--b--\r\n",
        content_type="multipart/form-data; boundary=b",
    )
    assert answer.status_code == 413
    assert "That form has too much in it" in answer.text


def test_a_body_beyond_the_limit_is_refused_with_both_figures(ani, house) -> None:
    answer = ani.post(f"/estates/{house.estate}/header", data=b"x" * (64 * 2**20 + 1))
    assert answer.status_code == 413
    assert "may have 64 MB, this has 65 MB" in answer.text


@pytest.mark.parametrize(
    "outline", [DEEP, '{"type":"Polygon","coordinates":' + DEEP, '{"type":"Polygon","coordinates":'
                "[[[0,0],[1e400,0],[1e400,1e400],[0,0]]]}",
                '{"type":"Polygon","coordinates":[[[0,0],[' + "9" * 5000 + ",0],[1,1],[0,0]]]}"],
    ids=["deep", "deeper", "endless", "digits"],
)  # fmt: skip
def test_an_outline_that_is_none_breaks_no_page(app, ani, house, store, outline: str) -> None:
    key = tokens.create(store, house.people["ani"], "x", ("see", "edit"), 1)
    floor = {"building": "N", "code": "N1", "level": 1, "lettable_area_m2": 100, "seats": 20,
             "outline": outline}  # fmt: skip
    answer = app.test_client().put(
        f"/api/v1/estates/{house.estate}/floors/record?version=1&key=N1",
        data=json.dumps(floor), content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )  # fmt: skip
    assert answer.status_code in {200, 422}
    assert ani.get(f"/estates/{house.estate}/floors/N1").status_code == 200


LONG_POSTS = ("1 " + "a" * 3900 + "!: mon", "1 a: " + "a" * 3900 + "!",
              "3 a" + " " * 3900 + ";!", "1 a:" + " " * 3900 + "%")  # fmt: skip


@pytest.mark.parametrize("text", LONG_POSTS, ids=["days", "day", "name", "share"])
def test_posts_are_read_in_one_go(text: str) -> None:
    for _ in range(200):
        with suppress(InvalidInput):
            posts_from(text)


def test_a_very_long_header_is_no_defect(ani) -> None:
    for name in ("X-Request-ID", "Accept-Language", "Referer", "Cookie", "If-None-Match"):
        answer = ani.get("/estates", headers={name: "a,;=" * 20_000})
        assert answer.status_code < 500, name
