"""Figures of the move plan: how much may move at once, when nobody moves, what a wave costs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import Figure

if TYPE_CHECKING:
    from planner.domain.fields import Words

_OURS: Final = "planner default, a choice to be reviewed"
_AS_OF: Final = dt.date(2026, 11, 26)
_YES_NO: Final = (("yes", ("yes", "ya")), ("no", ("no", "tidak")))


def _count(key: str, label: Words, help_: Words, unit: str, default: str, span: str) -> Figure:
    least, most = map(Decimal, span.split())
    return Figure(key, "count", label, help_, unit, default, _OURS, _AS_OF, least, most)


def _word(
    key: str, label: Words, help_: Words, default: str, choices: tuple[tuple[str, Words], ...]
) -> Figure:
    return Figure(key, "word", label, help_, "", default, _OURS, _AS_OF, choices=choices)


MOVES: Final = (
    _count(
        "wave_every_weeks",
        ("Weeks between waves", "Minggu antargelombang"),
        (
            "A wave of moves every so many weeks, from Friday to Sunday.",
            "Satu gelombang pindah tiap sekian minggu, Jumat sampai Minggu.",
        ),
        "weeks",
        "1",
        "1 26",
    ),
    _count(
        "wave_people",
        ("People in a wave", "Orang per gelombang"),
        (
            "So many people move in one wave at most; 0 for no limit.",
            "Paling banyak orang pindah dalam satu gelombang; 0: tanpa batas.",
        ),
        "people",
        "150",
        "0 100000",
    ),
    _count(
        "wave_moves",
        ("Teams in a wave", "Tim per gelombang"),
        (
            "So many teams or parts of teams move in one wave at most; 0 for no limit.",
            "Paling banyak tim atau bagian tim pindah dalam satu gelombang; 0: tanpa batas.",
        ),
        "teams",
        "15",
        "0 100000",
    ),
    _count(
        "wave_moves_per_building",
        ("Moves a building and wave", "Pindah per gedung dan gelombang"),
        (
            "Moves that leave or enter one building in one wave at most; 0 for no limit.",
            "Paling banyak pindah keluar atau masuk satu gedung per gelombang; 0: tanpa batas.",
        ),
        "moves",
        "10",
        "0 100000",
    ),
    _count(
        "fit_out_days",
        ("Days of fit-out", "Hari penataan"),
        (
            "Seats that a team left can be used again after so many days.",
            "Kursi yang ditinggalkan bisa dipakai lagi setelah sekian hari.",
        ),
        "days",
        "7",
        "0 730",
    ),
    _count(
        "waves_within_weeks",
        ("All moves within", "Semua pindah dalam"),
        (
            "Weeks from the first wave in which all moves must be made.",
            "Minggu sejak gelombang pertama; semua pindah harus selesai.",
        ),
        "weeks",
        "52",
        "1 520",
    ),
    Figure(
        "wave_cost",
        "money",
        ("Cost of a wave", "Biaya satu gelombang"),
        (
            "Paid once for each wave, whoever moves: move team, guards, network.",
            "Dibayar sekali per gelombang: tim pindah, penjaga, jaringan.",
        ),
        "money",
        "0",
        _OURS,
        _AS_OF,
        Decimal(0),
    ),
    _word(
        "swing_allowed",
        ("Temporary seats", "Tempat sementara"),
        (
            "Whether a team may move twice where the moves are impossible otherwise.",
            "Apakah tim boleh pindah dua kali bila tanpa itu pindah mustahil.",
        ),
        "yes",
        _YES_NO,
    ),
    _word(
        "no_moves_on_holidays",
        ("No moves around public holidays", "Tidak pindah di sekitar hari libur"),
        (
            "A wave that touches a public holiday or joint leave is left out.",
            "Gelombang yang menyentuh hari libur atau cuti bersama dilewati.",
        ),
        "yes",
        _YES_NO,
    ),
    _word(
        "no_moves_in_ramadan",
        ("No moves in Ramadan", "Tidak pindah di bulan Ramadan"),
        (
            "The whole month, its last ten days, or not at all.",
            "Sebulan penuh, sepuluh hari terakhir, atau tetap pindah.",
        ),
        "no",
        (
            ("no", ("moves go on", "tetap pindah")),
            ("last_ten", ("no moves in its last ten days", "tidak di sepuluh hari terakhir")),
            ("month", ("no moves all month", "tidak sebulan penuh")),
        ),
    ),
    _count(
        "fiscal_year_end_month",
        ("Last month of the fiscal year", "Bulan akhir tahun anggaran"),
        ("1 for January to 12 for December.", "1 Januari sampai 12 Desember."),
        "month",
        "12",
        "1 12",
    ),
    _count(
        "fiscal_year_end_weeks",
        ("No moves before it", "Tidak pindah sebelumnya"),
        (
            "Weeks before the end of the fiscal year in which nobody moves.",
            "Minggu sebelum akhir tahun anggaran tanpa pindah.",
        ),
        "weeks",
        "2",
        "0 12",
    ),
)
