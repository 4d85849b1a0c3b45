"""Figures of leases: escalation, services, renewal, taxes and leased buildings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from planner.domain.assumptions import Figure

_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)
_LONG: Final = Decimal(600)
_OURS: Final = "planner default, a choice to be reviewed"
_AS_OF: Final = dt.date(2026, 11, 24)
_COLLAR: Final = "none unless agreed; 1% to 4%, or 2% to 5%, is common in the United Kingdom"

LEAST_INFLATION: Final = Decimal("-0.2")
MOST_INFLATION: Final = _ONE
"""No index is counted with less or more a year, so a floor or a cap there is none."""

LEASE: Final = (
    Figure(
        "escalation_kind",
        "word",
        ("Kind of escalation", "Jenis kenaikan sewa"),
        ("On each anniversary of the lease.", "Tiap ulang tahun sewa."),
        "",
        "fixed",
        _OURS,
        _AS_OF,
        choices=(
            ("fixed", ("fixed rate", "persentase tetap")),
            ("index", ("with inflation", "mengikuti inflasi")),
            ("steps", ("steps", "bertahap")),
            ("none", ("none", "tidak ada")),
        ),
    ),
    Figure(
        "escalation_steps",
        "rates",
        ("Steps of escalation", "Tahap kenaikan"),
        (
            "Rise at each anniversary, separated by semicolons; the last repeats.",
            "Kenaikan tiap tahun, dipisah titik koma; yang terakhir berulang.",
        ),
        "rate",
        "0.03",
        _OURS,
        _AS_OF,
        Decimal("-0.5"),
        _ONE,
    ),
    Figure(
        "index_floor",
        "rate",
        ("Floor of an index rent", "Batas bawah sewa berindeks"),
        (
            "The least that a rent with inflation rises a year; −20%: no floor.",
            "Kenaikan terkecil per tahun bila sewa mengikuti inflasi; −20%: tanpa batas bawah.",
        ),
        "rate",
        str(LEAST_INFLATION),
        _COLLAR,
        _AS_OF,
        LEAST_INFLATION,
        _ONE,
    ),
    Figure(
        "index_cap",
        "rate",
        ("Cap of an index rent", "Batas atas sewa berindeks"),
        (
            "The most that a rent with inflation rises a year; 100%: no cap.",
            "Kenaikan terbesar per tahun bila sewa mengikuti inflasi; 100%: tanpa batas atas.",
        ),
        "rate",
        str(MOST_INFLATION),
        _COLLAR,
        _AS_OF,
        LEAST_INFLATION,
        MOST_INFLATION,
    ),
    Figure(
        "renewal_share",
        "share",
        ("Chance of renewal", "Peluang perpanjangan"),
        ("That the tenant stays at the end of a term.", "Penyewa bertahan di akhir masa."),
        "share",
        "0.5",
        _OURS,
        _AS_OF,
        _ZERO,
        _ONE,
    ),
    Figure(
        "break_month",
        "months",
        ("Break option", "Opsi berhenti"),
        (
            "Month of the lease after which the tenant may leave; 0: it may not.",
            "Bulan sewa setelah itu penyewa boleh pergi; 0: tidak boleh.",
        ),
        "months",
        "0",
        _OURS,
        _AS_OF,
        _ZERO,
        _LONG,
    ),
    Figure(
        "break_leaving",
        "share",
        ("Chance of a break", "Peluang berhenti"),
        ("That the tenant uses its break option.", "Penyewa memakai opsi berhenti."),
        "share",
        "0.3",
        _OURS,
        _AS_OF,
        _ZERO,
        _ONE,
    ),
    Figure(
        "relet_months",
        "months",
        ("Void between tenants", "Kosong antarpenyewa"),
        ("Months after a tenant has left.", "Bulan setelah penyewa pergi."),
        "months",
        "6",
        _OURS,
        _AS_OF,
        _ZERO,
        _LONG,
    ),
    Figure(
        "deposit_months",
        "months",
        ("Deposit", "Uang jaminan"),
        (
            "Months of rent taken at the start and given back at the end.",
            "Bulan sewa yang diterima di awal dan dikembalikan di akhir.",
        ),
        "months",
        "0",
        "none unless agreed; Jakarta practice is 3 months",
        _AS_OF,
        _ZERO,
        Decimal(24),
    ),
    Figure(
        "service_cost_per_m2_month",
        "money",
        ("Cost of services to tenants", "Biaya layanan bagi penyewa"),
        (
            "What 1 m² that is let costs the owner in services a month.",
            "Biaya layanan 1 m² tersewa bagi pemilik per bulan.",
        ),
        "money/m2/month",
        "0",
        "tenants pay their own services: the cost stated as saved stays saved",
        _AS_OF,
        _ZERO,
    ),
    Figure(
        "service_recovery",
        "share",
        ("Services recovered", "Biaya layanan tertagih"),
        ("Share that the service charge brings back.", "Porsi yang kembali lewat service charge."),
        "share",
        "1",
        _OURS,
        _AS_OF,
        _ZERO,
        Decimal(2),
    ),
    Figure(
        "taxes",
        "word",
        ("Taxes on rent", "Pajak sewa"),
        (
            "auto: counted for a company, not for a state or region.",
            "auto: dihitung untuk perusahaan, tidak untuk negara atau daerah.",
        ),
        "",
        "auto",
        "whether a state body bears them is unsettled (S-523/PJ.311/2005, end not read)",
        _AS_OF,
        choices=(
            ("auto", ("by kind of owner", "menurut pemilik")),
            ("on", ("counted", "dihitung")),
            ("off", ("not counted", "tidak dihitung")),
        ),
    ),
    Figure(
        "rent_tax_rate",
        "share",
        ("Tax on rent", "Pajak penghasilan sewa"),
        (
            "Final tax on rent and service charge received.",
            "Pajak final atas sewa dan service charge.",
        ),
        "share",
        "0",
        "none known for this country",
        _AS_OF,
        _ZERO,
        _ONE,
    ),
    Figure(
        "vat_rate",
        "share",
        ("VAT on rent", "PPN sewa"),
        (
            "Passed through: charged to the tenant and handed on; no part of the value.",
            "Diteruskan: dipungut lalu disetor; bukan bagian nilai.",
        ),
        "share",
        "0",
        "none known for this country",
        _AS_OF,
        _ZERO,
        _ONE,
    ),
)

LEASED: Final = (
    Figure(
        "leased_route",
        "word",
        ("Freed space in a leased building", "Ruang kosong di gedung sewaan"),
        (
            "Sublet it until the lease ends, or hand it back at break or end.",
            "Disewakan lagi sampai akhir sewa, atau dikembalikan.",
        ),
        "",
        "sublet",
        _OURS,
        _AS_OF,
        choices=(
            ("sublet", ("sublet", "sewakan lagi")),
            ("hand_back", ("hand back", "kembalikan")),
        ),
    ),
    Figure(
        "sublet_discount",
        "share",
        ("Sublet discount", "Potongan sewa ulang"),
        ("Below the rent of a direct lease.", "Di bawah sewa langsung."),
        "share",
        "0.30",
        "20 to 40% below direct leases (US practice); middle",
        _AS_OF,
        _ZERO,
        _ONE,
    ),
    Figure(
        "leased_rent_paid_per_m2_month",
        "money",
        ("Rent paid for leased buildings", "Sewa yang dibayar"),
        (
            "What the owner pays for 1 m² a month; saved once the lease is over.",
            "Yang dibayar untuk 1 m² per bulan; hemat setelah sewa berakhir.",
        ),
        "money/m2/month",
        None,
        "",
        None,
        _ZERO,
    ),
    Figure(
        "leased_break_month",
        "months",
        ("Break of leased buildings", "Opsi berhenti gedung sewaan"),
        (
            "Month of the case after which space can be handed back; 0: at the lease's end only.",
            "Bulan setelah itu ruang boleh dikembalikan; 0: hanya di akhir sewa.",
        ),
        "months",
        "0",
        _OURS,
        _AS_OF,
        _ZERO,
        _LONG,
    ),
    Figure(
        "leased_break_penalty_months",
        "months",
        ("Penalty for the break", "Denda berhenti"),
        ("Months of the rent paid.", "Bulan sewa yang dibayar."),
        "months",
        "0",
        _OURS,
        _AS_OF,
        _ZERO,
        Decimal(60),
    ),
    Figure(
        "reinstatement_per_m2",
        "money",
        ("Reinstatement", "Pengembalian kondisi"),
        (
            "To hand 1 m² of a leased building back as it was, once.",
            "Mengembalikan 1 m² gedung sewaan seperti semula, sekali.",
        ),
        "money/m2",
        None,
        "",
        None,
        _ZERO,
    ),
)
