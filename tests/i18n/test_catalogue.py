"""The Indonesian catalogue says everything that the program and the templates say."""

import ast
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from planner.i18n import speech_of
from planner.paths import templates_dir, translations_dir

# Which arguments of a call are messages; `N_` marks one that is translated later.
KEYWORDS = {"_": None, "N_": None, "sentence": None, "n": (1, 2), "ngettext": (1, 2)}
MESSAGES = {"_": 1, "N_": 1, "sentence": 1, "n": 2}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|(?<!%)\{\w+(?:![rs])?(?::[^}]*)?\}")
PROGRAM = translations_dir().parent


def forms(message):
    """Return the singular and, where there is one, the plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def said(message):
    """Return what the catalogue says for a message, in every form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.fixture(scope="module")
def source():
    """Return every message of a fresh extraction, by its forms, with the files that say it."""
    found = {}
    for folder, methods in (
        (PROGRAM, [("**.py", "python")]),
        (templates_dir(), [("**.html", "jinja2"), ("**.j2", "jinja2")]),
    ):
        for name, _, message, _, _ in extract_from_dir(
            folder,
            methods,
            options_map={method[0]: {"silent": "false"} for method in methods},
            keywords=KEYWORDS,
            directory_filter=lambda _: True,  # the usual one leaves out `_parts`
        ):
            key = (message,) if isinstance(message, str) else tuple(message)
            found.setdefault(key, set()).add(f"{Path(folder).name}/{name}")
    return found


@pytest.fixture(scope="module")
def indonesian():
    """Return the messages of the catalogue, by their forms."""
    path = translations_dir() / "id" / "LC_MESSAGES" / "messages.po"
    catalogue = read_po(BytesIO(path.read_bytes()), locale="id", abort_invalid=True)
    assert isinstance(catalogue, Catalog)
    assert catalogue.num_plurals == 1
    return {forms(message): message for message in catalogue if message.id}


def test_the_extraction_reads_the_program_the_templates_and_their_parts(source):
    places = set().union(*source.values())
    assert any(place.endswith("reports/facts/headline.py") for place in places)
    assert any("_parts/" in place for place in places)
    assert any(place.endswith(".j2") for place in places)


def test_every_english_message_has_an_indonesian_one(source, indonesian):
    missing = {
        key[0]: sorted(source[key])
        for key in source
        if key not in indonesian or not all(said(indonesian[key]))
    }
    assert missing == {}


def test_no_indonesian_message_stands_for_a_sentence_that_is_no_longer_said(source, indonesian):
    assert sorted(indonesian.keys() - source.keys()) == []


def test_no_indonesian_message_is_only_a_guess(indonesian):
    assert [key for key, message in indonesian.items() if message.fuzzy] == []


def test_indonesian_fills_in_the_same_values(indonesian):
    wrong = {}
    for key, message in indonesian.items():
        wanted = sorted(PLACEHOLDER.findall(key[-1]))
        for text in said(message):
            if sorted(PLACEHOLDER.findall(text)) != wanted:
                wrong[key[0]] = text
    assert wrong == {}


class Anything(dict):
    """Has a value for every name."""

    def __missing__(self, name):
        """Return one that any sign of a format takes."""
        return 1


def test_every_message_of_a_template_can_be_filled_as_templates_do(source, indonesian):
    wrong = []
    for key, places in source.items():
        if any(place.startswith(f"{templates_dir().name}/") for place in places):
            for text in (*key, *said(indonesian[key])):
                try:
                    text % Anything()
                except ValueError:  # found 2026-11: "from 80% to three times" was a page's end
                    wrong.append(text)
    assert wrong == []


def test_a_singular_asks_for_no_value_that_the_plural_leaves_out(source):
    assert [
        key
        for key in source
        if not set(PLACEHOLDER.findall(key[0])) <= set(PLACEHOLDER.findall(key[-1]))
    ] == []


def test_indonesian_ends_a_sentence_where_english_does(indonesian):
    assert [
        key[0]
        for key, message in indonesian.items()
        for text in said(message)
        if (key[-1][-1] in ".?:…") != (text[-1:] in tuple(".?:…"))
    ] == []


def test_every_call_for_a_message_names_it_where_the_extraction_can_read_it():
    hidden = []
    for path in PROGRAM.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            texts = call.args[: MESSAGES.get(name, 0)]
            if not all(isinstance(getattr(text, "value", None), str) for text in texts):
                hidden.append(f"{path.relative_to(PROGRAM)}:{call.lineno}")
    assert hidden == []


@pytest.mark.parametrize("count", [0, 1, 2, 11])
def test_indonesian_counts_without_a_plural(count):
    assert speech_of("id").n("%(count)s seat", "%(count)s seats", count) == f"{count} kursi"
