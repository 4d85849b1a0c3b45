"""Every act that services write down is told in words, in both languages."""

import re

import pytest
from flask import g

from planner.i18n import speech_of
from planner.paths import translations_dir
from planner.web.phrases import act_words

NOTED = re.compile(r'note\(\s*scope,\s*[^,]+,\s*"([a-z ]+)",\s*"([a-z_]+)"')
SERVICES = translations_dir().parent
ACTS = sorted(
    {
        found
        for path in SERVICES.rglob("*.py")
        for found in NOTED.findall(path.read_text(encoding="utf-8"))
    }
)


def test_acts_are_found() -> None:
    assert len(ACTS) > 20


@pytest.mark.parametrize(("action", "subject"), ACTS)
def test_an_act_is_told_in_the_reader_s_own_words(app, action, subject) -> None:
    with app.test_request_context():
        g.speech = speech_of("id")
        said = act_words(action, subject)
        g.speech = speech_of("en")
        assert "_" not in said
        assert said != act_words(action, subject)
