"""The benchmarks run, and say what they measured."""

import json

import pytest

from planner.cli.main import main


def test_every_suite_is_listed(capsys):
    with pytest.raises(SystemExit):
        main(["bench", "--help"])
    said = capsys.readouterr().out
    assert {"fanout", "money", "reports", "site"} <= set(said.split())


def test_money_is_measured_step_by_step(capsys):
    assert main(["bench", "money", "--leases", "3", "--draws", "50", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["leases"] == 3
    assert found["p10"] < found["p50"] < found["p90"]
    assert len(found["steps"]) == 5


@pytest.mark.parametrize("leases", [1, 41])
def test_as_many_leases_as_asked_are_priced(capsys, leases):
    main(["bench", "money", "--leases", str(leases), "--draws", "2", "--json"])
    assert json.loads(capsys.readouterr().out)["leases"] == leases


def test_the_site_is_measured_page_by_page_and_by_drag(capsys):
    main(["bench", "site", "--floors", "50", "--teams", "200", "--rounds", "1", "--json"])
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert len(figures) == 4
    assert all(one["value"] > 0 for one in figures.values())


def test_an_estate_is_lost_and_brought_back_row_by_row(capsys):
    words = ["bench", "data", "--floors", "10", "--teams", "80", "--days", "4", "--json"]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == 6
    assert all(one["holds"] for one in found)


@pytest.mark.slow
def test_a_large_estate_goes_over_two_workers_and_breaks_no_rule(capsys):
    words = ["bench", "fanout", "--floors", "100", "--teams", "120", "--seconds", "8"]
    assert main([*words, "--workers", "2", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["parts"], found["hands"], found["violations"]) == (4, 2, 0)
