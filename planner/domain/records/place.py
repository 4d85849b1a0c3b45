"""Estate, buildings, floors and spaces: areas in square metres, rents a month."""
# No `from __future__ import annotations`: SQLModel reads these annotations at class creation.

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from sqlmodel import Field, SQLModel

from planner.domain.fields import About, Code, Text
from planner.domain.records.kinds import (
    AREA_BASES,
    CATEGORIES,
    FROZEN,
    Area,
    AreaBasis,
    Category,
    Count,
    Country,
    Currency,
    Money,
    OwnerKind,
    Part,
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


class FloorFields(SQLModel):
    """A floor: its areas with their basis, its seats, what it offers."""

    building: Annotated[
        Code,
        About(("Building", "Gedung"), ("Code of its building.", "Kode gedungnya."), example="A"),
    ]
    code: Annotated[
        Code,
        About(
            ("Code", "Kode"),
            ("Unique in the whole estate.", "Unik di seluruh portofolio."),
            example="A9",
        ),
    ]
    name: Annotated[
        Text, About(("Name", "Nama"), ("If it has one.", "Bila ada."), example="Ninth floor")
    ] = Field(default="", max_length=200)
    level: Annotated[
        int,
        About(
            ("Level", "Tingkat"),
            ("0 or 1 is the ground; basements are negative.", "0 atau 1 lantai dasar."),
            example="9",
        ),
    ] = Field(ge=-20, le=250)
    gross_area_m2: Annotated[
        Area | None,
        About(
            ("Gross area", "Luas kotor"),
            ("Whole floor within its outer walls.", "Seluruh lantai di dalam dinding luar."),
            unit="m2",
            example="1010",
        ),
    ] = None
    lettable_area_m2: Annotated[
        Area,
        About(
            ("Lettable area", "Luas yang dapat disewakan"),
            ("What a tenant would pay for.", "Luas yang dibayar penyewa."),
            unit="m2",
            example="860",
        ),
    ]
    area_basis: Annotated[
        AreaBasis,
        About(
            ("Basis of the area", "Dasar luas"),
            (
                "The standard it was measured by; areas of different standards are not added.",
                "Standar pengukurannya; luas dengan standar berbeda tidak dijumlahkan.",
            ),
            choices=AREA_BASES,
        ),
    ] = "unknown"
    seats: Annotated[
        Count,
        About(
            ("Seats", "Kursi"),
            ("Workplaces that can be used on one day.", "Tempat kerja yang dapat dipakai sehari."),
            unit="seats",
            example="83",
        ),
    ]
    exit_capacity: Annotated[
        Count | None,
        About(
            ("Exit capacity", "Kapasitas evakuasi"),
            ("People whom the exits allow; blank if unknown.", "Orang menurut pintu keluar."),
            unit="people",
            example="120",
        ),
    ] = None
    has: Annotated[
        Text,
        About(
            ("Features", "Fasilitas"),
            (
                "Comma-separated; a team that needs one can sit only where it is.",
                "Dipisah koma; unit kerja yang membutuhkannya hanya dapat duduk di sini.",
            ),
            example="public_access, secure",
        ),
    ] = ""
    lettable: Annotated[
        bool,
        About(
            ("Can be let alone", "Dapat disewakan sendiri"),
            (
                "Own entrance, toilets and meters, or these can be made.",
                "Akses, toilet, dan meteran sendiri, atau dapat dibuat.",
            ),
        ),
    ] = True
    rent_per_m2_month: Annotated[
        Money | None,
        About(
            ("Rent", "Sewa"),
            ("Only if it differs from the building's.", "Hanya bila berbeda dari gedungnya."),
            unit="money/m2/month",
            example="140000",
        ),
    ] = None


class SpaceFields(SQLModel):
    """A room or zone of a floor, with its drawn and declared area."""

    floor: Annotated[
        Code, About(("Floor", "Lantai"), ("Code of its floor.", "Kode lantainya."), example="A9")
    ]
    number: Annotated[
        Code,
        About(("Number", "Nomor"), ("Unique on its floor.", "Unik di lantainya."), example="9.01"),
    ]
    name: Annotated[
        Text, About(("Name", "Nama"), ("If it has one.", "Bila ada."), example="Open office")
    ] = Field(default="", max_length=200)
    unit: Annotated[
        Part,
        About(
            ("Lettable unit", "Unit sewa"),
            (
                "Wing or group that can be let alone; blank: the floor is let as one.",
                "Sayap atau kelompok yang dapat disewakan sendiri; kosong: selantai.",
            ),
            example="west",
        ),
    ] = Field(default="", max_length=60)
    category: Annotated[
        Category,
        About(("Use", "Kegunaan"), ("What it serves for.", "Untuk apa."), choices=CATEGORIES),
    ] = "unspecified"
    drawn_area_m2: Annotated[
        Area | None,
        About(
            ("Drawn area", "Luas tergambar"),
            ("Measured on the drawing.", "Diukur pada gambar."),
            unit="m2",
            example="64.2",
        ),
    ] = None
    declared_area_m2: Annotated[
        Area | None,
        About(
            ("Declared area", "Luas dinyatakan"),
            ("As the register or the model states it.", "Menurut daftar atau model."),
            unit="m2",
            example="65",
        ),
    ] = None
    declared_basis: Annotated[
        Text,
        About(
            ("Basis declared", "Dasar luas dinyatakan"),
            ("The standard of the declared area.", "Standar luas yang dinyatakan."),
            example="GSA BIM Area",
        ),
    ] = Field(default="", max_length=100)
    seats: Annotated[
        Count | None,
        About(
            ("Seats", "Kursi"),
            ("Blank if only the floor's total is known.", "Kosong bila hanya total lantai."),
            unit="seats",
            example="12",
        ),
    ] = None
    outline: Annotated[
        str | None,
        About(
            ("Outline", "Garis batas"),
            (
                "GeoJSON polygon in metres from a corner of the building.",
                "Poligon GeoJSON dalam meter dari sudut gedung.",
            ),
        ),
    ] = Field(default=None, max_length=200_000)


class Header(EstateFields):
    """What holds for the whole estate, frozen."""

    model_config = FROZEN


class Building(BuildingFields):
    """A building, frozen."""

    model_config = FROZEN


class Floor(FloorFields):
    """A floor, frozen."""

    model_config = FROZEN


class Space(SpaceFields):
    """A space, frozen."""

    model_config = FROZEN
