"""The sheets of an estate in words: what each holds and why it matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.records import SHEETS, Rule
from planner.errors import NotFound
from planner.reports.facts.rules import rule_words
from planner.services.records import KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import SQLModel

    from planner.domain.estate import Estate
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of record in the reader's words.

    Args:
        name: of the sheet in the workbook.
        title: what its records are called together.
        one: what one record is called.
        why: what it is for.
        listed: its fields that the list shows.
    """

    name: str
    title: str
    one: str
    why: str
    listed: tuple[str, ...]

    @property
    def model(self) -> type[SQLModel]:
        """Return the record that a row holds."""
        return SHEETS[self.name]

    def key(self, record: SQLModel) -> tuple[str, ...]:
        """Return what names a record within its sheet."""
        return tuple(str(getattr(record, field) or "") for field in KEYS[self.name])


def called(sheet: Sheet, key: tuple[str, ...], estate: Estate, speech: Speech) -> str:
    """Return what a record is called: a rule by what it says, others by what names them."""
    known = getattr(estate, sheet.name, ())
    record = next((one for one in known if sheet.key(one) == key), None)
    if isinstance(record, Rule):
        return rule_words(record, estate, speech)
    return " · ".join(filter(None, (*key, str(getattr(record, "name", "")))))


def sheets_of(speech: Speech) -> dict[str, Sheet]:
    """Return the sheets that forms edit, in the order one fills them in."""
    _ = speech._
    listed = (
        Sheet(
            "buildings",
            _("Buildings"),
            _("building"),
            _("What each is worth to a tenant, and what it costs to run."),
            ("code", "name", "site", "tenure", "rent_per_m2_month", "running_cost_per_m2_month"),
        ),
        Sheet(
            "floors",
            _("Floors"),
            _("floor"),
            _("Their areas, seats, and whether they can be let alone."),
            ("code", "building", "level", "lettable_area_m2", "seats", "has", "lettable"),
        ),
        Sheet(
            "spaces",
            _("Rooms and zones"),
            _("room"),
            _("Needed only where part of a floor can be let, or to draw a floor plan."),
            ("floor", "number", "name", "unit", "category", "declared_area_m2", "seats"),
        ),
        Sheet(
            "teams",
            _("Teams"),
            _("team"),
            _("Who works here, how often they come, what they need."),
            ("code", "name", "department", "headcount", "onsite_class", "attendance_rate", "needs"),
        ),
        Sheet(
            "seating",
            _("Where teams sit"),
            _("seating"),
            _("How many people of each team sit on which floor today."),
            ("team", "floor", "unit", "people"),
        ),
        Sheet(
            "near",
            _("Near and apart"),
            _("wish"),
            _("Teams that want to sit together, and what that is worth; teams kept apart."),
            ("team", "other", "kind", "within", "penalty"),
        ),
        Sheet(
            "rules",
            _("Rules"),
            _("rule"),
            _("What a plan must respect. Each rule is printed with its reason."),
            ("rule", "subject", "object", "value", "reason"),
        ),
        Sheet(
            "assumptions",
            _("Assumptions"),
            _("assumption"),
            _("Figures of the business case that replace the preset ones."),
            ("key", "value", "source", "date", "confidence"),
        ),
    )
    return {sheet.name: sheet for sheet in listed}


def sheet_of(name: str, speech: Speech) -> Sheet:
    """Return one sheet.

    Raises:
        NotFound: no such sheet.
    """
    found = sheets_of(speech).get(name)
    if found is None:
        raise NotFound(speech._("There is no sheet named “%(name)s”.", name=name))
    return found


def records_of(estate: Estate, name: str) -> Sequence[SQLModel]:
    """Return the records of a sheet in the estate's order."""
    return tuple(dict(estate.sheets())[name])


def known_codes(estate: Estate, sheet: str) -> dict[str, tuple[str, ...]]:
    """Return the codes that fields of a sheet may refer to, by field name."""
    buildings = tuple(one.code for one in estate.buildings)
    floors = tuple(one.code for one in estate.floors)
    teams = tuple(one.code for one in estate.teams)
    return {
        "floors": {"building": buildings},
        "spaces": {"floor": floors},
        "seating": {"team": teams, "floor": floors},
        "near": {"team": teams, "other": teams},
    }.get(sheet, {})
