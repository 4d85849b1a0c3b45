"""Plans made by hand: checks, money, and how far they are from the best there can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from planner.db.tables import PlanRow
from planner.demand.model import demand_of
from planner.domain.assumptions import register_of
from planner.domain.plan import parse_plan
from planner.finance.values import values_of
from planner.importers.by_hand import read_by_hand
from planner.optimise.by_hand import plan_by_hand
from planner.optimise.options import Options
from planner.optimise.waves import Effort, date_moves
from planner.services.access import Right, require
from planner.services.loading import estate_in
from planner.services.uploads import read_upload
from planner.services.verify import verify

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection
    from decimal import Decimal
    from pathlib import Path

    from planner.db.store import Store
    from planner.domain.estate import Estate, UnitId
    from planner.domain.plan import Plan, Promise
    from planner.domain.records import Rule
    from planner.errors import Problem
    from planner.importers.by_hand import Seated
    from planner.services.access import Actor


@dataclass(frozen=True, slots=True)
class ByHand:
    """A plan made by hand, judged.

    Args:
        plan: who sits where, what is freed, what it is worth; its limit if one is known.
        problems: every way in which it does not hold; empty if both checks pass.
    """

    plan: Plan
    problems: tuple[Problem, ...]


def judge(
    estate: Estate,
    seated: Seated,
    options: Options,
    *,
    limit: int | None = None,
    freed: Collection[UnitId] | None = None,
    fits: tuple[dt.date, ...] = (),
) -> ByHand:
    """Return what a seating is worth and every rule that it breaks.

    Args:
        estate: whose people they are.
        seated: by team and unit of today, people by unit.
        options: name, level (None for the estate's own), seed and promise of the plan, and rules
            that hold for it alone.
        limit: no plan of this estate at this level is worth more; None if not known.
        freed: units to be freed, None to free whatever is worth it.
        fits: days held out that the plan was made from; it says so of them where it fits them.

    Raises:
        InvalidInput: people who are not in the estate, or some who are and sit nowhere.
    """
    level = options.level or register_of(estate).number("service_level")
    demand = demand_of(estate, level=level, seed=options.seed)
    values = values_of(estate)
    plan = plan_by_hand(estate, demand, values, options, seated, limit, freed)
    problems = verify(plan, estate)
    if fits:
        fitting = plan.model_copy(update={"fits": fits})
        plan = fitting if verify(fitting, estate) == problems else plan
    if all(one.where == "bound" for one in problems):
        plan = date_moves(estate, plan, values, Effort(seconds=2, seed=options.seed))
    if any(one.where != "bound" for one in problems):
        # A limit holds for plans that keep the rules; one that breaks them may well exceed it.
        problems = [one for one in problems if one.where != "bound"]
    return ByHand(plan, tuple(problems))


def judge_moved(
    estate: Estate,
    solved: Plan,
    moved: Plan,
    name: str,
    *,
    rules: tuple[Rule, ...],
    limit: int | None = None,
) -> ByHand:
    """Return the judgement of a solved plan after moves by hand, against the limit that is known.

    What it promises is what the solved plan promised. Its limit counts too where it holds under
    these rules.

    Args:
        estate: of the plan.
        solved: as a search made it.
        moved: as it is now, with the units that it frees.
        name: of the plan as it is now.
        rules: that hold for it alone.
        limit: no plan of this estate at this level is worth more; None if not known.
    """
    seated: Seated = {}
    for one in moved.placements:
        places = seated.setdefault((one.team, one.origin), {})
        places[one.unit] = places.get(one.unit, 0) + one.people
    own = solved.limit_under(rules, solved.level)
    options = Options(
        name=name,
        seconds=1,
        seed=solved.seed,
        level=solved.level,
        rules=rules,
        promise=solved.promise,
    )
    return judge(
        estate,
        seated,
        options,
        limit=min((one for one in (limit, own) if one is not None), default=None),
        freed=moved.freed_units,
        fits=solved.fits,
    )


def judge_file(
    estate: Estate,
    path: Path,
    *,
    level: Decimal | None = None,
    limit: int | None = None,
    promise: Promise = "each_floor",
) -> ByHand:
    """Return the judgement of the moves or the seating that a file holds.

    Raises:
        InvalidInput: the file does not fit the estate; every problem is named.
    """
    seated = read_by_hand(path, estate)
    options = Options(name=path.stem, seconds=1, level=level, promise=promise)
    return judge(estate, seated, options, limit=limit)


def judge_upload(
    store: Store,
    actor: Actor,
    estate_id: str,
    data: bytes,
    filename: str,
    promise: Promise = "each_floor",
) -> ByHand:
    """Return the judgement of an uploaded file, against the limit that earlier plans proved.

    Raises:
        InvalidInput: the file does not fit the estate; every problem is named.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        estate, _ = estate_in(store, scope, estate_id)
    level = register_of(estate).number("service_level")
    limit = known_limit(store, actor, estate_id, estate, level)
    return read_upload(
        data,
        filename,
        lambda path: judge_file(estate, path, level=level, limit=limit, promise=promise),
    )


def known_limit(
    store: Store, actor: Actor, estate_id: str, estate: Estate, level: Decimal
) -> int | None:
    """Return the lowest limit that a plan of this very estate proved, None if none did.

    A limit proved with rules for one plan alone holds only under those rules.
    """
    with store.reading(actor.owner) as scope:
        contents = scope.execute(
            select(col(PlanRow.content)).where(
                col(PlanRow.estate_id) == estate_id,
                col(PlanRow.estate_hash) == estate.hash,
                col(PlanRow.bound).is_not(None),
            )
        ).scalars()
        plans = [parse_plan(content) for content in contents]
    limits = [plan.limit_under((), level) for plan in plans]
    return min((limit for limit in limits if limit is not None), default=None)
