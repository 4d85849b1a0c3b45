"""One rent for every square metre, unchanged for the term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finance.rules.base import Deal, LeaseTerms, lets_publicly, pay_months

if TYPE_CHECKING:
    from planner.domain.fields import Words
    from planner.errors import Problem


class Flat:
    """The figure `flat_rent_per_m2_month` in place of every rent of the estate."""

    key = "flat"
    name: Words = ("Flat rent", "Sewa rata")
    law = ""
    receiver: Words | None = None
    needs: tuple[str, ...] = ("flat_rent_per_m2_month",)

    def refusals(self, deal: Deal) -> list[Problem]:
        """Refuse owners whose rents the law sets."""
        problem = lets_publicly(deal)
        return [problem] if problem else []

    def terms(self, deal: Deal) -> LeaseTerms:
        """Return the flat rent, without premium, rising only with a new term."""
        return LeaseTerms(
            pay=pay_months(deal.payment, deal.months, "monthly"),
            escalates="term",
            premium=False,
            rent=deal.figures["flat_rent_per_m2_month"],
        )

    def longest_months(self, deal: Deal) -> int | None:
        """Return None: the parties agree on the term."""
        return None

    def approvals(self) -> tuple[Words, ...]:
        """Return the owner's own table."""
        return (("The owner, by its own table of authority", "Pemilik, menurut kewenangannya"),)

    def documents(self, deal: Deal) -> tuple[Words, ...]:
        """Return where the flat rent comes from."""
        return (("Decision that sets the flat rent", "Keputusan yang menetapkan sewa rata"),)

    def statements(self, deal: Deal) -> tuple[Words, ...]:
        """Return what a reader must know of a flat rent."""
        return (
            (
                "One rent a m² for all space; it does not follow the market.",
                "Satu sewa per m² untuk semua ruang; tidak mengikuti pasar.",
            ),
        )
