"""Every table; importing this package registers them all."""

from planner.db.tables.account import (
    AttemptRow,
    BrandRow,
    CountRow,
    MembershipRow,
    OwnerRow,
    UserRow,
)
from planner.db.tables.base import Owned
from planner.db.tables.drawing import BackdropRow, PlanImportRow
from planner.db.tables.estate import (
    SHEET_ROWS,
    AssumptionRow,
    BuildingRow,
    ChangeRow,
    EstateRow,
    FloorRow,
    NearRow,
    RuleRow,
    SeatingRow,
    SpaceRow,
    TeamDayRow,
    TeamRow,
)
from planner.db.tables.presence import DayFileRow, DaySourceRow, FloorDayRow, FloorHourRow
from planner.db.tables.program import RequestRow, TokenRow
from planner.db.tables.record import AuditRow, DocumentRow, ShareRow, SnapshotRow
from planner.db.tables.stages import StageRow, StagingRow
from planner.db.tables.work import (
    PartRow,
    PlanRow,
    ProposalRow,
    ProposalVersionRow,
    RunLogRow,
    RunRow,
    StudyRow,
    UploadRow,
    WorkerRow,
)

__all__ = [
    "SHEET_ROWS",
    "AssumptionRow",
    "AttemptRow",
    "AuditRow",
    "BackdropRow",
    "BrandRow",
    "BuildingRow",
    "ChangeRow",
    "CountRow",
    "DayFileRow",
    "DaySourceRow",
    "DocumentRow",
    "EstateRow",
    "FloorDayRow",
    "FloorHourRow",
    "FloorRow",
    "MembershipRow",
    "NearRow",
    "Owned",
    "OwnerRow",
    "PartRow",
    "PlanImportRow",
    "PlanRow",
    "ProposalRow",
    "ProposalVersionRow",
    "RequestRow",
    "RuleRow",
    "RunLogRow",
    "RunRow",
    "SeatingRow",
    "ShareRow",
    "SnapshotRow",
    "SpaceRow",
    "StageRow",
    "StagingRow",
    "StudyRow",
    "TeamDayRow",
    "TeamRow",
    "TokenRow",
    "UploadRow",
    "UserRow",
    "WorkerRow",
]
