"""The review of a plan file: each floor as it would be stored, beside what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.areas import estimates
from planner.domain.drafts import difference, with_drafts
from planner.domain.records.kinds import CATEGORIES
from planner.importers.plans import ROLES
from planner.importers.plans.checks import place_of
from planner.web.show.areas import EstimateRow, estimate_row
from planner.web.show.pictures import floor_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.drafts import Difference, Draft
    from planner.domain.estate import Estate
    from planner.i18n import Speech
    from planner.importers.plans import PlanFloor, PlanReport, PlanSpace, PlanWarning
    from planner.services.reviewing import FloorChoice
    from planner.web.show.pictures import Picture

_MOST_NAMES: Final = 12
_DIFFERS: Final = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room of the file: its areas in words, and whether the two differ by more than 5%."""

    at: str
    drawn: str
    declared: str
    basis: str
    delta: str
    far: bool
    department: str


@dataclass(frozen=True, slots=True)
class FloorReview:
    """One floor of the file.

    Args:
        at: its position.
        name, level: as the file says.
        heading: one line of what it holds.
        picture: as it would be stored, None where nothing can be drawn.
        rows: its rooms.
        sums: label and words of totals.
        estimates: of the lettable area.
        warnings: of this floor.
        difference: to what is stored, None where it is not taken.
        changes: the difference in sentences.
        has_picture: a picture to trace over comes with it.
        sketched: its rooms have shapes but no scale.
    """

    at: int
    name: str
    level: int | None
    heading: str
    picture: Picture | None
    rows: tuple[RoomRow, ...]
    sums: tuple[tuple[str, str], ...]
    estimates: tuple[EstimateRow, ...]
    warnings: tuple[PlanWarning, ...]
    difference: Difference | None
    changes: tuple[str, ...]
    has_picture: bool
    sketched: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What the page shows beside the form."""

    title: str
    lede: str
    floors: tuple[FloorReview, ...]
    warnings: tuple[PlanWarning, ...]
    categories: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    unit_words: str


def review_page(
    estate: Estate,
    report: PlanReport,
    choices: Sequence[FloorChoice],
    drafts: Sequence[Draft],
    speech: Speech,
) -> ReviewPage:
    """Return the page; `drafts` are the floors that could be drawn up as chosen."""
    by_code = {draft.floor.code: draft for draft in drafts}
    shown = [
        _floor(
            estate, at, plan, by_code.get(choice.target) if choice.take else None, report, speech
        )
        for at, (plan, choice) in enumerate(zip(report.floors, choices, strict=True))
    ]
    own = {warning for one in shown for warning in one.warnings}
    return ReviewPage(
        title=_title(report, speech),
        lede=_lede(report, speech),
        floors=tuple(shown),
        warnings=tuple(one for one in report.warnings if one not in own),
        categories=tuple((key, speech.words(words)) for key, words in CATEGORIES.items()),
        roles=_roles(speech),
        fields=_fields(speech),
        unit_words=_unit(report, speech),
    )


def _title(report: PlanReport, speech: Speech) -> str:
    rooms = sum(len(one.spaces) for one in report.floors)
    if not rooms and report.columns:
        return speech._(
            "The headings of this table are not known: say below what each column holds"
        )
    if not rooms:
        return speech._("The file holds no rooms that can be read; trace them over its picture")
    floors = speech.n("%(count)s floor", "%(count)s floors", len(report.floors))
    return speech.n(
        "%(count)s room on %(floors)s, to be looked at before it counts",
        "%(count)s rooms on %(floors)s, to be looked at before they count",
        rooms,
        floors=floors,
    )


def _lede(report: PlanReport, speech: Speech) -> str:
    seats = sum(space.seats or 0 for floor in report.floors for space in floor.spaces)
    words = [speech._("Nothing is stored until you confirm.")]
    if seats:
        words.append(speech.n("%(count)s seat was found.", "%(count)s seats were found.", seats))
    return " ".join(words)


def _floor(
    estate: Estate,
    at: int,
    plan: PlanFloor,
    draft: Draft | None,
    report: PlanReport,
    speech: Speech,
) -> FloorReview:
    where = place_of(plan)
    alone = len(report.floors) == 1
    rules: tuple[EstimateRow, ...] = ()
    picture, change = None, None
    if draft is not None:
        with_it = with_drafts(estate, [draft])
        change = difference(estate, draft)
        rules = tuple(estimate_row(one, speech) for one in estimates(with_it, draft.floor.code))
        if any(space.outline for space in draft.spaces):
            code = draft.floor.code
            picture = floor_picture(with_it, code, speech, f"review-{at}", width=640)
    return FloorReview(
        at=at,
        name=plan.name,
        level=plan.level,
        heading=_heading(plan, speech),
        picture=picture,
        rows=tuple(_row(f"{at}-{of}", one, speech) for of, one in enumerate(plan.spaces)),
        sums=_sums(plan, speech),
        estimates=rules,
        warnings=tuple(one for one in report.warnings if one.where.startswith(where) and not alone),
        difference=change,
        changes=() if change is None else tuple(_changes(change, speech)),
        has_picture=plan.backdrop is not None,
        sketched=any(one.sketch is not None for one in plan.spaces),
    )


def _heading(plan: PlanFloor, speech: Speech) -> str:
    rooms = speech.n("%(count)s room", "%(count)s rooms", len(plan.spaces))
    seats = sum(one.seats or 0 for one in plan.spaces)
    parts = [rooms]
    if seats:
        parts.append(speech.n("%(count)s seat", "%(count)s seats", seats))
    return ", ".join(parts)


def _row(at: str, space: PlanSpace, speech: Speech) -> RoomRow:
    drawn, declared = space.drawn_area_m2, space.declared_area_m2
    delta, far = "", False
    if drawn is not None and declared:
        share = (drawn - declared) / declared
        delta = ("+" if share > 0 else "") + speech.percent(share, 1)
        far = abs(share) > _DIFFERS
    return RoomRow(
        at=at,
        drawn="" if drawn is None else speech.area(drawn, 1),
        declared="" if declared is None else speech.area(declared, 1),
        basis=speech.messages.gettext(space.declared_basis) if space.declared_basis else "",
        delta=delta,
        far=far,
        department=space.department,
    )


def _sums(plan: PlanFloor, speech: Speech) -> tuple[tuple[str, str], ...]:
    nothing = Decimal(0)
    drawn = sum((one.drawn_area_m2 or nothing for one in plan.spaces), nothing)
    declared = sum((one.declared_area_m2 or nothing for one in plan.spaces), nothing)
    _ = speech._
    lines = []
    if plan.gross_area_m2 is not None:
        lines.append((_("Gross area"), speech.area(plan.gross_area_m2, 1)))
    if drawn:
        lines.append((_("Rooms as drawn"), speech.area(drawn, 1)))
    if declared:
        lines.append((_("Rooms as declared"), speech.area(declared, 1)))
    return tuple(lines)


def _changes(change: Difference, speech: Speech) -> list[str]:
    if change.new:
        return [speech._("This floor is new.")]
    found = []
    if change.added:
        found.append(
            speech.n(
                "%(count)s room is new: %(names)s",
                "%(count)s rooms are new: %(names)s",
                len(change.added),
                names=_listed([space.number for space in change.added]),
            )
        )
    if change.removed:
        found.append(
            speech.n(
                "%(count)s stored room goes: %(names)s",
                "%(count)s stored rooms go: %(names)s",
                len(change.removed),
                names=_listed([space.number for space in change.removed]),
            )
        )
    found += [
        speech._(
            "Room %(number)s changes: %(fields)s",
            number=one.after.number,
            fields=", ".join(_field(one.before, one.after, name, speech) for name in one.fields),
        )
        for one in change.changed[:_MOST_NAMES]
    ]
    if len(change.changed) > _MOST_NAMES:
        found.append(
            speech._(
                "and %(count)s more rooms change",
                count=speech.number(len(change.changed) - _MOST_NAMES),
            )
        )
    if not found:
        found.append(speech._("It is the same as what is stored."))
    return found


def _field(before: object, after: object, name: str, speech: Speech) -> str:
    old, new = getattr(before, name), getattr(after, name)
    if name == "outline":
        return speech._("shape")
    if name in {"drawn_area_m2", "declared_area_m2"}:
        old, new = (None if one is None else speech.area(one, 1) for one in (old, new))
    if name == "category":
        old, new = (speech.words(CATEGORIES[one]) for one in (old, new))
    return f"{old if old not in {None, ''} else '—'} → {new if new not in {None, ''} else '—'}"


def _listed(names: list[str]) -> str:
    more = f" +{len(names) - _MOST_NAMES}" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def _roles(speech: Speech) -> tuple[tuple[str, str], ...]:
    _ = speech._
    words = {
        "room": _("rooms (closed outlines)"),
        "number": _("room numbers"),
        "name": _("room names"),
        "area": _("declared areas"),
        "gross": _("outline of the floor"),
        "void": _("holes"),
        "seat": _("desks"),
        "department": _("departments"),
        "stamp": _("room stamps (blocks)"),
    }
    return (("", _("nothing")), *((role, words[role]) for role in ROLES))


def _fields(speech: Speech) -> tuple[tuple[str, str], ...]:
    _ = speech._
    words = {
        "building": _("building"),
        "floor": _("floor"),
        "level": _("level"),
        "number": _("room number"),
        "name": _("room name"),
        "use": _("use"),
        "area": _("area"),
        "net": _("net area"),
        "gross": _("gross area"),
        "department": _("department"),
        "seats": _("seats"),
    }
    return (("", _("nothing")), *words.items())


def _unit(report: PlanReport, speech: Speech) -> str:
    scale = report.scale
    if scale is None:
        return ""
    _ = speech._
    reasons = {
        "format": _("the format fixes it"),
        "header": _("the file's header says so"),
        "stated": _("you said so"),
        "guessed": _("guessed from the size of the rooms"),
        "unknown": _("not known"),
    }
    return _(
        "One unit of the file is one %(unit)s: %(why)s.",
        unit=scale.unit,
        why=reasons[scale.evidence],
    )
