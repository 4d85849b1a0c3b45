"""A sentence keeps its parts on every way that it takes, and says the same in both languages."""

import ast
import pickle
import string
from decimal import Decimal

import numpy as np
import pytest

from planner.errors import joined, sentence
from planner.i18n import speech_of
from planner.paths import translations_dir
from planner.sentences import N_, fixed, ngettext, packed, told, unpacked

PROGRAM = translations_dir().parent
EXAMPLES = [
    told(N_("{room}: {area} m²"), room="1.01", area=fixed(1234.56, 1)),
    told(N_("floor {name}"), name="Lantai {3}"),
    told(ngettext("{count} room", "{count} rooms"), count=1),
    joined([told(N_("floor {name}"), name="A"), "B"], ", "),
    sentence(
        "{path} has {size:.0f} MB; files up to {file:.0f} MB are read.",
        path="a.dxf",
        size=61.5,
        file=60.0,
    ),
    told(N_("{names} and {more} more"), names=joined(["x", "y"], ", "), more=1200),
]


def handed_over(example):
    return pickle.loads(pickle.dumps(example))  # noqa: S301  our own


def parts(example):
    """Return all that a sentence is made of, sentences within it too."""
    values = example.values.items()
    forms = getattr(example, "forms", example.template)
    return forms, {n: parts(v) if hasattr(v, "template") else v for n, v in values}


@pytest.mark.parametrize("way", [lambda s: unpacked(packed(s)), handed_over])
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_sentence_stored_or_handed_over_is_the_same_sentence(way, example):
    again = way(example)
    assert again == example
    assert parts(again) == parts(example)


def test_a_sentence_is_said_with_the_numbers_and_words_of_the_reader():
    example = told(
        N_("{room}: {area} m²"), room=told(N_("without a number")), area=Decimal("1234.5")
    )
    assert example == "without a number: 1,234.5 m²"
    assert speech_of("en").say(example) == example
    assert speech_of("id").say(example) == "tanpa nomor: 1.234,5 m²"
    assert speech_of("id").say("as it is") == "as it is"
    assert speech_of("id").say(joined([], ", ")) == ""


@pytest.mark.parametrize(
    ("given", "english", "indonesian"),
    [
        (1250, "1,250", "1.250"),
        (-1250, "−1,250", "−1.250"),
        (np.int64(1250), "1,250", "1.250"),
        (Decimal("0.95"), "0.95", "0,95"),
        (Decimal("1250.50"), "1,250.50", "1.250,50"),
        (0.5, "0.5", "0,5"),
        (Decimal("Infinity"), "Infinity", "Infinity"),
        (Decimal("NaN"), "NaN", "NaN"),
        (10**40, "1" + "0" * 40, "1" + "0" * 40),
        (True, "True", "True"),
        ("1250", "1250", "1250"),
    ],
)
def test_a_refusal_says_its_numbers_as_its_reader_writes_them(given, english, indonesian):
    said = sentence("{level}: enter 0.5 to 1, for example 0.95", level=given)
    assert speech_of("en").say(said) == f"{english}: enter 0.5 to 1, for example 0.95"
    assert speech_of("id").say(said) == f"{indonesian}: isikan 0,5 sampai 1, misalnya 0,95"


def test_what_says_which_one_is_not_parted_into_thousands():
    place = sentence("{place}, row {row}", place=sentence("sheet {sheet}", sheet="teams"), row=1250)
    assert speech_of("en").say(place) == "sheet teams, row 1250"
    assert speech_of("id").say(place) == "lembar teams, baris 1250"
    assert told(N_("row {row}"), row=1250) == speech_of("en").say(told(N_("row {row}"), row=1250))


def test_a_number_that_a_sentence_shortens_is_said_as_its_reader_writes_it():
    said = sentence(
        "{path} has {size:.0f} MB; files up to {file:.0f} MB are read.",
        path="a.b,c", size=1250.4, file=60.0,
    )  # fmt: skip
    assert speech_of("id").say(said) == "a.b,c berukuran 1250 MB; berkas sampai 60 MB dibaca."
    off = sentence("{kind} from {least:,f} to {most:,f}", kind="angka",
                   least=Decimal(0), most=Decimal(1250))  # fmt: skip
    assert speech_of("id").say(off) == "angka dari 0 sampai 1.250"


def test_one_and_several_have_their_own_words():
    forms = ngettext("{count} desk stands in no room.", "{count} desks stand in no room.")
    assert told(forms, count=1) == "1 desk stands in no room."
    assert told(forms, count=2) == "2 desks stand in no room."


@pytest.mark.parametrize("text", ["", "plain", "\x1e", "\x1e{", '\x1e{"say": 1}'])
def test_what_was_never_packed_does_no_harm(text):
    assert isinstance(unpacked(text), str)


def fields(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_sentence_is_given_the_values_that_it_names():
    wrong = []
    for path in PROGRAM.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and getattr(call.func, "id", "") == "told"):
                continue
            given = {one.arg for one in call.keywords}
            marked = [one for one in call.args[:1] if isinstance(one, ast.Call)]
            texts = [text for one in marked for text in one.args]
            wrong += [
                f"{path.relative_to(PROGRAM)}:{call.lineno}"
                for text in texts
                if fields(text.value) != given and fields(text.value) | {"count"} != given
            ]
    assert wrong == []
