"""Every kind of rule has a sentence of its own, and only rules on seats have a price."""

from dataclasses import replace
from typing import get_args

import pytest

from planner.domain.records import Rule
from planner.domain.records.kinds import DATE_RULES, RuleKind
from planner.domain.study import Gain, RulePrice, Study, parse_study
from planner.i18n import speech_of
from planner.reports.facts import facts_of
from planner.reports.facts.rules import lifted_words, rule_words
from tests.estates import estate
from tests.reports.campus import nine_floors_dossier

EN, ID = speech_of("en"), speech_of("id")
NOTHING = Gain(estimate=0, least=0, most=0)
ABOUT = {
    "keep_floor": ("N1", ""),
    "free_floor": ("N1", ""),
    "people_moved_at_most": ("", ""),
    "no_moves": ("2026-12-20", "2027-01-05"),
    "move_together": ("a", "b"),
    "move_before": ("a", "b"),
    "move_not_before": ("a", "2027-03-31"),
}


@pytest.mark.parametrize("kind", get_args(RuleKind))
@pytest.mark.parametrize("speech", [EN, ID])
def test_no_kind_of_rule_is_without_words_with_or_without_the_rule_at_hand(kind, speech):
    subject, place = ABOUT.get(kind, ("a", "N1"))
    rule = Rule(
        rule=kind, subject=subject, object=place, value=7 if kind.startswith("people") else None
    )
    of = estate(rules=(rule,))
    price = RulePrice(rule=kind, subject=subject, object=place, gain=NOTHING)
    assert lifted_words(price, of, speech) == rule_words(rule, of, speech)
    assert lifted_words(price, estate(), speech)


@pytest.mark.parametrize(
    ("rule", "english", "indonesian"),
    [
        (
            Rule(rule="no_moves", subject="2026-12-20", object="2027-01-05"),
            "Nobody moves from 20 Dec 2026 to 5 Jan 2027",
            "Tidak ada yang pindah dari 20 Des 2026 sampai 5 Jan 2027",
        ),
        (
            Rule(rule="move_before", subject="a", object="b", value=14),
            "Team a moves before Team b, with at least 14 days between",
            "Team a pindah sebelum Team b, dengan jeda paling sedikit 14 hari",
        ),
        (
            Rule(rule="move_before", subject="a", object="b"),
            "Team a moves before Team b",
            "Team a pindah sebelum Team b",
        ),
        (
            Rule(rule="move_not_before", subject="N1", object="2027-03-31"),
            "Nobody comes to N1 before 31 Mar 2027",
            "Tidak ada yang datang ke N1 sebelum 31 Mar 2027",
        ),
        (
            Rule(rule="move_not_before", subject="a", object="2027-03-31"),
            "Team a does not move before 31 Mar 2027",
            "Team a tidak pindah sebelum 31 Mar 2027",
        ),
        (
            Rule(rule="people_moved_at_most", value=1200),
            "At most 1,200 people move",
            "Paling banyak 1.200 orang pindah",
        ),
    ],
)
def test_a_rule_is_said_with_names_days_and_numbers_of_the_reader(rule, english, indonesian):
    of = estate(rules=(rule,))
    assert rule_words(rule, of, EN) == english
    assert rule_words(rule, of, ID) == indonesian


def test_of_two_limits_on_moves_the_one_that_binds_is_named():
    rules = (
        Rule(rule="people_moved_at_most", value=900),
        Rule(rule="people_moved_at_most", value=200),
    )
    price = RulePrice(rule="people_moved_at_most", gain=NOTHING)
    assert lifted_words(price, estate(rules=rules), EN) == "At most 200 people move"


def test_a_document_says_that_rules_on_dates_have_no_price_and_leaves_out_old_ones():
    dossier = nine_floors_dossier()
    rules = (
        *dossier.estate.rules,
        Rule(rule="no_moves", subject="2026-12-20", object="2027-01-05"),
    )
    plan = dossier.plan
    prices = tuple(
        RulePrice(rule=one.rule, subject=one.subject, object=one.object, gain=NOTHING)
        for one in rules
    )
    old = Study(estate_hash=plan.estate_hash, plan_hash=plan.hash, seconds=1, rules=prices)
    study = parse_study(old.to_json())
    assert [one.rule for one in study.rules] == [
        one.rule for one in rules if one.rule not in DATE_RULES
    ]
    dossier = replace(dossier, study=study, estate=replace(dossier.estate, rules=rules))
    tables = facts_of(dossier, EN).sections["options"].tables
    table = next(one for one in tables if one.title == "What each rule costs")
    assert "1 rule only says when teams move" in table.note
    assert len(table.rows) == len(study.rules)
