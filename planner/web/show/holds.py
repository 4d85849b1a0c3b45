"""What is held on the stack plan: teams where they are, floors kept or freed, by toggles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from planner.domain.eligibility import part_name, with_rules
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

    @property
    def numbers(self) -> dict[tuple[str, UnitId], int]:
        """Return how many people of a team are held in a unit, where it is not all of them."""
        found: dict[tuple[str, UnitId], int] = {}
        for rule in self.rules:
            if rule.rule == "fix_team" and rule.value is not None:
                place = rule.subject.split("/")[0], rule.object
                found[place] = found.get(place, 0) + rule.value
        return found

    @property
    def lasting(self) -> tuple[Rule, ...]:
        """Return the rules that hold for this very plan; a move alone does not lock its team."""
        return tuple(
            rule
            for rule in self.rules
            if rule.rule != "fix_team" or (rule.subject.split("/")[0], rule.object) in self.locked
        )

    def over(self, estate: Estate) -> Estate:
        """Return the estate with what is held as rules."""
        return with_rules(estate, self.lasting)

    def before(self, estate: Estate) -> Estate:
        """Return the estate with the rules for floors and moves that the plan was made under.

        Those for teams are left out: who is moved by hand is moved from where they were locked.
        """
        return with_rules(estate, [rule for rule in self.earlier if rule.rule != "fix_team"])


WHOLE: Final = -1
"""Instead of the place of a piece among the parts: all that a name stands for."""
_Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """People of one team who sit together today and in the plan."""

    team: str
    origin: UnitId | None
    unit: UnitId
    people: int


@dataclass
class _State:
    """Rules by what they are about, while changes are made one after the other.

    People who sit together today may be divided by the plan; a rule for one such piece says how
    many of them it holds, and leaves the others alone.
    """

    estate: Estate
    reason: str
    parts: list[_Part]
    rules: dict[_Key, Rule] = field(default_factory=dict)
    others: list[Rule] = field(default_factory=list)
    locked: set[_Key] = field(default_factory=set)
    moved: set[_Key] = field(default_factory=set)

    def begin(self, rules: Iterable[Rule]) -> None:
        """Take the rules of the plan; one for a team in several units is one for each part."""
        for rule in rules:
            if rule.rule in FLOOR_RULES.values():
                self.rules["floor", rule.subject, WHOLE] = rule
            elif rule.rule == "fix_team" and rule.value is None:
                own = [one.origin for one in self.parts if one.team == rule.subject]
                for name in {self._name(rule.subject, origin) for origin in own} or {rule.subject}:
                    key = "team", name, WHOLE
                    self.rules[key] = rule.model_copy(update={"subject": name})
                    self.locked.add(key)
            elif rule.rule == "fix_team":
                here = [at for at, one in enumerate(self.parts) if one.unit == rule.object]
                same = [key for key in map(self._key, here) if key[1] == rule.subject]
                key = same[0] if same else ("team", rule.subject, WHOLE)
                self.rules[key] = rule
                self.locked.add(key)
            else:
                self.others.append(rule)

    def make(self, change: Change) -> None:
        """Make one change."""
        if change.floor:
            self._hold(change.origin, FLOOR_RULES[change.target])
            return
        who = change.team, change.origin
        here = [at for at, one in enumerate(self.parts) if (one.team, one.unit) == who]
        keys = sorted({self._key(at) for at in here})
        if not change.locks:
            for at in here:
                self.parts[at] = replace(self.parts[at], unit=change.target)
            self.moved |= set(keys)
            self.locked -= set(keys)
        elif self.locked.isdisjoint(keys):
            self.locked |= set(keys)
        else:
            self.locked -= set(keys)
            for key in set(keys) - self.moved:
                self.rules.pop(key, None)
            return
        for key in keys:
            people = None if key[2] == WHOLE else self.parts[key[2]].people
            self.rules[key] = self._rule("fix_team", key[1], change.target, people)

    def _hold(self, unit: UnitId, kind: RuleKind) -> None:
        held = self.rules.pop(("floor", unit, WHOLE), None)
        if held is None or held.rule != kind:
            self.rules["floor", unit, WHOLE] = self._rule(kind, unit)

    def _rule(
        self, kind: RuleKind, subject: str, target: str = "", people: int | None = None
    ) -> Rule:
        return Rule(rule=kind, subject=subject, object=target, value=people, reason=self.reason)

    def _key(self, at: int) -> _Key:
        """Return what a rule for a part goes by: its own place where the plan divides people."""
        part = self.parts[at]
        name = self._name(part.team, part.origin)
        same = sum((one.team, one.origin) == (part.team, part.origin) for one in self.parts)
        named = name != part.team or len(self.estate.now[part.team]) <= 1
        return "team", name, at if same > 1 and named else WHOLE

    def _name(self, team: str, origin: UnitId | None) -> str:
        """Return what a rule calls these people: the team where all of it sits together."""
        if origin is None or len(self.estate.now[team]) <= 1:
            return team
        name = part_name(team, origin)
        return name if len(name) <= LONGEST else team

    def holds(self, plan: Plan) -> Holds:
        rules = (*self.others, *self._met())
        before = {(one.rule, one.object, one.subject.split("/")[0]) for one in plan.rules}
        return Holds(
            rules=rules,
            locked=frozenset(
                (key[1].split("/")[0], rule.object)
                for key, rule in self.rules.items()
                if key[0] == "team" and key in self.locked
            ),
            floors={
                unit: rule.rule for (kind, unit, _), rule in self.rules.items() if kind == "floor"
            },
            earlier=tuple(
                one for one in rules if (one.rule, one.object, one.subject.split("/")[0]) in before
            ),
        )

    def _met(self) -> list[Rule]:
        """Return the rules, those of pieces that meet in one unit as one."""
        found: dict[tuple[str, str, str], Rule] = {}
        for rule in self.rules.values():
            key = rule.rule, rule.subject, rule.object
            if key in found and rule.value is not None:
                people = (found[key].value or 0) + rule.value
                found[key] = found[key].model_copy(update={"value": people})
            else:
                found[key] = rule
        return list(found.values())


def holds_of(plan: Plan, estate: Estate, changes: Sequence[Change], reason: str = "") -> Holds:
    """Return what is held after changes to a plan, one after the other.

    A team that was moved stays where it was put, and so does a piece of people whom the plan
    divides, without the other pieces; a lock or a hold that is there already, from the
    plan or from an earlier change, is taken off by the same change again.

    Args:
        plan: as it was solved, with its own rules.
        estate: of the plan.
        changes: by hand, in their order.
        reason: written down with each new rule.
    """
    parts = [
        _Part(one.team, one.origin, one.unit, one.people) for one in plan.placements if one.people
    ]
    state = _State(estate, reason, parts)
    state.begin(plan.rules)
    for change in changes:
        state.make(change)
    return state.holds(plan)
