"""Figures of rent rules: which rule, what kind of tenant, what term and payment."""

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

RULE: Final = (
    Figure(
        "rent_rule",
        "word",
        ("Rent rule", "Aturan sewa"),
        (
            (
                "auto, market, flat, id_state_asset, id_regional_asset, us_outlease or one "
                "installed; auto goes by country and kind of owner."
            ),
            (
                "auto, market, flat, id_state_asset, id_regional_asset, us_outlease atau yang "
                "terpasang; auto mengikuti negara dan jenis pemilik."
            ),
        ),
        "",
        "auto",
        _OURS,
        _AS_OF,
    ),
    Figure(
        "tenant_kind",
        "word",
        ("Kind of tenant", "Jenis penyewa"),
        ("Decides the factor where law sets one.", "Menentukan faktor bila diatur hukum."),
        "",
        "business",
        _OURS,
        _AS_OF,
        choices=(
            ("business", ("business", "bisnis")),
            (
                "secondary_cooperative",
                ("secondary cooperative of officials", "koperasi sekunder ASN/TNI/Polri"),
            ),
            (
                "primary_cooperative",
                ("primary cooperative of officials", "koperasi primer ASN/TNI/Polri"),
            ),
            (
                "small_business",
                ("individual micro or small business", "usaha perorangan mikro/kecil"),
            ),
            ("non_business", ("non-business", "non-bisnis")),
            ("education", ("national education", "pendidikan nasional")),
            ("duty_support", ("supports the owner's duties", "menunjang tugas dan fungsi")),
            (
                "family_education",
                ("education for officials' families", "pendidikan keluarga ASN/TNI/Polri"),
            ),
            ("social", ("social", "sosial")),
            ("special", ("special conditions", "kondisi tertentu")),
            ("ministry", ("ministry or agency", "kementerian/lembaga")),
            ("local_government", ("local government or village", "pemerintah daerah/desa")),
        ),
    ),
    Figure(
        "tenant_kind_share",
        "share",
        ("Factor of the kind of tenant", "Faktor jenis penyewa"),
        (
            "Only where law gives a range: non-business 0.30 to 0.50, special 0.01 to 0.50.",
            "Hanya bila hukum memberi rentang: non-bisnis 0,30-0,50; kondisi tertentu 0,01-0,50.",
        ),
        "share",
        "0.5",
        "top of the range of PMK 115/PMK.06/2020 arts 21 and 22",
        dt.date(2020, 8, 31),
        _ZERO,
        _ONE,
    ),
    Figure(
        "lease_months",
        "months",
        ("Term of a lease", "Jangka waktu sewa"),
        ("One lease follows the other.", "Sewa berikutnya menyusul."),
        "months",
        "60",
        "five years: longest ordinary lease of PMK 115/PMK.06/2020 art. 13",
        dt.date(2020, 8, 31),
        _ONE,
        _LONG,
    ),
    Figure(
        "long_lease_study",
        "word",
        ("Study for a long lease", "Kajian sewa panjang"),
        (
            "Yes if a business and finance study supports a term over five years.",
            "Ya bila ada kajian bisnis dan keuangan untuk lebih dari lima tahun.",
        ),
        "",
        "no",
        _OURS,
        _AS_OF,
        choices=(("no", ("no", "tidak")), ("yes", ("yes", "ya"))),
    ),
    Figure(
        "payment",
        "word",
        ("Rent is paid", "Sewa dibayar"),
        ("Always in advance; auto: as the rule has it.", "Selalu di muka; auto: menurut aturan."),
        "",
        "auto",
        _OURS,
        _AS_OF,
        choices=(
            ("auto", ("as the rule has it", "menurut aturan")),
            ("monthly", ("monthly", "bulanan")),
            ("quarterly", ("quarterly", "triwulanan")),
            ("yearly", ("yearly", "tahunan")),
            ("at_once", ("for the whole term at once", "sekaligus untuk seluruh jangka")),
        ),
    ),
    Figure(
        "flat_rent_per_m2_month",
        "money",
        ("Flat rent", "Sewa rata"),
        ("Only for the rule flat.", "Hanya untuk aturan flat."),
        "money/m2/month",
        None,
        "",
        None,
        _ZERO,
    ),
    Figure(
        "regional_kind_factor",
        "share",
        ("Regional factor of the kind of tenant", "Faktor daerah jenis penyewa"),
        ("From the region's own decree.", "Dari keputusan kepala daerah."),
        "share",
        "1",
        "to be set by the Governor, Regent or Mayor: PP 27/2014 art. 29(4)b",
        _AS_OF,
        _ZERO,
        Decimal(2),
    ),
    Figure(
        "regional_period_factor",
        "share",
        ("Regional factor of the period", "Faktor daerah periodesitas"),
        ("From the region's own decree.", "Dari keputusan kepala daerah."),
        "share",
        "1",
        "to be set by the Governor, Regent or Mayor: PP 27/2014 art. 29(4)b",
        _AS_OF,
        _ZERO,
        Decimal(3),
    ),
    Figure(
        "regional_longest_months",
        "months",
        ("Longest regional lease", "Sewa daerah terpanjang"),
        ("From the region's own decree.", "Dari peraturan daerah."),
        "months",
        "60",
        "as for state property; the regional text was not read: check the decree",
        _AS_OF,
        _ONE,
        _LONG,
    ),
)
