"""Room schedules in several languages, units and layouts give the same rooms."""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from planner.errors import ImportRefused
from planner.importers.plans import Choices, read_plan
from tests.importers.plans.reports import codes
from tests.samples import sample


def csv(folder, text, encoding="utf-8", name="rooms.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def xlsx(folder, sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / "rooms.xlsx"
    book.save(path)
    return path


def rows(report):
    return [
        (floor.level, room.number, room.name, room.category, room.declared_area_m2, room.seats)
        for floor in report.floors
        for room in floor.spaces
    ]


WANTED = [
    (1, "1.01", "A", "meeting", Decimal("20.500"), 8),
    (1, "1.02", "B", "open_office", Decimal("1234.000"), 90),
    (2, "2.01", "C", "storage", Decimal("9.000"), None),
]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            (
                "Floor,Room No.,Room name,Room use,Area (m2),Seats\n"
                'Level 1,1.01,A,Meeting room,20.5,8\nLevel 1,1.02,B,Open office,"1,234.00",90\n'
                "Level 2,2.01,C,Storage,9.0,\n"
            ),
            "utf-8",
        ),
        (
            (
                "Daftar ruangan kantor;;;;;;\n;;;;;;\n"
                "No;Lantai;Kode Ruang;Nama Ruang;Fungsi;Luas (m²);Jumlah Kursi\n"
                "1;Lantai 1;1.01;A;Ruang Rapat;20,5;8\n"
                "2;;1.02;B;Ruang kerja terbuka;1.234;90\n"
                "3;Lt. 2;2.01;C;Gudang;9,0;-\n;;;Jumlah;;1263,5;98\n"
            ),
            "utf-8-sig",
        ),
        (
            (
                "Geschoss\tRaum-Nr.\tBezeichnung\tNutzung\tNettofläche [m²]\tArbeitsplätze\n"
                "1. OG\t1.01\tA\tBesprechung\t20,50\t8\n"
                "1. OG\t1.02\tB\tGroßraumbüro\t1.234,00\t90\n"
                "2. OG\t2.01\tC\tLager\t9,00\t\n"
            ),
            "cp1252",
        ),
        (
            (
                "Étage;Numéro de local;Désignation;Affectation;Surface utile;Postes de travail\n"
                "R+1;1.01;A;Salle de réunion;20,5 m²;8\nR+1;1.02;B;Open plan office;1 234 m²;90\n"
                "R+2;2.01;C;Archives;9 m²;\n"
            ),
            "utf-16",
        ),
        (
            (
                "楼层,房号,名称,用途,面积(㎡),工位\n1层,1.01,A,会议室,20.5,8\n"
                "1层,1.02,B,开放办公区,1234,90\n2层,2.01,C,仓库,9,\n"
            ),
            "gb18030",
        ),
    ],
)
def test_schedules_of_five_languages_give_the_same_rooms(read, tmp_path, text, encoding):
    assert rows(read(csv(tmp_path, text, encoding))) == WANTED


def test_the_duplex_handover_has_22_spaces_on_three_floors():
    report = read_plan(sample("plans/cobie/2012-03-23-Duplex-Design.xlsx"))
    assert [(f.name, f.level, len(f.spaces)) for f in report.floors] == [
        ("Level 1", 0, 11),
        ("Level 2", 1, 10),
        ("Roof", 2, 1),
    ]
    named = {space.number: space for floor in report.floors for space in floor.spaces}
    assert named["A101"].name == "Foyer"
    assert named["A101"].declared_area_m2 == Decimal("17.936")
    assert named["A101"].declared_basis == "net area"
    assert named["A104"].category == "restroom"
    assert named["Site"].declared_area_m2 is None
    assert report.kind == "cobie"


def test_numbers_that_a_spreadsheet_keeps_as_numbers_are_not_read_as_thousands(read, tmp_path):
    table = [["Room", "Area", "Desks"], [101, 23.456, 4], ["102A", "12,5", 2.0]]
    report = read(xlsx(tmp_path, {"Level 3": table}))
    assert rows(report) == [
        (3, "101", "", "unspecified", Decimal("23.456"), 4),
        (3, "102A", "", "unspecified", Decimal("12.500"), 2),
    ]
    assert "unit_assumed" in codes(report)


def test_each_sheet_is_a_floor_where_no_column_names_one(read, tmp_path):
    table = [["Number", "Name", "Area sqft"], ["1", "Office", 107.639]]
    report = read(xlsx(tmp_path, {"Ground": table, "Level 1": table, "notes": [["hello", "x"]]}))
    assert [(floor.name, floor.level) for floor in report.floors] == [("Ground", 0), ("Level 1", 1)]
    assert report.floors[0].spaces[0].declared_area_m2 == Decimal("10.000")


def test_headings_of_groups_name_the_floor_and_totals_are_left_out(read, tmp_path):
    text = (
        "Ruang,Luas m2\nLantai 1,\nRapat,20\nArsip,10\nJumlah,30\nLantai 2,\nKerja,50\nTotal,80\n"
    )
    report = read(csv(tmp_path, text))
    assert [(f.name, [s.number for s in f.spaces]) for f in report.floors] == [
        ("Lantai 1", ["Rapat", "Arsip"]),
        ("Lantai 2", ["Kerja"]),
    ]
    assert "total_row" in codes(report)


def test_large_figures_without_a_unit_are_taken_for_square_feet_and_told(read, tmp_path):
    report = read(csv(tmp_path, "Room,Name,Area\n1,Office,250\n2,Office,300\n3,Office,200\n"))
    assert report.floors[0].spaces[0].declared_area_m2 == Decimal("23.226")
    (note,) = [one for one in report.warnings if one.code == "unit_assumed"]
    assert "ft² was assumed" in note.message
    stated = read(tmp_path / "rooms.csv", Choices(unit="m"))
    assert stated.floors[0].spaces[0].declared_area_m2 == 250


def test_net_goes_before_gross_and_each_says_so(read, tmp_path):
    text = "Room,Name,GFA (m2),NIA (m2)\n1,A,12,10\n2,B,12,\n"
    (floor,) = read(csv(tmp_path, text)).floors
    assert [(s.declared_area_m2, s.declared_basis) for s in floor.spaces] == [
        (10, "net area"),
        (12, "gross area"),
    ]


def test_cells_that_are_no_numbers_are_left_blank_and_told_by_row(read, tmp_path):
    text = "Room,Name,Area m2,Seats\n1,A,CIC 4,2\n2,B,n/a,1.5\n3,C,30,3\n"
    report = read(csv(tmp_path, text))
    assert [s.declared_area_m2 for s in report.floors[0].spaces] == [None, None, 30]
    (note,) = [one for one in report.warnings if one.code == "not_a_number"]
    assert note.where == "row 2, row 3"
    assert "'CIC 4'" in note.message


def test_columns_may_be_named_and_a_wrong_name_is_refused_with_the_right_ones(read, tmp_path):
    path = csv(tmp_path, "Qx,Qy,Qz\nA1,Office,20\n")
    asked = read(path)
    assert asked.floors == ()
    assert [(c.heading, c.samples, c.field) for c in asked.columns] == [
        ("Qx", ("A1",), ""),
        ("Qy", ("Office",), ""),
        ("Qz", ("20",), ""),
    ]
    (note,) = asked.warnings
    assert note.code == "no_headings"
    assert "its first row is 'Qx', 'Qy', 'Qz'" in note.message
    report = read(path, Choices(columns={"number": "Qx", "name": "Qy", "area": "Qz"}))
    assert rows(report) == [(None, "A1", "Office", "office", 20, None)]
    assert [(c.heading, c.field) for c in report.columns] == [
        ("Qx", "number"),
        ("Qy", "name"),
        ("Qz", "area"),
    ]
    with pytest.raises(ImportRefused, match="no heading 'Qw'; the headings are Qx, Qy, Qz"):
        read(path, Choices(columns={"number": "Qw", "name": "Qy"}))


def test_several_buildings_keep_their_floors_apart(read, tmp_path):
    text = "Building,Floor,Room,Area m2\nA,1,101,20\nB,1,101,30\n"
    report = read(csv(tmp_path, text))
    assert [(f.building, f.name, f.level) for f in report.floors] == [
        ("A", "A 1", 1),
        ("B", "B 1", 1),
    ]
    assert "duplicate_number" not in codes(report)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Niveau;N° pièce;Nom pièce;Surface (m²);Nb postes\nR+1;1;A;20,5;8\nR+1;2;B;9;\n", "utf-8"),
        ("Planta;Nº;Estancia;Superficie útil (m²);Puestos\n1;1;A;20,5;8\n1;2;B;9;\n", "cp1252"),
        (
            "Verdieping;Ruimtenummer;Ruimtenaam;Oppervlakte;Werkplekken\n1;1;A;20,5;8\n1;2;B;9;\n",
            "utf-8",
        ),
        ("Pavimento;Sala;Nome;Área (m²);Assentos\n1º;1;A;20,5;8\n1º;2;B;9;\n", "utf-8"),
        (
            "Piano;Numero locale;Descrizione;Superficie (m²);Posti\n1;1;A;20,5;8\n1;2;B;9;\n",
            "utf-8",
        ),
        ("階,部屋番号,部屋名,面積,席数\n1階,1,A,20.5,8\n1階,2,B,9,\n", "cp932"),
        ("楼层,房间编号,房间名称,使用面积(㎡),工位数\n1层,1,A,20.5,8\n1层,2,B,9,\n", "gb18030"),
        ("Lantai;ID Ruang;Nama Rg;Luas m2;Jml Kursi\nLt 1;1;A;20,5;8\nLt 1;2;B;9;\n", "utf-8"),
        (
            "Room Schedule,,,,\n,,,,\nLevel,Number,Name,Area,Work stations\n"
            "Level 1,1,A,20.5 m²,8\nLevel 1,2,B,9.0 m²,\n,,Grand total: 2,29.5 m²,\n",
            "utf-16",
        ),
    ],
)
def test_schedules_of_more_languages_and_programs_give_the_same_rooms(
    read, tmp_path, text, encoding
):
    report = read(csv(tmp_path, text, encoding))
    assert [(f.level, s.number, s.name, s.declared_area_m2, s.seats)
            for f in report.floors for s in f.spaces] == [
        (1, "1", "A", Decimal("20.500"), 8),
        (1, "2", "B", Decimal("9.000"), None),
    ]  # fmt: skip


SPACES = [
    ["Name", "Category", "FloorName", "Description", "RoomTag", "GrossArea", "NetArea"],
    ["101", "n/a", "Lantai 1", "Ruang Kerja", "1.01", 250, 215.3],
    ["201", "n/a", "Lantai 2", "Rapat", "n/a", "n/a", 107.639],
]


def cobie(area="square feet", length="feet"):
    return {
        "Facility": [["Name", "LinearUnits", "AreaUnits"], ["HQ", length, area]],
        "Floor": [["Name", "Category", "Elevation"], ["Lantai 1", "Floor", 0],
                  ["Lantai 2", "Floor", 13.1]],
        "Space": SPACES,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sheets", "first", "told"),
    [
        (cobie(), "20.002", set()),
        ({name.upper(): rows for name, rows in cobie("square meters").items()}, "215.300", set()),
        (cobie("squaremeters"), "215.300", set()),
        (cobie("square millimeters", "millimeters"), "215.300", {"unit_assumed"}),
        (cobie("n/a"), "215.300", {"unit_assumed"}),
        ({k: v for k, v in cobie().items() if k != "Facility"}, "215.300", {"unit_assumed"}),
        ({k: v for k, v in cobie().items() if k != "Floor"}, "20.002", {"unknown_floor"}),
    ],
)
def test_handovers_with_other_units_or_missing_sheets_are_read_and_told(
    read, tmp_path, sheets, first, told
):
    report = read(xlsx(tmp_path, sheets))
    spaces = {s.number: s for floor in report.floors for s in floor.spaces}
    assert set(spaces) == {"1.01", "201"}
    assert spaces["1.01"].declared_area_m2 == Decimal(first)
    assert told <= codes(report)
    assert told or "unit_assumed" not in codes(report)
