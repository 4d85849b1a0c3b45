"""The form and the page of a plan over several periods."""

import datetime as dt
import re
from dataclasses import replace
from http import HTTPStatus

import pytest

from planner.domain.records import Assumption
from planner.services import estates, plans, tokens
from planner.worker import Ending, work
from tests.moving import estate_with

STALE = dt.timedelta(seconds=20)


@pytest.fixture
def leased(store, house):
    """Return an estate whose building N is leased until the middle of 2028."""
    own = estate_with({"leased_rent_paid_per_m2_month": "90000"})
    north, south = own.buildings
    end = dt.date(2028, 6, 30)
    own = replace(
        own,
        buildings=(north.model_copy(update={"tenure": "leased", "lease_end": end}), south),
        assumptions=(*own.assumptions, Assumption(key="reinstatement_per_m2", value="500000")),
    )
    return estates.add_estate(store, house.people["ani"], own).estate_id


def fields(page: str) -> dict[str, str]:
    """Return what a browser would send of the form unchanged."""
    found = {}
    for tag in re.findall(r"<input[^>]+>", page):
        name = re.search(r' name="([^"]+)"', tag)
        value = re.search(r' value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_the_form_offers_the_end_of_a_lease_and_sends_what_a_worker_can_plan(
    client_as, store, leased, house
):
    client = client_as("ani")
    page = client.get(f"/estates/{leased}/stages/new").get_data(as_text=True)
    assert "After the lease of Building N" in page
    sent = fields(page)
    assert sent["from2"] == "2028-07-01"
    assert sent["leave2-0"] == "yes"
    assert "leave1-0" not in sent
    answer = client.post(f"/estates/{leased}/stages/new", data={**sent, "minutes": "1"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    run = answer.headers["Location"].rpartition("/")[2]
    going = client.get(f"/runs/{run}").get_data(as_text=True)
    assert "Look ahead" in going
    assert "After the lease of Building N" in going
    assert client.get(f"/runs/{run}/live").status_code == HTTPStatus.OK
    twice = client.post(f"/estates/{leased}/stages/new", data={**sent, "minutes": "1"})
    assert twice.headers["Location"] == answer.headers["Location"]


def test_what_a_worker_made_is_shown_in_both_languages(client_as, store, leased, house):
    client = client_as("ani")
    sent = fields(client.get(f"/estates/{leased}/stages/new").get_data(as_text=True))
    where = client.post(f"/estates/{leased}/stages/new", data=sent).headers["Location"]
    work(store, "w1", STALE, Ending(), until_idle=True)
    run = where.rpartition("/")[2]
    assert plans.run_state(store, house.people["ani"], run).state == "done"
    assert client.get(where).headers["Location"] == f"/stages/{run}"
    page = client.get(f"/stages/{run}").get_data(as_text=True)
    assert "Given up by then: Building N." in page
    assert page.count("See the plan") == 2
    assert f"/stages/{run}" in client.get(f"/estates/{leased}/plans").get_data(as_text=True)
    indonesian = client.get(f"/stages/{run}", headers={"Accept-Language": "id"})
    assert "Ditinggalkan sebelum itu: Building N." in indonesian.get_data(as_text=True)
    plan = re.search(r"/plans/(\w+)\"", page)[1]
    alone = client.get(f"/plans/{plan}").get_data(as_text=True)
    assert "One of several periods" in alone
    assert client.get(f"/stages/{run}/delete").status_code == HTTPStatus.OK
    assert client_as("budi").get(f"/stages/{run}").status_code == HTTPStatus.OK
    assert client_as("budi").post(f"/stages/{run}/delete").status_code == HTTPStatus.FORBIDDEN
    assert client_as("citra").get(f"/stages/{run}").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/stages/{run}/delete").status_code == HTTPStatus.SEE_OTHER
    assert client.get(f"/stages/{run}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"called1": ""}, "Give the period a name."),
        ({"from2": "2027-01-01"}, "This is not after the period before it"),
        ({"from2": "2090-01-01"}, "is outside the case"),
        ({"from2": "soon"}, "is not a date"),
        ({"growth2": "950"}, "950% is out of range. Enter \u221290 to 900."),
        ({"growth2": "many"}, "is not a number"),
        ({"minutes": "7"}, "Choose how long to search."),
        (dict.fromkeys(("called1", "from1", "growth1", "called2", "from2", "growth2"), ""),
         "Describe at least one period."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_and_kept_as_typed(client_as, leased, typed, said):
    client = client_as("ani")
    sent = fields(client.get(f"/estates/{leased}/stages/new").get_data(as_text=True))
    answer = client.post(f"/estates/{leased}/stages/new", data={**sent, **typed})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.get_data(as_text=True)
    assert said in page
    assert fields(page)["from1"] == typed.get("from1", sent["from1"])


@pytest.mark.parametrize(("who", "status"), [("budi", 403), ("citra", 404), ("", 302)])
def test_only_a_planner_asks_for_periods(client_as, house, who, status):
    assert client_as(who).get(f"/estates/{house.estate}/stages/new").status_code == status


def test_a_program_asks_for_periods_and_reads_what_they_free(app, store, leased, house):
    text = tokens.create(store, house.people["ani"], "test", ("see", "plan"), 30)
    head = {"Authorization": f"Bearer {text}"}
    api = app.test_client()
    periods = [
        {"name": "Now", "month": 3},
        {"name": "Later", "month": 18, "growth": 1.1, "leaves": ["N"]},
    ]
    asked = {"name": "Two periods", "seconds": 1, "promise": "any_floor", "stages": periods}
    at = f"/api/v1/estates/{leased}/stages"
    sent = api.post(at, headers=head, json=asked)
    assert sent.status_code == HTTPStatus.ACCEPTED, sent.json
    work(store, "w1", STALE, Ending(), until_idle=True)
    found = api.get(f"/api/v1/runs/{sent.json['id']}/stages", headers=head).json
    assert [(one["name"], one["growth"]) for one in found["stages"]] == [
        ("Now", "1"), ("Later", "1.1"),
    ]  # fmt: skip
    assert found["npv"] == sum(one["npv"] for one in found["stages"])
    made = [plans.get_plan(store, house.people["ani"], one["plan_id"]) for one in found["stages"]]
    assert [plan.promise for _, plan in made] == ["any_floor", "any_floor"]
    assert {"N1", "N2"} <= {unit for one in found["stages"] for unit in one["freed"]}
    asked["stages"].reverse()
    refused = api.post(at, headers=head, json=asked)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "month 3 is not after 18" in refused.get_data(as_text=True)
