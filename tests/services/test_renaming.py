"""A code that changes takes every rule about it along."""

from dataclasses import replace

import pytest

from planner.domain.consistency import problems_of
from planner.domain.records import Rule
from planner.services.renaming import follow
from tests.estates import estate

RULES = (
    Rule(rule="keep_floor", subject="N1"),
    Rule(rule="free_floor", subject="S2"),
    Rule(rule="fix_team", subject="a", object="N1"),
    Rule(rule="fix_team", subject="b/N2", object="N2", value=3),
    Rule(rule="only_in", subject="a", object="N"),
    Rule(rule="never_in", subject="a", object="S1"),
    Rule(rule="people_moved_at_most", value=20),
    Rule(rule="no_moves", subject="2026-12-20", object="2027-01-05"),
    Rule(rule="move_together", subject="a", object="b"),
    Rule(rule="move_before", subject="b", object="a"),
    Rule(rule="move_not_before", subject="a", object="2027-03-31"),
    Rule(rule="move_not_before", subject="N2", object="2027-03-31"),
)


@pytest.mark.parametrize(
    ("sheet", "old"),
    [
        ("teams", "a"), ("teams", "b"), ("teams", "c"), ("floors", "N1"), ("floors", "N2"),
        ("floors", "S1"), ("floors", "S2"), ("buildings", "N"), ("buildings", "S"),
    ],
)  # fmt: skip
def test_every_kind_of_rule_follows_a_code_that_changes(sheet, old):
    before = estate(rules=RULES)
    assert problems_of(before) == []
    records = tuple(
        one.model_copy(update={"code": "NEW"}) if one.code == old else one
        for one in getattr(before, sheet)
    )
    after = follow(replace(before, **{sheet: records}), sheet, old, "NEW")
    assert problems_of(after) == []
    named = [part for rule in after.rules for text in (rule.subject, rule.object)
             for part in text.split("/")]  # fmt: skip
    assert old not in named
    assert len(after.rules) == len(RULES)


def test_a_team_with_the_code_of_a_building_is_left_alone_when_the_building_is_renamed():
    rule = Rule(rule="move_together", subject="a", object="N")
    after = follow(estate(rules=(rule,)), "buildings", "N", "NEW")
    assert after.rules == (rule,)
