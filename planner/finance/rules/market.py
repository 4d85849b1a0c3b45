"""Rent as agreed with the tenant: what is asked, less the discount to what is achieved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finance.rules.base import Deal, LeaseTerms, lets_publicly, pay_months

if TYPE_CHECKING:
    from planner.domain.fields import Words
    from planner.errors import Problem


class Market:
    """Any term, any tenant, paid monthly unless agreed otherwise."""

    key = "market"
    name: Words = ("Market rent", "Sewa pasar")
    law = ""
    receiver: Words | None = None
    needs: tuple[str, ...] = ()

    def refusals(self, deal: Deal) -> list[Problem]:
        """Refuse owners whose rents the law sets."""
        problem = lets_publicly(deal)
        return [problem] if problem else []

    def terms(self, deal: Deal) -> LeaseTerms:
        """Return monthly payment in advance, or as agreed."""
        return LeaseTerms(pay=pay_months(deal.payment, deal.months, "monthly"))

    def longest_months(self, deal: Deal) -> int | None:
        """Return None: the parties agree on the term."""
        return None

    def approvals(self) -> tuple[Words, ...]:
        """Return the owner's own table."""
        return (("The owner, by its own table of authority", "Pemilik, menurut kewenangannya"),)

    def documents(self, deal: Deal) -> tuple[Words, ...]:
        """Return what a lease is checked with."""
        return (
            ("Offer or letter of intent of the tenant", "Penawaran atau surat minat penyewa"),
            ("Drawing of the space with its area and basis", "Gambar ruang dengan luas dan dasar"),
        )

    def statements(self, deal: Deal) -> tuple[Words, ...]:
        """Return what keeps a reader from taking an estimate for an offer."""
        return (
            (
                "Rents are estimates until a tenant has signed.",
                "Sewa adalah perkiraan sampai penyewa menandatangani.",
            ),
        )
