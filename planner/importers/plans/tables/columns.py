"""Which column of a room schedule holds what, by headings in several languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused
from planner.importers.plans.tables.cells import text_of
from planner.importers.plans.units import square_metres_in
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.importers.plans.tables.cells import Cell

FIELDS: Final = (
    "building", "floor", "level", "number", "name", "use", "area", "net", "gross",
    "department", "seats",
)  # fmt: skip

# whole headings, without their unit; English, Indonesian, German, French, Dutch, Spanish,
# Portuguese, Italian, Chinese and Japanese
_EXACT: Final[dict[str, str]] = {
    "building": (
        "building|building name|building code|building id|bldg|facility|property|site|gedung|"
        "nama gedung|kode gedung|bangunan|nama bangunan|gebäude|gebaeude|haus|bâtiment|batiment|"
        "immeuble|edificio|建筑|楼栋|大楼|bangunan gedung|gebouw|edifício|edifici|"
        "edificio nombre|建物|棟"
    ),
    "floor": (
        "floor|floor name|floor code|floor id|floorname|storey|story|flr|lantai|lt|nama lantai|"
        "lantai ke|tingkat|geschoss|geschoß|etage|stockwerk|ebene|étage|niveau|piso|planta|楼层|"
        "层|階|verdieping|bouwlaag|pavimento|andar|piano|階数|フロア|所在楼层|étage niveau"
    ),
    "level": "level|level no|level number|floor level|floor number|floor no|ordinal|no lantai",
    "number": (
        "number|no room|room|room no|room number|room id|room code|roomnumber|roomno|space|"
        "space id|space no|space number|space code|rm|rm id|rm no|suite|unit no|nomor|"
        "nomor ruang|"
        "nomor ruangan|no ruang|no ruangan|kode ruang|kode ruangan|kode|ruang no|raumnr|raum nr|"
        "raumnummer|raum-nr|raum|zimmer|zimmernummer|nr|numéro|numero|n°|no local|code local|"
        "numéro de local|local|número|sala|房号|房间号|编号|roomtag|n° pièce|no pièce|"
        "numéro de pièce|"
        "n° local|n° de local|ruimtenummer|ruimte nr|kamernummer|nº|n.º|nº sala|número de sala|"
        "id ruang|id ruangan|no rg|部屋番号|室番号|房间编号|房间号码|locale|numero locale|"
        "n locale|codice locale|"
        "nº estancia|raum id|raum no"
    ),
    "name": (
        "name|room name|space name|roomname|title|description|desc|label|nama|nama ruang|"
        "nama ruangan|ruang|ruangan|uraian|keterangan ruang|bezeichnung|raumbezeichnung|raumname|"
        "benennung|nom|nom du local|désignation|designation|libellé|nombre|descripción|名称|"
        "房间名称|房间|longname|nom pièce|nom de la pièce|pièce|intitulé|ruimtenaam|ruimte|"
        "omschrijving|"
        "estancia|dependencia|ambiente|nome|nome da sala|descrição|descrizione|部屋名|室名|"
        "nama rg|"
        "raum bezeichnung"
    ),
    "use": (
        "use|usage|room use|use type|use category|type|room type|space type|category|function|"
        "room function|standard|space standard|classification|fungsi|fungsi ruang|fungsi ruangan|"
        "penggunaan|kegunaan|jenis|jenis ruang|jenis ruangan|kategori|peruntukan|nutzung|"
        "nutzungsart|raumnutzung|raumart|raumtyp|din 277|kategorie|affectation|fonction|uso|tipo|"
        "用途|类型|功能|gebruik|functie|destinazione|destinação|finalidade|uso del local|部屋用途"
    ),
    "area": (
        "area|room area|space area|floor area|size|sqm|m2|sq m|sqft|sf|sq ft|square feet|"
        "square metres|square meters|luas|luas ruang|luas ruangan|luas lantai|luasan|fläche|"
        "flaeche|raumfläche|grundfläche|qm|surface|superficie|superficie m2|面积|oppervlakte|"
        "vloeroppervlakte|área|area m|area m²|superficie m|superfície|面積|床面積|luas m|luas m2"
    ),
    "net": (
        "net area|nett area|net floor area|nia|nla|usable area|usable|net internal area|nfa|"
        "net usable area|nua|netarea|usf|carpet area|assignable area|nasf|luas neto|luas netto|"
        "luas bersih|luas efektif|nettofläche|nuf|nrf|ngf|nutzfläche|netto-raumfläche|"
        "nettoraumfläche|surface utile|surface nette|sun|shon|使用面积|净面积|"
        "superficie útil|área útil|"
        "area netta|superficie netta|nuttige oppervlakte|nvo|vvo|usable sf|net sf|"
        "surface nette m2|専有面積"
    ),
    "gross": (
        "gross area|gross floor area|gfa|gia|grossarea|gross internal area|rentable area|rsf|"
        "luas kotor|luas bruto|luas brutto|bruttofläche|bgf|surface brute|sdp|sub|建筑面积|"
        "superficie construida|área bruta|area lorda|superficie lorda|bvo|rentable sf|gross sf|"
        "延床面積"
    ),
    "department": (
        "department|dept|division|team|occupant|occupied by|tenant|assigned to|cost centre|"
        "cost center|business unit|org unit|unit kerja|bagian|divisi|biro|bidang|satuan kerja|"
        "satker|opd|skpd|penghuni|pengguna|penyewa|abteilung|mieter|kostenstelle|nutzer|service|"
        "direction|occupant du local|locataire|departamento|部门|单位|afdeling|direzione|reparto|"
        "ufficio|departement|部署|部門"
    ),
    "seats": (
        "seats|seat|desks|desk|no of desks|number of desks|workstations|workstation|workplaces|"
        "work points|positions|capacity|room capacity|seat count|seating|headcount capacity|"
        "kursi|jumlah kursi|meja|jumlah meja|tempat duduk|kapasitas|kapasitas orang|"
        "tempat kerja|arbeitsplätze|arbeitsplaetze|anzahl arbeitsplätze|ap|plätze|sitzplätze|"
        "postes|postes de travail|nombre de postes|places|capacité|puestos|asientos|工位|座位|"
        "工位数|座位数|nb postes|nbre de postes|nb de postes|nombre postes|werkplekken|"
        "aantal werkplekken|puestos de trabajo|asientos|assentos|postos de trabalho|postazioni|"
        "posti|席数|座席数|work stations|jumlah pegawai duduk|jml kursi|daya tampung"
    ),
}
_KNOWN: Final = {
    re.sub(r"[\W_]+", " ", name).strip(): field
    for field, names in _EXACT.items()
    for name in names.split("|")
}
# where no heading is known as a whole, a word in it may tell
_WORDS: Final = (
    (
        "seats",
        r"\bseats?\b|desks?\b|work ?-? ?stations?|kursi|arbeitspl|\bkapasitas\b|capacity|"
        r"\bpostes\b|puestos|werkplek|席",
    ),
    ("net", r"\bnett?o?\b|usable|bersih|utile|\bnia\b"),
    ("gross", r"\bgross\b|kotor|brutto?|brute"),
    ("area", r"\b(a|á)rea\b|\bluas\b|fl(ä|ae)che|surface|superf(i|í)cie|oppervlakte|面积|面積"),
    ("department", r"depart|abteilung|unit kerja|divisi|bagian|tenant"),
    ("use", r"\buse\b|usage|function|fungsi|nutzung|category|kategori|\btype\b"),
    ("number", r"(room|space|ruang(an)?|raum).*\b(no|nr|number|id|code|kode|num)\b|nomor|nummer"),
    ("name", r"(room|space|ruang(an)?|raum).*\b(name|nama|desc)|bezeichnung"),
    ("floor", r"\bfloor\b|lantai|geschoss|étage|storey"),
    ("building", r"building|gedung|gebäude|bâtiment"),
)
_UNIT: Final = re.compile(
    r"[\[(]([^\])]*)[\])]\s*\*?$|(?<=\s)(m²|m2|sqm|qm|sf|sq\.? ?ft|ft²)$", re.IGNORECASE
)


def plain_heading(heading: str) -> str:
    """Return a heading as it is compared: no unit, case, dots or underscores.

    >>> plain_heading("Luas_Ruang (m²) *"), plain_heading("No. Ruang")
    ('luas ruang', 'no ruang')
    """
    bare = _UNIT.sub("", " ".join(heading.split()))
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare)
    words = re.sub(r"[\W_]+", " ", spaced).strip().casefold()
    joined = re.sub(r"[\W_]+", " ", bare).strip().casefold()
    return joined if joined in _KNOWN else words


def unit_of(heading: str) -> float | None:
    """Return the square metres in the unit that a heading names, None if it names none."""
    found = _UNIT.search(" ".join(heading.split()))
    words = [found.group(1) or found.group(2)] if found else []
    words += [heading]
    return next((unit for word in words if (unit := square_metres_in(word)) is not None), None)


def field_of(heading: str) -> str:
    """Return what a heading stands for, "" if it is not known.

    >>> [field_of(text) for text in ("Nama Ruangan", "Luas (m²)", "Room No.", "Kursi", "Colour")]
    ['name', 'area', 'number', 'seats', '']
    """
    plain = plain_heading(heading)
    if plain in _KNOWN:
        return _KNOWN[plain]
    return next((field for field, words in _WORDS if re.search(words, plain)), "")


def mapping_of(headings: Sequence[Cell], stated: Mapping[str, str]) -> dict[str, int]:
    """Return the column of each field; what the user says first, then known whole headings.

    Raises:
        ImportRefused: the user names a field or a heading that is not there.
    """
    texts = [text_of(heading) for heading in headings]
    found: dict[str, int] = {}
    for field, heading in stated.items():
        if field not in FIELDS:
            raise ImportRefused(
                told(
                    N_("A schedule has no field {field}; it has {names}."),
                    field=field,
                    names=", ".join(FIELDS),
                )
            )
        at = next(
            (k for k, text in enumerate(texts) if text.casefold() == heading.strip().casefold()),
            None,
        )
        if at is None:
            there = ", ".join(filter(None, texts))
            raise ImportRefused(
                told(
                    N_("There is no heading {heading}; the headings are {there}."),
                    heading=repr(heading),
                    there=there,
                )
            )
        found[field] = at
    taken = set(found.values())
    exact = [plain_heading(text) in _KNOWN for text in texts]
    for certain in (True, False):
        for at, text in enumerate(texts):
            field = field_of(text) if text and at not in taken else ""
            if field and field not in found and exact[at] is certain:
                found[field] = at
                taken.add(at)
    return _sorted_out(found, texts)


def _sorted_out(found: dict[str, int], texts: Sequence[str]) -> dict[str, int]:
    """Let a name stand for the number where a schedule has only one of them."""
    if "number" not in found and "name" in found:
        plain = plain_heading(texts[found["name"]])
        if plain in {"ruang", "ruangan"}:
            found["number"] = found.pop("name")
    return found
