"""Lettable units by choosing rooms, columns and layers by a form, drawn floors for maps."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from planner.importers.plans import read_plan
from planner.services import estates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from planner.db.store import Store
    from planner.domain.estate import Estate
    from tests.web.conftest import House

    ClientAs = Callable[[str], FlaskClient]


def estate_of(store: Store, house: House) -> Estate:
    return estates.get_estate(store, house.people["ani"], house.estate).estate


def units_of(store: Store, house: House, floor: str = "N1") -> dict[str, str]:
    spaces = estate_of(store, house).spaces
    return {space.number: space.unit for space in spaces if space.floor == floor}


@pytest.fixture
def address(house: House) -> str:
    return f"/estates/{house.estate}/floors/N1/units"


def sent(page: str, **more: object) -> dict[str, object]:
    """Return the form as it stands, with what somebody chose."""
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    return {"version": version[1], **more}


def test_chosen_rooms_are_measured_before_anything_is_stored(
    ani: FlaskClient, house: House, store: Store, address: str
) -> None:
    page = ani.get(f"{address}?room=1").text
    assert re.search(r'value="1" checked', page)
    assert not re.search(r'value="2" checked', page)
    assert 'data-room="1"' in page or "<svg" in page
    measured = ani.post(address, data=sent(page, room=["1"], do="measure", unit="west")).text
    assert "150\u00a0m²" in measured
    assert 'value="west"' in measured
    assert set(units_of(store, house).values()) == {""}


def test_rooms_become_a_unit_and_common_parts_again(
    ani: FlaskClient, house: House, store: Store, address: str
) -> None:
    page = ani.get(address).text
    answer = ani.post(address, data=sent(page, room=["1"], do="unit", unit="west"))
    assert answer.status_code == 303
    assert units_of(store, house) == {"1": "west", "2": ""}
    estate = estate_of(store, house)
    assert estate.floor_of["N1"].seats == 20  # those of its rooms
    assert [unit.name for unit in estate.units if unit.floor.code == "N1"] == ["west"]
    page = ani.get(address).text
    assert "Unit west was stored." in page
    assert ani.post(address, data=sent(page, room=["1"], do="clear")).status_code == 303
    assert units_of(store, house) == {"1": "", "2": ""}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"room": ["1"], "do": "unit", "unit": " "}, "Give the unit a name"),
        ({"room": [], "do": "unit", "unit": "west"}, "No room was chosen"),
        ({"room": ["99"], "do": "unit", "unit": "west"}, "No room was chosen"),
        ({"room": ["1"], "do": "unit", "unit": "a/b"}, "has a slash"),
    ],
)
def test_what_is_no_unit_is_refused_in_a_sentence_and_nothing_is_stored(
    ani: FlaskClient, house: House, store: Store, address: str, data: dict[str, object], said: str
) -> None:
    before = estate_of(store, house).hash
    answer = ani.post(address, data=sent(ani.get(address).text, **data))
    assert answer.status_code == 422
    assert said in answer.text
    assert estate_of(store, house).hash == before


def test_a_unit_made_over_a_change_of_somebody_else_is_a_conflict(
    ani: FlaskClient, address: str
) -> None:
    old = sent(ani.get(address).text, room=["1"], do="unit", unit="west")
    assert ani.post(address, data=old).status_code == 303
    assert ani.post(address, data=old | {"unit": "east"}).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("ani", 200), ("budi", 403), ("citra", 404)])
def test_only_a_planner_of_the_owner_makes_units(
    client_as: ClientAs, address: str, who: str, status: int
) -> None:
    assert client_as(who).get(address).status_code == status


TABLE = b"Qx;Qy;Qz;Qs\nA1;Office;20,5;4\nA2;Store;8;\n"


def test_headings_that_nobody_knows_are_mapped_in_a_form_and_read_again(
    ani: FlaskClient, house: House, store: Store
) -> None:
    before = estate_of(store, house).hash
    data = {"file": (io.BytesIO(TABLE), "rooms.csv")}
    place = ani.post(f"/estates/{house.estate}/upload/floor-plan", data=data).location
    page = ani.get(place).text
    assert "say below what each column holds" in page
    columns = re.findall(r'name="column-(\d+)" value="([^"]*)"', page)
    assert [name for _, name in columns] == ["Qx", "Qy", "Qz", "Qs"]
    mapped = {f"column-{at}": name for at, name in columns}
    mapped |= {f"field-{at}": field for at, field in enumerate(("number", "name", "area", "seats"))}
    again = ani.post(f"{place}/again", data=mapped)
    page = ani.get(again.location).text
    assert "2 rooms on 1 floor" in page
    assert "20.5\u00a0m²" in page
    assert 'value="A1"' in page
    assert estate_of(store, house).hash == before


def test_a_heading_mapped_twice_or_to_nothing_is_said(ani: FlaskClient, house: House) -> None:
    data = {"file": (io.BytesIO(TABLE), "rooms.csv")}
    place = ani.post(f"/estates/{house.estate}/upload/floor-plan", data=data).location
    only = {"column-0": "Qz", "field-0": "area"}
    page = ani.get(ani.post(f"{place}/again", data=only).location).text
    assert "Qx" in page
    assert "Confirm and store" not in page


def test_layers_are_mapped_in_a_form_and_read_again(ani: FlaskClient, house: House) -> None:
    place = f"/estates/{house.estate}/imports/{house.plan_file}"
    page = ani.get(place).text
    layers = dict(re.findall(r'name="layer-(\d+)" value="([^"]*)"', page))
    roles = {f"layer-{at}": name for at, name in layers.items()}
    roles |= {f"role-{at}": "room" if name == "GROS$" else "" for at, name in layers.items()}
    again = ani.get(ani.post(f"{place}/again", data=roles | {"preset": ""}).location).text
    assert "1 room on 1 floor" in again
    assert "360.0\u00a0m²" in again


def test_a_drawn_building_is_downloaded_as_imdf_and_reads_back_the_same(
    ani: FlaskClient, house: House, store: Store, tmp_path: Path
) -> None:
    place = f"/estates/{house.estate}/buildings/N/imdf.zip"
    answer = ani.get(place)
    assert answer.status_code == 422
    assert "no place on the globe" in answer.text

    def placed(estate: Estate) -> Estate:
        where = {"latitude": Decimal("-6.2"), "longitude": Decimal("106.8")}
        buildings = tuple(one.model_copy(update=where) for one in estate.buildings)
        return replace(estate, buildings=buildings)

    known = estates.get_estate(store, house.people["ani"], house.estate)
    estates.change(
        store, house.people["ani"], house.estate, known.version, placed, "the place of buildings"
    )
    answer = ani.get(place)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert "N-imdf.zip" in answer.headers["Content-Disposition"]
    path = tmp_path / "N-imdf.zip"
    path.write_bytes(answer.data)
    report = read_plan(path)
    floors = {floor.name: floor for floor in report.floors}
    (floor,) = [one for one in floors.values() if one.spaces]
    stored = [space for space in estate_of(store, house).spaces if space.floor == "N1"]
    assert [(s.number, s.name, s.category, s.seats) for s in floor.spaces] == [
        (s.number, s.name, s.category, s.seats) for s in stored
    ]
    assert [float(s.drawn_area_m2 or 0) for s in floor.spaces] == pytest.approx([150, 50], rel=1e-4)
    assert [s.declared_area_m2 for s in floor.spaces] == [s.declared_area_m2 for s in stored]


@pytest.mark.parametrize(("who", "status"), [("budi", 422), ("citra", 404)])
def test_an_outsider_gets_no_map(client_as: ClientAs, house: House, who: str, status: int) -> None:
    place = f"/estates/{house.estate}/buildings/N/imdf.zip"
    assert client_as(who).get(place).status_code == status
    assert client_as("ani").get(place.replace("/N/", "/Q/")).status_code == 404


def test_a_refusal_and_its_place_are_said_in_indonesian(ani: FlaskClient, house: House) -> None:
    ani.post("/language", data={"language": "id"})
    data = {"file": (io.BytesIO(b"ISO-10303-21;\nHEADER;"), "plan.ifc")}
    place = ani.post(f"/estates/{house.estate}/upload/floor-plan", data=data).location
    page = ani.get(place).text
    assert "plan.ifc terpotong: baris terakhir END-ISO-10303-21; tidak ada." in page
    assert "cut short" not in page


def test_what_to_look_at_is_said_in_indonesian(ani: FlaskClient, house: House) -> None:
    ani.post("/language", data={"language": "id"})
    text = "Room,Name,Area\n1,Office,20.5\n1,Store,CIC 4\n"
    data = {"file": (io.BytesIO(text.encode()), "rooms.csv")}
    place = ani.post(f"/estates/{house.estate}/upload/floor-plan", data=data).location
    page = ani.get(place).text
    assert "Satuan luas tidak disebut; menurut ukuran ruang dianggap m²." in page
    assert "1 sel tidak berisi angka padahal seharusnya" in page
    assert "baris 3" in page
    assert "Nomor 1 dipakai untuk 2 ruang." in page
