"""Sources of our own default figures and rules, in the reader's language.

What a person typed as a source is printed as typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.demand.notes import N_

if TYPE_CHECKING:
    from planner.i18n import Speech

OURS: Final = (
    N_("10% of first-year rent, a broker's glossary (christo.co.uk)"),
    N_("20 to 40% below direct leases (US practice); middle"),
    N_("4 to 6% of rent, brokers' pages (segalcommercial.com)"),
    N_("40 U.S.C. 581(h); 54 U.S.C. 306121 for historic property"),
    N_("none unless agreed; 1% to 4%, or 2% to 5%, is common in the United Kingdom"),
    N_("6 to 9 months for appraisal, approval and signing; upper end"),
    N_("British Council for Offices: 10 m2 of net internal area for each workplace"),
    N_("Colliers forecast 2023 +3%; observed as low as -6.5% (JLL 2024): test it"),
    N_("HM Treasury Green Book supplementary guidance: standard buildings, capital, upper bound"),
    N_(
        "HM Treasury Green Book: social time preference rate, real, years 0 to 30; under "
        "review since 16 December 2025"
    ),
    N_("Indonesian government-bond yield, about 6.5 to 7 per cent: check on the day"),
    N_("PMK 115/PMK.06/2020 arts 3, 10, 13, 16 to 25; KMK 213/KM.6/2021"),
    N_("PP 27/2014 art. 29(4)b, as amended by PP 28/2020; the region's own decree"),
    N_(
        "Permen PU 45/2007 and PUPR 22/2018, recalled, not confirmed; PMK 138/2024, article "
        "4(3), read"
    ),
    N_(
        "PermenPANRB 4/2025, article 13(1): at most 2 working days in a week (Indonesia's "
        "civil servants; elsewhere it binds only teams that state their own)"
    ),
    N_("US$350 to 400 a workstation, Hughes Marino, 28 May 2011; middle, prices of 2011"),
    N_("USE IT Act, Public Law 118-272, division B, section 2302: 150 usable square feet a person"),
    N_("VAT 12% on 11/12 of the price: PMK 131/2024, read in a summary; for a company"),
    N_("as for state property; the regional text was not read: check the decree"),
    N_("asking to achieved discount 20%, a choice: gap called significant by Colliers"),
    N_("central government's year ends on 31 March"),
    N_(
        "final income tax 10% of gross rent, service charge included: PP 34/2017, read in a "
        "summary; for a company"
    ),
    N_("fitted 0.027 on the InVS15 office attendance (SocioPatterns, CC0)"),
    N_("five years: longest ordinary lease of PMK 115/PMK.06/2020 art. 13"),
    N_(
        "in the style of OMB A-94 Appendix C (nominal Treasury rate of the same term); the "
        "year's table was not read: replace"
    ),
    N_("made up for the demonstration"),
    N_("none known for this country"),
    N_("none stated"),
    N_("none unless agreed; Jakarta practice is 3 months"),
    N_("order of magnitude, no source found: replace by a quotation"),
    N_("people use seats that are there unless stated"),
    N_("planner default, a choice to be reviewed"),
    N_("target of 2 per cent, recalled, not confirmed: check"),
    N_("tenants pay their own services: the cost stated as saved stays saved"),
    N_("the Green Book rate is real; amounts are deflated to prices of the start"),
    N_("the federal year ends on 30 September"),
    N_("to be set by the Governor, Regent or Mayor: PP 27/2014 art. 29(4)b"),
    N_("top of the range of PMK 115/PMK.06/2020 arts 21 and 22"),
    N_("whether a state body bears them is unsettled (S-523/PJ.311/2005, end not read)"),
    N_("within the cost of moving unless stated"),
)
"""Every source that the program states of itself."""


def source_words(source: str, speech: Speech) -> str:
    """Return a source as a reader finds it."""
    return speech.messages.gettext(source) if source in OURS else source
