"""Short documents say what their reader needs and nothing meant for somebody else."""

import io
import logging
import re

import pytest
from pypdf import PdfReader

from planner.errors import NotFound, PlannerError
from planner.i18n import speech_of
from planner.reports.child import maker_of, render_in_child
from planner.reports.pdf import letting_pdf, notice_pdf, one_page_pdf, utilisation_pdf
from planner.reports.press import WARNINGS
from planner.reports.sheets import letting_sheet, lots_of, moved_teams, notice_sheet
from planner.reports.sheets.utilisation import uses_of
from tests.reports.campus import FREED, nine_floors_dossier

EN, ID = speech_of("en"), speech_of("id")


@pytest.fixture(autouse=True)
def _no_warning(caplog):
    caplog.set_level(logging.WARNING, logger=WARNINGS.name)
    yield
    assert [record.getMessage() for record in caplog.records] == []


def text_of(pdf):
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("speech", [EN, ID])
@pytest.mark.parametrize("unit", ["A9", "B5", "E4"])
def test_particulars_take_one_page(speech, unit):
    assert len(text_of(letting_pdf(nine_floors_dossier(), unit, speech))) == 1


def test_particulars_name_area_basis_rent_term_and_conditions():
    (page,) = text_of(letting_pdf(nine_floors_dossier(), "A9", EN))
    for fact in ("860 m²", "net internal area", "Rp 110.1 m", "1 Jul 2027", "60 months",
                 "Conditions of the lease"):  # fmt: skip
        assert fact in page


def test_particulars_tell_a_tenant_neither_the_value_nor_who_sits_where():
    dossier = nine_floors_dossier()
    text = " ".join(text_of(letting_pdf(dossier, "B5", EN)))
    assert re.sub(r"\s+", " ", EN.money_short(dossier.plan.npv)) not in text
    assert not [team.name for team in dossier.estate.teams if team.name in text]


def test_there_is_a_sheet_for_each_freed_unit_and_for_no_other():
    dossier = nine_floors_dossier()
    assert sorted(lots_of(dossier)) == sorted(FREED)
    with pytest.raises(NotFound):
        letting_sheet(dossier, "A1", EN)


def test_a_notice_names_the_new_floor_and_those_who_share_it():
    dossier = nine_floors_dossier()
    move = dossier.plan.moves[0]
    text = " ".join(text_of(notice_pdf(dossier, move.team, EN)))
    assert f"is to move from {move.origin} to {move.target}" in text
    neighbour = next(one for one in dossier.plan.placements if one.unit == move.target
                     and one.team != move.team)  # fmt: skip
    assert dossier.estate.team_of[neighbour.team].name in text


def test_there_is_a_notice_for_each_team_that_moves_and_for_no_other():
    dossier = nine_floors_dossier()
    stays = next(team.code for team in dossier.estate.teams
                 if team.code not in moved_teams(dossier))  # fmt: skip
    with pytest.raises(NotFound):
        notice_sheet(dossier, stays, EN)


@pytest.mark.parametrize("speech", [EN, ID])
def test_the_one_page_is_one_page(speech):
    assert len(text_of(one_page_pdf(nine_floors_dossier(), speech))) == 1


def test_utilisation_is_people_over_usable_area_at_150_square_feet():
    dossier = nine_floors_dossier()
    before, after = uses_of(dossier, after=False), uses_of(dossier, after=True)
    assert round(sum(use.people for use in before)) == round(sum(use.people for use in after))
    tower = before[0]
    assert tower.rate == pytest.approx(
        tower.people / (tower.area_m2 / tower.rate.from_float(13.935456))
    )
    assert "77%" in text_of(utilisation_pdf(dossier, EN))[0]


def test_a_child_makes_the_same_bytes_as_its_parent():
    dossier = nine_floors_dossier()
    assert render_in_child("utilisation_pdf", dossier, EN) == utilisation_pdf(dossier, EN)


def test_a_child_that_fails_is_named_and_gives_nothing():
    with pytest.raises(NotFound, match="frees no unit A1"):
        render_in_child("letting_pdf", nine_floors_dossier(), EN, "A1")
    with pytest.raises(PlannerError, match="was not ready after"):
        render_in_child("utilisation_pdf", nine_floors_dossier(), EN, seconds=0.01)
    with pytest.raises(PlannerError, match="There is no document"):
        maker_of("os.system")
