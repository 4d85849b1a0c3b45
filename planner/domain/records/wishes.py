"""Nearness, rules and assumptions: what people decided rather than measured."""
# No `from __future__ import annotations`: SQLModel reads these annotations at class creation.

import datetime as dt
from typing import Annotated, Literal

from sqlmodel import Field, SQLModel

from planner.domain.fields import About, Code, Text
from planner.domain.records.kinds import FROZEN, Confidence, Money, RuleKind, Within


class NearFields(SQLModel):
    """Two teams that want to sit near each other, or must not share a space."""

    team: Annotated[
        Code, About(("Team", "Tim"), ("Code of one team.", "Kode tim."), example="KEU-05")
    ]
    other: Annotated[
        Code,
        About(
            ("Other team", "Tim lain"), ("Code of the other.", "Kode tim lain."), example="KEU-04"
        ),
    ]
    kind: Annotated[
        Literal["near", "apart"],
        About(
            ("Wish", "Keinginan"),
            ("Near is weighed in money, apart is a rule.", "Dekat dinilai uang; pisah mutlak."),
            choices={"near": ("near", "dekat"), "apart": ("apart", "terpisah")},
        ),
    ] = "near"
    within: Annotated[
        Within,
        About(
            ("How near", "Seberapa dekat"),
            ("Counts for near only.", "Hanya untuk dekat."),
            choices={
                "space": ("the same space", "ruang yang sama"),
                "adjacent": ("same or next floor", "lantai sama atau bersebelahan"),
                "building": ("the same building", "gedung yang sama"),
            },
        ),
    ] = "adjacent"
    penalty: Annotated[
        Money | None,
        About(
            ("Worth", "Nilai"),
            (
                "What being near is worth in money today; needed for near.",
                "Nilai kedekatan dalam uang hari ini; wajib untuk dekat.",
            ),
            unit="money",
            example="25000000",
        ),
    ] = None


class RuleFields(SQLModel):
    """A decision that the plan must respect, and who or what asks for it."""

    rule: Annotated[
        RuleKind,
        About(
            ("Rule", "Aturan"),
            ("What must hold.", "Apa yang harus berlaku."),
            choices={
                "keep_floor": ("keep this floor", "pertahankan lantai ini"),
                "free_floor": ("free this floor", "kosongkan lantai ini"),
                "fix_team": ("team sits on this floor", "tim duduk di lantai ini"),
                "only_in": ("team only in this building", "tim hanya di gedung ini"),
                "never_in": ("team never in this building or floor", "tim tidak di sini"),
                "people_moved_at_most": ("at most so many people move", "paling banyak pindah"),
                "no_moves": ("nobody moves from day to day", "tidak ada pindah dari–sampai"),
                "move_together": ("two teams move together", "dua tim pindah bersama"),
                "move_before": ("one team moves before another", "satu tim pindah lebih dulu"),
                "move_not_before": ("not before a day", "tidak sebelum hari"),
            },
        ),
    ]
    subject: Annotated[
        Text,
        About(
            ("About", "Tentang"),
            (
                "A floor or a team, by code, or team/floor for those who sit there today; for days "
                "without moves, the first day.",
                "Kode lantai atau tim, atau tim/lantai untuk yang kini duduk di sana; untuk hari "
                "tanpa pindah, hari pertama.",
            ),
            example="A1",
        ),
    ] = Field(default="", max_length=60)
    object: Annotated[
        Text,
        About(
            ("Where", "Di mana"),
            (
                "A floor, building or other team, by code; or the last or earliest day.",
                "Kode lantai, gedung, atau tim lain; atau hari terakhir atau paling awal.",
            ),
            example="C1",
        ),
    ] = Field(default="", max_length=60)
    value: Annotated[
        int | None,
        About(
            ("Number", "Angka"),
            (
                "At most: how many people. Team on this floor: at least so many of them, the "
                "others anywhere; empty, all of them. One team before another: days between.",
                "Paling banyak: berapa orang. Tim di lantai ini: paling sedikit berapa orang, yang "
                "lain di mana saja; kosong, semuanya. Satu tim lebih dulu: hari jeda.",
            ),
            example="600",
        ),
    ] = Field(default=None, ge=0, le=10_000_000)
    reason: Annotated[
        Text,
        About(
            ("Reason", "Alasan"),
            ("Printed in the proposal.", "Tercetak dalam usulan."),
            example="Council hall is here",
        ),
    ] = ""


class AssumptionFields(SQLModel):
    """One figure of the business case with its source."""

    key: Annotated[
        Code, About(("Key", "Kunci"), ("Name of the figure.", "Nama angka."), example="void_months")
    ]
    value: Annotated[
        Text, About(("Value", "Nilai"), ("Number or word.", "Angka atau kata."), example="9")
    ] = Field(min_length=1, max_length=100)
    source: Annotated[
        Text,
        About(
            ("Source", "Sumber"),
            ("Where the figure comes from.", "Asal angka."),
            example="Appraisal of 14 August 2026",
        ),
    ] = ""
    date: Annotated[
        dt.date | None,
        About(("As of", "Per tanggal"), ("When it held.", "Kapan berlaku."), example="2026-08-14"),
    ] = None
    confidence: Annotated[
        Confidence,
        About(
            ("How sure", "Tingkat keyakinan"),
            ("Assumed figures are marked in print.", "Asumsi ditandai dalam cetakan."),
            choices={
                "law": ("set by law", "ditetapkan hukum"),
                "measured": ("measured", "diukur"),
                "quoted": ("quoted or appraised", "penawaran atau penilaian"),
                "assumed": ("assumed", "asumsi"),
            },
        ),
    ] = "assumed"


class Near(NearFields):
    """A wish for nearness, frozen."""

    model_config = FROZEN


class Rule(RuleFields):
    """A rule, frozen; one that fixes a team may name a part: its code, a slash, its unit."""

    model_config = FROZEN


class Assumption(AssumptionFields):
    """An assumption, frozen."""

    model_config = FROZEN
