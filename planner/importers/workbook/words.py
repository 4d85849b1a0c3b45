"""The words of the workbook that belong to no field, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from planner.domain.fields import Words

_WORDS: Final[dict[str, Words]] = {
    "for example": ("for example", "misalnya"),
    "Enter": ("Enter", "Isikan"),
    "title": ("Estate workbook", "Buku kerja portofolio"),
    "how": (
        "One row a record, below the dark headings. Columns with * must be filled; all others "
        "may stay blank. Areas are square metres, shares lie between 0 and 1, money is in the "
        "estate's currency. A day without a record in sheet attendance is unknown, not zero. "
        "Sheets and columns whose names begin with _ are notes and are not read.",
        "Satu baris satu data, di bawah judul gelap. Kolom bertanda * wajib diisi; yang lain "
        "boleh kosong. Luas dalam meter persegi, porsi antara 0 dan 1, uang dalam mata uang "
        "portofolio. Hari tanpa data di lembar attendance berarti tidak diketahui, bukan nol. "
        "Lembar dan kolom yang namanya diawali _ adalah catatan dan tidak dibaca.",
    ),
    "Sheet": ("Sheet", "Lembar"),
    "Column": ("Column", "Kolom"),
    "Field": ("Field", "Nama bidang"),
    "Needed": ("Needed", "Wajib"),
    "Takes": ("Takes", "Isian"),
    "Meaning": ("Meaning", "Arti"),
}


def say(word: str, spoken: int) -> str:
    """Return one of the words; `spoken` is 0 for English and 1 for Indonesian."""
    return _WORDS[word][spoken]
