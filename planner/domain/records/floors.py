"""Floors and the spaces on them: areas in square metres, outlines in metres."""
# No `from __future__ import annotations`: SQLModel reads these annotations at class creation.

from decimal import Decimal
from typing import Annotated, Literal

from sqlmodel import Field, SQLModel

from planner.domain.fields import About, Code, Text
from planner.domain.records.kinds import (
    AREA_BASES,
    AREA_CLASSES,
    AREA_METHODS,
    CATEGORIES,
    FROZEN,
    Area,
    AreaBasis,
    AreaClass,
    AreaMethod,
    Category,
    Count,
    Money,
    Part,
)


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
    usable_area_m2: Annotated[
        Area | None,
        About(
            ("Usable area", "Luas guna"),
            (
                "Area for people and their work, as USE IT counts it; blank: the lettable area.",
                "Luas untuk orang dan pekerjaannya menurut USE IT; kosong: luas sewa.",
            ),
            unit="m2",
            example="700",
        ),
    ] = None
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
    outline: Annotated[
        str | None,
        About(
            ("Outline", "Garis batas"),
            (
                "GeoJSON polygon of the whole floor, in metres from a corner of the building.",
                "Poligon GeoJSON seluruh lantai, dalam meter dari sudut gedung.",
            ),
        ),
    ] = Field(default=None, max_length=200_000)
    core: Annotated[
        str | None,
        About(
            ("Core", "Inti bangunan"),
            (
                "GeoJSON polygons around stairs, lifts, shafts and toilets, in metres.",
                "Poligon GeoJSON tangga, lift, shaft, dan toilet, dalam meter.",
            ),
        ),
    ] = Field(default=None, max_length=200_000)
    north_deg: Annotated[
        Decimal | None,
        About(
            ("North", "Utara"),
            (
                "Degrees clockwise from the top of the drawing to north; blank if unknown.",
                "Derajat searah jarum jam dari atas gambar ke utara; kosong bila tidak diketahui.",
            ),
            unit="degrees",
            example="0",
        ),
    ] = Field(default=None, ge=0, le=360, decimal_places=1)
    area_method: Annotated[
        AreaMethod | None,
        About(
            ("Lettable area by", "Luas sewa menurut"),
            (
                "The rule by which it was estimated from the drawing; blank if it was declared.",
                "Kaidah perkiraan dari gambar; kosong bila luasnya dinyatakan.",
            ),
            choices=AREA_METHODS,
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
    area_class: Annotated[
        AreaClass | None,
        About(
            ("Area class", "Kelas luas"),
            (
                "Who may use it; decides whether it counts as lettable. Blank follows the use.",
                "Siapa penggunanya; menentukan luas sewa. Kosong mengikuti kegunaan.",
            ),
            choices=AREA_CLASSES,
        ),
    ] = None
    area_counts: Annotated[
        Literal["declared", "drawn"] | None,
        About(
            ("Area that counts", "Luas yang dipakai"),
            ("Blank: declared before drawn.", "Kosong: yang dinyatakan lebih dahulu."),
            choices={"declared": ("declared", "dinyatakan"), "drawn": ("drawn", "tergambar")},
        ),
    ] = None
    drawn_how: Annotated[
        Literal["file", "traced"] | None,
        About(
            ("Drawn how", "Cara digambar"),
            (
                "Read from a file's closed shapes, or traced over a picture.",
                "Dibaca dari bentuk tertutup berkas, atau dijiplak dari gambar.",
            ),
            choices={
                "file": ("read from a file", "dibaca dari berkas"),
                "traced": ("traced over a picture", "dijiplak dari gambar"),
            },
        ),
    ] = None


class Floor(FloorFields):
    """A floor, frozen."""

    model_config = FROZEN


class Space(SpaceFields):
    """A space, frozen."""

    model_config = FROZEN
