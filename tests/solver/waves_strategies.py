"""Small waves instances, every kind of limit among them."""

from __future__ import annotations

from hypothesis import strategies as st

from solver.waves.instance import Before, Instance, Move, Space, Wave

NAMES = ("a", "b", "c")


@st.composite
def instances(draw: st.DrawFn, most_moves: int = 4) -> Instance:
    """Return an instance of at most three waves, three spaces and four moves."""
    days = draw(st.integers(1, 2))
    maybe = st.none() | st.integers(0, 12)
    waves, day = [], 0
    for at in range(draw(st.integers(1, 3))):
        first = day + draw(st.integers(0, 3))
        day = first + draw(st.integers(0, 2)) + 1
        waves.append(
            Wave(
                f"w{at}",
                first,
                day - 1,
                draw(st.integers(0, 3)),
                draw(maybe),
                draw(st.none() | st.integers(0, 3)),
                draw(st.sampled_from([False, False, False, True])),
            )
        )
    counts = st.lists(st.integers(0, 4), min_size=days, max_size=days).map(tuple)
    moves = []
    for at in range(draw(st.integers(0, most_moves))):
        ends = draw(st.permutations(NAMES))
        origin = draw(st.sampled_from([ends[0], ends[0], None]))
        swing = {ends[2]: draw(st.integers(0, 4))} if draw(st.booleans()) else {}
        if origin is None:
            swing = {}
        moves.append(
            Move(
                f"m{at}",
                origin,
                ends[1],
                draw(st.integers(0, 6)),
                draw(counts),
                draw(st.sampled_from([None, None, None, 2])),
                draw(st.sampled_from([None, None, None, 4])),
                swing,
            )
        )
    entered = {move.target for move in moves}
    values = st.lists(st.integers(-9, 9), min_size=len(waves), max_size=len(waves)).map(tuple)
    spaces = tuple(
        Space(
            name,
            draw(st.integers(0, 9)),
            draw(st.sampled_from(["x", "y"])),
            draw(counts) if draw(st.booleans()) and name in entered else (),
            draw(st.integers(0, 2)),
            draw(st.sampled_from([None, None, 2])),
            draw(st.none() | values),
        )
        for name in NAMES
    )
    ids = [move.id for move in moves]
    together, before = [], []
    if len(ids) > 1 and draw(st.booleans()):
        together.append(tuple(draw(st.permutations(ids))[:2]))
    if len(ids) > 1 and draw(st.booleans()):
        one, other = draw(st.permutations(ids))[:2]
        before.append(Before(one, other, draw(st.integers(0, 2))))
    buildings = {space.building for space in spaces}
    limits = {name: draw(st.integers(0, 3)) for name in sorted(buildings) if draw(st.booleans())}
    return Instance(tuple(waves), spaces, tuple(moves), tuple(together), tuple(before), limits)
