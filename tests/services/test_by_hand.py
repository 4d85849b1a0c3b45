"""Plans made by hand: worth what a solved plan with the same seating is, refused row by row."""

import re
from dataclasses import replace

import pytest

from planner.domain.records import Seating
from planner.errors import ImportRefused, InvalidInput
from planner.i18n import speech_of
from planner.importers.by_hand import as_seated, read_by_hand
from planner.importers.workbook import estate_bytes
from planner.optimise.options import Options
from planner.reports.moves import moves_csv
from planner.services import by_hand, estates, plans
from planner.services.by_hand import judge, judge_file
from planner.services.chain import dossier_of, make_plan
from tests.web.conftest import office


@pytest.fixture(scope="module")
def solved():
    return make_plan(office(), Options(name="Solved", seconds=5))


@pytest.fixture
def moves(solved, tmp_path):
    """Return the file of a plan's own moves."""
    path = tmp_path / "moves.csv"
    text = moves_csv(dossier_of(office(), solved), speech_of("id"))
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_the_moves_of_a_solved_plan_are_worth_what_it_is_worth(solved, moves):
    found = judge_file(office(), moves, limit=solved.bound)
    assert found.problems == ()
    assert (found.plan.npv, found.plan.value, found.plan.bound, found.plan.freed_units) == (
        solved.npv,
        solved.value,
        solved.bound,
        solved.freed_units,
    )


def test_the_seating_of_a_workbook_is_worth_the_same(solved, tmp_path):
    seating = tuple(
        Seating(team=team, floor=unit, people=people)
        for team, places in solved.placed.items()
        for unit, people in places.items()
    )
    path = tmp_path / "planned.xlsx"
    path.write_bytes(estate_bytes(replace(office(), seating=seating)))
    found = judge_file(office(), path, limit=solved.bound)
    assert found.problems == ()
    assert (found.plan.value, found.plan.people_moved) == (solved.value, solved.people_moved)


def test_a_floor_too_full_and_a_rule_broken_are_named(tmp_path):
    path = tmp_path / "moves.csv"
    rows = ["team,from,to,people", "LOKET,N1,N2,10", *(f"T{at},{f},N2,8" for at, f in
            ((1, "N1"), (3, "N3"), (4, "S1"), (5, "S2"), (6, "S3")))]  # fmt: skip
    path.write_text("\n".join(rows))
    found = judge_file(office(), path)
    said = "\n".join(map(str, found.problems))
    assert re.search(r"unit N2, \w+day: \d+ seats are taken, there are 20", said)
    assert "serves the public" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("team,from,to,people\nT9,N1,N2,8\n", "row 2, column team: there is no team 'T9'"),
        ("team;from;to;people\nT1;N1;N9;8\n", "row 2, column to: there is no unit 'N9'"),
        ("team,from,to,people\nT1,N1,N2,many\n", "row 2, column people: 'many' is not a whole"),
        ("team,from,to,people\nT1,N1,N2,9\n", "row 2: 9 people of T1 leave N1, where 8 are left"),
        ("team,to,people\n", "row 1: no column from"),
        ("tim,dari,ke,orang\nT1,N1,N2,3\n", ""),
    ],
)
def test_each_wrong_row_is_refused_with_its_place(text, said, tmp_path):
    path = tmp_path / "moves.csv"
    path.write_text(text)
    if not said:
        assert read_by_hand(path, office())["T1", "N1"] == {"N1": 5, "N2": 3}
        return
    with pytest.raises(InvalidInput, match=re.escape(said)):
        read_by_hand(path, office())


def test_other_files_are_refused(tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(b"x")
    with pytest.raises(ImportRefused, match="neither"):
        read_by_hand(path, office())


def test_as_many_as_can_stay_where_they_are():
    of = office()
    seating = [one for one in of.seating if one.team != "T1"]
    planned = replace(
        of,
        seating=(*seating, Seating(team="T1", floor="N1", people=5),
                 Seating(team="T1", floor="S1", people=3)),
    )  # fmt: skip
    assert as_seated(planned, of)["T1", "N1"] == {"N1": 5, "S1": 3}


def test_people_too_many_are_refused():
    of = office()
    more = tuple(one.model_copy(update={"people": one.people + 1}) for one in of.seating)
    with pytest.raises(InvalidInput, match="9 people, the estate seats 8"):
        as_seated(replace(of, seating=more), of)


def test_somebody_left_out_is_refused():
    with pytest.raises(InvalidInput, match="sits nowhere"):
        judge(office(), {}, Options(name="Nobody"))


def test_an_upload_is_judged_by_the_limit_that_an_earlier_plan_proved(store, people, solved):
    stored = estates.add_estate(store, people.planner, office())
    data = b"team,from,to,people\n"
    nothing = by_hand.judge_upload(store, people.viewer, stored.estate_id, data, "moves.csv")
    assert (nothing.plan.bound, nothing.problems) == (None, ())
    plans.add_plan(store, people.planner, stored.estate_id, solved)
    known = by_hand.judge_upload(store, people.viewer, stored.estate_id, data, "moves.csv")
    assert known.plan.bound == solved.bound
    assert known.plan.people_moved == 0
