"""Ids of another owner in every field of every form; and a form that was filled in too early.

No list of forms or fields is kept here. The forms are those that the pages draw, with what stands
in them; which further fields a page reads is found out by a mapping that notes every name it is
asked for.
"""
# ruff: noqa: F811  fixtures come by import

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from planner.db.store import EVERY_OWNER
from planner.db.tables import MembershipRow
from planner.errors import NotFound
from planner.services import accounts, estates
from tests.web.conftest import take_in
from tests.web.test_anothers import (  # noqa: F401  among them fixtures
    FILLED,
    NAMES_ASKED,
    SIGN,
    Fields,
    Things,
    asked_for,
    both,
    house,
    linked,
    noting,
    ours,
    rows_of,
    send,
    theirs,
)
from tests.web.test_roles import address, walked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

pytestmark = pytest.mark.slow
ENDS_THE_WALK = {"auth.sign_out"}
LAST = ("estates.delete", "admin.delete_owner")
"""What takes away what the others need."""


TYPED = {"number": "1", "date": "2027-01-04", "month": "2027-01", "email": "a@example.org",
         "color": "#112233", "time": "09:00", "text": "Words", "textarea": "Words"}  # fmt: skip
"""What is typed into an empty field, by its kind."""


@dataclass
class Form:
    """A form as a page draws it.

    Args:
        action: where it goes.
        fields: what stands in it.
        offers: values that a field lets one choose, chosen or not.
        wants: what an empty field takes.
    """

    action: str
    fields: Fields = field(default_factory=list)
    offers: dict[str, set[str]] = field(default_factory=dict)
    wants: dict[str, str] = field(default_factory=dict)

    def filled(self, fields: Fields, ours: Things) -> Fields:
        """Return fields filled in as a person would, with an id of ours where one can be chosen.

        Only so is another's id not refused because something else is missing.
        """
        own = set(ours.ids.values())
        given = {**dict.fromkeys(self.offers, ""), **dict(reversed(fields))}
        return [
            (name, value if value in own else self._chosen(name, value, ours))
            for name, value in given.items()
        ]

    def _chosen(self, name: str, value: str, ours: Things) -> str:
        known = self.offers.get(name, set()) & set(ours.ids.values())
        if known:
            return min(known)
        for kind in (name, name.removesuffix("s"), name.removesuffix("_id")):
            if kind in ours.ids and value in {"", "1"}:
                return ours.ids[kind]
        return value or self.wants.get(name, "")


class Forms(HTMLParser):
    """The forms of a page that change something, with what stands in their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._loose: list[tuple[str, dict[str, str], str]] = []
        self._choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""))
            if given.get("method", "").lower() == "post":
                self.found.append(self._form)
            self._by_id[given.get("id", "")] = self._form
        elif tag in {"input", "textarea", "button", "select"} and given.get("name"):
            if tag == "select":
                self._choice = given["name"]
            else:
                kind = given.get("type", "textarea" if tag == "textarea" else "text")
                self._put(given, kind)
        elif tag == "option" and self._choice and self._form is not None:
            fields, value = self._form.fields, given.get("value", "")
            self._form.offers.setdefault(self._choice, set()).add(value)
            if self._choice not in dict(fields) or "selected" in given:
                fields[:] = [one for one in fields if one[0] != self._choice]
                fields.append((self._choice, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._choice = ""

    def _put(self, given: dict[str, str], kind: str) -> None:
        if "form" in given:
            self._loose.append((given["form"], given, kind))
        elif self._form is not None:
            self._add(self._form, given, kind)

    def _add(self, form: Form, given: dict[str, str], kind: str) -> None:
        name, value = given["name"], given.get("value", "")
        ticked = kind in {"radio", "checkbox"}
        if ticked:
            form.offers.setdefault(name, set()).add(value)
        if not ticked or "checked" in given:
            form.fields.append((name, value))
        form.wants.setdefault(name, TYPED.get(kind, ""))

    def close(self) -> None:
        super().close()
        for form, given, kind in self._loose:
            if form in self._by_id:
                self._add(self._by_id[form], given, kind)


def crawl(app: Flask, client: FlaskClient, start: str) -> Iterator[tuple[str, str]]:
    """Yield each kind of page that can be reached by links, once, and its text."""
    adapter = app.url_map.bind("localhost")
    waiting, known = [start], set()
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address).path
        try:
            endpoint, parts = adapter.match(path)
        except HTTPException:
            continue
        kind = (endpoint, parts.get("name"))
        if kind in known or endpoint in {"static", "admin.export"} or path.startswith("/api"):
            continue
        known.add(kind)
        answer = client.get(address)
        if answer.status_code in {302, 303}:
            waiting.append(answer.location)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        yield address, answer.text
        waiting += [
            one.replace("&amp;", "&") for one in re.findall(r'href="(/[^"#]*)', answer.text)
        ]


def drawn(app: Flask, client: FlaskClient, ours: Things) -> dict[str, list[Form]]:
    """Return the forms that pages draw, by who takes them, each with other fields once."""
    adapter = app.url_map.bind("localhost")
    forms: dict[str, dict[object, Form]] = {}
    for address_, text in crawl(app, client, f"/estates/{ours.ids['estate']}"):
        parser = Forms()
        parser.feed(text)
        parser.close()
        for form in parser.found:
            form.action = form.action or address_
            endpoint, parts = adapter.match(urlsplit(form.action).path, method="POST")
            one = (parts.get("name"), *sorted({name for name, _ in form.fields}))
            forms.setdefault(endpoint, {}).setdefault(one, form)
    return {endpoint: list(found.values()) for endpoint, found in forms.items()}


def tries(
    fields: Fields, filled: Fields, ours: Things, theirs: Things, turn: int
) -> Iterator[Fields]:
    """Yield the form with ids of another: in all fields, and in each that carries ids by itself.

    In all fields, one form gets every other kind of id and the next form the rest. By itself an
    id stands in the form as `filled` in, where nothing else is refused before it.
    """
    own = set(ours.ids.values())
    given = dict.fromkeys(name for name, _ in fields if name not in {"csrf_token", "version"})
    of_ids = {name for name, value in filled if value in own or name in theirs.ids}
    for at, ident in enumerate(theirs.ids.values()):
        if at % 2 == turn % 2:
            yield [(name, ident if name in given else value) for name, value in fields]
        for name in of_ids:
            yield [(one, ident if one == name else value) for one, value in filled]


def in_turn(post: tuple[str, object]) -> tuple[bool, int, str]:
    """Return when a form is tried: what deletes comes late."""
    name = post[0]
    return "delete" in name, LAST.index(name) if name in LAST else -1, name


def version_of(store, things: Things) -> int:
    try:
        return estates.get_estate(store, things.actor, things.ids["estate"]).version
    except NotFound:  # deleted by now
        return 0


def at_version(fields: Fields, version: int) -> Fields:
    return [(name, str(version) if name == "version" else value) for name, value in fields]


def test_ids_of_another_in_every_field_of_every_form(noting, ours, theirs, store, client_as):
    take_in(store)  # whatever a worker would do to their rows meanwhile
    before = rows_of(store, theirs)
    assert len(before) > 100

    def fresh() -> FlaskClient:
        with store.writing(EVERY_OWNER) as scope:  # whatever a form has done to oneself
            member = scope.one(MembershipRow, "user", user_id=ours.actor.id)
            member.active, member.roles = True, ["administrator", "planner", "finance"]
        actor = accounts.actor_of(store, ours.actor.id)
        assert actor is not None
        client = client_as("citra")
        with client.session_transaction() as session:
            session["stamp"] = actor.session
        return client

    forms = drawn(noting, fresh(), ours)
    posts = {asked[1]: rule for asked, rule in walked(noting).items() if asked[0] == "POST"}
    count, shown = 0, []
    for endpoint, rule in sorted(posts.items(), key=in_turn):
        if endpoint in ENDS_THE_WALK:
            continue
        parts = FILLED | ours.ids
        bare = address(noting, rule, parts)
        several = forms.get(endpoint) or [Form(bare, asked_for(fresh(), bare, endpoint))]
        for form in several:
            client, where, fields = fresh(), form.action, form.fields
            send(client, where, fields)
            known = {name for name, _ in fields} | {"csrf_token", "next"}
            beyond = sorted(NAMES_ASKED.get(f"POST {endpoint}", set()) - known)
            asked = urlsplit(where)
            whole = [*parse_qsl(asked.query), *fields, *((name, "") for name in beyond)]
            for sent in tries(whole, form.filled(whole, ours), ours, theirs, count):
                count += 1
                sent_now = at_version(sent, version_of(store, ours))
                both_ways = f"{asked.path}?{urlencode(sent_now)}"  # in address and body alike
                if SIGN in send(client, both_ways, sent_now):
                    shown.append((endpoint, sent))
    assert shown == []
    assert count > 600
    assert linked(store, theirs) == []
    assert rows_of(store, theirs) == before


def test_no_form_changes_an_estate_that_changed_since_it_was_read(noting, ours, store, client_as):
    """A form names the version it was filled in for, or changes no estate at all."""
    before, stale, without = version_of(store, ours), 0, set()
    forms = drawn(noting, client_as("citra"), ours)
    editing = {
        name: rule
        for (method, name), rule in walked(noting).items()
        if method == "POST" and "estate" in rule.arguments
    }
    for endpoint, rule in editing.items():
        bare = address(noting, rule, FILLED | ours.ids)
        for form in forms.get(endpoint) or [Form(bare)]:
            filled = form.filled(form.fields, ours)
            stale += any(name == "version" for name, _ in filled)
            send(client_as("citra"), form.action, at_version(filled, before - 1))
            if version_of(store, ours) != before:
                without.add(endpoint)
                before = version_of(store, ours)
    assert without == set()
    assert stale > 15
