"""Which units a team may use: features, distance, and the rules that people laid down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.fields import tags
from planner.domain.records.kinds import SEAT_RULES
from planner.errors import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.estate import Estate, Unit, UnitId
    from planner.domain.plan import Plan
    from planner.domain.records import Rule, Team


def with_rules(estate: Estate, rules: Sequence[Rule]) -> Estate:
    """Return the estate with rules that hold for one plan alone."""
    return replace(estate, rules=(*estate.rules, *rules)) if rules else estate


def part_name(team: str, origin: UnitId) -> str:
    """Return what a rule calls the people of a team who sit in one unit today.

    A slash can be in no code of a team, so that no team is taken for a part.
    """
    return f"{team}/{origin}"


def eligible_units(estate: Estate, team: Team, origin: UnitId | None = None) -> tuple[UnitId, ...]:
    """Return the ids of the units where a team may sit, in the estate's order.

    A team that serves the public stays in the units where it sits today; every other
    team may go where its needs, its range and the rules allow.

    Args:
        estate: as it stands.
        team: of it.
        origin: where the people asked about sit today; rules for such a part count too.
    """
    return tuple(
        unit.id for unit in estate.units if not reasons_against(estate, team, unit, origin)
    )


def reasons_against(
    estate: Estate, team: Team, unit: Unit, origin: UnitId | None = None
) -> tuple[str, ...]:
    """Return why a team may not sit in a unit, one clause a reason; empty if it may.

    Rules about the part of the team that sits in `origin` today count where that is given.
    """
    reasons: list[str] = []
    now = estate.now[team.code]
    missing = lacking(team, unit)
    if missing:
        reasons.append(
            sentence("{unit} lacks {missing}, which the team needs", unit=unit.id, missing=missing)
        )
    if team.onsite_class == "public_service" and now and unit.id not in now:
        reasons.append(
            sentence(
                "the team serves the public in {now} and stays there", now=", ".join(sorted(now))
            )
        )
    if now and not _in_range(estate, team, unit):
        reasons.append(
            sentence("the team stays within its {stay_within}", stay_within=team.stay_within)
        )
    names = {team.code} if origin is None else {team.code, part_name(team.code, origin)}
    ours = [rule for rule in estate.rules if rule.subject in names]
    reasons += [clause for rule in ours if (clause := _barred(rule, unit))]
    return tuple(reasons)


def lacking(team: Team, unit: Unit) -> str:
    """Return the features that a team needs and a unit lacks, "" where it has them all."""
    return ", ".join(sorted(tags(team.needs) - unit.features))


def _in_range(estate: Estate, team: Team, unit: Unit) -> bool:
    """Say whether a unit lies within the range a team may move in."""
    homes = [estate.unit_of[home].building for home in estate.now[team.code]]
    if team.stay_within == "building":
        return any(unit.building is home for home in homes)
    if team.stay_within == "site":
        return any(unit.building.site == home.site for home in homes)
    return True


def _barred(rule: Rule, unit: Unit) -> str:
    """Return the clause by which a team's rule keeps it out of a unit, "" if it does not."""
    here = rule.object in {unit.id, unit.floor.code, unit.building.code}
    if rule.rule == "fix_team" and rule.value is not None:
        return ""  # so many sit there, the others anywhere
    if rule.rule in {"fix_team", "only_in"} and not here:
        return sentence(
            "the rule {rule} puts the team in {object}", rule=rule.rule, object=rule.object
        )
    if rule.rule == "never_in" and here:
        return sentence("the rule never_in bars the team from {object}", object=rule.object)
    return ""


def seat_rules(estate: Estate) -> tuple[Rule, ...]:
    """Return the rules on where people sit; the others only say when teams move."""
    return tuple(rule for rule in estate.rules if rule.rule in SEAT_RULES)


def held_by_rule(estate: Estate) -> tuple[Rule, ...]:
    """Return the rules that hold some people of a team in a unit, whoever may sit elsewhere."""
    return tuple(r for r in estate.rules if r.rule == "fix_team" and r.value is not None)


def is_about(rule: Rule, team: str, origin: UnitId | None) -> bool:
    """Say whether a rule speaks of the people of a team who sit in a unit today."""
    names = {team} if origin is None else {team, part_name(team, origin)}
    return rule.subject in names


def kept_by_rule(estate: Estate) -> Mapping[UnitId, Rule]:
    """Return the units that a rule says to keep, with that rule."""
    return _ruled(estate, "keep_floor")


def freed_by_rule(estate: Estate) -> Mapping[UnitId, Rule]:
    """Return the units that a rule says to free, with that rule."""
    return _ruled(estate, "free_floor")


def units_to_let(estate: Estate, plan: Plan) -> frozenset[UnitId]:
    """Return the freed units that can be let, by themselves or as parts of a whole building.

    Any other freed unit saves what running it costs and earns no rent.
    """
    whole = {freed.block for freed in plan.blocks}
    alone = {name for name in plan.freed_units if estate.unit_of[name].lettable}
    return frozenset(alone.union(*(block.units for block in estate.blocks if block.id in whole)))


def move_limit(estate: Estate) -> int | None:
    """Return the most people who may move, None where no rule says so."""
    limits = [rule.value for rule in estate.rules if rule.rule == "people_moved_at_most"]
    return min((limit for limit in limits if limit is not None), default=None)


def _ruled(estate: Estate, kind: str) -> Mapping[UnitId, Rule]:
    return {
        unit.id: rule
        for rule in estate.rules
        if rule.rule == kind
        for unit in estate.units
        if rule.subject in {unit.id, unit.floor.code}
    }
