"""Counts by team and day, as people send them: kept right, or refused with row numbers."""

import contextlib
import csv
import datetime as dt
import gzip
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import ImportRefused
from tests.importers.attendance.files import MONDAY, counts, read, refused, said

HEAD = "date,team,present,headcount\n"
WEEK = [MONDAY + dt.timedelta(days=at) for at in range(5)]
PLAIN = {(f"{day}", team): 10 + at for day in WEEK for at, team in enumerate("AB")}


def rows(mark=",", shape="%Y-%m-%d", head=HEAD, decimals="") -> str:
    lines = [
        mark.join((f"{day:{shape}}", team, f"{10 + at}{decimals}", "20"))
        for day in WEEK
        for at, team in enumerate("AB")
    ]
    return head.replace(",", mark) + "\n".join(lines) + "\n"


INDONESIAN = "Hari/Tanggal,Nama Unit Kerja,Jumlah Pegawai Hadir,Jml Pegawai\n"
SAME_TABLE = {
    "plain": rows().encode(),
    "carriage returns": rows().replace("\n", "\r").encode(),
    "windows": rows().replace("\n", "\r\n").encode(),
    "byte order mark": b"\xef\xbb\xbf" + rows().encode(),
    "utf-16 with mark": rows("\t").encode("utf-16"),
    "utf-16 without mark": rows().encode("utf-16-le"),
    "utf-16 big-endian": rows().encode("utf-16-be"),
    "gzipped": gzip.compress(rows().encode()),
    "semicolons and decimal commas": rows(";", decimals=",0").encode(),
    "tabs": rows("\t").encode(),
    "bars": rows("|").encode(),
    "separator line of Excel": ("sep=;\n" + rows(";")).encode(),
    "a title above": ("Attendance\nMarch\n\n" + rows()).encode(),
    "indonesian": rows(";", "%d/%m/%Y", INDONESIAN).replace("06/03", "06/03").encode(),
    "moments": rows(shape="%Y-%m-%d 00:00:00").encode(),
    "american": rows(shape="%m/%d/%Y").encode(),
    "month in words": rows(shape="%d %B %Y").encode(),
    "excel serials": "\n".join(
        [HEAD.strip()]
        + [
            f"{(day - dt.date(1899, 12, 30)).days},{team},{10 + at},20"
            for day in WEEK
            for at, team in enumerate("AB")
        ]
    ).encode(),
}
SAID = {"indonesian": {"date_order": "dmy"}, "american": {"date_order": "mdy"}}


@pytest.mark.parametrize("shape", SAME_TABLE)
def test_one_table_is_read_the_same_in_every_shape(tmp_path, shape) -> None:
    report = read(tmp_path, SAME_TABLE[shape], **SAID.get(shape, {}))
    assert counts(report) == PLAIN
    assert report.refused == ()
    assert report.headcounts == {"A": 20, "B": 20}


def test_a_workbook_gives_the_same_whether_dates_are_dates_or_text(tmp_path) -> None:
    for shape in (dt.datetime.fromisoformat, str):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["Rekap"])
        sheet.append(["Tanggal", "OPD", "Hadir"])
        for (day, team), people in PLAIN.items():
            sheet.append([shape(day), team, people])
        content = io.BytesIO()
        book.save(content)
        assert counts(read(tmp_path, content.getvalue(), "days.xlsx")) == PLAIN


# What is wrong: the file, rows refused, team-days kept, words of a reason or warning.
NASTY = [
    ("gap as blank", f"{HEAD}2026-03-02,A,,20\n2026-03-02,B,5,20\n", [], 1, "gaps, not zeros"),
    ("gap as dash", f"{HEAD}2026-03-02,A,-,20\n2026-03-02,B,5,20\n", [], 1, "gaps, not zeros"),
    ("zeros all day", f"{HEAD}2026-03-02,A,0,20\n2026-03-02,B,0,20\n2026-03-03,A,9,20\n"
     "2026-03-03,B,8,20\n", [2, 3], 2, "a gap is never a zero"),
    ("zero of the only team", f"{HEAD}2026-03-02,A,9,20\n2026-03-03,A,0,20\n2026-03-04,A,9,20\n",
     [3], 2, "a gap is never a zero"),
    ("zero of one team", f"{HEAD}2026-03-02,A,9,20\n2026-03-02,B,5,20\n2026-03-03,A,0,20\n"
     "2026-03-03,B,5,20\n2026-03-04,A,9,20\n", [], 5, "probably gaps"),
    ("row twice", f"{HEAD}2026-03-02,A,5,20\n2026-03-02,A,5,20\n", [], 1, "repeat another"),
    ("two counts", f"{HEAD}2026-03-02,A,5,20\n2026-03-02,A,6,20\n2026-03-03,A,6,20\n", [2, 3], 1,
     "5, 6 people"),
    ("1905", f"{HEAD}1905-07-17,A,5,20\n2026-03-03,A,6,20\n", [2], 1, "number 2025 shown"),
    ("1905 day first", f"{HEAD}17-07-1905,A,5,20\n2026-03-03,A,6,20\n", [2], 1, "shown as a date"),
    ("future", f"{HEAD}2027-03-02,A,5,20\n2026-03-03,A,6,20\n", [2], 1, "after today"),
    ("no such day", f"{HEAD}2026-02-30,A,5,20\n2026-03-03,A,6,20\n", [2], 1, "not a date"),
    ("negative", f"{HEAD}2026-03-02,A,-5,20\n2026-03-03,A,6,20\n", [2], 1, "below 0"),
    ("half a person", f"{HEAD}2026-03-02,A,5.5,20\n2026-03-03,A,6,20\n", [2], 1, "whole number"),
    ("grouped", f'{HEAD}2026-03-02,A,"1,234",2000\n2026-03-03,A,6,20\n', [2], 1, "separator"),
    ("a share", f"{HEAD}2026-03-02,A,50%,20\n2026-03-03,A,6,20\n", [2], 1, "a share"),
    ("words", f"{HEAD}2026-03-02,A,many,20\n2026-03-03,A,6,20\n", [2], 1, "not a number"),
    ("far too many", f"{HEAD}2026-03-02,A,23,20\n2026-03-03,A,6,20\n", [2], 1, "above 110%"),
    ("a little too many", f"{HEAD}2026-03-02,A,22,20\n", [], 1, "more present than on the books"),
    ("no team", f"{HEAD}2026-03-02,,5,20\n2026-03-03,A,6,20\n", [2], 1, "no team"),
    ("comma in a name", f"{HEAD}2026-03-02,A, B,5,20\n2026-03-03,A,6,20\n", [2], 1, "quotation"),
    ("total row", f"{HEAD}2026-03-02,A,5,20\n2026-03-02,Total,5,20\n", [], 1, "add up the others"),
    ("wrong total", f"{HEAD}2026-03-02,A,5,20\n2026-03-02,Jumlah,9,20\n", [], 1, "not the sum"),
    ("two spellings", f"{HEAD}2026-03-02,Roads,5,20\n2026-03-03,ROADS ,6,20\n", [], 2, "spellings"),
    ("two floors", "date,floor,team,present\n2026-03-02,F1,A,5\n2026-03-02,F2,A,5\n", [], 1,
     "several floors"),
    ("head count changes", f"{HEAD}2026-03-02,A,5,20\n2026-03-03,A,6,25\n", [], 2, "changes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows_refused", "kept", "words"), [one[1:] for one in NASTY],
                         ids=[one[0] for one in NASTY])  # fmt: skip
def test_what_is_wrong_is_told_with_its_row(tmp_path, text, rows_refused, kept, words) -> None:
    report = read(tmp_path, text)
    assert refused(report) == rows_refused
    assert report.team_days == kept
    told = [one.reason for one in report.refused] + list(report.warnings)
    assert any(words in one for one in told), told


REFUSED_WHOLE = [
    ("either order", f"{HEAD}03/04/2026,A,5,20\n04/04/2026,A,5,20\n", "dmy or mdy"),
    ("both orders", f"{HEAD}13/04/2026,A,5,20\n04/14/2026,A,5,20\n", "two orders"),
    ("nothing", "", "empty"),
    ("no heading", "hello\nworld\n", "no heading that is known"),
    ("not text", bytes(range(256)) * 8, "neither CSV nor XLSX"),
    ("twice the heading", "date,team,present,present\n2026-03-02,A,5,6\n", "rename one"),
    ("a broken archive", b"\x1f\x8b\x08\x00broken", "gzip archive is broken"),
    ("a broken workbook", b"PK\x03\x04broken", "cannot be opened"),
]


@pytest.mark.parametrize(("content", "words"), [one[1:] for one in REFUSED_WHOLE],
                         ids=[one[0] for one in REFUSED_WHOLE])  # fmt: skip
def test_a_file_nobody_can_read_one_way_is_refused_whole(tmp_path, content, words) -> None:
    with pytest.raises(ImportRefused, match=words):
        read(tmp_path, content)


def test_the_order_of_day_and_month_is_asked_once_and_then_kept(tmp_path) -> None:
    text = f"{HEAD}03/04/2026,A,5,20\n"
    assert counts(read(tmp_path, text, date_order="dmy")) == {("2026-04-03", "A"): 5}
    assert counts(read(tmp_path, text, date_order="mdy")) == {("2026-03-04", "A"): 5}


def test_two_floors_of_a_team_are_added_up_and_their_repeats_are_not(tmp_path) -> None:
    text = "date,floor,team,present\n2026-03-02,F1,A,5\n2026-03-02,F2,A,7\n2026-03-02,F2,A,7\n"
    assert counts(read(tmp_path, text)) == {("2026-03-02", "A"): 12}


def test_zeros_on_a_holiday_of_the_country_are_left_out_quietly(tmp_path) -> None:
    nyepi = f"{HEAD}2026-03-18,A,9,20\n2026-03-19,A,0,20\n2026-03-20,A,9,20\n"
    assert refused(read(tmp_path, nyepi)) == [3]
    report = read(tmp_path, nyepi, country="ID")
    assert refused(report) == []
    assert ("2026-03-19", "A") not in counts(report)
    assert said(report, "on holidays")


cells = st.one_of(
    st.integers(0, 40).map(str),
    st.sampled_from(["", "-", "n/a", "-3", "4.5", "many", "50%"]),
)
names = st.sampled_from(["A", "a", " A ", "B", "Roads, North", 'The "first"', ""])
tables = st.lists(st.tuples(st.integers(0, 30), names, cells), min_size=1, max_size=25)


@settings(max_examples=150, deadline=None)
@given(tables)
def test_every_row_is_kept_told_of_or_a_gap_and_no_gap_becomes_a_zero(tmp_path_factory, table):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["date", "team", "present"])
    writer.writerow(["2026-05-04", "Z", "7"])
    for day, team, people in table:
        writer.writerow([MONDAY + dt.timedelta(days=day), team, people])
    report = read(tmp_path_factory.mktemp("t"), text.getvalue())
    refused_rows = set(refused(report))
    written = {}
    for row, (day, team, people) in enumerate(table, start=3):
        key = (f"{MONDAY + dt.timedelta(days=day)}", team.strip().casefold())
        wrong = people in {"-3", "4.5", "many", "50%"} or not team.strip()
        gap = people in {"", "-", "n/a"}
        assert (row in refused_rows) >= (wrong and not gap)
        if not wrong and not gap:
            written.setdefault(key, set()).add(int(people))
    found = {(day, team.casefold()): people for (day, team), people in counts(report).items()}
    for key, people in found.items():
        if key != ("2026-05-04", "z"):
            assert written[key] == {people}


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_bring_anything_but_a_report_or_a_refusal(tmp_path_factory, content) -> None:
    with contextlib.suppress(ImportRefused):
        read(tmp_path_factory.mktemp("t"), b"date,team,present\n" + content)
