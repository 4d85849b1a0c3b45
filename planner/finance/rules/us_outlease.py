"""United States federal space that is not needed, let to others (outlease).

GAO-18-603R (25 July 2018): the General Services Administration may let unneeded space;
terms are at the contracting officer's discretion, in the best interests of the
Government. Historic property: 54 U.S.C. 306121, formerly 16 U.S.C. 470h-3. Which
authority an agency has must be checked case by case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import sentence
from planner.finance.rules.base import Deal, LeaseTerms, pay_months, refusal

if TYPE_CHECKING:
    from planner.domain.fields import Words
    from planner.errors import Problem


class UsOutlease:
    """Market rent, paid monthly, kept by the agency's fund where its authority says so."""

    key = "us_outlease"
    name: Words = ("US federal outlease", "Sewa aset federal AS")
    law = "40 U.S.C. 581(h); 54 U.S.C. 306121 for historic property"
    receiver: Words | None = None
    needs: tuple[str, ...] = ()

    def refusals(self, deal: Deal) -> list[Problem]:
        """Refuse other owners."""
        if (deal.country, deal.owner_kind) == ("US", "state"):
            return []
        return [
            refusal(
                "rent_rule",
                sentence(
                    "an outlease (40 U.S.C. 581(h)) is for federal property of the United "
                    "States; enter market"
                ),
            )
        ]

    def terms(self, deal: Deal) -> LeaseTerms:
        """Return monthly payment in advance, or as agreed."""
        return LeaseTerms(pay=pay_months(deal.payment, deal.months, "monthly"))

    def longest_months(self, deal: Deal) -> int | None:
        """Return None: no limit was found; the contracting officer decides."""
        return None

    def approvals(self) -> tuple[Words, ...]:
        """Return who decides."""
        return (
            ("The agency reports the space as not needed", "Instansi melaporkan ruang berlebih"),
            (
                "Contracting officer, in the best interests of the Government (GAO-18-603R)",
                "Pejabat kontrak, demi kepentingan terbaik pemerintah (GAO-18-603R)",
            ),
        )

    def documents(self, deal: Deal) -> tuple[Words, ...]:
        """Return what the lease is checked with."""
        return (
            ("Appraisal or market survey of the rent", "Penilaian atau survei pasar sewa"),
            (
                "Consultation with the Advisory Council if historic (54 U.S.C. 306121)",
                "Konsultasi Dewan Penasihat bila bersejarah (54 U.S.C. 306121)",
            ),
        )

    def statements(self, deal: Deal) -> tuple[Words, ...]:
        """Return what depends on the authority used."""
        return (
            (
                (
                    "Rent of historic property may be kept to defray its costs, the surplus goes "
                    "to the Treasury (54 U.S.C. 306121); else check who keeps it."
                ),
                (
                    "Sewa bangunan bersejarah boleh dipakai menutup biayanya, sisanya ke "
                    "perbendaharaan (54 U.S.C. 306121); dasar lain perlu dicek."
                ),
            ),
        )
