"""Plans over several planning periods."""

from __future__ import annotations

from http import HTTPStatus

from planner.domain.stages import Stage
from planner.services import plans, staging
from planner.services.access import Right
from planner.web.access import store
from planner.web.api import schemas
from planner.web.api.asked import options_of
from planner.web.api.asking import me
from planner.web.api.operations import operation


@operation(
    "POST",
    "/estates/<estate>/stages",
    "Queue a run that plans several periods",
    right=Right.PLAN,
    body=schemas.StagesAsked,
    answer=schemas.Run,
    status=HTTPStatus.ACCEPTED,
)
def start_stages(estate: str, body: schemas.StagesAsked) -> schemas.Run:
    """Queue a run for the estate as it stands; each period frees what no later one needs."""
    options = options_of(body)
    stages = [Stage(one.name, one.month, one.growth, tuple(one.leaves)) for one in body.stages]
    run = staging.start_stages(store(), me(), estate, options, stages)
    return schemas.Run.model_validate(plans.run_state(store(), me(), run))


@operation("GET", "/runs/<run>/stages", "The periods that a run has planned", answer=schemas.Stages)
def get_stages(run: str) -> schemas.Stages:
    """Return what each period frees and earns, and what all of them do together."""
    found = staging.staging_of(store(), me(), run)
    return schemas.Stages(
        id=found.id,
        estate_id=found.estate_id,
        name=found.name,
        npv=found.npv,
        bound=found.bound,
        made_at=found.made_at,
        stages=[
            schemas.Period(
                name=one.stage.name,
                month=one.stage.month,
                growth=str(one.stage.growth),
                leaves=list(one.stage.leaves),
                plan_id=one.plan_id,
                npv=one.plan.npv,
                bound=one.plan.bound,
                freed=sorted(one.plan.freed_units),
                people_moved=one.plan.people_moved,
            )
            for one in found.stages
        ],
    )
