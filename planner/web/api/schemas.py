"""What the API takes and gives: its contract, which stays when the program behind it changes."""
# No `from __future__ import annotations`: pydantic reads annotations at class creation.

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from planner.domain.plan import Promise

Minor = Annotated[int, Field(description="Money in minor units of the currency.")]
PlanStatus = Literal["optimal", "feasible"]
RunStatus = Literal["queued", "running", "done", "failed", "stopped"]
ProposalStatus = Literal["draft", "submitted", "approved", "sent_back", "superseded"]


def _exact(value: Any) -> Any:
    return Decimal(value) if type(value) is int else value


MOST_RECORDS = 100_000
Exact = Annotated[Decimal, BeforeValidator(_exact)]
"""A decimal that comes as a JSON number, with all its digits, and not as text."""
Level = Annotated[
    Exact,
    Field(ge=0.5, le=1),
    WithJsonSchema({"type": "number", "minimum": 0.5, "maximum": 1}),
]
Growth = Annotated[
    Exact,
    Field(ge=0.1, le=10),
    WithJsonSchema({"type": "number", "minimum": 0.1, "maximum": 10}),
]


class Given(BaseModel):
    """What a program sends: unknown fields are refused, so that a typing mistake is seen.

    Types are strict: yes is no 1, and a number no text.
    """

    model_config = ConfigDict(extra="forbid", strict=True)


class Shown(BaseModel):
    """What a program gets, read off what the services return."""

    model_config = ConfigDict(from_attributes=True)


class Error(BaseModel):
    """Every refusal has this shape."""

    error: str = Field(description="The status in words.")
    message: str = Field(description="What is wrong, for people.")
    details: list[str] = Field(description="One sentence for each thing that is wrong.")


class About(Shown):
    """The program and who asks."""

    program: str
    version: str
    owner: str
    user: str
    roles: list[str]
    scopes: list[str]


class Estate(Shown):
    """One estate of the list."""

    id: str
    name: str
    version: int
    currency: str
    generated: bool
    buildings: int
    floors: int
    teams: int
    people: int
    seats: int
    changed_at: dt.datetime


class Estates(Shown):
    """A page of estates."""

    items: list[Estate]
    next: str | None


class EstateDetail(Shown):
    """An estate: its header, how many records each sheet holds, what stands in a plan's way."""

    id: str
    version: int
    hash: str
    header: dict[str, Any]
    records: dict[str, int]
    problems: list[str]


class Stored(Shown):
    """What a change did: the estate's new version, and what is still wrong with the whole."""

    estate_id: str
    version: int
    records: int
    warnings: list[str]


class RefusedRow(Shown):
    """A row of a file that was not read, by its number with the heading counted, and why."""

    row: int
    reason: str


class DayImport(Shown):
    """What an attendance file yields, and how many days of teams and floors were stored."""

    kind: str
    team_days: int
    floor_days: int
    teams: list[str]
    floors: list[str]
    first_day: dt.date | None
    last_day: dt.date | None
    rows: int
    refused: list[RefusedRow]
    warnings: list[str]
    unknown: list[str]
    stored: int
    version: int | None


class Records(Shown):
    """A page of records of one sheet; decimals are text, so that none loses a digit."""

    version: int
    items: list[dict[str, Any]]
    next: str | None


class Batch(Given):
    """Records to store together, all or none; one whose key is on record is changed."""

    records: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_RECORDS)


class RunAsked(Given):
    """What a run is to do."""

    name: str = Field(min_length=1, max_length=200)
    seconds: int = Field(default=60, ge=1, le=86_400, description="Limit of the search.")
    seed: int = Field(default=1, ge=0, le=2**31 - 1)
    workers: int = Field(default=1, ge=1, le=256, description="Threads; 1 repeats exactly.")
    level: Level | None = Field(default=None, description="Service level.")
    promise: Promise = Field(
        default="each_floor",
        description="What the level holds for: each floor by itself, all floors at once, or each "
        "building, a full floor sending people to another one of it.",
    )


class StageAsked(Given):
    """One planning period."""

    name: str = Field(min_length=1, max_length=60)
    month: int = Field(
        ge=0, le=1200, description="Of the case, after which its first floor may be empty."
    )
    growth: Growth = Field(default=Decimal(1), description="People against today.")
    leaves: list[str] = Field(
        default=[], max_length=50, description="Codes of buildings that are given up by then."
    )


class StagesAsked(RunAsked):
    """What a run over several periods is to do; `seconds` limits each search."""

    stages: list[StageAsked] = Field(min_length=1, max_length=6)


class LogPoint(Shown):
    """Best value and proved limit at one moment; null where not known."""

    seconds: float
    value: Minor | None
    bound: Minor | None


class Run(Shown):
    """How a run stands."""

    id: str
    estate_id: str
    name: str
    state: RunStatus
    step: str
    queued_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    log: list[LogPoint]
    plan_id: str | None
    problem: str | None
    attempt: int


class Period(Shown):
    """One planning period with its plan; `growth` is a decimal."""

    name: str
    month: int
    growth: str
    leaves: list[str]
    plan_id: str
    npv: Minor
    bound: Minor | None
    freed: list[str]
    people_moved: int


class Stages(Shown):
    """A plan over several periods; `npv` is the sum of theirs."""

    id: str
    estate_id: str
    name: str
    npv: Minor
    bound: Minor | None
    made_at: dt.datetime
    stages: list[Period]


class Import(Shown):
    """How the taking in of a long file stands; nothing of a file with problems is stored."""

    id: str
    address: str = Field(description="Where to ask how it stands.")
    what: Literal["workbook", "look", "days", "plan"]
    file_name: str
    size: int = Field(description="Bytes.")
    estate_id: str | None = Field(description="Null as long as it is to become an estate.")
    state: RunStatus
    step: str
    rows_read: int | None = Field(description="Rows read so far; null where nobody counts them.")
    rows_in: int | None = Field(description="Rows in the file.")
    before: int = Field(description="Files and documents of the owner that come first.")
    problems: list[str]
    stored: int | None = Field(description="Records; null where none were.")
    look: DayImport | None = Field(
        description="What an attendance file yields that was only looked at; null before it was, "
        "and once somebody has decided on it."
    )
    asked_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None


class Runs(Shown):
    """A page of runs, newest first, without their logs."""

    items: list[Run]
    next: str | None


class Plan(Shown):
    """One plan; the whole of it is its file `plan.json`."""

    id: str
    estate_id: str
    estate_name: str
    name: str
    currency: str
    npv: Minor
    value: Minor
    bound: Minor | None
    status: PlanStatus
    freed: list[str]
    people_moved: int
    made_at: dt.datetime
    made_by: str
    outdated: bool


class Plans(Shown):
    """A page of plans, newest first."""

    items: list[Plan]
    next: str | None


class ProposalAsked(Given):
    """A proposal to make of a plan."""

    plan_id: str
    title: str = Field(min_length=1, max_length=300)
    note: str = Field(default="", max_length=4000)


class Revision(Given):
    """Another plan as the next version."""

    plan_id: str
    note: str = Field(default="", max_length=4000)


class Decision(Given):
    """A decision on the version that was read."""

    number: int = Field(ge=1, le=1_000_000)
    comment: str = Field(default="", max_length=4000)


class Version(Shown):
    """One version of a proposal."""

    number: int
    plan_id: str
    state: ProposalStatus
    note: str
    comment: str
    made_by: str
    made_at: dt.datetime
    submitted_by: str
    submitted_at: dt.datetime | None
    decided_by: str
    decided_at: dt.datetime | None


class Proposal(Shown):
    """A proposal with its versions; state and figures are the newest's."""

    id: str
    title: str
    estate_id: str
    estate_name: str
    currency: str
    state: ProposalStatus
    plan_id: str
    npv: Minor
    value: Minor
    bound: Minor | None
    freed: list[str]
    people_moved: int
    changed_at: dt.datetime
    versions: list[Version]


class Proposals(Shown):
    """A page of proposals, newest first."""

    items: list[Proposal]
    next: str | None
