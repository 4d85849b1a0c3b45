"""Estate, buildings, floors and spaces: areas in square metres, rents a month."""
# No `from __future__ import annotations`: SQLModel reads these annotations at class creation.

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from sqlmodel import Field, SQLModel

from planner.domain.fields import About, Code, Listing, Text
from planner.domain.records.kinds import (
    FROZEN,
    Country,
    Currency,
    Money,
    OwnerKind,
    Tenure,
)


class EstateFields(SQLModel):
    """All buildings of one owner."""

    name: Annotated[
        Text,
        About(
            ("Estate", "Portofolio"),
            ("The name on every page and proposal.", "Nama di setiap halaman dan usulan."),
            example="Bekasi civic campus",
        ),
    ] = Field(min_length=1, max_length=200)
    owner: Annotated[
        Text,
        About(
            ("Owner", "Pemilik"),
            ("The body that owns or holds the offices.", "Badan pemilik atau pengguna kantor."),
            example="City of Bekasi",
        ),
    ] = Field(min_length=1, max_length=200)
    owner_kind: Annotated[
        OwnerKind,
        About(
            ("Kind of owner", "Jenis pemilik"),
            ("Decides which rent rules are open.", "Menentukan aturan sewa yang berlaku."),
            choices={
                "state": ("state (ministry or agency)", "negara (kementerian/lembaga)"),
                "regional": ("region or city", "daerah"),
                "corporate": ("company or other", "perusahaan atau lainnya"),
            },
        ),
    ] = "corporate"
    country: Annotated[
        Country,
        About(
            ("Country", "Negara"),
            ("Two letters (ISO 3166).", "Dua huruf (ISO 3166)."),
            example="ID",
        ),
    ]
    currency: Annotated[
        Currency,
        About(
            ("Currency", "Mata uang"),
            ("Three letters (ISO 4217).", "Tiga huruf (ISO 4217)."),
            example="IDR",
        ),
    ]
    language: Annotated[
        Literal["en", "id"],
        About(
            ("Language", "Bahasa"),
            ("Of documents, unless asked otherwise.", "Bahasa dokumen bila tidak diminta lain."),
            choices={"en": ("English", "Inggris"), "id": ("Indonesian", "Indonesia")},
        ),
    ] = "en"
    agencies: Annotated[
        Listing | None,
        About(
            ("Rules of agencies", "Aturan tiap dinas"),
            (
                "Days elsewhere and weekdays on site by department, as: Health: 1, Mon, Thu 50%.",
                "Hari di luar dan hari wajib tiap dinas, misalnya: Kesehatan: 1, Sen, Kam 50%.",
            ),
            example="Health: 1, Mon, Thu 50%",
        ),
    ] = None
    area_unit: Annotated[
        Literal["m2", "sqft"],
        About(
            ("Area unit shown", "Satuan luas yang ditampilkan"),
            ("Areas are entered in m² and shown in this.", "Luas diisi dalam m²; ini tampilannya."),
            choices={"m2": ("square metres", "meter persegi"), "sqft": ("sq ft", "kaki persegi")},
        ),
    ] = "m2"
    generated: Annotated[
        bool,
        About(
            ("Generated data", "Data buatan"),
            (
                "Yes if the figures were made up for a demonstration; every page then says so.",
                "Ya bila angka dibuat untuk peragaan; setiap halaman akan menyebutnya.",
            ),
        ),
    ] = False


class BuildingFields(SQLModel):
    """A building: where it stands, how it is held, what its space is worth."""

    code: Annotated[
        Code, About(("Code", "Kode"), ("Unique, short.", "Unik dan pendek."), example="A")
    ]
    name: Annotated[
        Text,
        About(("Name", "Nama"), ("As people call it.", "Sebutan umum."), example="City Hall Tower"),
    ] = Field(min_length=1, max_length=200)
    site: Annotated[
        Text,
        About(
            ("Site", "Lokasi"),
            ("Campus it stands on; teams may be kept on it.", "Kompleks tempat gedung berdiri."),
            example="Main campus",
        ),
    ] = Field(default="", max_length=200)
    tenure: Annotated[
        Tenure,
        About(
            ("Tenure", "Penguasaan"),
            ("Owned, or leased from somebody else.", "Milik sendiri atau disewa."),
            choices={"owned": ("owned", "milik"), "leased": ("leased", "sewa")},
        ),
    ] = "owned"
    rent_per_m2_month: Annotated[
        Money | None,
        About(
            ("Rent", "Sewa"),
            (
                "What a tenant would pay for 1 m² of lettable area a month, before services.",
                "Sewa 1 m² luas yang dapat disewakan per bulan, sebelum biaya layanan.",
            ),
            unit="money/m2/month",
            example="128000",
        ),
    ] = None
    running_cost_per_m2_month: Annotated[
        Money | None,
        About(
            ("Running cost", "Biaya operasi"),
            (
                "Energy, cleaning and care of 1 m² a month that stop when the floor is freed.",
                "Energi, kebersihan, perawatan 1 m² per bulan yang berhenti bila lantai kosong.",
            ),
            unit="money/m2/month",
            example="31000",
        ),
    ] = None
    latitude: Annotated[
        Decimal | None,
        About(
            ("Latitude", "Lintang"),
            ("Only for presence logs by location.", "Hanya untuk catatan kehadiran per lokasi."),
            unit="degrees",
            example="-6.238",
        ),
    ] = Field(default=None, ge=-90, le=90, decimal_places=6)
    longitude: Annotated[
        Decimal | None,
        About(
            ("Longitude", "Bujur"),
            ("Only for presence logs by location.", "Hanya untuk catatan kehadiran per lokasi."),
            unit="degrees",
            example="106.994",
        ),
    ] = Field(default=None, ge=-180, le=180, decimal_places=6)
    lease_end: Annotated[
        dt.date | None,
        About(
            ("Lease ends", "Akhir sewa"),
            ("Only for a leased building.", "Hanya untuk gedung yang disewa."),
            example="2029-12-31",
        ),
    ] = None


class Header(EstateFields):
    """What holds for the whole estate, frozen."""

    model_config = FROZEN


class Building(BuildingFields):
    """A building, frozen."""

    model_config = FROZEN
