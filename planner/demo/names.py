"""Who works on the demo campus: departments, their home building and their teams.

Modelled on the kinds of offices that Indonesian cities have; no person or real unit is meant.
A team that serves the public at a counter is marked with `!`, one bound to its post with `+`.
"""

from __future__ import annotations

from typing import Final

DEPARTMENTS: Final = {
    "SEK": ("Regional Secretariat", "A"),
    "KOM": ("Communications and IT", "A"),
    "KES": ("Health", "A"),
    "KEU": ("Finance and Assets", "B"),
    "IZN": ("Permits", "C"),
    "DUK": ("Civil Registry", "C"),
    "PUP": ("Public Works", "D"),
    "DIK": ("Education", "E"),
}

TEAMS: Final = {
    "SEK": "Protocol+; Legal Drafting; Legal Aid; Governance; Welfare Policy; Economy Desk; "
    "Organisation; Procurement I; Procurement II; General Affairs+; Household+; Archives+; "
    "Office of Assistant I; Office of Assistant II; Office of Assistant III; Expert Staff; "
    "Press Office; Regional Cooperation; Secretariat Planning; Secretariat Reporting; "
    "Village Affairs; Religious Affairs",
    "KOM": "Web Services; Networks; Data Centre+; Open Data; Statistics; Public Information; "
    "Media Relations; Information Security; Applications I; Applications II; Smart City; "
    "Complaints Desk!; IT Planning",
    "KES": "Disease Control; Surveillance; Nutrition; Maternal Health; Pharmacy; Clinics North; "
    "Clinics South; Health Promotion; Environmental Health; Health Insurance; Health Workforce; "
    "Health Planning; Health Finance; Health Licensing; Emergency Line!",
    "KEU": "Budget I; Budget II; Budget III; Treasury; Cash Office!; Accounting I; "
    "Accounting II; Asset Register; Asset Use; Asset Disposal; Local Tax I; Local Tax II; "
    "Tax Audit; Tax Billing; Levies; Grants; Debt; Payroll; Finance Reporting; "
    "Finance Planning; Finance Legal; Finance Systems",
    "IZN": "Permit Counter!; Building Permits; Trade Permits; Investment Promotion; "
    "Investment Data; Field Checks; Permit Complaints!; Permit Planning",
    "DUK": "Identity Card Counter!; Births and Deaths!; Family Cards!; Migration; Civil Data; "
    "Mobile Service; Registry Planning",
    "PUP": "Roads; Bridges; Drainage; Flood Control+; Street Lighting; Public Buildings; "
    "Housing; Spatial Plan; Land Survey; Materials Laboratory+; Contracts; Equipment; "
    "Supervision I; Supervision II; Maintenance; Works Planning; Works Finance",
    "DIK": "Primary North; Primary South; Junior Schools; Early Years; Curriculum; Teachers I; "
    "Teachers II; School Data; Scholarships; School Buildings; Examinations; "
    "Non-formal Learning; Culture; Education Planning; Education Finance; Education Licensing",
}

NEEDS: Final = {
    "Data Centre": "server_room",
    "Cash Office": "vault",
    "Materials Laboratory": "laboratory",
}
"""What only some floors offer, beside the public access that every counter needs."""

NEIGHBOURS: Final = (
    ("Treasury", "Cash Office"),
    ("Accounting I", "Accounting II"),
    ("Budget I", "Budget II"),
    ("Networks", "Information Security"),
    ("Roads", "Bridges"),
    ("Disease Control", "Surveillance"),
    ("Teachers I", "Teachers II"),
    ("Procurement I", "Procurement II"),
)
"""Teams that ask to sit on the same or the next floor."""
