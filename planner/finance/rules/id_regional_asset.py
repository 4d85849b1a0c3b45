"""Indonesian regional property (BMD): the region's head sets the formula.

PP 27/2014 as amended by PP 28/2020, art. 29(4)b. Factors and the longest term are the
region's own and stand as editable figures; what they are by default was not read in law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.errors import sentence
from planner.finance.rules.base import Deal, LeaseTerms, pay_months, refusal

if TYPE_CHECKING:
    from planner.domain.fields import Words
    from planner.errors import Problem

_LAW: Final = "PP 27/2014 art. 29(4)b"


class IdRegionalAsset:
    """Base tariff x the region's factors, paid yearly in advance unless it says otherwise."""

    key = "id_regional_asset"
    name: Words = ("Indonesian regional property", "Barang Milik Daerah")
    law = f"{_LAW}, as amended by PP 28/2020; the region's own decree"
    receiver: Words | None = ("Regional treasury", "Kas Daerah")
    needs: tuple[str, ...] = (
        "regional_kind_factor",
        "regional_period_factor",
        "regional_longest_months",
    )

    def refusals(self, deal: Deal) -> list[Problem]:
        """Refuse other owners and terms beyond the region's limit."""
        found = []
        if (deal.country, deal.owner_kind) != ("ID", "regional"):
            found.append(
                refusal(
                    "rent_rule",
                    sentence("{law} holds for Indonesian regional property only", law=_LAW),
                )
            )
        longest = self.longest_months(deal)
        if deal.months > longest:
            found.append(
                refusal(
                    "lease_months",
                    sentence(
                        "{months} months is longer than the region's limit of {longest} ({law}); "
                        "shorten it, or enter regional_longest_months from the decree",
                        months=deal.months,
                        longest=longest,
                        law=_LAW,
                    ),
                )
            )
        return found

    def terms(self, deal: Deal) -> LeaseTerms:
        """Return the region's factors; escalation and rent-free months stay as entered."""
        return LeaseTerms(
            factors=(
                ("kind_factor", deal.figures["regional_kind_factor"]),
                ("period_factor", deal.figures["regional_period_factor"]),
            ),
            pay=pay_months(deal.payment, deal.months, "yearly"),
        )

    def longest_months(self, deal: Deal) -> int:
        """Return the region's limit."""
        return int(deal.figures["regional_longest_months"])

    def approvals(self) -> tuple[Words, ...]:
        """Return the route; names of offices differ by region."""
        return (
            ("User of the property proposes", "Pengguna Barang mengusulkan"),
            (
                "The region's property manager examines and has the rent appraised",
                "Pengelola Barang daerah meneliti dan menugaskan penilaian",
            ),
            (
                "Governor, Regent or Mayor approves",
                "Gubernur, Bupati, atau Wali Kota menyetujui",
            ),
        )

    def documents(self, deal: Deal) -> tuple[Words, ...]:
        """Return what the decree will ask at least."""
        return (
            (
                "Decree that sets the rent formula (PP 27/2014 art. 29(4)b)",
                "Keputusan kepala daerah tentang formula sewa (PP 27/2014 ps. 29(4)b)",
            ),
            ("Drawing with total and leased area", "Gambar luas total dan luas disewakan"),
        )

    def statements(self, deal: Deal) -> tuple[Words, ...]:
        """Return what is not known from law."""
        return (
            (
                (
                    "Factors and longest term are entered figures, to be checked against the "
                    "region's decree; that rent goes to the regional treasury was not read in law."
                ),
                (
                    "Faktor dan jangka terpanjang adalah isian, harus dicocokkan dengan keputusan "
                    "daerah; penyetoran ke Kas Daerah belum dibaca dalam peraturan."
                ),
            ),
            (
                "The rent here is an estimate; only the appraisal sets the fair rent.",
                "Sewa di sini perkiraan; nilai wajar hanya ditetapkan oleh Penilai.",
            ),
        )
