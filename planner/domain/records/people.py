"""Teams, where they sit now, who came on which day."""
# No `from __future__ import annotations`: SQLModel reads these annotations at class creation.

import datetime as dt
from decimal import Decimal
from typing import Annotated

from sqlmodel import Field, SQLModel

from planner.domain.fields import About, Code, Listing, Text
from planner.domain.records.kinds import FROZEN, Count, OnSiteClass, Part, Share, StayWithin


class TeamFields(SQLModel):
    """An organisational unit that is seated together."""

    code: Annotated[
        Code, About(("Code", "Kode"), ("Unique, short.", "Unik dan pendek."), example="PUP-01")
    ]
    name: Annotated[
        Text, About(("Name", "Nama"), ("As people call it.", "Sebutan umum."), example="Roads")
    ] = Field(min_length=1, max_length=200)
    department: Annotated[
        Text,
        About(
            ("Department", "Dinas/biro"),
            ("The unit above it; colours the stack plan.", "Unit di atasnya; memberi warna."),
            example="Public Works",
        ),
    ] = Field(default="", max_length=200)
    headcount: Annotated[
        Count,
        About(
            ("People", "Pegawai"),
            ("People on its books, contractors too.", "Jumlah pegawai, termasuk kontrak."),
            unit="people",
            example="24",
        ),
    ]
    onsite_class: Annotated[
        OnSiteClass,
        About(
            ("On-site class", "Kelas kehadiran"),
            ("Who may work elsewhere.", "Siapa yang boleh bekerja di tempat lain."),
            choices={
                "public_service": ("serves the public, stays", "melayani publik, tetap di tempat"),
                "on_site": ("on site", "di kantor"),
                "hybrid": ("some days elsewhere", "sebagian hari di luar"),
                "remote": ("elsewhere, visits", "di luar, sesekali datang"),
            },
        ),
    ] = "hybrid"
    attendance_rate: Annotated[
        Share | None,
        About(
            ("Present on average", "Rata-rata hadir"),
            (
                "Only if no attendance is uploaded: share of its people on a mean day.",
                "Hanya bila data kehadiran tidak diunggah: porsi pegawai pada hari biasa.",
            ),
            unit="share",
            example="0.55",
        ),
    ] = None
    busiest_rate: Annotated[
        Share | None,
        About(
            ("Present on the busiest day", "Hadir pada hari tersibuk"),
            ("Share of its people on its busiest weekday.", "Porsi pada hari tersibuk."),
            unit="share",
            example="0.8",
        ),
    ] = None
    growth: Annotated[
        Decimal,
        About(
            ("Growth", "Pertumbuhan"),
            ("Change of its people over the horizon.", "Perubahan jumlah pegawai."),
            unit="share",
            example="0.05",
        ),
    ] = Field(default=Decimal(0), ge=-1, le=5, decimal_places=6)
    min_on_site: Annotated[
        Share,
        About(
            ("At least on site", "Paling sedikit di kantor"),
            (
                "Share of its people who must have a seat every day.",
                "Porsi pegawai yang harus mendapat kursi setiap hari.",
            ),
            unit="share",
            example="0.5",
        ),
    ] = Decimal(0)
    tied_to: Annotated[
        Text | None,
        About(
            ("Tied to the place by", "Terikat tempat karena"),
            (
                "counter, equipment, supervision or face_to_face, comma-separated: any of them "
                "keeps the team on site.",
                "counter, equipment, supervision atau face_to_face, dipisah koma: salah satu "
                "membuat tim tetap di kantor.",
            ),
            example="counter",
        ),
    ] = None
    ict_ready: Annotated[
        Share | None,
        About(
            ("Equipped to work elsewhere", "Siap TIK bekerja di luar"),
            (
                "Share of its people with laptop, access and connection; blank means all.",
                "Porsi pegawai dengan laptop, akses, dan jaringan; kosong berarti semua.",
            ),
            unit="share",
            example="0.7",
        ),
    ] = None
    not_eligible: Annotated[
        Count | None,
        About(
            ("May not work elsewhere", "Belum boleh bekerja di luar"),
            (
                "People newly placed, under discipline, or whose targets are not met.",
                "Pegawai baru, sedang menjalani hukuman disiplin, atau target belum tercapai.",
            ),
            unit="people",
            example="3",
        ),
    ] = None
    remote_days: Annotated[
        int | None,
        About(
            ("Days elsewhere a week, at most", "Hari di luar per minggu, paling banyak"),
            (
                "Blank takes the figure of the estate.",
                "Kosong: memakai angka portofolio.",
            ),
            unit="days",
            example="2",
        ),
    ] = Field(default=None, ge=0, le=5)
    on_site_days: Annotated[
        Text | None,
        About(
            ("On site by weekday", "Di kantor menurut hari"),
            (
                "Weekdays on which a share must be on site, as: Mon, Thu 50%.",
                "Hari ketika sebagian harus di kantor, misalnya: Sen, Kam 50%.",
            ),
            example="Mon, Thu 50%",
        ),
    ] = None
    posts: Annotated[
        Listing | None,
        About(
            ("Posts", "Jabatan"),
            (
                "Posts with a checklist of their own, as: 3 Cashier: counter; 2 Clerk: new.",
                "Jabatan dengan daftar periksa sendiri: 3 Kasir: counter; 2 Juru tulis: new.",
            ),
            example="3 Cashier: counter; 2 Clerk: new",
        ),
    ] = None
    needs: Annotated[
        Text,
        About(
            ("Needs", "Kebutuhan"),
            ("Features its floor must have, comma-separated.", "Fasilitas lantai, dipisah koma."),
            example="public_access",
        ),
    ] = ""
    stay_within: Annotated[
        StayWithin,
        About(
            ("May move within", "Boleh pindah di dalam"),
            ("How far it may move.", "Seberapa jauh boleh pindah."),
            choices={
                "anywhere": ("the estate", "seluruh portofolio"),
                "site": ("its site", "lokasinya"),
                "building": ("its building", "gedungnya"),
            },
        ),
    ] = "anywhere"
    split_at_least: Annotated[
        int | None,
        About(
            ("May be split in parts of", "Boleh dibagi per"),
            (
                "Smallest part that may sit apart; blank keeps the team whole.",
                "Bagian terkecil yang boleh terpisah; kosong: tim tetap utuh.",
            ),
            unit="people",
            example="8",
        ),
    ] = Field(default=None, ge=1, le=100_000)
    contact: Annotated[
        Text,
        About(
            ("Contact", "Kontak"),
            ("Who is told of the move.", "Siapa yang dihubungi soal pindah."),
            example="Head of Roads",
        ),
    ] = Field(default="", max_length=200)


class SeatingFields(SQLModel):
    """Where the people of a team sit now."""

    team: Annotated[
        Code, About(("Team", "Tim"), ("Code of the team.", "Kode tim."), example="PUP-01")
    ]
    floor: Annotated[
        Code, About(("Floor", "Lantai"), ("Code of the floor.", "Kode lantai."), example="D1")
    ]
    unit: Annotated[
        Part,
        About(
            ("Lettable unit", "Unit sewa"),
            ("Only if the floor is divided.", "Hanya bila lantai dibagi."),
            example="west",
        ),
    ] = Field(default="", max_length=60)
    people: Annotated[
        Count,
        About(
            ("People", "Orang"),
            ("How many of the team sit here.", "Berapa orang duduk di sini."),
            unit="people",
            example="24",
        ),
    ] = Field(ge=1)


class AttendanceFields(SQLModel):
    """People of a team present on a day; a day without a record is unknown, never zero."""

    date: Annotated[
        dt.date,
        About(
            ("Date", "Tanggal"), ("Of one working day.", "Satu hari kerja."), example="2026-11-03"
        ),
    ]
    team: Annotated[
        Code, About(("Team", "Tim"), ("Code of the team.", "Kode tim."), example="PUP-01")
    ]
    present: Annotated[
        Count,
        About(
            ("Present", "Hadir"),
            ("Different people on site that day.", "Jumlah orang berbeda yang hadir."),
            unit="people",
            example="17",
        ),
    ]


class Team(TeamFields):
    """A team, frozen."""

    model_config = FROZEN


class Seating(SeatingFields):
    """A seating, frozen."""

    model_config = FROZEN


class TeamDay(AttendanceFields):
    """One team-day, frozen."""

    model_config = FROZEN
