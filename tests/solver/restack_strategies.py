"""Small random instances with every feature of the format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from solver.restack.parse import parse_instance

if TYPE_CHECKING:
    from solver.restack.instance import Instance

FEATURES = ["public", "secure"]


def _ids(letter: str, count: int) -> list[str]:
    return [f"{letter}{number}" for number in range(count)]


@st.composite
def documents(draw: st.DrawFn, spaces: int = 4, teams: int = 4) -> dict[str, Any]:
    """Draw the JSON of an instance small enough to try everything."""
    space_ids = _ids("s", draw(st.integers(1, spaces)))
    team_ids = _ids("t", draw(st.integers(1, teams)))
    days = draw(st.integers(1, 2))
    pairs = [[a, b] for a in team_ids for b in team_ids if a < b]
    features = st.lists(st.sampled_from(FEATURES), unique=True)
    some_pairs = st.lists(st.sampled_from(pairs), max_size=3) if pairs else st.just([])
    rarely = st.sampled_from([False] * 7 + [True])
    drawn = [draw(_team(team, space_ids, days)) for team in team_ids]
    return {
        "format": "planner-restack/1",
        "spaces": [
            {
                "id": space,
                "seats": draw(st.integers(0, 12)),
                "building": draw(st.sampled_from("xy")),
                "level": draw(st.integers(-1, 3)),
                "has": draw(features),
                "keep_cost": draw(st.integers(-3, 20)),
                "must_keep": draw(rarely),
                "must_free": draw(rarely),
            }
            for space in space_ids
        ],
        "units": [
            {
                "id": f"u{number}",
                "spaces": draw(st.lists(st.sampled_from(space_ids), min_size=1, unique=True)),
                "bonus": draw(st.integers(0, 15)),
            }
            for number in range(draw(st.integers(0, 2)))
        ],
        "teams": drawn,
        "place_cost": {
            team: draw(st.dictionaries(st.sampled_from(space_ids), st.integers(-2, 9)))
            for team in team_ids
        },
        "place_cost_default": draw(st.sampled_from([5, 5, 0, None])),
        "near": [
            {
                "teams": pair,
                "within": draw(st.sampled_from(["space", "adjacent", "building"])),
                "penalty": draw(st.integers(0, 9)),
            }
            for pair in draw(some_pairs)
        ],
        "apart": [pair for pair in draw(some_pairs) if draw(rarely)],
        "fixed": {team: draw(st.sampled_from(space_ids)) for team in team_ids if draw(rarely)},
        "held": {
            team["id"]: {draw(st.sampled_from(space_ids)): draw(st.integers(1, people_of(team)))}
            for team in drawn
            if people_of(team) and draw(rarely)
        },
        "churn": {"people_moved_at_most": draw(st.sampled_from([None, None, 0, 3, 6]))},
    }


def people_of(team: dict[str, Any]) -> int:
    """Return how many people a team has."""
    return sum(team["now"].values()) or max(max(load["by_day"]) for load in team["loads"])


@st.composite
def _team(draw: st.DrawFn, team: str, space_ids: list[str], days: int) -> dict[str, Any]:
    loads = st.builds(
        lambda by_day, cost: {"by_day": by_day, "cost": cost},
        st.lists(st.integers(0, 4), min_size=days, max_size=days),
        st.integers(-2, 3),
    )
    needed = st.sampled_from([[], [], [], ["public"], ["public", "secure"]])
    return {
        "id": team,
        "loads": draw(st.lists(loads, min_size=1, max_size=2)),
        "needs": draw(needed),
        "now": draw(st.dictionaries(st.sampled_from(space_ids), st.integers(1, 3), max_size=2)),
        "split": draw(st.sampled_from([None, None, {"at_least": 1}, {"at_least": 2}])),
    }


def instances(spaces: int = 4, teams: int = 4) -> st.SearchStrategy[Instance]:
    """Return small instances."""
    return documents(spaces, teams).map(parse_instance)
