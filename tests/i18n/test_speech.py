"""Both languages say the guide's examples as the guide writes them."""

import datetime as dt
from decimal import Decimal

import pytest
from jinja2 import DictLoader

from planner.i18n import speech_of

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", f"Rp{NBSP}20.9{NBSP}bn"), ("id", f"Rp20,9{NBSP}miliar")],
)
def test_money_is_shortened_as_people_say_it(language, said):
    assert speech_of(language).money_short(2_094_900_000_000) == said


def test_a_negative_amount_carries_a_true_minus_before_the_symbol():
    assert speech_of("en").money_short(-4_000_000_000) == f"\u2212Rp{NBSP}40.0{NBSP}m"


def test_currencies_keep_their_own_decimals():
    assert speech_of("en", "JPY").money(1234) == "¥1,234"
    assert speech_of("en", "USD").money(1234) == "$12.34"
    assert speech_of("en", "KWD").money(1234) == f"KWD{NBSP}1.234"


@pytest.mark.parametrize(("language", "said"), [("en", "96.7%"), ("id", "96,7%")])
def test_percentages_follow_the_language(language, said):
    assert speech_of(language).percent(Decimal("0.9667")) == said


def test_dates_name_the_month():
    assert speech_of("en").date(dt.date(2026, 11, 24)) == "24 Nov 2026"
    assert speech_of("id").long_date(dt.date(2026, 8, 14)) == "14 Agustus 2026"


def test_templates_speak_indonesian():
    env = speech_of("id").environment(
        DictLoader({"t": "{{ _('%(most)s and %(last)s', most='a', last='<b>') }}"})
    )
    assert env.get_template("t").render() == "a dan &lt;b&gt;"


def test_an_area_is_shown_in_the_estates_unit():
    assert speech_of("en", "USD", "sqft").area(1000) == f"10,764{NBSP}sq ft"
