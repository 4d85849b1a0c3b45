"""Every reader of rows tells how many of how many it has read, and ends with all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.importers.attendance.options import Options
from planner.importers.attendance.reader import read_attendance
from planner.importers.counting import Count, told_to
from planner.importers.sandbox import Watch, read_apart
from planner.importers.workbook import read_estate, write_estate
from tests.factories import small_estate

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "team days": "date,team,present\n2026-11-02,T1,5\n2026-11-03,T1,4\n2026-11-03,T2,1\n",
    "badges": "badge,timestamp,department\na,2026-11-02 08:00,T1\nb,2026-11-02 09:00,T1\n"
    "c,2026-11-03 09:00,T2\n",
    "badges, quoted": 'badge,timestamp,department\na,2026-11-02 08:00,"T1, a"\n'
    'b,2026-11-02 09:00,"T1, a"\nc,2026-11-03 09:00,T2',
    "counts": "timestamp,floor,count\n2026-11-02 08:00,1,5\n2026-11-02 09:00,1,6\n"
    "2026-11-03 09:00,1,4\n",
    "wide": "team,2026-11-02,2026-11-03,2026-11-04\nT1,5,6,7\nT2,1,1,1\nT3,2,2,2\n",
}


@pytest.mark.parametrize("kind", FILES)
def test_an_attendance_file_is_counted_to_its_last_row(kind: str, tmp_path: Path) -> None:
    path, told = tmp_path / "days.csv", []
    path.write_text(FILES[kind])
    with told_to(lambda read, rows: told.append((read, rows))):
        read_attendance(path, Options(clock="local", timezone="Asia/Jakarta"))
    assert told
    assert told[-1] == (3, 3)


def test_a_workbook_is_counted_over_all_its_sheets(tmp_path: Path) -> None:
    path, told = tmp_path / "estate.xlsx", []
    write_estate(small_estate(), path)
    with told_to(lambda read, rows: told.append((read, rows))):
        read_estate(path)
    reads = [read for read, _ in told]
    assert reads == sorted(reads)
    assert len(told) > 4
    assert len({rows for _, rows in told}) == 1
    assert reads[-1] <= told[-1][1]


def test_rows_are_told_now_and_then_and_counted_only_for_a_listener() -> None:
    told = []
    with told_to(lambda read, rows: told.append((read, rows))):
        assert list(Count(lambda: 2500).over(range(2500))) == list(range(2500))
    assert told == [(1000, 2500), (2000, 2500), (2500, 2500)]
    alone = Count(lambda: 1 // 0)
    assert list(alone.over([1, 2])) == [1, 2]


def counted(path: Path) -> int:
    return sum(Count(lambda: 1500).over([len(path.name)] * 1500))


def test_the_parent_of_a_limited_process_hears_its_last_count(tmp_path: Path) -> None:
    path, told = tmp_path / "a", []
    path.write_text("x")
    watch = Watch(tell=lambda read, rows: told.append((read, rows)))
    assert read_apart(counted, path, watch=watch) == 1500
    assert told[-1] == (1500, 1500)


def chatty(_path: Path) -> int:
    count = Count(lambda: 200_000)
    for _ in range(200_000):
        count.add(1)
    return 7


def test_a_reader_that_tells_more_than_anybody_hears_is_not_held_up(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("x")
    assert read_apart(chatty, path) == 7
