"""The JSON API: who may do what with which token, what it refuses, what is done once."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.records import SHEETS
from planner.services import accounts, estates, tokens
from planner.services.access import Role
from planner.settings import load_settings
from planner.web.api.install import PARTS
from planner.web.api.operations import OPERATIONS
from planner.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

ALL = ("see", "edit", "plan", "decide")
MAKES_A_DOCUMENT = {"get_proposal_pdf", "get_model"}


@pytest.fixture
def token(store, house) -> Callable[..., dict[str, str]]:
    """Return the headers of a token of somebody."""

    def of(who: str, *scopes: str, days: int = 30) -> dict[str, str]:
        actor = house.people[who]
        able = [one for one in scopes or ALL if actor.may(one)]
        return {"Authorization": f"Bearer {tokens.create(store, actor, 'test', able, days)}"}

    return of


@pytest.fixture
def api(app: Flask):
    return app.test_client()


def address(told, house) -> str:
    """Return an address of an operation with what the house holds."""
    path = told.path
    for name, value in (("estate", house.estate), ("plan", house.plan),
                        ("proposal", house.proposal), ("run", "none")):  # fmt: skip
        path = path.replace(f"<{name}>", value)
    return f"/api/v1{path}?version=1&key=T1"


def test_every_part_declares_operations() -> None:
    tags = {told.tag for told in OPERATIONS}
    assert tags == {part.__name__.rpartition(".")[2] for part in PARTS}


@pytest.mark.parametrize("told", OPERATIONS, ids=lambda told: told.name)
def test_nobody_gets_anything_without_a_token(api, house, told) -> None:
    answer = api.open(address(told, house), method=told.method, json={})
    assert answer.status_code == (401 if told.right else 200)


def test_a_session_of_the_site_counts_for_nothing(client_as) -> None:
    assert client_as("ani").get("/api/v1/estates").status_code == 401


def test_a_planner_reads_everything(api, house, token) -> None:
    head = token("ani")
    seen = {
        told.name: api.get(address(told, house).partition("?")[0], headers=head).status_code
        for told in OPERATIONS
        if told.method == "GET" and "<run>" not in told.path and told.name not in MAKES_A_DOCUMENT
    }
    assert {name: status for name, status in seen.items() if status != 200} == {}


def test_an_outsider_finds_nothing_of_this_owner(api, house, token) -> None:
    head = token("citra")
    bodies = {told.name: {} for told in OPERATIONS} | {
        "start_run": {"name": "x"},
        "revise_proposal": {"plan_id": house.plan},
        "approve_proposal": {"number": 1},
        "send_back_proposal": {"number": 1, "comment": "no"},
        **{f"put_many_{sheet}": {"records": [{}]} for sheet in SHEETS},
    }
    seen = {
        told.name: api.open(
            address(told, house), method=told.method, headers=head, json=bodies[told.name]
        ).status_code
        for told in OPERATIONS
        if ("<" in told.path and told.method in {"GET", "DELETE"})
        or told.name in {"start_run", "revise_proposal", "submit_proposal", "approve_proposal",
                         "send_back_proposal", "stop_run"}
    }  # fmt: skip
    wrong = {name: status for name, status in seen.items() if status != 404}
    wrong.pop("get_proposal_pdf", None)
    assert wrong == {}


def test_an_outsider_cannot_change_a_record_even_a_valid_one(api, house, token, store) -> None:
    before = estates.get_estate(store, house.people["ani"], house.estate)
    record = before.estate.teams[0].model_dump(mode="json")
    answer = api.put(
        f"/api/v1/estates/{house.estate}/teams/record?version=1&key=LOKET",
        headers=token("citra"),
        json=record,
    )
    assert answer.status_code == 404
    assert estates.get_estate(store, house.people["ani"], house.estate).version == before.version


def test_a_scope_that_is_missing_is_named(api, house, token) -> None:
    answer = api.post("/api/v1/estates", headers=token("ani", "see"), json={})
    assert answer.status_code == 403
    assert "scope edit" in answer.json["details"][0]


@pytest.mark.parametrize("told", [one for one in OPERATIONS if one.right not in {None, "see"}],
                         ids=lambda told: told.name)  # fmt: skip
def test_a_token_that_only_reads_changes_nothing(api, house, token, told) -> None:
    answer = api.open(
        address(told, house), method=told.method, headers=token("ani", "see"), json={}
    )
    assert answer.status_code == 403


def test_a_token_does_no_more_than_its_user_may_by_now(api, house, token, store) -> None:
    head = token("ani")
    accounts.set_roles(
        store,
        house.people["ani"],
        house.people["budi"].id,
        [Role.ADMINISTRATOR, Role.VIEWER],
    )
    accounts.set_roles(store, house.people["ani"], house.people["ani"].id, [Role.VIEWER])
    assert api.get("/api/v1/estates", headers=head).status_code == 200
    assert api.post("/api/v1/estates", headers=head, json={}).status_code == 403


def test_a_token_that_was_revoked_or_has_expired_opens_nothing(app, house, token, store) -> None:
    head = token("ani", days=1)
    api = app.test_client()
    assert api.get("/api/v1/", headers=head).status_code == 200
    later = replace(store, now=lambda: store.now() + dt.timedelta(days=1))
    text = head["Authorization"].removeprefix("Bearer ")
    assert tokens.actor_with(later, text) is None
    (made,) = tokens.list_tokens(store, house.people["ani"])
    tokens.revoke(store, house.people["ani"], made.id)
    assert api.get("/api/v1/", headers=head).status_code == 401


def test_only_its_user_or_an_administrator_ends_a_token(client_as, house, token, store) -> None:
    token("sari")
    (made,) = tokens.list_tokens(store, house.people["sari"])
    at = f"/account/tokens/{made.id}/revoke"
    seen = [client_as(who).post(at).status_code for who in ("budi", "citra", "ani")]
    assert seen == [403, 404, 303]


def test_the_page_shows_a_new_token_once_and_keeps_what_was_typed(client_as) -> None:
    client = client_as("budi")
    wrong = client.post("/account/tokens", data={"name": "badges", "days": "900", "scope": "see"})
    assert wrong.status_code == 422
    assert 'value="badges"' in wrong.text
    made = client.post("/account/tokens", data={"name": "badges", "days": "9", "scope": "see"})
    assert made.status_code == 201
    assert "plnr_" in made.text
    assert "plnr_" not in client.get("/account/tokens").text


def test_a_viewer_makes_no_token_that_edits(client_as) -> None:
    given = {"name": "x", "days": "9", "scope": "edit"}
    assert client_as("budi").post("/account/tokens", data=given).status_code == 422


def test_a_token_of_somebody_switched_off_opens_nothing(api, house, token, store) -> None:
    head = token("budi")
    accounts.set_active(store, house.people["ani"], house.people["budi"].id, active=False)
    assert api.get("/api/v1/", headers=head).status_code == 401


def test_a_secret_with_one_letter_changed_opens_nothing(api, token) -> None:
    text = token("ani")["Authorization"]
    wrong = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert api.get("/api/v1/", headers={"Authorization": wrong}).status_code == 401


def test_the_database_keeps_no_secret(house, token, store) -> None:
    secret = token("ani")["Authorization"].split("_", 2)[2]
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM api_token").fetchall()
    assert rows
    assert secret not in str(rows)


def test_an_estate_is_built_from_nothing(api, token) -> None:
    head = token("ani")
    header = {"name": "New", "owner": "City", "country": "ID", "currency": "IDR"}
    made = api.post("/api/v1/estates", headers=head, json=header)
    assert made.status_code == 201
    at = f"/api/v1/estates/{made.json['estate_id']}"
    version = made.json["version"]
    for sheet, record in (
        ("buildings", {"code": "A", "name": "Hall", "rent_per_m2_month": "128000.50"}),
        ("floors", {"building": "A", "code": "A1", "level": 1, "lettable_area_m2": "100.5",
                    "seats": 10}),
        ("teams", {"code": "T1", "name": "Roads", "headcount": 4}),
        ("seating", {"team": "T1", "floor": "A1", "people": 4}),
    ):  # fmt: skip
        answer = api.post(f"{at}/{sheet}?version={version}", headers=head, json=record)
        assert answer.status_code == 201, answer.json
        version = answer.json["version"]
    found = api.get(f"{at}/buildings", headers=head).json
    assert found["items"][0]["rent_per_m2_month"] == "128000.50"
    days = [{"date": f"2026-11-{day:02}", "team": "T1", "present": 3} for day in range(2, 7)]
    batch = api.post(f"{at}/attendance/batch?version={version}", headers=head,
                     json={"records": days})  # fmt: skip
    assert batch.status_code == 200, batch.json
    assert api.get(at, headers=head).json["records"]["attendance"] == 5


@pytest.mark.parametrize("rent", ["1000000000000000", "999999999999999.999", "0.001"])
def test_the_largest_and_the_smallest_rents_come_back_as_they_were_sent(
    api, token, rent: str
) -> None:
    head = token("ani")
    header = {"name": "New", "owner": "City", "country": "KW", "currency": "KWD"}
    made = api.post("/api/v1/estates", headers=head, json=header).json
    at = f"/api/v1/estates/{made['estate_id']}/buildings"
    hall = {"code": "A", "name": "Hall", "rent_per_m2_month": rent}
    sent = api.post(f"{at}?version={made['version']}", headers=head, json=hall)
    assert sent.status_code == 201, sent.json
    assert api.get(at, headers=head).json["items"][0]["rent_per_m2_month"] == rent


def test_a_batch_with_one_bad_record_stores_none_and_names_all_its_errors(
    api, house, token, store
) -> None:
    before = estates.get_estate(store, house.people["ani"], house.estate)
    answer = api.post(
        f"/api/v1/estates/{house.estate}/teams/batch?version={before.version}",
        headers=token("ani"),
        json={"records": [{"code": "N1", "name": "New", "headcount": 3},
                          {"code": "N2", "name": "Odd", "headcount": -3}, {"code": "N3"}]},
    )  # fmt: skip
    assert answer.status_code == 422
    told = " ".join(answer.json["details"])
    assert "record 2, column headcount: '-3'" in told
    assert "record 3, column name" in told
    assert estates.get_estate(store, house.people["ani"], house.estate).version == before.version


def test_a_change_to_an_older_version_is_refused(api, house, token) -> None:
    at = f"/api/v1/estates/{house.estate}"
    head = token("ani")
    version = api.get(at, headers=head).json["version"]
    record = {"code": "Z1", "name": "New", "headcount": 3}
    assert api.post(f"{at}/teams?version={version}", headers=head, json=record).status_code == 201
    late = api.post(f"{at}/teams?version={version}", headers=head, json=record | {"code": "Z2"})
    assert late.status_code == 409


def test_a_post_with_a_key_is_done_once(api, house, token) -> None:
    at = f"/api/v1/estates/{house.estate}/runs"
    head = token("ani") | {"Idempotency-Key": "nightly-1"}
    first = api.post(at, headers=head, json={"name": "Night"})
    again = api.post(at, headers=head, json={"name": "Night"})
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(api.get(at, headers=head).json["items"]) == 1


def test_a_key_used_for_something_else_is_refused(api, house, token) -> None:
    at = f"/api/v1/estates/{house.estate}/runs"
    head = token("ani") | {"Idempotency-Key": "nightly-1"}
    api.post(at, headers=head, json={"name": "Night"})
    other = api.post(at, headers=head, json={"name": "Day"})
    assert other.status_code == 422
    assert "nightly-1" in other.json["details"][0]


def test_a_refused_request_may_be_sent_corrected_under_its_key(api, house, token) -> None:
    at = f"/api/v1/estates/{house.estate}/teams"
    head = token("ani") | {"Idempotency-Key": "k"}
    record = {"code": "Z1", "name": "New", "headcount": -1}
    assert api.post(f"{at}?version=1", headers=head, json=record).status_code == 422
    corrected = api.post(f"{at}?version=1", headers=head, json=record | {"headcount": 1})
    assert corrected.status_code == 201


def test_a_request_whose_answer_was_never_kept_is_not_done_again(
    api, house, token, monkeypatch
) -> None:
    at = f"/api/v1/estates/{house.estate}/runs"
    head = token("ani") | {"Idempotency-Key": "cut-off"}

    def killed(*_args: object) -> None:
        raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr("planner.services.repeats.answered", killed)
        with pytest.raises(SystemExit):
            api.post(at, headers=head, json={"name": "Night"})
    again = api.post(at, headers=head, json={"name": "Night"})
    assert again.status_code == 409
    assert len(api.get(at, headers=head).json["items"]) == 1


def test_pages_join_to_the_whole_list(api, house, token) -> None:
    at, head = f"/api/v1/estates/{house.estate}/teams", token("ani")
    whole = api.get(at, headers=head).json["items"]
    found, after = [], ""
    for _ in itertools.count():
        page = api.get(f"{at}?limit=2&after={after}", headers=head).json
        found += page["items"]
        after = page["next"]
        if after is None:
            break
    assert found == whole
    assert len(whole) > 4


@pytest.mark.parametrize("after", ["x", "YXQtMQ==", "YXQxZTk=", "%00", "é"])
def test_an_after_that_no_page_gave_is_refused(api, house, token, after) -> None:
    at = f"/api/v1/estates/{house.estate}/teams?after={after}"
    assert api.get(at, headers=token("ani")).status_code == 422


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"\xff", b"null", b'{"a":' * 100_000])
def test_a_body_that_is_no_object_is_refused_in_the_one_shape(api, token, body) -> None:
    answer = api.post("/api/v1/estates", headers=token("ani"), data=body,
                      content_type="application/json")  # fmt: skip
    assert answer.status_code == 400
    assert set(answer.json) == {"error", "message", "details"}


def test_four_eyes_hold_for_tokens_too(api, house, token) -> None:
    mine = api.post(f"/api/v1/proposals/{house.proposal}/approve", headers=token("ani"),
                    json={"number": 1})  # fmt: skip
    assert mine.status_code == 403
    other = api.post(f"/api/v1/proposals/{house.proposal}/approve", headers=token("sari"),
                     json={"number": 1, "comment": "yes"})  # fmt: skip
    assert other.status_code == 200
    assert other.json["state"] == "approved"


def test_a_workbook_goes_out_and_comes_in_as_the_same_estate(api, house, token) -> None:
    head = token("ani")
    at = f"/api/v1/estates/{house.estate}"
    book = api.get(f"{at}/workbook", headers=head)
    made = api.post("/api/v1/workbooks?filename=copy.xlsx", headers=head, data=book.data)
    assert made.status_code == 201, made.json
    copy = api.get(f"/api/v1/estates/{made.json['estate_id']}", headers=head).json
    assert copy["hash"] == api.get(at, headers=head).json["hash"]


def test_a_program_that_asks_too_often_waits(store, house, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("planner.web.api.asking.RATE", "2 per minute")
    app = create_app(load_settings({"PLANNER_DATA_DIR": str(tmp_path)}), store)
    api = app.test_client()
    head = {"Authorization": f"Bearer {tokens.create(store, house.people['ani'], 'x', ALL, 1)}"}
    seen = [api.get("/api/v1/", headers=head).status_code for _ in range(3)]
    assert seen == [200, 200, 429]
    assert "Retry-After" in api.get("/api/v1/", headers=head).headers


def test_what_only_calls_itself_a_token_uses_up_the_share_of_its_address(
    store, house, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("planner.web.api.asking.RATE", "2 per minute")
    api = create_app(load_settings({"PLANNER_DATA_DIR": str(tmp_path)}), store).test_client()
    good = tokens.create(store, house.people["ani"], "x", ALL, 1)
    made_up = [f"plnr_{good.split('_')[1]}_guess", "plnr_other_guess", "plnr_third_guess"]
    seen = [
        api.get("/api/v1/estates", headers={"Authorization": f"Bearer {one}"}).status_code
        for one in (*made_up, good)
    ]
    assert seen == [401, 401, 429, 200]
