"""A workbook is read whole, or refused whole with every error by sheet, row and column."""

import zipfile

import openpyxl
import pytest

from planner.demo import demo_estate
from planner.errors import ImportRefused, InvalidInput
from planner.importers.workbook import estate_bytes, read_estate, write_template
from tests.estates import estate


@pytest.fixture
def book(tmp_path):
    """Return a function that writes the small estate, changed by `change`, and reads it."""

    def made(change):
        file = tmp_path / "estate.xlsx"
        file.write_bytes(estate_bytes(estate()))
        opened = openpyxl.load_workbook(file)
        change(opened)
        opened.save(file)
        return file

    return made


def cell_of(opened, sheet, heading, nth=0):
    """Return the nth cell below a heading, wherever the heading stands."""
    for row in opened[sheet].iter_rows():
        for cell in row:
            if str(cell.value or "").rstrip(" *") == heading:
                return opened[sheet].cell(cell.row + 1 + nth, cell.column)
    raise AssertionError(heading)


def refusal(file) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_estate(file)
    return str(caught.value)


def test_export_import_export_gives_the_same_estate_and_bytes(tmp_path):
    given = demo_estate()
    file = tmp_path / "demo.xlsx"
    file.write_bytes(estate_bytes(given))
    read = read_estate(file)
    assert read.hash == given.hash
    assert estate_bytes(read) == file.read_bytes()


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "said"),
    [
        ("teams", "People", -3, "-3"),
        ("floors", "Seats", 10**9, "1000000000"),
        ("floors", "Seats", "many", "many"),
        ("floors", "Seats", 2.5, "2.5"),
        ("seating", "Team", "nobody", "nobody"),
        ("floors", "Building", "Z", "Z"),
        ("floors", "Lettable area", -1, "-1"),
        ("teams", "On-site class", "sometimes", "sometimes"),
    ],
)
def test_a_wrong_cell_is_named_by_sheet_and_column_with_its_value(
    book, sheet, heading, value, said
):
    file = book(lambda opened: setattr(cell_of(opened, sheet, heading), "value", value))
    text = refusal(file)
    assert f"sheet {sheet}" in text
    assert "row " in text
    assert said in text


def test_a_formula_error_is_named_and_not_read_as_a_number(book):
    def spoil(opened):
        cell = cell_of(opened, "floors", "Seats")
        cell.value = "#REF!"
        cell.data_type = "e"

    assert "#REF!" in refusal(book(spoil))


def test_a_floor_entered_twice_is_named(book):
    file = book(lambda opened: setattr(cell_of(opened, "floors", "Code", 1), "value", "N1"))
    assert "N1" in refusal(file)


def test_a_sheet_that_is_not_known_is_named(book):
    assert "sheet Flours" in refusal(book(lambda opened: opened.create_sheet("Flours")))


def test_all_errors_are_listed_at_once(book):
    def spoil(opened):
        cell_of(opened, "teams", "People").value = -1
        cell_of(opened, "floors", "Seats").value = -2
        cell_of(opened, "floors", "Level").value = "up"

    with pytest.raises(InvalidInput) as caught:
        read_estate(book(spoil))
    assert len(caught.value.problems) >= 3


@pytest.mark.parametrize(
    "content", [b"", b"not a zip at all", b"PK\x03\x04 broken"], ids=["empty", "text", "broken"]
)
def test_what_is_no_workbook_is_refused_in_a_sentence(tmp_path, content):
    file = tmp_path / "estate.xlsx"
    file.write_bytes(content)
    with pytest.raises(ImportRefused, match=r"estate\.xlsx"):
        read_estate(file)


def test_a_renamed_document_is_refused(tmp_path):
    file = tmp_path / "estate.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(ImportRefused):
        read_estate(file)


def test_a_zip_bomb_is_refused_unopened(tmp_path):
    file = tmp_path / "estate.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
    with pytest.raises(ImportRefused):
        read_estate(file)


@pytest.mark.parametrize("language", ["en", "id"])
def test_an_empty_template_says_what_is_missing(tmp_path, language):
    file = tmp_path / "template.xlsx"
    write_template(file, language)
    assert "sheet teams" in refusal(file)


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    named = estate(
        buildings=(
            estate().buildings[0].model_copy(update={"name": "=1+1"}),
            *estate().buildings[1:],
        )
    )
    file = tmp_path / "estate.xlsx"
    file.write_bytes(estate_bytes(named))
    cells = [c for row in openpyxl.load_workbook(file)["buildings"].iter_rows() for c in row]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert read_estate(file).hash == named.hash
