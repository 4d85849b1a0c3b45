"""Indonesian state property (BMN): PMK 115/PMK.06/2020, in force since 31 August 2020.

Rent is base tariff x factor of the tenant's kind x factor of the period (arts 16 to 18);
worked examples are in KMK 213/KM.6/2021. Both were read as public copies; no amendment
was found, which is weak evidence: check the currency before use.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from planner.errors import InvalidInput, sentence
from planner.finance.discount import EXACT
from planner.finance.rules.base import Deal, LeaseTerms, refusal
from planner.finance.rules.id_state_words import ATTACHED, DOCUMENTS, STATEMENTS, STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.fields import Words
    from planner.errors import Problem

_LAW: Final = "PMK 115/PMK.06/2020"
_YEAR: Final = 12
_LONGEST: Final = 60
_LONGEST_STUDIED: Final = 120

KIND: Final[Mapping[str, Decimal]] = MappingProxyType(
    {
        "business": Decimal(1),
        "secondary_cooperative": Decimal("0.75"),
        "primary_cooperative": Decimal("0.5"),
        "small_business": Decimal("0.25"),
        "education": Decimal("0.3"),
        "duty_support": Decimal("0.15"),
        "family_education": Decimal("0.1"),
        "social": Decimal("0.025"),
    }
)
"""Factor of the kind of tenant, art. 21; national education by KMK 213/KM.6/2021."""

RANGE: Final[Mapping[str, tuple[Decimal, Decimal, str]]] = MappingProxyType(
    {
        "non_business": (Decimal("0.3"), Decimal("0.5"), "art. 21"),
        "special": (Decimal("0.01"), Decimal("0.5"), "art. 22"),
    }
)
"""Kinds whose factor is chosen within a range."""

YEARLY: Final[Mapping[int, Decimal]] = MappingProxyType(
    {
        12: Decimal(1),
        24: Decimal("1.2"),
        36: Decimal("1.25"),
        48: Decimal("1.3"),
        60: Decimal("1.35"),
    }
)
"""Factor on each year's payment of a lease of so many months paid yearly, art. 21(7)."""

MONTHLY: Final = Decimal("1.3")
"""Factor of a lease by the month, for terms of at most a year, art. 21(7)."""

_NOT_TENANTS: Final = {
    "ministry": sentence(
        "another ministry cannot be a paying tenant (art. 1(22)); share the use instead"
    ),
    "local_government": sentence(
        "a local government or village cannot be a paying tenant (art. 1(22)); it "
        "borrows free of charge (pinjam pakai)"
    ),
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A rent in rupiah: so many instalments, the first before signing (art. 24)."""

    instalment: Decimal
    instalments: int

    @property
    def total(self) -> Decimal:
        """Return the rent of the whole term."""
        return self.instalment * self.instalments


class IdStateAsset:
    """Rent of state property: all of it goes to the state treasury (art. 3(7))."""

    key = "id_state_asset"
    name: Words = ("Indonesian state property", "Barang Milik Negara")
    law = f"{_LAW} arts 3, 10, 13, 16 to 25; KMK 213/KM.6/2021"
    receiver: Words | None = ("State treasury", "Kas Umum Negara")
    needs: tuple[str, ...] = ()

    def refusals(self, deal: Deal) -> list[Problem]:
        """Return each article that the deal breaks."""
        found = []
        if (deal.country, deal.owner_kind) != ("ID", "state"):
            found.append(
                refusal(
                    "rent_rule",
                    sentence("{law} holds for Indonesian state property only (art. 1)", law=_LAW),
                )
            )
        return found + _kind_refusals(deal) + _term_refusals(deal)

    def terms(self, deal: Deal) -> LeaseTerms:
        """Return the factors of kind and period; the tariff stands for the whole term."""
        payment = _payment(deal)
        by_month = payment == "monthly"
        return LeaseTerms(
            factors=(
                ("kind_factor", kind_factor(deal)),
                ("period_factor", period_factor(deal.months, payment)),
            ),
            pay=_YEAR if payment == "yearly" else deal.months,
            escalates="term",
            rent_free=False,
            premium=False,
            quantum=_quantum(payment),
            instalment=1 if by_month else min(_YEAR, deal.months),
        )

    def longest_months(self, deal: Deal) -> int | None:
        """Return five years, ten with a study (art. 13)."""
        return _LONGEST_STUDIED if deal.study else _LONGEST

    def approvals(self) -> tuple[Words, ...]:
        """Return the chain; value limits between offices are not known and not applied."""
        return STEPS

    def documents(self, deal: Deal) -> tuple[Words, ...]:
        """Return what goes with the proposal, by kind of tenant."""
        return DOCUMENTS + ATTACHED.get(deal.tenant_kind, ())

    def statements(self, deal: Deal) -> tuple[Words, ...]:
        """Return what the proposal must say."""
        return STATEMENTS


def kind_factor(deal: Deal) -> Decimal:
    """Return the factor of the tenant's kind, art. 21 and 22."""
    return deal.kind_share if deal.tenant_kind in RANGE else KIND[deal.tenant_kind]


def period_factor(months: int, payment: str) -> Decimal:
    """Return the factor of the period, art. 21(7).

    Args:
        months: term of the lease.
        payment: `monthly` (a lease by the month), `yearly` or `at_once`.
    """
    if payment == "monthly":
        return MONTHLY
    return YEARLY[months] if payment == "yearly" else Decimal(1)


def quote(base_per_year: Decimal, deal: Deal) -> Quote:
    """Return the rent of a deal, exact to the rupiah.

    Args:
        base_per_year: base tariff of the part let, rupiah a year.
        deal: what is asked.

    Raises:
        InvalidInput: the deal is not lawful; each article is named.

    Source:
        KMK 213/KM.6/2021, illustrations. Instalments by the month are rounded to the
        nearest thousand rupiah, as its example does; others to the rupiah.

    >>> deal = Deal("ID", "state", "business", Decimal(1), 60, "yearly")
    >>> quote(Decimal(10_000_000), deal).instalment
    Decimal('13500000')
    """
    rule = IdStateAsset()
    problems = rule.refusals(deal)
    if problems:
        raise InvalidInput(problems)
    terms = rule.terms(deal)
    with localcontext(EXACT):
        exact = base_per_year * terms.instalment / _YEAR
        for _, factor in terms.factors:
            exact *= factor
        quantum = _quantum(_payment(deal))
        rounded = (exact / quantum).to_integral_value(ROUND_HALF_UP) * quantum
        if _payment(deal) == "at_once":
            return Quote(rounded * deal.months / terms.instalment, 1)
        return Quote(rounded, deal.months // terms.instalment)


def _payment(deal: Deal) -> str:
    """Return how the lease is paid; alone, at most a year is paid by the year, else yearly."""
    if deal.payment != "auto":
        return deal.payment
    if deal.months in YEARLY:
        return "yearly"
    return "at_once" if deal.months // _YEAR else "monthly"


def _quantum(payment: str) -> Decimal:
    """Return what instalments are multiples of, rupiah; by KMK 213/KM.6/2021, see `quote`."""
    return Decimal(1000 if payment == "monthly" else 1)


def _kind_refusals(deal: Deal) -> list[Problem]:
    kind = deal.tenant_kind
    if kind in _NOT_TENANTS:
        return [
            refusal(
                "tenant_kind",
                sentence("{not_tenants}: {law}", not_tenants=_NOT_TENANTS[kind], law=_LAW),
            )
        ]
    if kind in RANGE:
        least, most, article = RANGE[kind]
        if not least <= deal.kind_share <= most:
            return [
                refusal(
                    "tenant_kind_share",
                    sentence(
                        "{kind_share} is outside {least} to {most} of {law} {article}; enter a "
                        "share within it",
                        kind_share=deal.kind_share,
                        least=least,
                        most=most,
                        law=_LAW,
                        article=article,
                    ),
                )
            ]
    elif kind not in KIND:
        return [
            refusal(
                "tenant_kind",
                sentence(
                    "{law} art. 21 has no factor for {kind!r}; enter another", law=_LAW, kind=kind
                ),
            )
        ]
    return []


def _term_refusals(deal: Deal) -> list[Problem]:
    found = []
    longest = _LONGEST_STUDIED if deal.study else _LONGEST
    if deal.months > longest:
        said = sentence(
            "{months} months is longer than {law} art. 13 allows; enter at most {longest}",
            months=deal.months,
            law=_LAW,
            longest=longest,
        )
        if not deal.study:
            said = sentence("{said}, or state that a study supports up to 120", said=said)
        found.append(refusal("lease_months", said))
    payment = _payment(deal)
    if payment == "quarterly":
        found.append(
            refusal(
                "payment",
                sentence("{law} art. 21(7) knows no quarter; enter yearly or at_once", law=_LAW),
            )
        )
    if payment == "monthly" and deal.months > _YEAR:
        found.append(
            refusal(
                "payment",
                sentence(
                    "a lease by the month lasts at most a year ({law} art. 21(7), KMK "
                    "213/KM.6/2021); enter yearly or at_once",
                    law=_LAW,
                ),
            )
        )
    if payment == "yearly" and deal.months not in YEARLY:
        found.append(
            refusal(
                "lease_months",
                sentence(
                    "{law} art. 21(7) has a yearly factor for 12, 24, 36, 48 and 60 months, "
                    "not for {months}; enter one of these, or the payment at_once",
                    law=_LAW,
                    months=deal.months,
                ),
            )
        )
    if payment == "at_once" and deal.months % _YEAR:
        found.append(
            refusal(
                "lease_months",
                sentence(
                    "{months} months are no whole years ({law} art. 21(7)); enter whole years, "
                    "or a lease by the month of at most 12",
                    months=deal.months,
                    law=_LAW,
                ),
            )
        )
    return found
