"""What a study found, in lines for a terminal."""

from decimal import Decimal

from planner.cli.explaining import say_study
from planner.domain.records import Rule
from planner.i18n import speech_of
from planner.optimise.options import Options
from planner.optimise.solve import plan_estate
from planner.optimise.study import study_of
from tests.estates import estate
from tests.worlds import Demand, Worth

RULES = (
    Rule(rule="keep_floor", subject="S1"),
    Rule(rule="no_moves", subject="2026-12-20", object="2027-01-05"),
    Rule(rule="move_together", subject="a", object="b"),
    Rule(rule="move_before", subject="c", object="d"),
    Rule(rule="move_not_before", subject="N1", object="2027-03-31"),
)


def test_an_estate_with_every_rule_on_dates_is_explained_without_a_price_for_them(capsys):
    of = estate(rules=RULES)
    demand = Demand({member.code: (8, 8) for member in of.teams})
    worth = Worth(dict.fromkeys(("N1", "N2", "S1", "S2"), 100), {}, 1)
    plan = plan_estate(of, demand, worth, Options(seconds=2))

    def prices(*, rent: Decimal, moves: Decimal) -> Worth:
        return worth

    study = study_of(of, demand, prices, plan, Options(), seconds=10)
    assert [one.rule for one in study.rules] == ["keep_floor"]
    say_study(study, plan, of, speech_of("en"))
    said = capsys.readouterr().out
    assert "Keep S1: " in said
    assert "4 rules only say when teams move" in said
