"""Why a run found that there is no plan, with the rules that it had to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from planner.db.tables import RunRow, StudyRow
from planner.domain.eligibility import with_rules
from planner.domain.study import NoPlanStudy
from planner.services.access import Right, require
from planner.services.asked import rules_of

if TYPE_CHECKING:
    from planner.db.store import Store
    from planner.domain.estate import Estate
    from planner.domain.records import Rule
    from planner.services.access import Actor


@dataclass(frozen=True, slots=True)
class NoPlan:
    """What a run without a plan found out.

    Args:
        study: which rules conflict, and what would have to give.
        rules: of the run alone, beside those of its estate.
    """

    study: NoPlanStudy
    rules: tuple[Rule, ...]

    def ruled(self, estate: Estate) -> Estate | None:
        """Return the estate with the rules of the run, None where it has changed since."""
        same = estate.hash == self.study.estate_hash
        return with_rules(estate, self.rules) if same else None


def no_plan_of(store: Store, actor: Actor, run_id: str) -> NoPlan | None:
    """Return why a run found that there is no plan, None where it did not find out."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        content = scope.execute(
            select(col(StudyRow.content)).where(
                col(StudyRow.run_id) == run_id, col(StudyRow.plan_id).is_(None)
            )
        ).scalar()
        if content is None:
            return None
        params = scope.one(RunRow, "run", id=run_id).params
    return NoPlan(NoPlanStudy.model_validate_json(content), rules_of(params))
