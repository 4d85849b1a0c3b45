"""What a rent rule is: who may let what to whom, for how long, at what rent, paid when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from planner.errors import Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from planner.domain.fields import Words


@dataclass(frozen=True, slots=True)
class Deal:
    """The lease that is asked for.

    Args:
        country: of the estate, two letters.
        owner_kind: `state`, `regional` or `corporate`.
        tenant_kind: a choice of the figure of that name.
        kind_share: factor of the kind of tenant where the rule gives a range.
        months: term of one lease.
        payment: `auto`, `monthly`, `quarterly`, `yearly` or `at_once`.
        study: whether a business and finance study supports a long term.
        figures: the further figures that the rule `needs`, by key.
    """

    country: str
    owner_kind: str
    tenant_kind: str
    kind_share: Decimal
    months: int
    payment: str
    study: bool = False
    figures: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeaseTerms:
    """What a rule makes of a deal.

    Args:
        factors: named factors on the rent that is asked.
        pay: months that one payment covers, in advance.
        escalates: whether rent rises on each anniversary or only with a new term.
        rent_free: whether months without rent may be granted.
        premium: whether a whole building may be let at a premium.
        rent: rent per m2 and month in place of the one asked, major units.
        quantum: instalments are multiples of this, major units; None leaves them exact.
        instalment: months of one instalment, for `quantum`.
    """

    factors: tuple[tuple[str, Decimal], ...] = ()
    pay: int = 1
    escalates: Literal["yearly", "term"] = "yearly"
    rent_free: bool = True
    premium: bool = True
    rent: Decimal | None = None
    quantum: Decimal | None = None
    instalment: int = 1


@runtime_checkable
class RentRule(Protocol):
    """One way of setting rents; installed under the entry point group `planner.rent_rules`."""

    @property
    def key(self) -> str:
        """Return its name in the figure `rent_rule`."""
        ...

    @property
    def name(self) -> Words:
        """Return its name for people."""
        ...

    @property
    def law(self) -> str:
        """Return the regulation and articles it follows, "" if none."""
        ...

    @property
    def receiver(self) -> Words | None:
        """Return who receives the rent if the owner may not keep it, else None."""
        ...

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the keys of further figures that it asks."""
        ...

    def refusals(self, deal: Deal) -> list[Problem]:
        """Return why the deal may not be made, each naming the article; empty if it may."""
        ...

    def terms(self, deal: Deal) -> LeaseTerms:
        """Return the terms of a deal that is not refused."""
        ...

    def longest_months(self, deal: Deal) -> int | None:
        """Return the longest term open to the deal, None where no rule limits it."""
        ...

    def approvals(self) -> tuple[Words, ...]:
        """Return who approves, in order."""
        ...

    def documents(self, deal: Deal) -> tuple[Words, ...]:
        """Return what must be attached."""
        ...

    def statements(self, deal: Deal) -> tuple[Words, ...]:
        """Return what the proposal must say."""
        ...


PAY_MONTHS: Mapping[str, int] = {"monthly": 1, "quarterly": 3, "yearly": 12}


def pay_months(payment: str, term: int, auto: str) -> int:
    """Return how many months one payment covers."""
    chosen = auto if payment == "auto" else payment
    return term if chosen == "at_once" else min(term, PAY_MONTHS[chosen])


def refusal(key: str, message: str) -> Problem:
    """Return a problem with one figure of the deal."""
    return Problem(sentence("sheet assumptions, key {key}", key=key), message)


def lets_publicly(deal: Deal) -> Problem | None:
    """Return why an Indonesian public owner cannot let by agreement alone, None if it can.

    Source: PMK 115/PMK.06/2020 arts 16 to 18 (state); PP 27/2014 as amended by PP 28/2020,
    art. 29(4)b (regions).
    """
    if deal.country != "ID" or deal.owner_kind == "corporate":
        return None
    rule, law = {
        "state": ("id_state_asset", "PMK 115/PMK.06/2020 arts 16 to 18"),
        "regional": ("id_regional_asset", "PP 27/2014 art. 29(4)b"),
    }[deal.owner_kind]
    return refusal(
        "rent_rule",
        sentence(
            "rents of this owner are set under {law}; enter {rule} or auto", law=law, rule=rule
        ),
    )
