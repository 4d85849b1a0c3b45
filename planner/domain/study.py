"""A study of a plan: other plans beside it, what each rule costs, why each floor stays.

It is worked out after the plan, by solving the same estate under changed rules. Amounts are in
minor units; a gain is what a change would add to the plan's value, below 0 what it would cost.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from planner.domain.plan import Plan
from planner.domain.records.kinds import DATE_RULES
from planner.errors import InvalidInput, Problem

STUDY_FORMAT: Final = "planner-study/1"
Figure = Literal["rent", "moves", "attendance"]
PointRole = Literal["", "recommended", "fewest_moves", "most_floors"]

_FROZEN: Final = ConfigDict(frozen=True, extra="forbid", strict=False)


class Gain(BaseModel):
    """What a change adds to the value that can be had.

    Args:
        estimate: the difference of two plans at hand; None where one of them was not found.
        least, most: proved: the true difference lies between them; None where nothing is.
    """

    model_config = _FROZEN
    estimate: int | None
    least: int | None
    most: int | None

    @property
    def proved(self) -> bool:
        """Say whether the estimate is the true difference."""
        return self.estimate is not None and self.least == self.most

    def beside(self, other: Gain) -> Gain:
        """Return what this and another answer to the same question say together.

        Both hold, so the truth lies where they meet; the estimate of this one is drawn there.
        """
        least = max((v for v in (self.least, other.least) if v is not None), default=None)
        most = min((v for v in (self.most, other.most) if v is not None), default=None)
        estimate = other.estimate if self.estimate is None else self.estimate
        if estimate is not None:
            estimate = estimate if least is None else max(least, estimate)
            estimate = estimate if most is None else min(most, estimate)
        return Gain(estimate=estimate, least=least, most=most)


class Clash(BaseModel):
    """One rule of a conflict: what kind, and whom and what it concerns, by code and id."""

    model_config = _FROZEN
    rule: str
    teams: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


class Point(BaseModel):
    """Another plan under the same rules, and how good it is among those that move as few.

    Args:
        roles: what it stands for; () for a point between.
        plan: as it would be stored.
        limit: no plan that moves at most as many people, and fits the days that the plan
            studied was made to fit, is worth more; None if not proved.
    """

    model_config = _FROZEN
    roles: tuple[PointRole, ...] = ()
    plan: Plan
    limit: int | None


class FloorReason(BaseModel):
    """Why one unit is kept: what happens if it must be freed.

    Args:
        unit: its id.
        gain: of the best plan that frees it; None where no plan can.
        moved: people who move then; None where there is no such plan.
        freed: units freed then.
        clashes: where no plan can free it, a set of rules that conflict.
        minimal: whether each of `clashes` was shown to be needed.
        rough: whether no search of its own was made: the figures hold, but lie far apart.
    """

    model_config = _FROZEN
    unit: str
    gain: Gain | None
    moved: int | None = None
    freed: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    minimal: bool = False
    rough: bool = False


class RulePrice(BaseModel):
    """What one rule costs: the value that could be had without it.

    Args:
        rule: a kind of written rule, or one that follows from teams and wishes:
            `public_service`, `needs`, `stay_within`, `apart`.
        subject, object: of a written rule, else "".
        count: how many teams, wishes or records it stands for.
        gain: at least 0.
        freed: units that the best plan found without it frees.
        rough: whether it was only looked at together with all other rules.
    """

    model_config = _FROZEN
    rule: str
    subject: str = ""
    object: str = ""
    count: int = 1
    gain: Gain
    freed: tuple[str, ...] = ()
    rough: bool = False

    @property
    def name(self) -> tuple[str, str, str]:
        """Return what tells it from all other rules."""
        return self.rule, self.subject, self.object


class Edge(BaseModel):
    """How far one figure may go one way before another plan is better.

    Args:
        stays: proved: up to this factor no plan is better; None if nothing was proved.
        tried: up to this factor no better plan was found; None if one was at once.
        changes: from this factor on a better plan is known, or the plan does not hold.
        freed: what that plan frees; () where none is known.
    """

    model_config = _FROZEN
    stays: Decimal | None = None
    tried: Decimal | None = None
    changes: Decimal | None = None
    freed: tuple[str, ...] = ()


class Bend(BaseModel):
    """How far rent, the cost of moves or attendance may change before the plan would."""

    model_config = _FROZEN
    figure: Figure
    down: Edge
    up: Edge


class Study(BaseModel):
    """Everything found out about one plan after it was made.

    Args:
        estate_hash, plan_hash: what it is about.
        seconds: allowed for all of it.
        points: other plans and this one, the fewest people moved first.
        least_moved: proved: every plan worth at least half of this one moves so many people.
        most_freed: proved: no plan frees more units. Both are of plans that fit the same days.
        rules: what each rule costs, the dearest first.
        floors: why units are kept, the nearest to being freed first.
        floors_left: kept units that had no search of their own.
        bends: how far figures may change.
        better: a plan better than the one studied, found on the way, or the same one where the
            study proved a limit nearer to it; None if neither.
        whole: whether every question was asked; False where the work was stopped.
    """

    model_config = _FROZEN
    format: Literal["planner-study/1"] = STUDY_FORMAT
    estate_hash: str
    plan_hash: str
    seconds: int
    points: tuple[Point, ...] = ()
    least_moved: int | None = None
    most_freed: int | None = None
    rules: tuple[RulePrice, ...] = ()
    floors: tuple[FloorReason, ...] = ()
    floors_left: int = 0
    bends: tuple[Bend, ...] = ()
    better: Plan | None = None
    whole: bool = False

    def better_than(self, plan: Plan) -> Plan | None:
        """Return the better plan, or the one studied with a nearer limit, None if neither.

        A nearer limit of plans that fit the days of this one is no limit of all; earlier
        versions took it for one.
        """
        better = self.better
        if better is None or (plan.fitted and better.value <= plan.value):
            return None
        return better

    @property
    def hash(self) -> str:
        """Return 64 hexadecimal digits that stand for the whole study."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """Return the study as JSON, the same bytes for the same study."""
        return self.model_dump_json(indent=1) + "\n"


class Way(BaseModel):
    """One way out where no plan exists: what would give, and the plan it makes possible.

    Args:
        rule, subject, object, count: the rule lifted, as in `RulePrice`.
        value: of the best plan found then, against doing nothing.
        freed: units it frees.
    """

    model_config = _FROZEN
    rule: str
    subject: str = ""
    object: str = ""
    count: int = 1
    value: int
    freed: tuple[str, ...] = ()


class NoPlanStudy(BaseModel):
    """Why an estate has no plan, and what would have to give.

    Args:
        clashes: rules that no plan keeps together.
        minimal: whether each of them was shown to be needed.
        ways: single rules without which there is a plan, the most valuable plan first.
        seats: seats to add by unit so that there is a plan; () where none would help.
        fewest_seats: whether it was proved that fewer would not do.
        drop: rules laid down by people that must give together; () where a single one does
            or the search ran out of time.
        fewest_drop: whether it was proved that fewer would not do.
    """

    model_config = _FROZEN
    format: Literal["planner-no-plan/1"] = "planner-no-plan/1"
    estate_hash: str
    clashes: tuple[Clash, ...] = ()
    minimal: bool = False
    ways: tuple[Way, ...] = ()
    seats: tuple[tuple[str, int], ...] = ()
    fewest_seats: bool = False
    drop: tuple[Clash, ...] = ()
    fewest_drop: bool = True

    def to_json(self) -> str:
        """Return it as JSON, the same bytes for the same content."""
        return self.model_dump_json(indent=1) + "\n"


def parse_study(text: str | bytes) -> Study:
    """Return the study that a file or a row holds.

    Until November 2026 a study gave a price of 0 to rules that only say when teams move, which
    it had not looked at; such prices are left out.

    Raises:
        InvalidInput: not a study; every place is named.
    """
    try:
        study = Study.model_validate_json(text)
    except ValidationError as refusal:
        raise InvalidInput(
            Problem(".".join(map(str, error["loc"])) or "study", error["msg"])
            for error in refusal.errors(include_url=False, include_input=False)
        ) from None
    priced = tuple(one for one in study.rules if one.rule not in DATE_RULES)
    return study if priced == study.rules else study.model_copy(update={"rules": priced})
