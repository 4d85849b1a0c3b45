"""Badges, bookings, positions: whoever was there counts once, on the local day."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import ImportRefused
from planner.importers.attendance import Person, Site
from tests.importers.attendance.files import counts, on_floors, read, refused, said

HEAD = "person,team,time,floor,result\n"
BANDUNG = {"timezone": "Asia/Jakarta"}


def badges(folder, *lines, head=HEAD, **options):
    return read(folder, head + "".join(f"{line}\n" for line in lines), **options)


def test_a_person_counts_once_a_day_however_many_doors_and_directions(tmp_path) -> None:
    report = badges(
        tmp_path,
        "E1,A,2026-03-04T08:07:31+07:00,F1,granted",
        "E1,A,2026-03-04T12:00:00+07:00,F1,granted",
        "e1 ,A,2026-03-04T17:30:00+07:00,F1,granted",
        "E2,A,2026-03-04T09:00:00+07:00,F1,granted",
    )
    assert counts(report) == {("2026-03-04", "A"): 2}
    assert on_floors(report) == {("2026-03-04", "F1"): 2}


def test_whoever_is_on_two_floors_counts_on_the_first_and_it_is_told(tmp_path) -> None:
    report = badges(
        tmp_path,
        "E1,A,2026-03-04T12:00:00+07:00,F2,granted",
        "E1,A,2026-03-04T08:00:00+07:00,F1,granted",
        "E2,A,2026-03-04T08:00:00+07:00,F2,granted",
    )
    assert counts(report) == {("2026-03-04", "A"): 2}
    assert on_floors(report) == {("2026-03-04", "F1"): 1, ("2026-03-04", "F2"): 1}
    assert said(report, "second floor")


def test_doors_that_stayed_shut_prove_nothing(tmp_path) -> None:
    report = badges(
        tmp_path,
        "E1,A,2026-03-04T08:00:00+07:00,F1,Access denied",
        "E2,A,2026-03-04T08:00:00+07:00,F1,ditolak",
        "E3,A,2026-03-04T08:00:00+07:00,F1,granted",
    )
    assert counts(report) == {("2026-03-04", "A"): 1}
    assert said(report, "2 rows left out: the door stayed shut")


def test_two_badges_of_one_person_are_one_person_if_the_roster_says_so(tmp_path) -> None:
    roster = {"B1": Person("ani", "A"), "B2": Person("ani", "A"), "B3": Person("budi", "A")}
    head = "badge,time\n"
    lines = [f"B{at},2026-03-04 08:0{at}" for at in (1, 2, 3)]
    report = badges(tmp_path, *lines, head=head, roster=roster, clock="local")
    assert counts(report) == {("2026-03-04", "A"): 2}
    stranger = badges(tmp_path, *lines, "B9,2026-03-04 08:09", head=head, roster=roster,
                      clock="local")  # fmt: skip
    assert refused(stranger) == [5]
    assert "roster" in stranger.refused[0].reason


def test_a_person_with_two_credentials_is_told_by_the_person_not_by_the_card(tmp_path) -> None:
    head = "credential,cardholder,department,created_at\n"
    lines = [f"C{at},Ani,A,2026-03-04 08:0{at}:00" for at in (1, 2)]
    report = badges(tmp_path, *lines, head=head, clock="local")
    assert counts(report) == {("2026-03-04", "A"): 1}


UTC_DAYS = [
    # stamp in UTC, building, its local day
    ("2026-03-03T17:30:00Z", "Asia/Jakarta", "2026-03-04"),
    ("2026-03-03T16:59:00Z", "Asia/Jakarta", "2026-03-03"),
    ("2026-03-03T23:30:00Z", "Asia/Jayapura", "2026-03-04"),
    # Clocks go forward at 01:00 UTC on 29 March: London's midnight moves to 23:00 UTC.
    ("2026-03-28T23:30:00Z", "Europe/London", "2026-03-28"),
    ("2026-03-29T23:30:00Z", "Europe/London", "2026-03-30"),
    # New York: 5 hours behind until 8 March 2026, 4 afterwards.
    ("2026-03-07T04:30:00Z", "America/New_York", "2026-03-06"),
    ("2026-03-10T04:30:00Z", "America/New_York", "2026-03-10"),
    ("2026-03-10T18:20:00Z", "Asia/Kathmandu", "2026-03-11"),
]


@pytest.mark.parametrize(("stamp", "zone", "day"), UTC_DAYS)
def test_a_time_in_utc_counts_on_the_day_of_the_building(tmp_path, stamp, zone, day) -> None:
    line = f"E1,A,{stamp},F1,granted"
    assert counts(badges(tmp_path, line, timezone=zone)) == {(day, "A"): 1}
    naive = line.replace("Z", "").replace("T", " ")
    assert counts(badges(tmp_path, naive, timezone=zone, clock="utc")) == {(day, "A"): 1}


@settings(max_examples=60, deadline=None)
@given(
    st.integers(int(dt.datetime(2025, 1, 1, tzinfo=dt.UTC).timestamp()), 1_780_000_000),
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Jakarta", "Australia/Lord_Howe"]),
    st.booleans(),
)
def test_local_days_are_those_of_the_time_zone_library(tmp_path_factory, at, zone, seconds):
    moment = dt.datetime.fromtimestamp(at, dt.UTC)
    shape = "%Y-%m-%dT%H:%M:%SZ" if seconds else "%Y-%m-%dT%H:%MZ"
    report = badges(tmp_path_factory.mktemp("t"), f"E1,A,{moment:{shape}},F1,granted",
                    timezone=zone)  # fmt: skip
    if not seconds:
        moment = moment.replace(second=0)
    assert list(counts(report)) == [(f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d}", "A")]


def test_stamps_with_and_without_seconds_may_stand_in_one_file(tmp_path) -> None:
    report = badges(
        tmp_path,
        "E1,A,2026-03-04 08:00:30,F1,granted",
        "E2,A,2026-03-04 08:00,F1,granted",
        "E3,A,2026-03-04 08:00:30.123456,F1,granted",
        "E4,A,04/03/2026 08.00,F1,granted",
        "E5,A,13/03/2026 8:05 PM,F1,granted",
        clock="local",
    )
    assert report.refused == ()
    assert counts(report) == {("2026-03-04", "A"): 4, ("2026-03-13", "A"): 1}


def test_times_without_a_zone_or_a_place_are_asked_about(tmp_path) -> None:
    with pytest.raises(ImportRefused, match="row 3: the times have no time zone"):
        badges(tmp_path, "E1,A,,F1,denied", "E1,A,2026-03-04 08:00,F1,granted")
    with pytest.raises(ImportRefused, match="row 2: the times are in UTC"):
        badges(tmp_path, "E1,A,2026-03-04T08:00:00Z,F1,granted")
    with pytest.raises(ImportRefused, match="no time zone 'Bekasi'"):
        badges(tmp_path, "E1,A,2026-03-04T08:00:00Z,F1,granted", timezone="Bekasi")


@pytest.mark.parametrize("stamp", ["1772557200", "1772557200.25", "1772557200000", "1772557200123"])
def test_seconds_and_milliseconds_since_1970_are_utc(tmp_path, stamp) -> None:
    # 2026-03-03 17:00 UTC is midnight in Jakarta; a second before, it is still the 3rd there.
    line = f"E1,A,{stamp},F1,granted"
    assert counts(badges(tmp_path, line, **BANDUNG)) == {("2026-03-04", "A"): 1}
    before = "1772557199" + ("999" if len(stamp) == 13 else "")
    line = f"E1,A,{before},F1,granted"
    assert counts(badges(tmp_path, line, **BANDUNG)) == {("2026-03-03", "A"): 1}
    with pytest.raises(ImportRefused, match="the times are in UTC"):
        badges(tmp_path, line)


@pytest.mark.parametrize("stamp", ["0000000000", "0600000000", "9999999999", "9999999999999"])
def test_numbers_that_are_no_time_of_this_age_are_refused(tmp_path, stamp) -> None:
    fine = "E1,A,1772557200,F1,granted"
    report = badges(tmp_path, fine, f"E2,A,{stamp},F1,granted", **BANDUNG)
    assert refused(report) == [3]


def test_a_row_that_stands_twice_counts_once_in_every_feed(tmp_path) -> None:
    line = "E1,A,2026-03-04T08:00:00+07:00,F1,granted"
    assert counts(badges(tmp_path, line, line, line)) == {("2026-03-04", "A"): 1}
    booked = "1,D1,a@x,Fin,F1,2026-03-04T01:00:00Z,false,2026-03-04T01:10:00Z\n"
    assert counts(read(tmp_path, BOOKINGS + 2 * booked, **BANDUNG)) == {("2026-03-04", "Fin"): 1}


@pytest.mark.parametrize(
    ("cancelled", "came"),
    [
        *((yes, False) for yes in ("true", "TRUE", "1", "yes", "2026-03-03T22:00Z", "dibatalkan")),
        *((no, True) for no in ("false", "0", "no", "tidak", "")),
    ],
)
def test_a_cancelled_booking_is_nobody_however_it_is_written(tmp_path, cancelled, came) -> None:
    text = BOOKINGS + f"1,D1,a@x,Fin,F1,2026-03-04T01:00:00Z,{cancelled},2026-03-04T01:10:00Z\n"
    text += "2,D2,b@x,Fin,F1,2026-03-04T01:00:00Z,false,2026-03-04T01:10:00Z\n"
    assert counts(read(tmp_path, text, **BANDUNG)) == {("2026-03-04", "Fin"): 1 + came}


def test_the_hour_that_comes_twice_and_the_one_that_never_comes_keep_their_day(tmp_path) -> None:
    # New York, 1 November 2026: 01:30 comes twice. 8 March: 02:30 never comes.
    for stamp, day in (
        ("2026-03-08T06:59:00Z", "2026-03-08"), ("2026-03-08T07:30:00Z", "2026-03-08"),
        ("2025-11-02T05:30:00Z", "2025-11-02"), ("2025-11-02T06:30:00Z", "2025-11-02"),
        ("2025-11-03T04:59:00Z", "2025-11-02"), ("2025-11-03T05:00:00Z", "2025-11-03"),
    ):  # fmt: skip
        line = f"E1,A,{stamp},F1,granted"
        assert list(counts(badges(tmp_path, line, timezone="America/New_York"))) == [(day, "A")]


WRONG_TIMES = [
    "1905-07-17T08:00:00+07:00", "2026-02-30T08:00:00+07:00", "2026-03-04T25:00:00+07:00",
    "2026-03-04T08:61:00+07:00", "2027-03-04T08:00:00+07:00", "yesterday", "",
    "2026-03-04T08:00:00+banana",
]  # fmt: skip


@pytest.mark.parametrize("stamp", WRONG_TIMES)
def test_a_wrong_time_is_refused_with_its_row_and_the_rest_kept(tmp_path, stamp) -> None:
    report = badges(
        tmp_path, "E1,A,2026-03-04T08:00:00+07:00,F1,granted", f"E2,A,{stamp},F1,granted"
    )
    assert refused(report) == [3]
    assert counts(report) == {("2026-03-04", "A"): 1}


def test_rows_of_nobody_no_team_or_broken_are_refused(tmp_path) -> None:
    report = badges(
        tmp_path,
        ",A,2026-03-04T08:00:00+07:00,F1,granted",
        "E2,,2026-03-04T08:00:00+07:00,F1,granted",
        "E3,A,2026-03-04T08:00:00+07:00,F1",
        "E4,A,2026-03-04T08:00:00+07:00,F1,granted",
    )
    assert refused(report) == [2, 3, 4]
    assert counts(report) == {("2026-03-04", "A"): 1}


def test_date_and_clock_time_in_two_columns_are_one_moment(tmp_path) -> None:
    text = "Tanggal;Jam;NIP;Unit Kerja;Pintu\n05/03/2026;23:30;1;A;P1\n13/03/2026;08:00;2;A;P1\n"
    report = read(tmp_path, text, clock="local")
    assert report.kind == "badges"
    assert counts(report) == {("2026-03-05", "A"): 1, ("2026-03-13", "A"): 1}


BOOKINGS = (
    "Reservation ID,Desk Name,Assignee Email,Assignee Department,Floor,Start,Canceled,Actual Start"
    "\n"
)


def test_only_bookings_that_were_kept_count_on_the_local_day(tmp_path) -> None:
    text = BOOKINGS + (
        '1,D1,a@x,"Fin, HR",F1,2026-03-04T01:00:00Z,false,2026-03-04T01:10:00Z\n'
        "2,D2,b@x,Fin,F1,2026-03-04T01:00:00Z,true,\n"
        "3,D3,c@x,Fin,F1,2026-03-04T18:00:00Z,false,2026-03-04T18:01:00Z\n"
        "4,D4,d@x,Fin,F1,2026-03-04T01:00:00Z,false,\n"
        "5,D5,a@x,Fin,F2,2026-03-04T06:00:00Z,false,2026-03-04T06:00:00Z\n"
    )
    report = read(tmp_path, text, **BANDUNG)
    assert counts(report) == {("2026-03-04", "Fin"): 1, ("2026-03-05", "Fin"): 1}
    assert said(report, "1 rows left out: the booking was cancelled")
    assert said(report, "1 rows left out: nobody checked in")


def test_bookings_without_a_check_in_are_wishes_and_say_so(tmp_path) -> None:
    text = "desk,assignee,team,start\nD1,a,A,2026-03-04 09:00\n"
    assert said(read(tmp_path, text, clock="local"), "what people meant to do")


def test_a_time_clock_sheet_counts_who_stamped_in_or_is_marked_present(tmp_path) -> None:
    clocked = "Tanggal,NIP,Unit Kerja,Jam Masuk\n2026-03-04,1,A,07:30\n2026-03-04,2,A,-\n"
    assert counts(read(tmp_path, clocked)) == {("2026-03-04", "A"): 1}
    marked = "Tanggal,NIP,Unit Kerja,Status\n2026-03-04,1,A,Hadir\n2026-03-04,2,A,WFH\n"
    marked += "2026-03-04,3,A,Izin\n2026-03-04,4,A,Cuti Tahunan\n2026-03-04,5,A,Terlambat\n"
    report = read(tmp_path, marked)
    assert counts(report) == {("2026-03-04", "A"): 2}
    assert said(report, "3 rows left out")


SITE = {"hall": Site(-6.2383, 106.9756, 100.0)}


@pytest.mark.parametrize(
    ("latitude", "inside"), [(-6.2383, True), (-6.2383 + 0.00089, True), (-6.2383 + 0.00091, False)]
)
def test_a_position_counts_within_the_radius_and_not_beyond(tmp_path, latitude, inside) -> None:
    # One degree of latitude is 111.2 km: 0.00089 degrees are 99 m, 0.00091 are 101 m.
    text = f"time,person,team,latitude,longitude\n2026-03-04T08:00:00+07:00,1,A,{latitude},106.9756"
    report = read(tmp_path, text, sites=SITE)
    assert counts(report) == ({("2026-03-04", "A"): 1} if inside else {})


def test_positions_need_a_building_and_sane_degrees(tmp_path) -> None:
    text = "time,person,team,lat,lng\n2026-03-04T08:00:00+07:00,1,A,-6.2383,106.9756\n"
    with pytest.raises(ImportRefused, match="where the buildings are"):
        read(tmp_path, text)
    wrong = text + "2026-03-04T08:00:00+07:00,2,A,106.9756,-6.2383\n"
    assert refused(read(tmp_path, wrong, sites=SITE)) == [3]


def test_tailgating_raises_badge_counts_and_says_so(tmp_path) -> None:
    lines = [f"E{at},A,2026-03-04T08:00:00+07:00,F1,granted" for at in range(10)]
    report = badges(tmp_path, *lines, tailgating=Decimal("0.05"))
    assert counts(report) == {("2026-03-04", "A"): 11}
    assert said(report, "Tailgating")


def test_nothing_of_a_report_tells_who_came(tmp_path) -> None:
    report = badges(tmp_path, "ani.susanti,A,2026-03-04T08:00:00+07:00,F1,granted")
    assert "susanti" not in repr(report)


sightings = st.lists(
    st.tuples(
        st.integers(0, 5), st.integers(0, 4), st.integers(0, 1439), st.sampled_from(["F1", "F2"])
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=80, deadline=None)
@given(sightings, st.booleans(), st.randoms(use_true_random=False))
def test_counts_are_those_of_a_plain_count_in_any_order(tmp_path_factory, seen, quoted, rng):
    first = {}
    for person, day, minute, floor in seen:
        key = (person, day)
        if key not in first or minute < first[key][0]:
            first[key] = (minute, floor)
    mark = '"' if quoted else ""
    lines = [
        f"{mark}P{person}{mark},T{person % 2},2026-03-0{day + 2} {minute // 60:02}:"
        f"{minute % 60:02},{floor},ok"
        for person, day, minute, floor in seen
    ]
    expected = {}
    for person, day in first:
        key = (f"2026-03-0{day + 2}", f"T{person % 2}")
        expected[key] = expected.get(key, 0) + 1
    rng.shuffle(lines)
    report = badges(tmp_path_factory.mktemp("t"), *lines, clock="local")
    assert counts(report) == expected
    assert sum(on_floors(report).values()) == len(first)
