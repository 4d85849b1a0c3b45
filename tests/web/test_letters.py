"""E-mail about proposals: who is told, in which language, and that nothing depends on it."""

import smtplib

import pytest

from planner.errors import InvalidInput
from planner.services import proposals
from planner.services.letters import Letter, PostOffice, letters_of
from planner.settings import load_settings

OFFICE = PostOffice("127.0.0.1", 1, "planner@example.org")


def told(store, house, who, event):
    return letters_of(store, house.people[who], house.proposal, event, "https://site/p")


def test_who_may_decide_is_told_of_what_is_submitted_and_nobody_else(store, house):
    (letter,) = told(store, house, "ani", "submitted")
    assert letter.to == "sari@example.org"
    assert letter.subject == "For decision: Free what is empty"
    assert letter.text.endswith("https://site/p\n")


def test_who_submitted_is_told_of_the_decision_with_its_comment(store, house):
    proposals.send_back(store, house.people["sari"], house.proposal, 1, "Look at the void")
    (letter,) = told(store, house, "sari", "sent_back")
    assert letter.to == "ani@example.org"
    assert "“Look at the void”" in letter.text


def test_nobody_is_told_of_what_they_did_themselves(store, house):
    assert told(store, house, "ani", "approved") == ()


def test_a_server_that_is_not_there_stops_nothing(store, house, client_as):
    assert OFFICE.send([Letter("a@example.org", "x", "y")]) == 0
    sent = client_as("sari").post(f"/proposals/{house.proposal}/approve", data={"number": "1"})
    assert sent.status_code == 303


def test_a_letter_is_sent_as_it_is_written(monkeypatch):
    got = []

    class Server:
        def __init__(self, *_args, **_options):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_fault):
            pass

        def send_message(self, message):
            got.append(message)

    monkeypatch.setattr(smtplib, "SMTP", Server)
    office = PostOffice("mail", 25, "planner@example.org", security="none")
    assert office.send([Letter("sari@example.org", "For decision: é", "Text\n")]) == 1
    assert got[0]["To"] == "sari@example.org"
    assert got[0].get_content() == "Text\n"


def test_a_server_without_a_sender_is_refused(tmp_path):
    given = {"PLANNER_DATA_DIR": str(tmp_path), "PLANNER_SMTP_HOST": "mail"}
    with pytest.raises(InvalidInput, match="PLANNER_SMTP_SENDER"):
        load_settings(given)
