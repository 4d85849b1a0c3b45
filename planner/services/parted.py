"""A run that waits for the runs of its parts: sent out, stopped and told of together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from planner.db.tables import PartRow, RunLogRow, RunRow
from planner.jobs import Asked, enqueue, hold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.db.store import Scope, Store
    from planner.jobs import Claim


@dataclass(frozen=True, slots=True)
class Parting:
    """A run that waits for its parts: how long each of them may search."""

    seconds: tuple[int, ...]


def send_out(store: Store, claim: Claim, found: Parting) -> None:
    """Queue a run for each part; the run of the whole waits until all have ended."""
    with store.writing(claim.owner) as scope:
        hold(scope, claim)
        for number, seconds in enumerate(found.seconds):
            asked = Asked(
                kind="part",
                name=claim.name,
                estate_id=claim.estate_id,
                estate_version=claim.estate_version,
                estate_hash=claim.estate_hash,
                params={**claim.params, "seconds": seconds, "part": number},
                by=claim.asked_by,
            )
            part_id = enqueue(scope, asked, store.now())
            scope.add(PartRow(whole_id=claim.run_id, number=number, part_id=part_id))


def is_parted(store: Store, claim: Claim) -> bool:
    """Say whether the parts of a run have been sent out."""
    with store.reading(claim.owner) as scope:
        wanted = select(col(PartRow.id)).where(col(PartRow.whole_id) == claim.run_id)
        return scope.execute(wanted).first() is not None


def stop_parts(scope: Scope, whole_id: str) -> Sequence[str]:
    """Return the runs of the parts of a run, to be asked to stop with it."""
    wanted = select(col(PartRow.part_id)).where(col(PartRow.whole_id) == whole_id)
    return scope.execute(wanted).scalars().all()


@dataclass(frozen=True, slots=True)
class LogPoint:
    """The best value and the proved limit at one moment, minor units; None if not known."""

    seconds: float
    value: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """What the parts of a run have told together.

    Args:
        log: value and limit of the whole over time.
        freed: units.
        seconds: from the start of the whole to the end of its last part.
    """

    log: tuple[LogPoint, ...]
    freed: tuple[str, ...]
    seconds: float


def parts_told(scope: Scope, whole: RunRow) -> Told | None:
    """Return what the parts of a run have told, None where it has none."""
    rows = scope.execute(
        select(RunRow).join(PartRow, col(PartRow.part_id) == col(RunRow.id))
        .where(col(PartRow.whole_id) == whole.id)
    ).scalars().all()  # fmt: skip
    if not rows:
        return None
    begun = whole.started_at or whole.queued_at
    told: list[tuple[float, str, int | None, int | None]] = []
    for row in rows:
        offset = ((row.started_at or begun) - begun).total_seconds()
        entries = scope.execute(
            select(RunLogRow)
            .where(col(RunLogRow.run_id) == row.id, col(RunLogRow.attempt) == row.attempt)
            .order_by(col(RunLogRow.id))
        ).scalars()
        told += [
            (offset + one.seconds, row.id, one.value, one.bound)
            for one in entries
            if one.step is None
        ]
    last: dict[str, tuple[int | None, int | None]] = {row.id: (None, None) for row in rows}
    found = []
    for seconds, run_id, value, bound in sorted(told, key=lambda one: one[0]):
        last[run_id] = (value, bound)
        values, bounds = zip(*last.values(), strict=True)
        found.append(LogPoint(seconds, _sum(values), _sum(bounds)))
    ends = [(row.ended_at - begun).total_seconds() for row in rows if row.ended_at]
    return Told(
        log=tuple(found),
        freed=tuple(sorted(unit for row in rows for unit in row.freed)),
        seconds=max(ends, default=0.0),
    )


def _sum(values: Sequence[int | None]) -> int | None:
    """Return the sum, None while one is missing."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
