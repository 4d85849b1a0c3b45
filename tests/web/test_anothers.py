"""Ids of another owner in every question of a page, address and body: nothing is shown or changed.

No list of fields is kept here. Which questions a page asks is found out by a mapping that notes
every name it is asked for; the texts of a body are those that its model declares. A field that
is added tomorrow is tried without a word.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from flask import request
from werkzeug.datastructures import ImmutableMultiDict

from planner.db.backup import all_rows
from planner.db.store import open_store
from planner.domain.plan import parse_plan
from planner.optimise.options import Options
from planner.services import (
    accounts,
    backdrops,
    documents,
    estates,
    ordering,
    plan_files,
    plans,
    presence,
    proposals,
    sharing,
    taking_in,
    tokens,
)
from planner.web.api.operations import OPERATIONS
from tests.web.conftest import NOW, PASSWORD, House, drawing, office, picture, take_in
from tests.web.test_roles import OF_AN_OWNER, address, walked

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from planner.services.access import Actor

SIGN = "Zzyzx"
"""Stands in every name of the other owner, so that a page that shows one is caught."""
TAKES_A_PROCESS = {"admin.export", "data.workbook", "documents.of_version", "documents.of_plan",
                   "documents.proposal", "documents.workbook", "presence.use_it"}  # fmt: skip
"""What only makes a file of what stands in its address; test_roles walks those."""
FILLED = {
    "number": 1, "name": "teams", "which": "units", "floor": "N1", "building": "N",
    "key": "void_months", "shelf": "tutorial", "kind": "moves", "at": 0, "staging_id": "none",
}  # fmt: skip
NAMES_ASKED: dict[str, set[str]] = {}


@dataclass(frozen=True)
class Things:
    """What an owner has, one of each kind, by kind."""

    actor: Actor
    ids: dict[str, str]


def things_of(store, actor: Actor, solved, mark: str) -> Things:
    """Give an owner one of everything."""
    estate_id = estates.add_estate(store, actor, office()).estate_id
    backdrops.put_picture(store, actor, estate_id, "N1", picture(0.02), f"{mark}.png")
    file = plan_files.ask(store, actor, estate_id, drawing(), f"{mark}.dxf")
    taking_in.ask_plan(store, actor, estate_id, file)
    take_in(store)
    named = parse_plan(solved.model_copy(update={"name": f"{mark} plan"}).to_json())
    kept = parse_plan(solved.model_copy(update={"name": f"{mark} second"}).to_json())
    plan = plans.add_plan(store, actor, estate_id, named)
    proposal = proposals.create(store, actor, plan, f"{mark} proposal", mark)
    user = accounts.add_user(
        store, actor, f"{mark.lower()}@example.org", PASSWORD, roles=["viewer"], name=mark
    )
    days = b"date,team,present\n2026-11-02,T1,5\n"
    tokens.create(store, actor, mark, ("see",), 7)
    sharing.share(store, actor, [plan], 7)
    wanted = documents.Wanted("proposal", "en", plan=plan)
    return Things(
        actor,
        {
            "estate": estate_id, "plan": plan, "file": file, "proposal": proposal, "user": user,
            "second": plans.add_plan(store, actor, estate_id, kept),
            "day_file": presence.receive(store, actor, estate_id, days, f"{mark}.csv", mark),
            "token": tokens.list_tokens(store, actor)[0].id,
            "share": sharing.shares(store, actor)[0].id,
            "run": plans.start_plan(store, actor, estate_id, Options(f"{mark} run", seconds=5)),
            "intake": taking_in.ask_workbook(store, actor, b"x", f"{mark}.xlsx", estate_id, 1),
            "order": ordering.ask(store, actor, wanted),
            "owner": actor.owner, "person": actor.id,
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def both(built, solved, tmp_path_factory) -> tuple[str, Things, Things]:
    """Build two owners with one of everything, once; return the file, ours and theirs."""
    path = tmp_path_factory.mktemp("two") / "planner.db"
    shutil.copy(built.url.removeprefix("sqlite:///"), path)
    store = open_store(f"sqlite:///{path}", lambda: NOW)
    citra = built.people["citra"]
    accounts.set_roles(store, citra, citra.id, ("administrator", "planner", "finance"))
    ours = accounts.actor_of(store, citra.id)
    assert ours is not None
    other = accounts.create_owner_with_admin(
        store, f"{SIGN} owner", f"{SIGN}.admin@example.org", PASSWORD, name=f"{SIGN} admin"
    )
    made = (things_of(store, ours, solved, "Own"), things_of(store, other, solved, SIGN))
    store.close()
    return str(path), *made


@pytest.fixture
def house(both, house) -> House:
    """Return the house with the file of both owners in place of its own."""
    shutil.copy(both[0], house.url.removeprefix("sqlite:///"))
    return replace(house, people=house.people | {"citra": both[1].actor})


@pytest.fixture
def ours(both) -> Things:
    return both[1]


@pytest.fixture
def theirs(both) -> Things:
    return both[2]


def rows_of(store, things: Things) -> set[str]:
    """Return every row that is the owner's or a part of what is, as text."""
    mine = {things.actor.owner, *things.ids.values()}
    return {
        json.dumps([table, row], sort_keys=True, default=str)
        for table, row in all_rows(store.engine)
        if mine & {value for key, value in row.items() if is_link(key)}
    }


def is_link(column: str) -> bool:
    return column == "id" or column.endswith("_id")


def linked(store, things: Things) -> list[str]:
    """Return rows of other owners that refer to what is this owner's."""
    ids = set(things.ids.values())
    return [
        json.dumps([table, row], default=str)[:300]
        for table, row in all_rows(store.engine)
        if row.get("owner_id") not in {None, things.actor.owner} and table != "audit"
        for key, value in row.items()
        if (is_link(key) and value in ids)
        or (key == "plans" and any(one in str(value) for one in ids))
    ]


class Noting(ImmutableMultiDict):
    """What a request carries; notes which names a view asks for."""

    endpoint = ""

    def get(self, key: Any, *more: Any, **rest: Any) -> Any:
        NAMES_ASKED.setdefault(Noting.endpoint, set()).add(key)
        return super().get(key, *more, **rest)

    def getlist(self, key: Any, *more: Any, **rest: Any) -> Any:
        NAMES_ASKED.setdefault(Noting.endpoint, set()).add(key)
        return super().getlist(key, *more, **rest)

    def __contains__(self, key: object) -> bool:
        NAMES_ASKED.setdefault(Noting.endpoint, set()).add(str(key))
        return super().__contains__(key)


@pytest.fixture
def noting(app: Flask) -> Flask:
    app.request_class = type("Noted", (app.request_class,), {"parameter_storage_class": Noting})

    @app.before_request
    def note() -> None:
        Noting.endpoint = f"{request.method} {request.endpoint}"

    return app


Fields = list[tuple[str, str]]


def send(client: FlaskClient, where: str, fields: Fields, method: str = "POST") -> str:
    """Send a form; return what came of it, the page after it too."""
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    sent = {"query_string": data} if method == "GET" else {"data": data}
    answer = client.open(where, method=method, follow_redirects=True, **sent)
    assert answer.status_code < 500, (where, fields, answer.status_code)
    return f"{answer.get_data().decode(errors='replace')} {answer.headers}"


def asked_for(client: FlaskClient, where: str, endpoint: str, method: str = "POST") -> Fields:
    """Return the fields that a page asks for, found by sending what it asked for before."""
    names: set[str] = set()
    while True:
        send(client, where, [(name, "1") for name in sorted(names)], method)
        found = NAMES_ASKED.get(f"{method} {endpoint}", set()) - {"csrf_token", "next"}
        if found <= names:
            return [(name, "1") for name in sorted(names)]
        names |= found


def test_ids_of_another_in_every_question_of_every_page(noting, ours, theirs, store, client_as):
    client, shown, count = client_as("citra"), [], 0
    before = rows_of(store, theirs)
    for (method, endpoint), rule in walked(noting).items():
        if method != "GET" or endpoint in TAKES_A_PROCESS:
            continue
        where = address(noting, rule, FILLED | ours.ids).partition("?")[0]
        fields = asked_for(client, where, endpoint, "GET")
        for kind, ident in theirs.ids.items():
            if not fields:
                break
            count += 1
            if SIGN in send(client, where, [(name, ident) for name, _ in fields], "GET"):
                shown.append((endpoint, kind))
    assert shown == []
    assert count > 200
    assert rows_of(store, theirs) == before


def test_one_id_of_another_among_ones_own_in_an_address(noting, ours, theirs, client_as):
    client, seen = client_as("citra"), {}
    for (method, endpoint), rule in walked(noting).items():
        of_owner = sorted(rule.arguments & OF_AN_OWNER)
        for swapped in of_owner if len(of_owner) > 1 else ():
            parts = FILLED | ours.ids | {swapped: theirs.ids[swapped]}
            where = address(noting, rule, parts)
            answer = client.open(where, method=method, data={"version": "1"})
            seen[method, endpoint, swapped] = answer.status_code
    assert {one: status for one, status in seen.items() if status != 404} == {}
    assert len(seen) > 20


def texts_of(shape: dict[str, Any]) -> list[str]:
    return [
        name for name, one in shape.get("properties", {}).items() if one.get("type") == "string"
    ]


def test_ids_of_another_in_every_text_of_every_body(app, ours, theirs, store) -> None:
    scopes = ("see", "edit", "plan", "decide")
    key = tokens.create(store, ours.actor, "x", scopes, 1)
    before, count = rows_of(store, theirs), 0
    for told in OPERATIONS:
        if told.body is None:
            continue
        path = re.sub("<(\\w+)>", lambda part: ours.ids[part[1]], told.path)
        shape = told.body.model_json_schema()
        simple = {"string": "x", "integer": 1, "number": 1, "array": []}
        least = {
            name: ours.ids[name.removesuffix("_id")] if name.endswith("_id")
            else simple.get(shape["properties"][name].get("type"), "x")
            for name in shape.get("required", [])
        }  # fmt: skip
        for name in texts_of(shape):
            for ident in theirs.ids.values():
                count += 1
                answer = app.test_client().open(
                    f"/api/v1{path}?version=1", method=told.method,
                    headers={"Authorization": f"Bearer {key}"}, json=least | {name: ident},
                )  # fmt: skip
                assert answer.status_code < 500
                assert SIGN not in answer.text
    assert count > 200
    assert linked(store, theirs) == []
    assert rows_of(store, theirs) == before
