"""What is held on the stack plan: teams where they are, floors kept or freed, by toggles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from planner.domain.eligibility import part_name
from planner.domain.records import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.estate import Estate, UnitId
    from planner.domain.plan import Plan
    from planner.domain.records.kinds import RuleKind
    from planner.web.show.changes import Change

LONGEST: Final = 60
"""Letters that a rule can say what it is about in; longer names of parts give way to the team."""
FLOOR_RULES: Final[dict[str, RuleKind]] = {"keep": "keep_floor", "free": "free_floor"}


@dataclass(frozen=True, slots=True)
class Holds:
    """What is held once all changes are made.

    Args:
        rules: of the next plan: those of this plan that were not taken off, and the changes.
        locked: teams that somebody locked, each with its unit.
        floors: units that are held, with `keep_floor` or `free_floor`.
        earlier: rules that this plan was made under, as far as they hold still.
    """

    rules: tuple[Rule, ...]
    locked: frozenset[tuple[str, UnitId]]
    floors: dict[UnitId, RuleKind]
    earlier: tuple[Rule, ...]

    def over(self, estate: Estate) -> Estate:
        """Return the estate with what is held as rules; a move alone does not lock its team."""
        by_hand = [
            rule
            for rule in self.rules
            if rule.rule != "fix_team" or (rule.subject.split("/")[0], rule.object) in self.locked
        ]
        return replace(estate, rules=(*estate.rules, *by_hand)) if by_hand else estate


@dataclass
class _State:
    """Rules by what they are about, while changes are made one after the other."""

    estate: Estate
    reason: str
    parts: list[tuple[str, str | None, UnitId]]
    rules: dict[tuple[str, str], Rule] = field(default_factory=dict)
    others: list[Rule] = field(default_factory=list)
    locked: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)

    def begin(self, rules: Iterable[Rule]) -> None:
        """Take the rules of the plan; one for a team in several units is one for each part."""
        for rule in rules:
            if rule.rule in FLOOR_RULES.values():
                self.rules["floor", rule.subject] = rule
            elif rule.rule == "fix_team":
                own = [origin for team, origin, _ in self.parts if team == rule.subject]
                for name in {self._name(rule.subject, origin) for origin in own} or {rule.subject}:
                    self.rules["team", name] = rule.model_copy(update={"subject": name})
                    self.locked.add(name)
            else:
                self.others.append(rule)

    def make(self, change: Change) -> None:
        """Make one change."""
        if change.floor:
            self._hold(change.origin, FLOOR_RULES[change.target])
            return
        here = [at for at, one in enumerate(self.parts) if one[::2] == (change.team, change.origin)]
        names = sorted({self._name(change.team, self.parts[at][1]) for at in here})
        if not change.locks:
            for at in here:
                self.parts[at] = (*self.parts[at][:2], change.target)
            self.moved |= set(names)
            self.locked -= set(names)
        elif self.locked.isdisjoint(names):
            self.locked |= set(names)
        else:
            self.locked -= set(names)
            for name in set(names) - self.moved:
                self.rules.pop(("team", name), None)
            return
        for name in names:
            self.rules["team", name] = self._rule("fix_team", name, change.target)

    def _hold(self, unit: UnitId, kind: RuleKind) -> None:
        held = self.rules.pop(("floor", unit), None)
        if held is None or held.rule != kind:
            self.rules["floor", unit] = self._rule(kind, unit)

    def _rule(self, kind: RuleKind, subject: str, target: str = "") -> Rule:
        return Rule(rule=kind, subject=subject, object=target, reason=self.reason)

    def _name(self, team: str, origin: UnitId | None) -> str:
        """Return what a rule calls these people: the team where all of it sits together."""
        if origin is None or len(self.estate.now[team]) <= 1:
            return team
        name = part_name(team, origin)
        return name if len(name) <= LONGEST else team

    def holds(self, plan: Plan) -> Holds:
        rules = (*self.others, *self.rules.values())
        before = {(one.rule, one.object, one.subject.split("/")[0]) for one in plan.rules}
        return Holds(
            rules=rules,
            locked=frozenset(
                (name.split("/")[0], rule.object)
                for (kind, name), rule in self.rules.items()
                if kind == "team" and name in self.locked
            ),
            floors={
                unit: rule.rule for (kind, unit), rule in self.rules.items() if kind == "floor"
            },
            earlier=tuple(
                one for one in rules if (one.rule, one.object, one.subject.split("/")[0]) in before
            ),
        )


def holds_of(plan: Plan, estate: Estate, changes: Sequence[Change], reason: str = "") -> Holds:
    """Return what is held after changes to a plan, one after the other.

    A team that was moved stays where it was put; a lock or a hold that is there already, from the
    plan or from an earlier change, is taken off by the same change again.

    Args:
        plan: as it was solved, with its own rules.
        estate: of the plan.
        changes: by hand, in their order.
        reason: written down with each new rule.
    """
    parts = [(one.team, one.origin, one.unit) for one in plan.placements if one.people]
    state = _State(estate, reason, parts)
    state.begin(plan.rules)
    for change in changes:
        state.make(change)
    return state.holds(plan)
