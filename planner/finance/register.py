"""The register of figures for print: value, unit, source, date and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from planner.domain.estate import Estate
    from planner.domain.fields import Words

_FROM_ESTATE: Words = ("entered with the estate", "diisi bersama data portofolio")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One figure in force.

    Args:
        id: A01, A02, ... in the order printed; stable for one estate.
        key: of the figure, or `building:column` for a building's own.
        label: in both languages.
        value: as entered; None if nobody has stated it.
        unit: for example `money/m2`.
        source, date, confidence: where it comes from; the confidence is `law`, `measured`,
            `quoted` or `assumed`, None without a value.
        own: whether the estate states it itself, rather than a preset or a default.
    """

    id: str
    key: str
    label: Words
    value: str | None
    unit: str
    source: str
    date: dt.date | None
    confidence: str | None
    own: bool


def register_view(estate: Estate) -> tuple[RegisterRow, ...]:
    """Return every figure in force, buildings' rents and running costs first."""
    rows = [*_buildings(estate), *_figures(estate)]
    return tuple(RegisterRow(f"A{number:02d}", *row) for number, row in enumerate(rows, start=1))


Row = tuple[str, "Words", str | None, str, str, "dt.date | None", str | None, bool]


def _buildings(estate: Estate) -> Iterator[Row]:
    for building in estate.buildings:
        for column, label, value in (
            ("rent_per_m2_month", ("Rent", "Sewa"), building.rent_per_m2_month),
            (
                "running_cost_per_m2_month",
                ("Running cost", "Biaya operasi"),
                building.running_cost_per_m2_month,
            ),
        ):
            yield (
                f"{building.code}:{column}",
                (f"{label[0]}, {building.name}", f"{label[1]}, {building.name}"),
                None if value is None else format(value, "f"),
                "money/m2/month",
                _FROM_ESTATE[estate.header.language == "id"],
                None,
                None if value is None else "assumed",
                True,
            )


def _figures(estate: Estate) -> Iterator[Row]:
    register = register_of(estate)
    for figure, entry in register.entries():
        yield (
            figure.key,
            figure.label,
            None if entry is None else entry.value,
            figure.unit,
            "" if entry is None else entry.source,
            None if entry is None else entry.date,
            None if entry is None else entry.confidence,
            register.is_own(figure.key),
        )
