"""What a document of a plan, or of one version of a proposal, is made from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from planner.db.tables import PlanRow, ProposalRow, ProposalVersionRow, UserRow
from planner.domain.plan import parse_plan
from planner.finance import case_of
from planner.reports.dossier import Alternative
from planner.services.access import Right, require
from planner.services.brands import brand_in
from planner.services.plans import get_dossier
from planner.services.setters import figures_set_by
from planner.services.studying import study_in_print

if TYPE_CHECKING:
    import datetime as dt

    from planner.db.store import Scope, Store
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.reports.brand import Brand
    from planner.reports.dossier import Dossier, Role
    from planner.services.access import Actor


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a document shows beside its plan; the same stamp gives the same document.

    Args:
        plan_id: the plan.
        plan_hash: its hash.
        number: of the proposal, "" for a plan on its own.
        version: of the proposal.
        author: who drafted it.
        today: date on the document, None for the last day on record.
        others: ids of plans to compare with, by what each stands for.
        study: hash of what was found out about the plan, "" where nothing was.
        brand: the owner's logo and colour, None where there are none.
        set_by: key, person and day of each figure that somebody set before the plan was made.
    """

    plan_id: str
    plan_hash: str
    number: str = ""
    version: int = 1
    author: str = ""
    today: dt.date | None = None
    others: tuple[tuple[Role, str], ...] = ()
    study: str = ""
    brand: Brand | None = None
    set_by: tuple[tuple[str, str, dt.date], ...] = ()

    @property
    def key(self) -> str:
        """Return a word that differs wherever a document would."""
        parts = (
            self.number,
            str(self.version),
            self.author,
            str(self.today),
            repr(self.others),
            self.study,
            repr(self.set_by),
            self.brand.key if self.brand else "",
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def plan_stamp(store: Store, actor: Actor, plan_id: str) -> Stamp:
    """Return the stamp of a plan on its own.

    Raises:
        NotFound: no such plan of this owner.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        plan = scope.one(PlanRow, "plan", id=plan_id)
        return Stamp(
            plan.id,
            plan.hash,
            others=_others(scope, plan, store.now()),
            study=_study(scope, plan.id),
            brand=brand_in(scope),
            set_by=figures_set_by(scope, plan.estate_id, plan.made_at),
        )


def version_stamp(store: Store, actor: Actor, proposal_id: str, number: int) -> Stamp:
    """Return the stamp of a version: it no longer changes once the version is submitted.

    Raises:
        NotFound: no such proposal or version of this owner.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        proposal = scope.one(ProposalRow, "proposal", id=proposal_id)
        version = scope.one(ProposalVersionRow, "version", proposal_id=proposal.id, number=number)
        plan = scope.one(PlanRow, "plan", id=version.plan_id)
        found = scope.execute(select(UserRow).where(col(UserRow.id) == version.made_by))
        user = found.scalars().first()
        dated = version.submitted_at or version.made_at
        return Stamp(
            plan.id,
            plan.hash,
            number=number_of(proposal_id, dated.year),
            version=number,
            author="" if user is None else user.name or user.email,
            today=dated.date(),
            others=_others(scope, plan, dated),
            study=_study(scope, plan.id),
            brand=brand_in(scope),
            set_by=figures_set_by(scope, plan.estate_id, plan.made_at),
        )


def number_of(proposal_id: str, year: int) -> str:
    """Return the number of a proposal as its documents carry it."""
    return f"{year}-{proposal_id.replace('-', '')[:6].upper()}"


def stamped(store: Store, actor: Actor, stamp: Stamp) -> Dossier:
    """Return everything that a document with this stamp tells."""
    dossier = get_dossier(store, actor, stamp.plan_id)
    with store.reading(actor.owner) as scope:
        rows = {
            role: scope.one(PlanRow, "plan", id=plan_id).content for role, plan_id in stamp.others
        }
    return replace(
        dossier,
        number=stamp.number,
        version=stamp.version,
        author=stamp.author,
        today=stamp.today,
        alternatives=dossier.alternatives
        or tuple(
            _alternative(role, parse_plan(content), dossier.estate)
            for role, content in rows.items()
        ),
        brand=stamp.brand,
        set_by={key: (name, day) for key, name, day in stamp.set_by},
    )


def _study(scope: Scope, plan_id: str) -> str:
    study = study_in_print(scope, plan_id)
    return "" if study is None else study.hash


def _alternative(role: Role, plan: Plan, estate: Estate) -> Alternative:
    moves = [(move.team, move.origin, move.target, move.people) for move in plan.moves]
    return Alternative(role, plan, case_of(estate, plan.freed_units, moves))


def _others(scope: Scope, plan: PlanRow, until: dt.datetime) -> tuple[tuple[Role, str], ...]:
    """Return plans of the same estate to compare with, chosen by rules fixed beforehand.

    The one that moves fewest people and still frees something, and the one that frees most;
    none where this plan is that one itself. Plans made after `until` are left out.
    """
    rows = scope.execute(
        select(PlanRow).where(
            col(PlanRow.estate_hash) == plan.estate_hash,
            col(PlanRow.made_at) <= until,
            col(PlanRow.hash) != plan.hash,
        )
    ).scalars()
    known = sorted((row for row in rows if row.freed), key=lambda row: (-row.npv, row.hash))
    found: list[tuple[Role, str]] = []
    fewest = min(known, key=lambda row: row.people_moved, default=None)
    most = max(known, key=lambda row: len(row.freed), default=None)
    if fewest is not None and fewest.people_moved < plan.people_moved:
        found.append(("fewest_moves", fewest.id))
    if most is not None and len(most.freed) > len(plan.freed):
        found.append(("most_floors", most.id))
    return tuple(found)
