"""Drawings say what the estate and the plan say, whatever the names and sizes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from defusedxml.ElementTree import fromstring
from fontTools.ttLib import TTFont

from planner.domain.estate import Estate
from planner.domain.records import Building, Floor, Header, Seating, Space, Team
from planner.i18n import speech_of
from planner.paths import static_dir
from planner.reports.drawings import (
    department_css,
    departments,
    elevation,
    floor_plan,
    legend,
    paper,
    proof_bar,
    screen,
    stack_plan,
)
from planner.reports.drawings.measure import ADVANCES, fit, text_width
from planner.reports.drawings.treemap import squarify
from tests.reports.campus import FREED, Needs, campus, needs, nine_floors

SVG = "{http://www.w3.org/2000/svg}"
EN, ID = speech_of("en"), speech_of("id")
FILES = {
    "sans": "sans-latin-400",
    "sans-bold": "sans-latin-600",
    "cond": "sans-condensed-latin-500",
    "cond-bold": "sans-condensed-latin-600",
}


def tree(markup):
    return fromstring(str(markup))


def words(markup):
    return [text.text for text in tree(markup).iter(f"{SVG}text")]


def little(names=("Roads",), floors=1, area="500"):
    header = Header(name="E", owner="O", country="ID", currency="IDR")
    codes = [f"T{at}" for at in range(floors)]
    return Estate(
        header=header,
        buildings=(Building(code="T", name="Tower"),),
        floors=tuple(
            Floor(building="T", code=code, level=at, lettable_area_m2=Decimal(area), seats=40)
            for at, code in enumerate(codes)
        ),
        teams=tuple(
            Team(code=f"N{at}", name=name, department=f"D{at}", headcount=10)
            for at, name in enumerate(names)
        ),
        seating=tuple(Seating(team=f"N{at}", floor="T0", people=10) for at in range(len(names))),
    )


def little_needs(estate):
    return Needs((0, 1, 2, 3, 4), {team.code: (5, 6, 5, 5, 4) for team in estate.teams})


@pytest.mark.parametrize("face", ADVANCES)
def test_text_is_measured_as_the_installed_fonts_set_it(face):
    font = TTFont(static_dir() / "fonts" / f"ibm-plex-{FILES[face]}-normal.woff2")
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    assert ADVANCES[face] == tuple(widths[glyphs[at]][0] for at in range(32, 127))


def test_a_cut_text_fits_its_room():
    for room in range(0, 90, 7):
        cut = fit("Scholarships and Grants", 12, room, "cond")
        assert not cut or text_width(cut, 12, "cond") <= room


def test_every_freed_floor_of_the_elevation_is_hatched_and_no_other():
    drawn = tree(elevation(campus(), nine_floors(), needs(), EN, canvas=screen(1240, "e")))
    hatched = [
        group.get("data-unit")
        for group in drawn.iter(f"{SVG}g")
        if group.get("data-unit")
        and any("hatch" in (rect.get("fill") or "") for rect in group.iter(f"{SVG}rect"))
    ]
    assert sorted(hatched) == sorted(FREED)


def test_the_elevation_of_today_lets_nothing():
    drawn = elevation(campus(), None, needs(), EN, canvas=screen(1240, "e"))
    assert "TO LET" not in drawn


def test_a_room_nobody_entered_is_framed_with_its_days():
    drawn = elevation(campus(), None, needs(), EN, canvas=screen(1240, "e"), unvisited={"A9": 28})
    assert "28 d" in words(drawn)


def test_the_elevation_of_a_thousand_floors_stays_small_and_in_its_width():
    buildings = tuple(Building(code=f"B{at}", name=f"Office {at}") for at in range(100))
    floors = tuple(
        Floor(building=f"B{at // 10}", code=f"F{at}", level=at % 10,
              lettable_area_m2=Decimal(600), seats=50)
        for at in range(1000)
    )  # fmt: skip
    estate = replace(little(), buildings=buildings, floors=floors, seating=())
    drawn = elevation(estate, None, little_needs(estate), EN, canvas=screen(1240, "e"))
    assert len(drawn) < 1_500_000
    for rect in tree(drawn).iter(f"{SVG}rect"):
        if rect.get("x"):
            assert float(rect.get("x")) + float(rect.get("width")) <= 1240.5


def test_each_team_is_a_block_where_it_sits_today_and_in_the_plan():
    estate, plan = campus(), nine_floors()
    drawings = stack_plan(estate, plan, needs(), EN, canvas=screen(494, "s", interactive=True))
    found = {"today": {}, "plan": {}}
    for pair in drawings.values():
        for drawing in pair:
            for group in tree(drawing).iter(f"{SVG}g"):
                if group.get("data-team"):
                    found[group.get("data-state")][group.get("data-team")] = group
    for team in estate.teams:
        assert {found["today"][team.code].get("data-unit")} == set(estate.now[team.code])
        block = found["plan"][team.code]
        assert {block.get("data-unit")} == set(plan.placed[team.code])
        moved = any(move.team == team.code for move in plan.moves)
        assert block.get("data-moved") == str(moved).lower()


def test_a_block_is_named_as_a_person_would_say_it():
    estate = little()
    (drawing,) = stack_plan(
        estate, None, little_needs(estate), EN, canvas=screen(494, "s", interactive=True)
    )["T"]
    block = next(group for group in tree(drawing).iter(f"{SVG}g") if group.get("role") == "button")
    assert block.get("aria-label") == "Roads, 10 people, 6 seats, floor T0"
    assert block.get("tabindex") == "0"


def test_ids_stay_unique_when_drawings_stand_together():
    drawings = stack_plan(campus(), nine_floors(), needs(), EN, canvas=paper(85, "s"))
    ids = [
        node.get("id")
        for pair in drawings.values()
        for drawing in pair
        for node in tree(drawing).iter()
        if node.get("id")
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "=HYPERLINK(1)", "x" * 200, "قسم الطرق", "道路课"]
)
def test_any_name_is_drawn_as_text(name):
    estate = little((name,))
    for drawing in (
        elevation(estate, None, little_needs(estate), ID, canvas=screen(358, "e")),
        *stack_plan(estate, None, little_needs(estate), ID,
                    canvas=screen(494, "s", interactive=True))["T"],
    ):  # fmt: skip
        assert not list(tree(drawing).iter(f"{SVG}script"))


def test_paper_carries_literal_colours_and_a_page_properties():
    estate = little()
    needed = little_needs(estate)
    assert "var(" not in elevation(estate, None, needed, EN, canvas=paper(174, "e"))
    assert "var(--lit,#2C7188)" in elevation(estate, None, needed, EN, canvas=screen(690, "e"))


def test_more_than_eight_departments_leave_seven_coloured_and_never_repeat_a_pattern():
    teams = little([f"Team {at}" for at in range(12)]).teams
    kinds = departments(teams)
    coloured = [one for one in kinds.values() if one.pattern != "plain" or one.kind == 0]
    assert len({one.kind for one in coloured}) == len(coloured) == 7
    assert len(legend(little([f"Team {at}" for at in range(12)]), EN, canvas=paper(80, "l"))) == 8


def test_every_department_has_its_colours_in_both_themes():
    css = department_css()
    for kind in range(9):
        assert css.count(f"--dept-{kind}-s:") == css.count(f"--dept-{kind}-t:") == 2


def test_a_plan_without_a_proved_limit_says_so():
    plan = nine_floors().model_copy(update={"bound": None, "status": "feasible"})
    assert "No limit was proved" in words(proof_bar(plan, EN, canvas=paper(174, "p")))


def test_a_drawn_floor_is_to_scale_and_one_without_outlines_says_it_is_not():
    drawn = floor_plan(campus(), "A9", EN, canvas=paper(174, "f"), plan=nine_floors())
    assert "10 m" in words(drawn)
    tiles = floor_plan(campus(), "B5", EN, canvas=paper(174, "f"), plan=nine_floors())
    assert any("Not to scale" in text for text in words(tiles) if text)


@pytest.mark.parametrize("outline", ["{", "[]", '{"type":"Point","coordinates":[1,2]}', "7"])
def test_an_outline_that_is_no_polygon_is_not_drawn_as_a_room(outline):
    space = Space(floor="T0", number="1", name="Odd", outline=outline,
                  declared_area_m2=Decimal(30))  # fmt: skip
    estate = replace(little(), spaces=(space,))
    drawn = floor_plan(estate, "T0", EN, canvas=paper(174, "f"))
    assert any("Not to scale" in text for text in words(drawn) if text)


def test_tiles_of_a_treemap_share_the_area_in_proportion():
    sizes = [6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0]
    tiles = squarify(sizes, 60, 40)
    for size, tile in zip(sizes, tiles, strict=True):
        assert tile.width * tile.height == pytest.approx(size * 100)
        assert tile.x + tile.width <= 60.001
        assert tile.y + tile.height <= 40.001
