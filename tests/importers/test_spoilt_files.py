"""Whatever becomes of a file on its way, a reader takes it or refuses it in a sentence."""

import io
import itertools
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.estate import Estate
from planner.errors import InvalidInput
from planner.importers.attendance import AttendanceReport
from planner.importers.by_hand import read_by_hand
from planner.importers.workbook import estate_bytes, read_estate
from tests.estates import estate
from tests.importers.attendance.files import read
from tests.importers.attendance.test_team_days import SAME_TABLE

TOKENS = (
    b"", b"\x00", b'"', b"'", b",", b";", b"\t", b"\n", b"\r", b"=1+1", b"-1", b"1e309", b"NaN",
    b"inf", b"9" * 400, b"0.1", b"1,5", b"2026-02-30", b"29/02/2025", b"24:00", b"0000-00-00",
    b"\xff\xfe", b"\xef\xbb\xbf", "\u0663".encode(), "\u2167\u00bd\u00b2".encode(), b"<", b"]]>",
    b"&x;", b"<!DOCTYPE x>", b"A" * 5000, b"true", b"#REF!", b'r="ZZZ9999999"', b"_x000D_",
)  # fmt: skip
BADGES = b"""badge_id,timestamp,door,direction,team
b1,2026-03-02 08:01,Lobby,in,A
b1,2026-03-02 17:30,Lobby,out,A
b2,2026-03-02T09:15:00+07:00,Lobby,in,B
b3,2026-03-03 08:59,Lobby,in,B
"""
BOOKINGS = b"""booking id,desk,user,start,end,status,team
1,D1,u1,2026-03-02 09:00,2026-03-02 17:00,checked in,A
2,D2,u2,2026-03-02 09:00,2026-03-02 17:00,cancelled,A
3,D1,u1,2026-03-03 09:00,2026-03-03 17:00,checked in,B
"""
DAYS = {**SAME_TABLE, "badges": BADGES, "bookings": BOOKINGS}
blows = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.sampled_from(TOKENS)),
    min_size=1,
    max_size=6,
)
few = settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def spoilt(data: bytes, hits) -> bytes:
    """Return bytes in which slices were replaced."""
    for place, length, token in hits:
        at = place % (len(data) + 1)
        data = data[:at] + token + data[at + length :]
    return data


def takes_or_refuses(work, kind: type) -> None:
    """Hold a reader to its two answers; a refusal says something."""
    try:
        assert isinstance(work(), kind)
    except InvalidInput as refusal:
        if not str(refusal).strip():
            raise


@pytest.mark.parametrize("name", DAYS)
def test_a_spoilt_attendance_file_is_read_or_refused(name, tmp_path) -> None:
    numbers = itertools.count()

    @few
    @given(hits=blows)
    def exercise(hits) -> None:
        file = f"{next(numbers)}.csv"  # a reader may still look at the one before
        takes_or_refuses(lambda: read(tmp_path, spoilt(DAYS[name], hits), file), AttendanceReport)

    exercise()


@pytest.fixture(scope="module")
def book() -> bytes:
    return estate_bytes(estate())


def with_spoilt_part(book: bytes, number: int, hits) -> bytes:
    """Return a workbook whose nth part was spoilt, zipped soundly."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(out, "w") as made:
        names = given.namelist()
        for at, name in enumerate(names):
            data = given.read(name)
            made.writestr(name, spoilt(data, hits) if at == number % len(names) else data)
    return out.getvalue()


@few
@given(part=st.integers(0, 40), hits=blows)
def test_a_workbook_with_a_spoilt_part_is_read_or_refused(book, tmp_path_factory, part, hits):
    file = tmp_path_factory.mktemp("book") / "estate.xlsx"
    file.write_bytes(with_spoilt_part(book, part, hits))
    takes_or_refuses(lambda: read_estate(file), Estate)


@few
@given(hits=blows)
def test_a_workbook_of_spoilt_bytes_is_read_or_refused(book, tmp_path_factory, hits):
    file = tmp_path_factory.mktemp("book") / "estate.xlsx"
    file.write_bytes(spoilt(book, hits))
    takes_or_refuses(lambda: read_estate(file), Estate)


MOVES = b"team,from,to,people\nT1,A1,B1,5\nT2,B1,A1,3\n"


@few
@given(hits=blows)
def test_a_spoilt_list_of_moves_is_read_or_refused(tmp_path_factory, hits):
    file = tmp_path_factory.mktemp("moves") / "moves.csv"
    file.write_bytes(spoilt(MOVES, hits))
    takes_or_refuses(lambda: read_by_hand(file, estate()), object)
