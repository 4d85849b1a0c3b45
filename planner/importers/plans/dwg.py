"""DWG, where the optional reader is installed; one that returns nothing is a refusal."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from planner.errors import ImportRefused
from planner.importers.plans.cad.drawing import (
    MOST_PRIMITIVES,
    Drawing,
    Insert,
    Path,
    Text,
    arc_points,
    bulged,
    is_ring,
    plain_layer,
)
from planner.importers.plans.cad.plan import report_of
from planner.importers.plans.cad.texts import plain_mtext, plain_text
from planner.importers.plans.report import PlanWarning
from planner.importers.plans.units import INSUNITS
from planner.sentences import N_, told

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from planner.importers.plans.choices import Choices
    from planner.importers.plans.report import PlanReport, Point

_INSTEAD: Final = N_("Open it in a CAD program and save it as DXF (any version), then give that.")


def read(path: os.PathLike[str], choices: Choices) -> PlanReport:
    """Return what a DWG drawing holds.

    Raises:
        ImportRefused: the reader is not installed, fails, or finds nothing in the file.
    """
    from pathlib import Path as File  # noqa: PLC0415  Path is a line here

    file = File(path)
    try:
        ezdwg = import_module("ezdwg")
    except ImportError:
        raise ImportRefused(
            told(
                N_(
                    "{file} is a DWG drawing, whose reader is not installed here (the extra"
                    " 'dwg'). {instead}"
                ),
                file=file.name,
                instead=told(_INSTEAD),
            )
        ) from None
    try:
        document = ezdwg.read(str(file))
        drawing = _drawing(document, file.name)
    except ImportRefused:
        raise
    except Exception as refusal:  # noqa: BLE001  a young reader raises what it stumbles over
        raise ImportRefused(
            told(
                N_("{file} cannot be read as DWG ({name}: {refusal}). {instead}"),
                file=file.name,
                name=type(refusal).__name__,
                refusal=refusal,
                instead=told(_INSTEAD),
            )
        ) from None
    if drawing.empty:
        raise ImportRefused(
            told(
                N_("{file} is a DWG drawing of which the reader returns nothing. {instead}"),
                file=file.name,
                instead=told(_INSTEAD),
            )
        )
    report = report_of(drawing, file.stem, "dwg", choices)
    note = PlanWarning(
        "dwg_reader",
        told(
            N_(
                "DWG is a closed format and its reader is young: compare the number of "
                "rooms with the drawing, or save it as DXF."
            )
        ),
        file.name,
    )
    return _with(report, note)


def _with(report: PlanReport, note: PlanWarning) -> PlanReport:
    return replace(report, warnings=(note, *report.warnings))


def _drawing(document: Any, name: str) -> Drawing:
    drawing = Drawing(unit=INSUNITS.get(document.insunits or 0))
    layers = {layer.handle: plain_layer(str(layer.name)) for layer in document.layers}
    for count, entity in enumerate(document.modelspace().query()):
        if count >= MOST_PRIMITIVES:
            raise ImportRefused(
                told(
                    N_(
                        "{name} draws more than {most_primitives} things; save the room layers "
                        "alone."
                    ),
                    name=name,
                    most_primitives=MOST_PRIMITIVES,
                )
            )
        convert = _CONVERTERS.get(entity.dxftype)
        dxf = dict(entity.dxf)
        layer = layers.get(dxf.get("layer_handle"), "0")
        if convert is None:
            drawing.skipped[entity.dxftype] = drawing.skipped.get(entity.dxftype, 0) + 1
        else:
            convert(drawing, layer, f"{entity.handle:X}", dxf)
    _join_attributes(drawing)
    return drawing


def _flat(dxf: Mapping[str, Any], points: list[Point]) -> tuple[Point, ...]:
    """Return points in the drawing's axes: mirrored ones are drawn looking from below."""
    below = (dxf.get("extrusion") or (0, 0, 1))[2] < 0
    return tuple((-x, y) if below else (x, y) for x, y in points)


def _line(drawing: Drawing, layer: str, ref: str, dxf: Mapping[str, Any]) -> None:
    ends = tuple((end[0], end[1]) for end in (dxf["start"], dxf["end"]))
    drawing.paths.append(Path(layer, ends, closed=False, ref=ref, kind="LINE"))


def _polyline(drawing: Drawing, layer: str, ref: str, dxf: Mapping[str, Any]) -> None:
    corners = [(point[0], point[1]) for point in dxf.get("points") or ()]
    bulges = list(dxf.get("bulges") or ()) + [0.0] * len(corners)
    closed = bool(dxf.get("closed"))
    bent = [(x, y, bulge) for (x, y), bulge in zip(corners, bulges, strict=False)]
    points = _flat(dxf, list(bulged(bent, closed=closed)))
    if len(points) < 2:  # noqa: PLR2004  a dot
        return
    gap = 0.0
    if not closed:
        closed, gap = is_ring(points)
    drawing.paths.append(Path(layer, points, closed, ref, "LWPOLYLINE", gap))


def _arc(drawing: Drawing, layer: str, ref: str, dxf: Mapping[str, Any]) -> None:
    centre = (dxf["center"][0], dxf["center"][1])
    points = arc_points(centre, dxf["radius"], dxf["start_angle"], dxf["end_angle"], 0.2)
    drawing.paths.append(Path(layer, _flat(dxf, list(points)), closed=False, ref=ref, kind="ARC"))


def _circle(drawing: Drawing, layer: str, ref: str, dxf: Mapping[str, Any]) -> None:
    points = arc_points((dxf["center"][0], dxf["center"][1]), dxf["radius"], 0, 360)[:-1]
    drawing.paths.append(Path(layer, _flat(dxf, list(points)), closed=True, ref=ref, kind="CIRCLE"))


def _text(drawing: Drawing, layer: str, ref: str, dxf: Mapping[str, Any]) -> None:
    aligned = (dxf.get("halign") or dxf.get("valign")) and dxf.get("align_point")
    at = dxf["align_point"] if aligned else dxf["insert"]
    text = plain_text(str(dxf.get("text") or ""))
    if text:
        (place,) = _flat(dxf, [(at[0], at[1])])
        drawing.texts.append(
            Text(layer, text, place, ref, str(dxf.get("tag") or ""), height=dxf.get("height") or 0)
        )
        if dxf.get("tag") and dxf.get("owner_handle"):
            owner = f"{dxf['owner_handle']:X}"
            drawing.inserts.append(Insert(layer, "", place, owner, ((str(dxf["tag"]), text),)))


def _mtext(drawing: Drawing, layer: str, ref: str, dxf: Mapping[str, Any]) -> None:
    text = plain_mtext(str(dxf.get("raw_text") or dxf.get("text") or ""))
    if text:
        at = dxf["insert"]
        height = dxf.get("char_height") or 0
        drawing.texts.append(Text(layer, text, (at[0], at[1]), ref, height=height))


def _insert(drawing: Drawing, layer: str, ref: str, dxf: Mapping[str, Any]) -> None:
    at = dxf["insert"]
    name = plain_layer(str(dxf.get("name") or ""))
    drawing.inserts.append(Insert(layer, name, (at[0], at[1]), ref))


def _join_attributes(drawing: Drawing) -> None:
    """Give attributes, which come on their own, to the blocks that they belong to."""
    named: dict[str, list[tuple[str, str]]] = {}
    for one in drawing.inserts:
        if not one.name and one.attributes:
            named.setdefault(one.ref, []).extend(one.attributes)
    drawing.inserts = [
        Insert(one.layer, one.name, one.at, one.ref, tuple(named.get(one.ref, ())))
        for one in drawing.inserts
        if one.name or not one.attributes
    ]


_CONVERTERS: Final[dict[str, Callable[[Drawing, str, str, Mapping[str, Any]], None]]] = {
    "LINE": _line,
    "LWPOLYLINE": _polyline,
    "POLYLINE": _polyline,
    "POLYLINE_2D": _polyline,
    "ARC": _arc,
    "CIRCLE": _circle,
    "TEXT": _text,
    "ATTRIB": _text,
    "MTEXT": _mtext,
    "INSERT": _insert,
}
