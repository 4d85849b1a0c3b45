"""What a drawing made uncertain: layers, units, open and crossing outlines, stray labels."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from planner.importers.plans.checks import listed
from planner.importers.plans.report import PlanWarning
from planner.importers.plans.units import METRES

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
            "The drawing has walls or lines but no closed room outlines on any layer that looks "
            "like rooms, and rooms are never guessed from walls. Trace them over the picture, or "
            "name the layer that holds room outlines.",
            f"layers {layers}",
        )
        unread = {kind: count for kind, count in drawing.skipped.items() if kind in _UNREAD}
        if unread:
            yield PlanWarning(
                "not_read",
                "Things of these kinds are not read: "
                + ", ".join(f"{count} {kind}" for kind, count in sorted(unread.items()))
                + ". If rooms are among them, explode them into polylines.",
                "drawing",
            )
    elif all(room.shape is None for room in found.rooms):
        yield PlanWarning(
            "no_outlines",
            f"{len(found.rooms)} room stamps were read, with their stated areas; no layer has "
            "room outlines.",
            f"layer {found.rooms[0].layer}",
        )
    if guessed:
        yield PlanWarning(
            "layer_guessed",
            "No known layer profile fits; these layers look like room outlines. Check them, or "
            "name others.",
            f"layer {', '.join(guessed)}",
        )
    if found.outlines.from_lines:
        yield PlanWarning(
            "from_lines",
            "Outlines were put together from single lines that meet end to end.",
            f"layer {found.outlines.found[-1].layer}",
        )
    if drawing.absent:
        files = [one.replace("\\", "/").rsplit("/", 1)[-1] for one in drawing.absent]
        yield PlanWarning(
            "xref_missing",
            f"The drawing refers to {listed(files)}, which is not in it. Bind its references "
            "(XREF, Bind) and save it again, if rooms or labels are missing.",
            "external references",
        )
    broken = {kind: count for kind, count in drawing.skipped.items() if kind.startswith("broken")}
    if broken:
        yield PlanWarning(
            "broken",
            f"{sum(broken.values())} things in the drawing are broken and were left out; "
            "repair it (AUDIT) and compare.",
            ", ".join(sorted(broken)),
        )


def _units(found: Found, scale: Scale) -> Iterator[PlanWarning]:
    areas = [room.shape.area for room in found.rooms if room.shape is not None]
    if scale.metres is None or (not areas and not scale.sure and scale.evidence == "unknown"):
        if not found.rooms:
            yield PlanWarning(
                "unit_unknown",
                "The drawing names no length unit; say which one it is in, or calibrate.",
                "header",
            )
        return
    if scale.evidence != "guessed" or not areas:
        return
    middle = median(areas)
    others = ", ".join(
        f"{middle * metres**2:,.1f} m² in {unit}"
        for unit, metres in METRES.items()
        if unit != scale.unit
    )
    yield PlanWarning(
        "unit_guessed",
        f"The header names no length unit that makes rooms of ordinary size; read in {scale.unit} "
        f"the median room has {middle * scale.metres**2:.1f} m² (it would have {others}). "
        "Confirm the unit or say another.",
        "header $INSUNITS",
    )


def _outlines(found: Found) -> Iterator[PlanWarning]:
    outlines = found.outlines
    layers = ", ".join(sorted(layer for layer, roles in found.roles.items() if "room" in roles))
    for code, refs, message in (
        ("unclosed", outlines.unclosed, "{} lines on the room layer close no outline; left out."),
        ("gap_closed", outlines.gaps, "{} outlines were left open by a small gap; closed."),
        (
            "self_crossing",
            outlines.crossing,
            "{} outlines cross themselves; the largest part was kept. Mend them in the drawing.",
        ),
        ("drawn_twice", outlines.double, "{} outlines are drawn twice; each counts once."),
    ):
        if refs and found.rooms:
            text = message.format(len(refs))
            if len(refs) == 1:
                text = _one(text)
            yield PlanWarning(code, text, f"layer {layers}, handle {listed(refs)}")


def _one(text: str) -> str:
    """Return a sentence about several things for one."""
    for many, one in (
        ("lines on the room layer close", "line on the room layer closes"),
        ("outlines were", "outline was"),
        ("outlines cross themselves", "outline crosses itself"),
        ("outlines are", "outline is"),
        ("each counts once", "it counts once"),
        ("Mend them", "Mend it"),
    ):
        text = text.replace(many, one)
    return text


def _labels(found: Found) -> Iterator[PlanWarning]:
    if found.orphans and found.rooms:
        texts = listed(f"{one.text!r}" for one in found.orphans)
        noun = "label stands" if len(found.orphans) == 1 else "labels stand"
        yield PlanWarning(
            "orphan_label",
            f"{len(found.orphans)} {noun} in no room: {texts}.",
            f"layer {found.orphans[0].layer}, handle {listed(one.ref for one in found.orphans)}",
        )


def _desks(found: Found) -> Iterator[PlanWarning]:
    outside = [desk for desk in found.desks if desk.room is None]
    if outside and found.rooms:
        yield PlanWarning(
            "desk_outside",
            f"{len(outside)} of {len(found.desks)} workplaces stand in no room.",
            f"handle {listed(desk.ref for desk in outside)}",
        )
    if found.desk_names:
        yield PlanWarning(
            "desks_guessed",
            f"{len(found.desks)} blocks were counted as workplaces by their names; check them.",
            f"block {listed(sorted(found.desk_names))}",
        )
