"""Figures of prices, of further one-off costs and of what may turn out otherwise."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from planner.domain.assumptions import Figure
from planner.domain.figures_leases import LEAST_INFLATION, MOST_INFLATION

_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)
_OURS: Final = "planner default, a choice to be reviewed"
_AS_OF: Final = dt.date(2026, 11, 24)

PRICES: Final = (
    Figure(
        "price_basis",
        "word",
        ("Prices", "Dasar harga"),
        (
            "nominal: as paid; real: in prices of the start, with a real discount rate.",
            "nominal: seperti dibayar; riil: harga saat mulai, dengan diskonto riil.",
        ),
        "",
        "nominal",
        _OURS,
        _AS_OF,
        choices=(("nominal", ("nominal", "nominal")), ("real", ("real", "riil"))),
    ),
    Figure(
        "inflation_rate",
        "rate",
        ("Inflation", "Inflasi"),
        (
            "A year; only for real prices and for rents that follow an index.",
            "Per tahun; hanya untuk harga riil dan sewa berindeks.",
        ),
        "rate",
        None,
        "",
        None,
        LEAST_INFLATION,
        MOST_INFLATION,
    ),
)

COSTS: Final = (
    Figure(
        "running_saving_share",
        "share",
        ("Running cost really saved", "Biaya operasi yang sungguh hemat"),
        (
            "Share of the stated running cost that stops when a floor is freed.",
            "Porsi biaya operasi yang berhenti bila lantai kosong.",
        ),
        "share",
        "1",
        _OURS,
        _AS_OF,
        _ZERO,
        _ONE,
    ),
    Figure(
        "it_cost_per_person",
        "money",
        ("IT for a move", "TI untuk pindah"),
        ("A person, once; beside the move.", "Per orang, sekali; selain pindah."),
        "money/person",
        "0",
        "within the cost of moving unless stated",
        _AS_OF,
        _ZERO,
    ),
    Figure(
        "fit_out_per_person",
        "money",
        ("Fit-out for a move", "Penataan ruang untuk pindah"),
        ("Workplaces where people go, a person, once.", "Tempat kerja baru per orang, sekali."),
        "money/person",
        "0",
        "people use seats that are there unless stated",
        _AS_OF,
        _ZERO,
    ),
    Figure(
        "repairs_due_per_m2",
        "money",
        ("Repairs that are due", "Perbaikan yang jatuh tempo"),
        (
            "What business as usual must spend on 1 m², once; a tenant bears it instead.",
            "Biaya wajib 1 m² bila tetap seperti sekarang, sekali; penyewa menanggungnya.",
        ),
        "money/m2",
        "0",
        "none stated",
        _AS_OF,
        _ZERO,
    ),
    Figure(
        "repairs_month",
        "months",
        ("Month of these repairs", "Bulan perbaikan"),
        ("Avoided by floors that are empty before.", "Terhindar bila lantai sudah kosong."),
        "months",
        "12",
        _OURS,
        _AS_OF,
        _ONE,
        Decimal(600),
    ),
)

RISK: Final = (
    Figure(
        "rent_volatility",
        "share",
        ("Spread of rent", "Sebaran sewa"),
        ("Standard deviation of the logarithm.", "Simpangan baku logaritma."),
        "share",
        "0.15",
        _OURS,
        _AS_OF,
        _ZERO,
        Decimal(2),
    ),
    Figure(
        "void_volatility",
        "share",
        ("Spread of void", "Sebaran masa kosong"),
        ("Standard deviation of the logarithm.", "Simpangan baku logaritma."),
        "share",
        "0.4",
        _OURS,
        _AS_OF,
        _ZERO,
        Decimal(2),
    ),
    Figure(
        "cost_volatility",
        "share",
        ("Spread of one-off cost", "Sebaran biaya sekali"),
        ("Standard deviation of the logarithm.", "Simpangan baku logaritma."),
        "share",
        "0.2",
        _OURS,
        _AS_OF,
        _ZERO,
        Decimal(2),
    ),
    Figure(
        "rent_void_correlation",
        "rate",
        ("Rent and void together", "Korelasi sewa dan masa kosong"),
        ("Correlation; low rents come with long voids.", "Korelasi; sewa rendah, kosong lama."),
        "correlation",
        "-0.5",
        _OURS,
        _AS_OF,
        Decimal(-1),
        _ONE,
    ),
    Figure(
        "rent_cost_correlation",
        "rate",
        ("Rent and cost together", "Korelasi sewa dan biaya"),
        ("Correlation of rent and one-off cost.", "Korelasi sewa dan biaya sekali."),
        "correlation",
        "0.2",
        _OURS,
        _AS_OF,
        Decimal(-1),
        _ONE,
    ),
    Figure(
        "shared_risk",
        "share",
        ("Risk shared by all leases", "Risiko bersama"),
        (
            "Share of the spread that hits all leases together, the market's part.",
            "Porsi sebaran yang mengenai semua sewa bersama-sama, bagian pasar.",
        ),
        "share",
        "0.5",
        _OURS,
        _AS_OF,
        _ZERO,
        _ONE,
    ),
)
