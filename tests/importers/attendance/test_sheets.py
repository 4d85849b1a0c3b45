"""HR sheets, pivot tables, sensors, floors and the USE IT layout."""

import io
from decimal import Decimal

import openpyxl
import pytest

from planner.errors import ImportRefused
from planner.importers.attendance import write_use_it
from tests.importers.attendance.files import counts, on_floors, read, refused, said


def sheet(*rows, dates=("02/03/2026", "03/03/2026", "13/03/2026")) -> str:
    return "\n".join(["NIP,Nama,Unit Kerja," + ",".join(dates), *rows]) + "\n"


def test_codes_of_an_hr_sheet_say_who_needs_a_desk(tmp_path) -> None:
    report = read(tmp_path, sheet("1,x,A,H,WFO,P", "2,y,A,WFH,HD,Hadir", "3,z,B,H,Cuti,H"))
    assert counts(report) == {
        ("2026-03-02", "A"): 1, ("2026-03-03", "A"): 2, ("2026-03-13", "A"): 2,
        ("2026-03-02", "B"): 1, ("2026-03-03", "B"): 0, ("2026-03-13", "B"): 1,
    }  # fmt: skip
    assert report.headcounts == {"A": 2, "B": 1}


def test_an_unfilled_tail_or_one_with_absences_only_is_a_gap(tmp_path) -> None:
    rows = [f"{at},x,A,H,H,{'Cuti' if at < 2 else ''}" for at in range(8)]
    assert set(counts(read(tmp_path, sheet(*rows)))) == {("2026-03-02", "A"), ("2026-03-03", "A")}


def test_a_second_heading_row_is_no_person(tmp_path) -> None:
    report = read(tmp_path, sheet(",,,Senin,Selasa,Jumat", "1,x,A,H,H,H"))
    assert report.headcounts == {"A": 1}


def test_a_person_twice_is_refused_with_the_row(tmp_path) -> None:
    report = read(tmp_path, sheet("1,x,A,H,H,H", "1,x,A,H,H,H", "2,y,A,H,H,H"))
    assert refused(report) == [3]
    assert counts(report)["2026-03-02", "A"] == 2


def test_unknown_codes_are_gaps_and_may_be_explained(tmp_path) -> None:
    text = sheet(*(f"{at},x,A,QQ,H,H" for at in range(4)))
    report = read(tmp_path, text)
    assert said(report, "'QQ' (4)")
    assert ("2026-03-02", "A") not in counts(report)
    assert counts(read(tmp_path, text, codes={"qq": True}))["2026-03-02", "A"] == 4


def test_a_pivot_table_holds_people_not_codes(tmp_path) -> None:
    text = "Unit Kerja,Jumlah Pegawai,02/03/2026,03/03/2026,13/03/2026\nA,20,17,,12\nB,9,8,7,40\n"
    report = read(tmp_path, text + "Total,,25,7,12\n")
    assert counts(report) == {
        ("2026-03-02", "A"): 17, ("2026-03-13", "A"): 12, ("2026-03-02", "B"): 8,
        ("2026-03-03", "B"): 7,
    }  # fmt: skip
    assert refused(report) == [3]
    assert report.headcounts == {"A": 20, "B": 9}


def test_sensors_give_the_busiest_slot_and_spaces_add_up(tmp_path) -> None:
    lines = [
        f"2026-03-04T{hour:02}:00:00+07:00,F1,{zone},{people}"
        for hour, zone, people in [(8, "Z1", 5), (8, "Z2", 7), (9, "Z1", 9), (9, "Z2", 1)]
    ]
    report = read(tmp_path, "timestamp,floor,space,count\n" + "\n".join(lines) + "\n")
    assert on_floors(report) == {("2026-03-04", "F1"): 12}
    assert report.hours == {("F1", 2, 8): 12.0, ("F1", 2, 9): 10.0}


def test_a_day_the_sensor_broke_off_is_a_gap_and_a_dead_one_is_told_of(tmp_path) -> None:
    def slots(day, hours, people):
        return [f"2026-03-0{day} {hour:02}:00,F1,{people}" for hour in hours]

    lines = [*slots(3, range(8, 18), 20), *slots(4, range(8, 10), 3), *slots(5, range(8, 18), 0)]
    report = read(tmp_path, "time,floor,count\n" + "\n".join(lines) + "\n", clock="local")
    assert on_floors(report) == {("2026-03-03", "F1"): 20, ("2026-03-05", "F1"): 0}
    assert said(report, "less than half of the slots")
    assert said(report, "dead sensor")


def test_devices_are_not_people(tmp_path) -> None:
    text = "dump_time,group_id,client_count\n2026-03-04 09:00,AP1,21\n"
    report = read(tmp_path, text, clock="local", devices_per_person=Decimal(2))
    assert on_floors(report) == {("2026-03-04", "AP1"): 11}


def test_floor_days_in_both_languages(tmp_path) -> None:
    for head in ("date,floor,peak", "Tanggal,Lantai,Hunian Puncak", "date,floor,occupancy"):
        report = read(tmp_path, f"{head}\n2026-03-04,F1,21\n2026-03-05,F1,\n")
        assert on_floors(report) == {("2026-03-04", "F1"): 21}, head
        assert report.team_days == 0


USE_IT = (
    "space_id,date,occupancy,usable_area_sqft\nS1,2026-03-02,20,12500.0\nS1,2026-03-03,22,12500.0\n"
)


def test_use_it_goes_in_and_out_unchanged(tmp_path) -> None:
    report = read(tmp_path, USE_IT)
    assert on_floors(report) == {("2026-03-02", "S1"): 20, ("2026-03-03", "S1"): 22}
    areas = {space: Decimal(area) for space, area in report.usable_m2.items()}
    assert areas == {"S1": Decimal("1161.288")}
    assert write_use_it(report.floors, areas) == USE_IT


def test_use_it_areas_in_square_metres_and_wrong_ones(tmp_path) -> None:
    text = "space,date,count,usable_area_m2\nS1,2026-03-02,20,1000\nS2,2026-03-02,5,large\n"
    report = read(tmp_path, text)
    assert report.usable_m2 == {"S1": "1000.000"}
    assert refused(report) == [3]


def test_an_hr_sheet_without_teams_asks_for_them(tmp_path) -> None:
    text = "NIP,02/03/2026,03/03/2026,13/03/2026\n1,H,H,H\n"
    with pytest.raises(ImportRefused, match="names the team"):
        read(tmp_path, text)


MONTH = "Rekap Kehadiran;;;;\nBulan: Februari 2026;;;;\n"
NUMBERS = list(map(str, range(1, 29)))


def month_sheet(*rows, numbers=NUMBERS, above=MONTH, names="NIP;Unit Kerja") -> str:
    return above + ";".join([names, *numbers]) + "\n" + "\n".join(rows) + "\n"


def test_columns_headed_1_to_28_are_days_of_the_month_that_stands_above(tmp_path) -> None:
    row = "1;A;" + ";".join(["H", "WFH", *["H"] * 26])
    report = read(tmp_path, month_sheet(row))
    assert report.kind == "wide"
    assert counts(report)["2026-02-01", "A"] == 1
    assert ("2026-02-02", "A") not in counts(report)  # nobody at all came: a gap, not a zero
    assert max(counts(report)) == ("2026-02-28", "A")


def test_the_names_may_stand_one_row_above_the_days(tmp_path) -> None:
    above = MONTH + "NIP;Unit Kerja;Tanggal" + ";" * 27 + "\n"
    row = "1;A;" + ";".join(["H"] * 28)
    report = read(tmp_path, month_sheet(row, above=above, names=";"))
    assert counts(report)["2026-02-28", "A"] == 1
    assert report.headcounts == {"A": 1}


def test_the_month_may_be_told_by_the_file_or_by_the_user_and_is_asked_for(tmp_path) -> None:
    row = "1;A;" + ";".join(["H"] * 28)
    text = month_sheet(row, above="")
    with pytest.raises(ImportRefused, match="say which month it is, as 2026-03"):
        read(tmp_path, text)
    assert ("2026-02-27", "A") in counts(read(tmp_path, text, month=(2026, 2)))
    assert ("2026-03-27", "A") in counts(read(tmp_path, text, "absen_maret_2026.csv"))
    two = month_sheet(row, above="Januari 2026 - Februari 2026;\n")
    with pytest.raises(ImportRefused, match="2026-01 and 2026-02"):
        read(tmp_path, two)


def test_a_day_that_the_month_does_not_have_is_refused_unless_nothing_stands_below(tmp_path):
    numbers = list(map(str, range(1, 32)))
    full = "1;A;" + ";".join(["H"] * 31)
    with pytest.raises(ImportRefused, match="no day 29 in 2026-02"):
        read(tmp_path, month_sheet(full, numbers=numbers))
    short = "1;A;" + ";".join(["H"] * 28 + [""] * 3)
    assert len(counts(read(tmp_path, month_sheet(short, numbers=numbers)))) == 28


def test_counts_under_day_numbers_are_people(tmp_path) -> None:
    row = "A;20;" + ";".join(["17", "", *["12"] * 26])
    report = read(tmp_path, month_sheet(row, names="Unit Kerja;Jumlah Pegawai"))
    assert counts(report)["2026-02-01", "A"] == 17
    assert ("2026-02-02", "A") not in counts(report)


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (("17/07/1905", "03/03/2026", "13/03/2026"), "column 4.*number 2025 shown as a date"),
        (("03/03/2026", "13/03/2026", "2026-03-03"), "column 6.*above column 4 too"),
        (("30/02/2026", "03/03/2026", "13/03/2026"), "column 4.*not a date"),
    ],
)
def test_a_heading_that_cannot_be_a_day_is_refused_with_its_place(tmp_path, dates, words) -> None:
    with pytest.raises(ImportRefused, match=f"row 1, {words}"):
        read(tmp_path, sheet("1,x,A,H,H,H", dates=dates))


def test_sheets_that_were_not_read_are_named(tmp_path) -> None:
    book = openpyxl.Workbook()
    for name in ("January", "February"):
        own = book.active if name == "January" else book.create_sheet(name)
        own.title = name
        own.append(["date", "team", "present"])
        own.append([f"2026-0{1 if name == 'January' else 2}-03", "A", 5])
    content = io.BytesIO()
    book.save(content)
    report = read(tmp_path, content.getvalue(), "year.xlsx")
    assert counts(report) == {("2026-01-03", "A"): 5}
    assert said(report, "'February'")


def test_two_usable_areas_of_one_space_are_refused(tmp_path) -> None:
    text = USE_IT + "S1,2026-03-04,22,9000\n"
    report = read(tmp_path, text)
    assert refused(report) == [4]
    assert report.usable_m2 == {"S1": "1161.288"}
