"""Why floors stay: the nearest stand in the body of a proposal, of many all in its annex."""

from dataclasses import replace

import pytest

from planner.domain.study import FloorReason, Gain, Study
from planner.i18n import speech_of
from planner.reports.facts import facts_of
from planner.reports.facts.closer import MOST_UNITS, NEAREST
from tests.reports.campus import nine_floors_dossier

ENGLISH = speech_of("en", "IDR")


@pytest.mark.parametrize(
    ("count", "body", "annex"), [(MOST_UNITS, MOST_UNITS, 0), (MOST_UNITS + 1, NEAREST, 13)]
)
def test_no_kept_floor_is_left_out_of_the_document(count: int, body: int, annex: int) -> None:
    dossier = nine_floors_dossier()
    plan = dossier.plan
    gain = Gain(estimate=-1_000_000, least=-2_000_000, most=0)
    floors = tuple(FloorReason(unit=f"U{at}", gain=gain, moved=9) for at in range(count))
    study = Study(estate_hash=plan.estate_hash, plan_hash=plan.hash, seconds=1, floors=floors)
    sections = facts_of(replace(dossier, study=study), ENGLISH).sections
    why = next(one for one in sections["options"].tables if one.title == "Why not more?")
    assert len(why.rows) == body
    kept = sections["kept"].tables if "kept" in sections else ()
    assert sum(len(one.rows) for one in kept) == annex
    assert ("more units stand in the section “Kept units”" in why.note) == bool(annex)
