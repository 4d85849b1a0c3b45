"""What a drawing made uncertain: layers, units, open and crossing outlines, stray labels."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from planner.errors import joined
from planner.importers.plans.checks import listed
from planner.importers.plans.report import PlanWarning
from planner.importers.plans.units import METRES
from planner.sentences import N_, fixed, ngettext, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.importers.plans.cad.drawing import Drawing
    from planner.importers.plans.cad.rooms import Found
    from planner.importers.plans.report import Scale

_UNREAD: Final = ("REGION", "3DSOLID", "BODY", "ACAD_PROXY_ENTITY", "MLINE", "IMAGE", "OLE2FRAME")


def notes_on(
    drawing: Drawing, found: Found, scale: Scale, *, guessed: Sequence[str] = ()
) -> tuple[PlanWarning, ...]:
    """Return what to look at in a drawing that was read."""
    return (
        *_rooms(drawing, found, guessed),
        *_units(found, scale),
        *_outlines(found),
        *_labels(found),
        *_desks(found),
    )


def _rooms(drawing: Drawing, found: Found, guessed: Sequence[str]) -> Iterator[PlanWarning]:
    if not found.rooms:
        layers = listed(sorted({path.layer for path in drawing.paths}), 8)
        yield PlanWarning(
            "no_rooms",
            told(
                N_(
                    "The drawing has walls or lines but no closed room outlines on any "
                    "layer that looks like rooms, and rooms are never guessed from walls. "
                    "Trace them over the picture, or name the layer that holds room "
                    "outlines."
                )
            ),
            told(N_("layers {layers}"), layers=layers),
        )
        unread = {kind: count for kind, count in drawing.skipped.items() if kind in _UNREAD}
        if unread:
            yield PlanWarning(
                "not_read",
                told(
                    N_(
                        "Things of these kinds are not read: {kinds}. If rooms are among them, "
                        "explode them into polylines."
                    ),
                    kinds=", ".join(f"{many} {kind}" for kind, many in sorted(unread.items())),
                ),
                told(N_("drawing")),
            )
    elif all(room.shape is None for room in found.rooms):
        yield PlanWarning(
            "no_outlines",
            told(
                N_(
                    "{count} room stamps were read, with their stated areas; no layer has "
                    "room outlines."
                ),
                count=len(found.rooms),
            ),
            told(N_("layer {layer}"), layer=found.rooms[0].layer),
        )
    if guessed:
        yield PlanWarning(
            "layer_guessed",
            told(
                N_(
                    "No known layer profile fits; these layers look like room outlines. "
                    "Check them, or name others."
                )
            ),
            told(N_("layer {names}"), names=", ".join(guessed)),
        )
    if found.outlines.from_lines:
        yield PlanWarning(
            "from_lines",
            told(N_("Outlines were put together from single lines that meet end to end.")),
            told(N_("layer {layer}"), layer=found.outlines.found[-1].layer),
        )
    if drawing.absent:
        files = [one.replace("\\", "/").rsplit("/", 1)[-1] for one in drawing.absent]
        yield PlanWarning(
            "xref_missing",
            told(
                N_(
                    "The drawing refers to {names}, which is not in it. Bind its references"
                    " (XREF, Bind) and save it again, if rooms or labels are missing."
                ),
                names=listed(files),
            ),
            told(N_("external references")),
        )
    broken = {kind: count for kind, count in drawing.skipped.items() if kind.startswith("broken")}
    if broken:
        yield PlanWarning(
            "broken",
            told(
                N_(
                    "{count} things in the drawing are broken and were left out; repair it "
                    "(AUDIT) and compare."
                ),
                count=sum(broken.values()),
            ),
            ", ".join(sorted(broken)),
        )


def _units(found: Found, scale: Scale) -> Iterator[PlanWarning]:
    areas = [room.shape.area for room in found.rooms if room.shape is not None]
    if scale.metres is None or (not areas and not scale.sure and scale.evidence == "unknown"):
        if not found.rooms:
            yield PlanWarning(
                "unit_unknown",
                told(N_("The drawing names no length unit; say which one it is in, or calibrate.")),
                told(N_("header")),
            )
        return
    if not areas or (scale.sure or scale.evidence not in {"guessed", "header"}):
        return
    middle = median(areas)
    if scale.evidence == "header":
        yield PlanWarning(
            "unit_guessed",
            told(
                N_(
                    "The header says {unit}, by which the median of the few rooms has "
                    "{area} m². Confirm the unit or say another."
                ),
                unit=scale.unit,
                area=fixed(middle * scale.metres**2, 1),
            ),
            "header $INSUNITS",
        )
        return
    others = joined(
        [
            told(N_("{area} m² in {unit}"), area=fixed(middle * metres**2, 1), unit=unit)
            for unit, metres in METRES.items()
            if unit != scale.unit
        ],
        ", ",
    )
    yield PlanWarning(
        "unit_guessed",
        told(
            N_(
                "The header names no length unit that makes rooms of ordinary size; "
                "read in {unit} the median room has {area} m² (it would have "
                "{others}). Confirm the unit or say another."
            ),
            unit=scale.unit,
            area=fixed(middle * scale.metres**2, 1),
            others=others,
        ),
        "header $INSUNITS",
    )


def _outlines(found: Found) -> Iterator[PlanWarning]:
    outlines = found.outlines
    layers = ", ".join(sorted(layer for layer, roles in found.roles.items() if "room" in roles))
    for code, refs, message in (
        (
            "unclosed",
            outlines.unclosed,
            ngettext(
                "{count} line on the room layer closes no outline; left out.",
                "{count} lines on the room layer close no outline; left out.",
            ),
        ),
        (
            "gap_closed",
            outlines.gaps,
            ngettext(
                "{count} outline was left open by a small gap; closed.",
                "{count} outlines were left open by a small gap; closed.",
            ),
        ),
        (
            "self_crossing",
            outlines.crossing,
            ngettext(
                "{count} outline crosses itself; the largest part was kept. Mend it in the "
                "drawing.",
                "{count} outlines cross themselves; the largest part was kept. Mend them in the "
                "drawing.",
            ),
        ),
        (
            "drawn_twice",
            outlines.double,
            ngettext(
                "{count} outline is drawn twice; it counts once.",
                "{count} outlines are drawn twice; each counts once.",
            ),
        ),
    ):
        if refs and found.rooms:
            yield PlanWarning(
                code,
                told(message, count=len(refs)),
                told(N_("layer {layers}, handle {names}"), layers=layers, names=listed(refs)),
            )


def _labels(found: Found) -> Iterator[PlanWarning]:
    if found.orphans and found.rooms:
        yield PlanWarning(
            "orphan_label",
            told(
                ngettext(
                    "{count} label stands in no room: {texts}.",
                    "{count} labels stand in no room: {texts}.",
                ),
                count=len(found.orphans),
                texts=listed(repr(one.text) for one in found.orphans),
            ),
            told(
                N_("layer {layers}, handle {names}"),
                layers=found.orphans[0].layer,
                names=listed(one.ref for one in found.orphans),
            ),
        )


def _desks(found: Found) -> Iterator[PlanWarning]:
    outside = [desk for desk in found.desks if desk.room is None]
    if outside and found.rooms:
        yield PlanWarning(
            "desk_outside",
            told(
                ngettext(
                    "{count} of {all} workplaces stands in no room.",
                    "{count} of {all} workplaces stand in no room.",
                ),
                count=len(outside),
                all=len(found.desks),
            ),
            told(N_("handle {names}"), names=listed(desk.ref for desk in outside)),
        )
    if found.desk_names:
        yield PlanWarning(
            "desks_guessed",
            told(
                ngettext(
                    "{count} block was counted as a workplace by its name; check it.",
                    "{count} blocks were counted as workplaces by their names; check them.",
                ),
                count=len(found.desks),
            ),
            told(N_("block {names}"), names=listed(sorted(found.desk_names))),
        )
