"""Administration of the owner: audit, settings, all data in one file, its end; one's account."""

from __future__ import annotations

import io
import zipfile

import pytest

from planner.db.audit import note
from planner.errors import NotFound
from planner.services import accounts, estates, owners
from tests.web.conftest import PASSWORD

PAGES = ("/admin/audit", "/admin/audit.csv", "/admin/settings", "/admin/data.zip",
         "/admin/owner/delete")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("who", "status"), [("ani", 200), ("budi", 403), ("sari", 403)])
def test_only_an_administrator_sees(client_as, page, who, status) -> None:
    assert client_as(who).get(page).status_code == status


def test_the_audit_says_who_did_what_and_is_searched(ani) -> None:
    page = ani.get("/admin/audit").text
    assert "Created estate" in page
    assert "Submitted proposal" in page
    found = ani.get("/admin/audit?q=proposal").text.split("<tbody>")[1]
    assert "Submitted proposal" in found
    assert "Created estate" not in found
    assert "Nothing fits" in ani.get("/admin/audit?q=%25zebra").text


def test_an_owner_sees_no_audit_of_another(client_as) -> None:
    page = client_as("citra").get("/admin/audit").text
    assert "Ani Planner" not in page
    assert "Created estate" not in page


def test_all_data_holds_estates_plans_people_and_audit_but_no_password(ani, house) -> None:
    data = ani.get("/admin/data.zip").data
    assert data == ani.get("/admin/data.zip").data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = file.namelist()
        everything = b"".join(file.read(name) for name in names if not name.endswith(".xlsx"))
    assert any(house.estate in name and name.endswith(".xlsx") for name in names)
    assert any(house.plan in name for name in names)
    assert {"people.csv", "proposals.json", "audit.csv"} <= set(names)
    assert b"sari@example.org" in everything
    assert b"citra@example.org" not in everything
    assert b"argon2" not in everything


def test_a_name_that_is_not_the_owners_deletes_nothing(ani, house, store) -> None:
    answer = ani.post("/admin/owner/delete", data={"name": "City of"})
    assert answer.status_code == 422
    assert "City of Test" in answer.text
    assert estates.list_estates(store, house.people["ani"])


def test_deleting_an_owner_leaves_nothing_of_it_and_all_of_the_other(ani, house, store) -> None:
    assert ani.post("/admin/owner/delete", data={"name": "City of Test"}).status_code == 303
    for name in ("ani", "budi", "sari"):
        assert accounts.actor_of(store, house.people[name].id) is None
    assert accounts.actor_of(store, house.people["citra"].id) is not None
    with pytest.raises(NotFound):
        estates.get_estate(store, house.people["ani"], house.estate)
    assert ani.get("/estates").status_code == 302


def test_a_renamed_owner_is_called_so_at_once(ani, store, house) -> None:
    assert ani.post("/admin/owner", data={"owner": " City of Tomorrow "}).status_code == 303
    assert "City of Tomorrow" in ani.get("/admin/settings").text
    assert ani.post("/admin/owner", data={"owner": " "}).status_code == 422
    last = owners.audit(store, house.people["ani"], most=1).entries[0]
    assert (last.action, last.subject) == ("rename", "owner")


def test_no_cell_of_the_audit_is_a_formula(store, house) -> None:
    with store.writing(house.people["ani"].owner) as scope:
        note(scope, "=1+1", "change", "estate", "x", now=store.now(), detail="=HYPERLINK(1)")
    lines = owners.audit_csv(store, house.people["ani"]).decode().splitlines()
    assert "'=HYPERLINK(1)" in lines[-1]
    assert ",=" not in lines[-1]


def test_one_changes_ones_own_name_and_language(client_as) -> None:
    budi = client_as("budi")
    budi.post("/account", data={"name": "Budi Baru", "language": "id"})
    page = budi.get("/account").text
    assert "Budi Baru" in page
    assert 'lang="id"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"current": "wrong", "password": "six new words here", "again": "six new words here"},
         "not your current password"),
        ({"current": PASSWORD, "password": "six new words here", "again": "other"}, "differ"),
        ({"current": PASSWORD, "password": "short", "again": "short"}, "12"),
    ],
)  # fmt: skip
def test_a_password_that_cannot_be_is_refused_at_its_field(ani, typed, said) -> None:
    answer = ani.post("/account/password", data=typed)
    assert answer.status_code == 422
    assert said in answer.text


def test_with_a_new_password_one_stays_signed_in_here_and_nowhere_else(client_as) -> None:
    here, there = client_as("sari"), client_as("sari")
    new = "six new words here"
    typed = {"current": PASSWORD, "password": new, "again": new}
    assert here.post("/account/password", data=typed).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302
