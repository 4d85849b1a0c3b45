"""`planner read-attendance` and `planner demand`: what a program may rely on."""

import json

import pytest

from planner.cli.main import main
from tests.samples import sample

FRENCH = "occupancy/sociopatterns/derived_InVS15_daily_presence_by_dept.csv"
BADGES = "person,team,time\nE1,A,2026-03-03T17:30:00Z\nE2,A,2026-03-04T03:00:00Z\n"


@pytest.fixture
def told(capsys, tmp_path):
    """Return a function that runs a command on a file with this content and reads its JSON."""

    def run(command, content, *more):
        file = tmp_path / "days.csv"
        file.write_text(content)
        status = main([command, str(file), "--json", *more])
        return status, json.loads(capsys.readouterr().out)

    return run


def test_a_report_has_team_days_teams_days_refused_rows_and_warnings(told) -> None:
    text = "date,team,present\n2026-03-02,A,5\n2026-03-03,B,\n2026-03-04,B,-1\n"
    status, report = told("read-attendance", text)
    assert status == 0
    assert report["team_days"] == 1
    assert report["teams"] == ["A"]
    assert (report["first_day"], report["last_day"]) == ("2026-03-02", "2026-03-02")
    assert report["refused"] == [
        {"row": 4, "reason": "present -1 is below 0; enter a count, or nothing if unknown"}
    ]
    assert report["warnings"] == ["1 rows without a count are gaps, not zeros."]


def test_a_file_without_a_day_answers_no(told) -> None:
    status, report = told("read-attendance", "date,team,present\n2026-03-02,A,-5\n")
    assert status == 1
    assert (report["team_days"], report["first_day"]) == (0, None)


def test_what_a_file_cannot_tell_is_asked_and_may_be_said(told, capsys, tmp_path) -> None:
    file = tmp_path / "days.csv"
    file.write_text(BADGES)
    assert main(["read-attendance", str(file), "--json"]) == 2
    assert "time zone" in capsys.readouterr().err
    _, report = told("read-attendance", BADGES, "--timezone", "Asia/Jakarta")
    assert (report["team_days"], report["first_day"]) == (1, "2026-03-04")


def test_roster_doors_sites_codes_and_kind_are_options(told, tmp_path) -> None:
    roster, doors = tmp_path / "roster.csv", tmp_path / "doors.csv"
    roster.write_text("B1,ani,A\nB2,ani,A\n")
    doors.write_text("P1,F1\n")
    text = "badge,time,door\nB1,2026-03-04 08:00,P1\nB2,2026-03-04 09:00,P1\n"
    _, report = told("read-attendance", text, "--roster", str(roster), "--doors", str(doors),
                     "--clock", "local")  # fmt: skip
    assert (report["team_days"], report["floors"]) == (1, ["F1"])
    text = "time,person,team,lat,lng\n2026-03-04T08:00:00+07:00,1,A,-6.2383,106.9756\n"
    _, report = told("read-attendance", text, "--site", "hall,-6.2383,106.9756,100")
    assert report["teams"] == ["A"]
    text = "NIP,Bagian,2026-03-02,2026-03-03,2026-03-04\n1,A,QQ,H,H\n"
    _, report = told("read-attendance", text, "--code", "QQ=desk", "--map", "team=Bagian")
    assert report["team_days"] == 3


@pytest.mark.parametrize(
    "options",
    [["--site", "hall,1,2"], ["--code", "X=sofa"], ["--roster", "nowhere.csv"],
     ["--map", "team=Nowhere"]],
)  # fmt: skip
def test_an_option_that_makes_no_sense_is_a_sentence(tmp_path, capsys, options) -> None:
    file = tmp_path / "days.csv"
    file.write_text("date,team,present\n2026-03-02,A,5\n")
    assert main(["read-attendance", str(file), "--json", *options]) == 2
    assert capsys.readouterr().err.startswith("planner: ")


def test_demand_prints_seats_by_team_and_weekday(told) -> None:
    lines = [f"2026-0{3 + at // 28}-{at % 28 + 1:02},{team},{10 + at % 5},20"
             for at in range(56) for team in "AB"]  # fmt: skip
    _, demand = told("demand", "date,team,present,headcount\n" + "\n".join(lines), "--level", "0.9")
    assert demand["headcount"] == 40
    assert demand["sum_of_team_quantiles"] == sum(one["allotment"] for one in demand["teams"])
    assert demand["pooled"] == max(demand["by_weekday"].values())
    assert demand["pooled"] <= demand["sum_of_team_quantiles"]
    assert demand["confidence"] in set("ABCD")
    for team in demand["teams"]:
        assert team["allotment"] == max(team["by_weekday"].values())
        assert set(team["by_weekday"]) == set(demand["by_weekday"])


def test_the_french_office_needs_187_seats_and_says_that_p95_is_the_maximum(capsys) -> None:
    assert main(["demand", str(sample(FRENCH)), "--level", "0.95", "--json"]) == 0
    demand = json.loads(capsys.readouterr().out)
    assert (demand["headcount"], demand["days"]) == (232, 10)
    assert (demand["sum_of_team_quantiles"], demand["pooled"]) == (195, 187)
    assert "With 10 days P95 is the maximum: no day may be missed." in demand["warnings"]


def test_demand_without_a_team_day_is_refused(tmp_path, capsys) -> None:
    file = tmp_path / "days.csv"
    file.write_text("date,floor,peak\n2026-03-02,F1,5\n")
    assert main(["demand", str(file), "--json"]) == 2
    assert "no team-day" in capsys.readouterr().err
