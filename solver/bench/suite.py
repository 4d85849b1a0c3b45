"""The restack benchmark: the same instances and limits for ours and the peers, judged together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from solver.bench.facility import FacilityRecipe, generate_facility
from solver.bench.peers import Score, score_all
from solver.bench.rich import RichRecipe, generate_rich
from solver.bench.seen import digest_of
from solver.bench.synthetic import Recipe, generate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from solver.bench.seen import Seen
    from solver.restack.instance import Instance

# Floors, teams, seconds: the sizes that are published.
RESTACKS = ((10, 60, 60.0), (20, 50, 60.0), (40, 300, 60.0), (150, 1_200, 90.0))
LARGE = ((600, 5_000, 150.0), (1_000, 10_000, 300.0))
FACILITIES = ((30, 200, 60.0), (300, 300, 60.0), (500, 500, 60.0))
RICH = ((10, 60, 60.0), (20, 50, 60.0), (24, 120, 60.0), (40, 300, 60.0), (100, 800, 60.0))
DEAR_INSIDE, DEAR_OUTSIDE = 40, 55

AnyRecipe = Recipe | RichRecipe | FacilityRecipe


def _kinds() -> dict[str, tuple[Callable[[int], AnyRecipe], float]]:
    """Return what makes the recipe of a seed, and the limit, by size."""
    found: dict[str, tuple[Callable[[int], AnyRecipe], float]] = {}
    for floors, teams, seconds in (*RESTACKS, *LARGE):
        found[f"{floors}x{teams}"] = partial(Recipe, floors, teams), seconds
    for floors, teams, seconds in (*RESTACKS, *LARGE):
        dear = partial(Recipe, floors, teams, move_inside=DEAR_INSIDE, move_outside=DEAR_OUTSIDE)
        found[f"{floors}x{teams}-dear"] = dear, seconds
    for floors, teams, seconds in RICH:
        found[f"{floors}x{teams}-rich"] = partial(RichRecipe, floors, teams), seconds
    for facilities, customers, seconds in FACILITIES:
        found[f"facility-{facilities}x{customers}"] = (
            partial(FacilityRecipe, facilities, customers),
            seconds,
        )
    return found


KINDS = _kinds()


@dataclass(frozen=True, slots=True)
class Case:
    """One instance with its limit."""

    name: str
    recipe: AnyRecipe
    seconds: float

    def instance(self) -> Instance:
        """Return the instance."""
        if isinstance(self.recipe, Recipe):
            return generate(self.recipe)
        if isinstance(self.recipe, RichRecipe):
            return generate_rich(self.recipe)
        return generate_facility(self.recipe)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one instance showed. A missing thing is None.

    Args:
        captured: by solver, (nothing - plan) / (nothing - our bound).
        gap: (our plan - our bound) / our plan.
        closed: of the way from greedy to our bound, what our plan closes.
        faults: a broken rule, a bound above a plan, a plan of a peer that beats ours.
    """

    case: str
    scores: tuple[Score, ...]
    captured: dict[str, float]
    gap: float | None
    closed: float | None
    faults: tuple[str, ...]


def cases(sizes: Sequence[str], seeds: Sequence[int]) -> Iterator[Case]:
    """Yield the cases of some sizes, such as `10x60`, `10x60-rich` or `facility-30x200`."""
    for size in sizes:
        recipe_of, seconds = KINDS[size]
        for seed in seeds:
            recipe = recipe_of(seed)
            yield Case(recipe.name, recipe, seconds)


def sizes() -> list[str]:
    """Return every size that there is."""
    return list(KINDS)


def judge(
    case: Case,
    seconds: float | None,
    workers: int,
    solvers: tuple[str, ...],
    seen: Seen | None = None,
) -> Verdict:
    """Run one case and compare every bound with every plan, those of earlier runs among them."""
    limit = case.seconds if seconds is None else seconds
    instance = case.instance()
    scores = score_all(instance, limit, workers, case.recipe.seed, solvers)
    if seen is None:
        return verdict(case.name, scores)
    digest = digest_of(instance)
    found = verdict(case.name, scores, tuple(seen.faults(digest, scores)))
    if not any("bound" in fault for fault in found.faults):
        seen.take(digest, case.name, scores)
    return found


def verdict(name: str, scores: Sequence[Score], earlier: tuple[str, ...] = ()) -> Verdict:
    """Return what the scores of one instance show, beside faults against earlier runs."""
    by_name = {score.solver: score for score in scores}
    ours = by_name["ours"]
    nothing, greedy = (by_name[n].cost if n in by_name else None for n in ("nothing", "greedy"))
    captured: dict[str, float] = {}
    gap = closed = None
    if ours.bound is not None:
        if nothing is not None and nothing > ours.bound:
            captured = {
                score.solver: (nothing - score.cost) / (nothing - ours.bound)
                for score in scores
                if score.cost is not None
            }
        if ours.cost:
            gap = (ours.cost - ours.bound) / abs(ours.cost)
        if greedy is not None and ours.cost is not None and greedy > ours.bound:
            closed = (greedy - ours.cost) / (greedy - ours.bound)
    return Verdict(name, tuple(scores), captured, gap, closed, (*_faults(scores, ours), *earlier))


def _faults(scores: Sequence[Score], ours: Score) -> Iterator[str]:
    for score in scores:
        if score.violations:
            yield f"{score.solver}: the plan breaks {score.violations} rules"
        if score.cost is None:
            continue
        if ours.cost is None or score.cost < ours.cost:
            yield f"{score.solver} has a plan of {score.cost}, ours costs {ours.cost}"
        for other in scores:
            if other.bound is not None and other.bound > score.cost:
                yield f"{other.solver} has a bound of {other.bound}, {score.solver} beats it"
