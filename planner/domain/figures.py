"""The declared figures of the business case and of demand, in the order they are printed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from planner.domain.assumptions import Figure
from planner.domain.figures_leases import LEASE, LEASED
from planner.domain.figures_moves import MOVES
from planner.domain.figures_risk import COSTS, PRICES, RISK
from planner.domain.figures_rules import RULE
from planner.domain.standards import STANDARDS

_ZERO = Decimal(0)
_ONE = Decimal(1)
_OURS = "planner default, a choice to be reviewed"
_AS_OF = dt.date(2026, 11, 24)

_DEMAND = (
    Figure(
        "service_level",
        "share",
        ("Service level", "Tingkat layanan"),
        (
            "Share of days on which the seats of each floor must suffice.",
            "Porsi hari ketika kursi setiap lantai harus cukup.",
        ),
        "share",
        "0.95",
        _OURS,
        _AS_OF,
        Decimal("0.5"),
        _ONE,
    ),
    Figure(
        "correlation",
        "share",
        ("Correlation of attendance", "Korelasi kehadiran"),
        (
            "How much colleagues come on the same days; used only for typed rates.",
            "Seberapa sering rekan datang di hari yang sama; hanya untuk angka isian.",
        ),
        "share",
        "0.03",
        "fitted 0.027 on the InVS15 office attendance (SocioPatterns, CC0)",
        _AS_OF,
        _ZERO,
        _ONE,
    ),
    Figure(
        "remote_days_a_week",
        "count",
        ("Days elsewhere a week", "Hari kerja di luar per minggu"),
        (
            "Most days a week that a civil servant may work elsewhere; a team may have its own.",
            "Paling banyak hari kerja di luar per minggu bagi ASN; tim dapat punya angka sendiri.",
        ),
        "days",
        "2",
        "PermenPANRB 4/2025, article 13(1): at most 2 working days in a week (Indonesia's civil "
        "servants; elsewhere it binds only teams that state their own)",
        dt.date(2025, 4, 21),
        _ZERO,
        Decimal(5),
    ),
    Figure(
        "m2_per_seat",
        "count",
        ("Area per seat", "Luas per kursi"),
        (
            "Used only for floors read from a plan that shows no desks.",
            "Hanya untuk lantai dari gambar tanpa meja.",
        ),
        "m2",
        "10",
        "British Council for Offices: 10 m2 of net internal area for each workplace",
        _AS_OF,
        _ONE,
        Decimal(100),
    ),
    Figure(
        "area_standard",
        "word",
        ("Area standard", "Standar luas"),
        (
            "Whose ceiling of area a person the use of floors is held against.",
            "Standar yang batas luas per orangnya dipakai untuk menilai pemakaian lantai.",
        ),
        "",
        "bco",
        "British Council for Offices: 10 m2 of net internal area for each workplace",
        _AS_OF,
        choices=tuple(STANDARDS.items()),
    ),
    Figure(
        "area_ceiling_m2",
        "count",
        ("Own ceiling of area a person", "Batas luas per orang sendiri"),
        (
            "Counts only where the area standard is the owner's own.",
            "Hanya berlaku bila standar luas adalah milik sendiri.",
        ),
        "m2",
        "10",
        _OURS,
        _AS_OF,
        _ONE,
        Decimal(100),
    ),
    Figure(
        "net_to_gross",
        "share",
        ("Net area of gross", "Luas neto dari kotor"),
        (
            "Used only for floors of which nothing but the gross area is known.",
            "Hanya untuk lantai yang hanya diketahui luas kotornya.",
        ),
        "share",
        "0.8",
        _OURS,
        _AS_OF,
        Decimal("0.3"),
        _ONE,
    ),
)

_TIME = (
    Figure(
        "start",
        "day",
        ("Start", "Mulai"),
        ("First day of the first month of the case.", "Hari pertama bulan pertama."),
        "",
        "2027-01-01",
        _OURS,
        _AS_OF,
    ),
    Figure(
        "horizon_months",
        "months",
        ("Horizon", "Jangka waktu"),
        ("Months that are counted.", "Jumlah bulan yang dihitung."),
        "months",
        "60",
        "five years: longest ordinary lease of PMK 115/PMK.06/2020 art. 13",
        dt.date(2020, 8, 31),
        _ONE,
        Decimal(600),
    ),
    Figure(
        "release_month",
        "months",
        ("Month of release", "Bulan pengosongan"),
        (
            "Months from the start until the first freed floor can be empty; moves begin then.",
            "Bulan sejak mulai sampai lantai pertama bisa kosong; saat itu pindah dimulai.",
        ),
        "months",
        "6",
        _OURS,
        _AS_OF,
        _ZERO,
        Decimal(600),
    ),
    Figure(
        "discount_rate",
        "rate",
        ("Discount rate", "Tingkat diskonto"),
        (
            "A year, nominal or real as the prices are.",
            "Per tahun, nominal atau riil seperti harga.",
        ),
        "rate",
        None,
        "",
        None,
        Decimal("-0.5"),
        _ONE,
    ),
)

_LETTING = (
    Figure(
        "void_months",
        "months",
        ("Void", "Masa kosong"),
        ("Months from release to the first tenant.", "Bulan sejak kosong sampai ada penyewa."),
        "months",
        "9",
        "6 to 9 months for appraisal, approval and signing; upper end",
        _AS_OF,
        _ZERO,
        Decimal(600),
    ),
    Figure(
        "rent_free_months",
        "months",
        ("Rent-free", "Bebas sewa"),
        ("Months at the start of the lease without rent.", "Bulan awal sewa tanpa bayar."),
        "months",
        "2",
        _OURS,
        _AS_OF,
        _ZERO,
        Decimal(120),
    ),
    Figure(
        "escalation_rate",
        "rate",
        ("Rent escalation", "Kenaikan sewa"),
        ("A year, on each anniversary of the lease.", "Per tahun, tiap ulang tahun sewa."),
        "rate",
        "0.03",
        "Colliers forecast 2023 +3%; observed as low as -6.5% (JLL 2024): test it",
        dt.date(2023, 6, 30),
        Decimal("-0.5"),
        _ONE,
    ),
    Figure(
        "achieved_rent",
        "share",
        ("Achieved rent", "Sewa tercapai"),
        ("Share of the asked rent that tenants pay.", "Porsi sewa yang benar-benar dibayar."),
        "share",
        "0.80",
        "asking to achieved discount 20%, a choice: gap called significant by Colliers",
        dt.date(2023, 10, 1),
        _ZERO,
        Decimal(2),
    ),
    Figure(
        "default_allowance",
        "share",
        ("Default allowance", "Cadangan gagal bayar"),
        ("Share of rent not collected.", "Porsi sewa yang tidak tertagih."),
        "share",
        "0.03",
        _OURS,
        _AS_OF,
        _ZERO,
        _ONE,
    ),
    Figure(
        "whole_building_premium",
        "share",
        ("Whole-building premium", "Premi gedung utuh"),
        (
            "Extra rent when a whole building can be let.",
            "Tambahan sewa bila satu gedung utuh dapat disewakan.",
        ),
        "share",
        "0.05",
        _OURS,
        _AS_OF,
        _ZERO,
        _ONE,
    ),
    Figure(
        "commission_rate",
        "share",
        ("Commission", "Komisi"),
        ("Of the first year's rent, once.", "Dari sewa tahun pertama, sekali."),
        "share",
        "0.05",
        _OURS,
        _AS_OF,
        _ZERO,
        _ONE,
    ),
    Figure(
        "void_cost_per_m2_month",
        "money",
        ("Void cost", "Biaya kosong"),
        (
            "Security, insurance and care of an empty m² until it is let.",
            "Keamanan, asuransi, perawatan tiap m² kosong sampai disewa.",
        ),
        "money/m2/month",
        None,
        "",
        None,
        _ZERO,
    ),
    Figure(
        "running_cost_growth",
        "rate",
        ("Growth of running cost", "Kenaikan biaya operasi"),
        ("A year.", "Per tahun."),
        "rate",
        "0.025",
        _OURS,
        _AS_OF,
        Decimal("-0.5"),
        _ONE,
    ),
)

_ONE_OFF = (
    Figure(
        "works_per_m2",
        "money",
        ("Separation works", "Pekerjaan pemisahan"),
        (
            "Doors, meters and lobbies so that a m² can be let, once.",
            "Pintu, meteran, lobi agar tiap m² dapat disewakan, sekali.",
        ),
        "money/m2",
        None,
        "",
        None,
        _ZERO,
    ),
    Figure(
        "move_cost_per_person",
        "money",
        ("Cost of moving a person", "Biaya pindah per orang"),
        ("Within the building, once.", "Di dalam gedung, sekali."),
        "money/person",
        None,
        "",
        None,
        _ZERO,
    ),
    Figure(
        "move_cost_elsewhere_per_person",
        "money",
        ("Moving to another building", "Pindah ke gedung lain"),
        ("A person, once; instead of the above.", "Per orang, sekali; menggantikan yang di atas."),
        "money/person",
        None,
        "",
        None,
        _ZERO,
    ),
    Figure(
        "capital_contingency",
        "share",
        ("Optimism bias on works and moves", "Bias optimisme biaya"),
        ("Added to works and moves.", "Ditambahkan pada pekerjaan dan pindah."),
        "share",
        "0.24",
        "HM Treasury Green Book supplementary guidance: standard buildings, capital, upper bound",
        dt.date(2013, 4, 1),
        _ZERO,
        Decimal(5),
    ),
)

FIGURES: Final[dict[str, Figure]] = {
    figure.key: figure
    for figure in (
        *_DEMAND,
        *_TIME,
        *PRICES,
        *RULE,
        *_LETTING,
        *LEASE,
        *_ONE_OFF,
        *COSTS,
        *LEASED,
        *RISK,
        *MOVES,
    )
}
"""Every figure by key. A figure without default must come from a preset or the user."""
