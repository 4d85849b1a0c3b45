"""What a run was asked for: its options, its estate, and the plan to start from."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from planner.db.packing import unpack_estate
from planner.db.tables import PlanRow, SnapshotRow
from planner.domain.assumptions import register_of
from planner.domain.plan import parse_plan
from planner.domain.records import Rule
from planner.optimise.options import Options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.db.store import Store
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.jobs import Claim


def options_of(params: Mapping[str, Any], name: str) -> Options:
    """Return the options that `params_of` has put away."""
    level = params.get("level")
    return Options(
        name=name,
        seconds=params["seconds"],
        seed=params["seed"],
        workers=params["workers"],
        level=None if level is None else Decimal(level),
        gap=Decimal(params["gap"]),
        rules=rules_of(params),
        promise=params.get("promise", "building" if params.get("overflow") else "each_floor"),
        study=params.get("study", 0),
    )


def rules_of(params: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Return the rules that hold for a run alone."""
    return tuple(Rule.model_validate(rule) for rule in params.get("rules", []))


def params_of(options: Options) -> dict[str, object]:
    """Return options as JSON can hold them."""
    return {
        "seconds": options.seconds,
        "seed": options.seed,
        "workers": options.workers,
        "level": None if options.level is None else str(options.level),
        "gap": str(options.gap),
        "rules": [rule.model_dump(mode="json") for rule in options.rules],
        "promise": options.promise,
        "study": options.study,
    }


def estate_of(store: Store, claim: Claim) -> Estate:
    """Return the estate that a run is about, as it was when it was asked for."""
    with store.reading(claim.owner) as scope:
        packed = scope.execute(
            select(col(SnapshotRow.content)).where(col(SnapshotRow.hash) == claim.estate_hash)
        ).scalar_one()
    return unpack_estate(packed)


def start_of(store: Store, claim: Claim, estate: Estate) -> tuple[Plan | None, int | None]:
    """Return the plan to start from, where one was named, and its limit where that holds here."""
    wanted = claim.params.get("start")
    if wanted is None:
        return None, None
    with store.reading(claim.owner) as scope:
        row = scope.execute(select(PlanRow).where(col(PlanRow.id) == wanted)).scalar()
    if row is None or row.estate_hash != claim.estate_hash:
        return None, None
    plan = parse_plan(row.content)
    asked = options_of(claim.params, claim.name)
    level = asked.level or register_of(estate).number("service_level")
    return plan, plan.limit_under(asked.rules, level)
