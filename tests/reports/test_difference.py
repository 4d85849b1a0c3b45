"""The difference between two versions says every change once, in words."""

from dataclasses import replace

from planner.domain.records import Assumption
from planner.i18n import speech_of
from planner.reports.facts.difference import difference_of
from tests.reports.campus import campus, needs, nine_floors, plan_of

EN, ID = speech_of("en", "IDR", "m2"), speech_of("id", "IDR", "m2")


def test_the_same_plan_twice_changes_nothing():
    same = (campus(), nine_floors())
    assert difference_of(same, same, EN) == ("Nothing that the documents say has changed.",)


def test_fewer_floors_less_money_and_other_seats_are_named():
    old, new = nine_floors(), plan_of(campus(), needs(), ("A9", "A10"))
    said = " ".join(difference_of((campus(), old), (campus(), new), EN))
    assert "No longer freed: B5, B6, B7, E1, E2 and E3, E4" in said or "No longer freed: B5" in said
    assert "Freed besides" not in said
    assert "The net value goes from" in said
    assert f"instead of {old.people_moved}" in said


def test_a_changed_figure_and_a_changed_record_are_named():
    estate = campus()
    stated = Assumption(key="void_months", value="5")
    kept = tuple(one for one in estate.assumptions if one.key != "void_months")
    floors = (estate.floors[0].model_copy(update={"seats": 3}), *estate.floors[1:])
    changed = replace(estate, assumptions=(*kept, stated), floors=floors)
    newer = nine_floors().model_copy(update={"estate_hash": changed.hash})
    said = difference_of((estate, nine_floors()), (changed, newer), EN)
    assert "Void: 5 instead of 9." in said
    assert any(estate.floors[0].code in one and "Floors" in one for one in said)
    assert len(difference_of((estate, nine_floors()), (changed, newer), ID)) == len(said)
