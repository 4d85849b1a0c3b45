"""Every address of the site, asked by somebody of each role and by an outsider.

The table names the right that an address needs. One that is not in it fails the walk, so that
nobody adds a page without saying who may see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.db.tables import StageRow, StagingRow
from planner.domain.plan import parse_plan
from planner.optimise.options import Options
from planner.services import (
    accounts,
    documents,
    estates,
    ordering,
    plans,
    sharing,
    taking_in,
    tokens,
)
from planner.services.access import RIGHTS, Right, Role
from planner.web.access import OPEN
from tests.web.conftest import NOW, PASSWORD

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Rule

EVERYBODY = {
    "GET": "account.page assumptions.edit assumptions.page attendance.page by_hand.upload "
    "data.edit data.header data.index data.listing data.template data.workbook docs.index "
    "docs.page documents.index documents.json documents.live documents.moves documents.of_plan "
    "documents.of_version documents.order documents.proposal documents.workbook estate.floor "
    "estate.imdf estate.stack estates.index "
    "estates.start guide.page plans.compare plans.index plans.page plans.table presence.calendar "
    "presence.on_site presence.use presence.use_it presence.what_if proposals.index "
    "proposals.page runs.live runs.page stack.page stack.targets stages.page studies.part "
    "today.more today.page tokens.index trace.picture waves.calendar waves.page",
    "POST": "account.password account.save auth.sign_out by_hand.stack by_hand.upload guide.leave "
    "guide.tour runs.seen stack.move tokens.create",
}
"""What changes nothing but the person's own account; keeping a stack by hand asks for more."""
NEEDED = {
    ("GET", Right.EDIT): "data.new data.paste day_files.page estates.delete estates.new "
    "estates.upload imports.live imports.page imports.picture intakes.live intakes.page "
    "trace.page trace.scale units.page uploads.page",
    ("POST", Right.EDIT): "assumptions.default assumptions.edit data.cell data.delete data.edit "
    "data.header data.new data.paste data.undo day_files.drop day_files.keep day_files.receive "
    "day_files.say estates.delete estates.demo estates.new estates.upload imports.again "
    "imports.decide imports.reject imports.trace intakes.stop presence.agency presence.check "
    "presence.post presence.require trace.copy trace.remove trace.save trace.set_scale "
    "units.assign uploads.floor_plan uploads.workbook",
    ("GET", Right.PLAN): "plans.delete plans.new proposals.new shares.new stages.delete stages.new",
    ("POST", Right.PLAN): "plans.delete plans.new plans.rename proposals.new proposals.submit "
    "runs.stop shares.end shares.new stack.solve stages.delete stages.new studies.ask "
    "studies.keep studies.start",
    ("POST", Right.DECIDE): "proposals.approve proposals.send_back",
    ("GET", Right.ADMINISTER): "admin.audit admin.audit_csv admin.delete_owner admin.export "
    "admin.index admin.settings admin.status brand.index",
    ("POST", Right.ADMINISTER): "admin.active admin.add admin.delete_owner admin.password "
    "admin.rename_owner admin.roles brand.save tokens.revoke",
    **{(method, Right.SEE): names for method, names in EVERYBODY.items()},
}
"""By method and right; the token that is asked to be revoked is another person's."""
RIGHT_OF = {
    (method, name): right for (method, right), names in NEEDED.items() for name in names.split()
}
OTHERWISE = {
    ("GET", "day_files.page"): 409, ("GET", "estate.imdf"): 422, ("GET", "trace.scale"): 404
}  # fmt: skip
"""Pages of what the house has not: a file that can be read, a place on earth, a picture."""
OF_AN_OWNER = {
    "estate", "plan", "proposal", "user", "run", "staging_id", "file", "day_file", "token", "share"
}  # fmt: skip
PEOPLE = {
    "adi": Role.ADMINISTRATOR, "dewi": Role.PLANNER, "sari": Role.FINANCE, "budi": Role.VIEWER
}  # fmt: skip


@pytest.fixture
def parts(house, store, solved) -> dict[str, object]:
    """Return what stands in addresses: of everything that an owner can have, one."""
    ani = house.people["ani"]
    for name in ("adi", "dewi", "tono"):
        roles = [PEOPLE.get(name, Role.VIEWER)]
        ident = accounts.add_user(store, ani, f"{name}@example.org", PASSWORD, roles=roles)
        house.people[name] = accounts.actor_of(store, ident)
    later = parse_plan(solved.model_copy(update={"name": "Later"}).to_json())
    staged = plans.add_plan(store, ani, house.estate, later)
    with store.writing(ani.owner) as scope:
        scope.add(
            StagingRow(id="ahead", estate_id=house.estate, estate_version=1, name="Ahead",
                       estate_hash=solved.estate_hash, made_by=ani.id, made_at=NOW, npv=1)
        )  # fmt: skip
        scope.flush()
        scope.add(StageRow(staging_id="ahead", number=1, name="One", month=0, growth="0",
                           leaves=[], plan_id=staged))  # fmt: skip
    sharing.share(store, ani, [house.plan], 7)
    tokens.create(store, ani, "a program", ["see"], 7)
    return {
        "estate": house.estate, "plan": house.plan, "proposal": house.proposal, "number": 1,
        "name": "teams", "which": "units", "floor": "N1", "building": "N", "key": "void_months",
        "user": house.people["tono"].id, "shelf": "tutorial", "kind": "moves", "at": 0,
        "file": house.plan_file, "day_file": house.day_file, "staging_id": "ahead",
        "token": tokens.list_tokens(store, ani)[0].id,
        "share": sharing.shares(store, ani)[0].id,
        "run": plans.start_plan(store, ani, house.estate, Options("Waits", seconds=5)),
        "intake": taking_in.ask_workbook(store, ani, b"a book", "book.xlsx", house.estate, 1),
        "order": ordering.ask(store, ani, documents.Wanted("proposal", "en", plan=house.plan)),
    }  # fmt: skip


def walked(app: Flask) -> dict[tuple[str, str], Rule]:
    """Return every address that asks for a sign-in, pages first, the sign-out last.

    test_api walks those of the API.
    """
    found = {
        (method, rule.endpoint): rule
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint not in OPEN and not rule.endpoint.startswith("api.")
    }
    return dict(sorted(found.items(), key=lambda one: ("sign_out" in one[0][1], one[0])))


def address(app: Flask, rule: Rule, parts) -> str:
    values = {name: parts[name] for name in rule.arguments}
    if rule.endpoint == "docs.page":
        values["name"] = "first-proposal"
    if rule.endpoint in {"documents.order", "documents.live"}:
        values["run"] = parts["order"]
    if rule.endpoint.startswith("intakes."):
        values["run"] = parts["intake"]
    asked = {"data.edit": "?key=T1", "stack.targets": "?team=T1&unit=N1"}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values) + asked.get(rule.endpoint, "")


def test_every_address_says_who_may_ask_for_it(app) -> None:
    assert sorted(walked(app)) == sorted(RIGHT_OF)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_role_gets_what_its_rights_allow_and_no_more(app, parts, client_as, who) -> None:
    wrong = {}
    gone = parts | {"file": "none", "day_file": "none"}  # to read one again takes a process
    for asked, rule in walked(app).items():
        where = address(app, rule, parts if asked[0] == "GET" else gone)
        status = client_as(who).open(where, method=asked[0]).status_code
        if RIGHT_OF[asked] not in RIGHTS[PEOPLE[who]]:
            fine = status == 403
        elif asked[0] == "GET":
            fine = status in {200, 302, 303, OTHERWISE.get(asked)}
        else:
            fine = status in {200, 302, 303, 404, 409, 422}
        if not fine:
            wrong[asked] = status
    assert wrong == {}


def test_an_outsider_finds_nothing_of_another_owner(app, parts, client_as) -> None:
    seen = {
        asked: client_as("citra").open(
            address(app, rule, parts), method=asked[0], data={"role": "viewer"}
        ).status_code
        for asked, rule in walked(app).items()
        if rule.arguments & OF_AN_OWNER
    }  # fmt: skip
    assert {asked: status for asked, status in seen.items() if status != 404} == {}
    assert len(seen) > 100


def test_nobody_is_sent_to_the_sign_in(app, parts, client_as) -> None:
    for (method, name), rule in walked(app).items():
        answer = client_as("").open(address(app, rule, parts), method=method)
        assert answer.status_code == 302, name
        assert answer.location.startswith("/sign-in"), name


@pytest.mark.parametrize(
    "path",
    [
        "/estates/{own}/plans/compare?plans={plan}&plan={plan}",
        "/estates/{own}/stack?plan={plan}",
        "/estates/{own}/floors/N1?plan={plan}",
        "/estates/{own}/plans/new?from={plan}&start={plan}",
        "/shares/new?plan={plan}",
        "/estates/{own}/proposals/new?plan={plan}",
    ],
)
def test_anothers_plan_in_a_query_is_not_there(house, store, client_as, solved, path) -> None:
    ani, citra = house.people["ani"], house.people["citra"]
    same = estates.get_estate(store, ani, house.estate).estate
    own = estates.add_estate(store, citra, same).estate_id
    named = parse_plan(solved.model_copy(update={"name": "Nobody else's"}).to_json())
    plan = plans.add_plan(store, ani, house.estate, named)
    answer = client_as("citra").get(path.format(own=own, plan=plan))
    assert answer.status_code < 500
    assert "Nobody else" not in answer.text
