"""Read-only links, as whoever makes, holds, finds or has lost one."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from planner.errors import NotFound
from planner.services import plans, sharing
from tests.web.conftest import NOW


def made(client, plan: str, days: str = "7") -> str:
    page = client.post(f"/plans/{plan}/share", data={"days": days, "plan": plan}).text
    return re.search(r'value="(http[^"]+/shared/[^"]+)"', page)[1]


def test_whoever_holds_a_link_reads_the_plan_and_finds_nothing_to_change(
    ani, client_as, house
) -> None:
    answer = client_as("").get(made(ani, house.plan))
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "City of Test" in answer.text
    main = answer.text.split("<main")[1]
    assert 'method="post"' not in main
    assert "/plans/" not in main


def test_a_link_of_two_plans_puts_them_side_by_side(ani, client_as, house, store, solved) -> None:
    actor = house.people["ani"]
    other = plans.add_plan(store, actor, house.estate, solved.model_copy(update={"name": "Other"}))
    page = ani.post(f"/plans/{house.plan}/share", data={"days": "1", "plan": [other]}).text
    link = re.search(r'value="(http[^"]+/shared/[^"]+)"', page)[1]
    shown = client_as("").get(link).text
    assert "Business as usual" in shown
    assert f"/plans/{other}" not in shown


def test_the_page_lists_a_link_but_never_its_address_again(ani, house) -> None:
    link = made(ani, house.plan)
    page = ani.get(f"/plans/{house.plan}/share").text
    assert "made by Ani Planner" in page
    assert link.rsplit("/", 1)[1] not in page


def test_a_closed_link_opens_nothing(ani, client_as, house, store) -> None:
    link = made(ani, house.plan)
    (one,) = sharing.shares(store, house.people["ani"], house.plan)
    assert ani.post(f"/shares/{one.id}/end", data={"plan": house.plan}).status_code == 303
    assert client_as("").get(link).status_code == 404
    assert sharing.shares(store, house.people["ani"]) == ()


@pytest.mark.parametrize(("days", "opens"), [(6, True), (7, False)])
def test_a_link_of_seven_days_opens_on_the_sixth_and_not_after_the_seventh(
    store, house, days, opens
) -> None:
    secret = sharing.share(store, house.people["ani"], [house.plan], 7)
    later = type(store)(store.engine, lambda: NOW + dt.timedelta(days=days))
    if opens:
        assert sharing.open_share(later, secret).plans == (house.plan,)
    else:
        with pytest.raises(NotFound):
            sharing.open_share(later, secret)


@pytest.mark.parametrize(("who", "status"), [("budi", 403), ("sari", 403), ("citra", 404)])
def test_only_a_planner_of_the_owner_shares_a_plan(client_as, house, who, status) -> None:
    answer = client_as(who).post(f"/plans/{house.plan}/share", data={"days": "7"})
    assert answer.status_code == status


def test_an_outsider_cannot_close_a_link_of_another_owner(ani, client_as, house, store) -> None:
    made(ani, house.plan)
    (one,) = sharing.shares(store, house.people["ani"])
    assert client_as("citra").post(f"/shares/{one.id}/end").status_code == 404


def test_a_time_that_is_not_offered_is_refused(ani, house) -> None:
    answer = ani.post(f"/plans/{house.plan}/share", data={"days": "365"})
    assert answer.status_code == 422
    assert "365 is not offered" in answer.text


def test_no_secret_is_kept(store, house) -> None:
    secret = sharing.share(store, house.people["ani"], [house.plan], 7)
    raw = store.engine.url.database
    assert secret.encode() not in Path(raw).read_bytes()


def test_a_made_up_link_opens_nothing(client_as) -> None:
    assert client_as("").get("/shared/nothing").status_code == 404
