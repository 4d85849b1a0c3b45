"""PDF pages and pictures: backdrops to trace over, with shapes and texts offered, no rooms."""

from __future__ import annotations

import math
import re
import struct
from ctypes import c_float
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pypdfium2 as pdfium
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError
from pypdfium2 import raw

from planner.errors import ImportRefused
from planner.importers.plans.levels import level_of
from planner.importers.plans.picture import LONGEST_PX, png_of
from planner.importers.plans.report import Backdrop, PlanFloor, PlanReport, PlanWarning, Scale
from planner.importers.plans.shapes import polygon_of, rings_of
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.importers.plans.choices import Choices
    from planner.importers.plans.report import Point, Rings

MOST_PAGES: Final = 40
_MOST_PIXELS: Final = 120_000_000
_BROKEN: Final = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    SyntaxError,
    struct.error,
)
_MOST_SHAPES: Final = 3_000
_MOST_LABELS: Final = 3_000
_MOST_OBJECTS: Final = 100_000
_SMALLEST: Final = 0.00002
_LARGEST: Final = 0.9
"""Closed shapes between these shares of a page are offered: neither hatching nor its frame."""
_GAP, _SPACE = 0.9, 0.28
"""Of the height of letters: between words of a line, and between letters and words."""
_RATIO: Final = re.compile(r"\b1\s?:\s?(\d{2,4})\b")
_POINT_M: Final = 0.0254 / 72


def read(path: Path, choices: Choices) -> PlanReport:
    """Return a PDF's pages or a picture as backdrops.

    Raises:
        ImportRefused: locked by a password, damaged, or larger than a page is.
    """
    with path.open("rb") as stream:
        pdf = b"%PDF-" in stream.read(1024)
    return _pdf(path) if pdf else _picture(path, choices)


def _picture(path: Path, _choices: Choices) -> PlanReport:
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as opened:
            width, height = opened.size
            if width * height > _MOST_PIXELS:
                raise ImportRefused(
                    told(
                        N_(
                            "{file} has {width} by {height} pixels; up to {most} million are"
                            " read. Save it smaller."
                        ),
                        file=path.name,
                        width=width,
                        height=height,
                        most=_MOST_PIXELS // 1000000,
                    )
                )
            image = ImageOps.exif_transpose(opened).convert("RGB")
    except _BROKEN as refusal:
        raise ImportRefused(
            told(
                N_("{file} is damaged or cut short ({why}); save it again as PNG or JPEG."),
                file=path.name,
                why=_why(refusal),
            )
        ) from None
    if max(image.size) > LONGEST_PX:
        image.thumbnail((LONGEST_PX, LONGEST_PX))
    backdrop = Backdrop(png_of(image), *image.size)
    floor = PlanFloor(path.stem, level_of(path.stem), backdrop=backdrop)
    note = PlanWarning(
        "to_trace",
        told(
            N_(
                "A picture has no rooms in it that could be read: calibrate it by a "
                "known length and trace the rooms."
            )
        ),
        path.name,
    )
    return PlanReport((floor,), (note,), kind="picture", scale=_unknown())


def _why(refusal: Exception) -> str:
    """Return the reason without a path of this machine."""
    return str(refusal).split(" '/", 1)[0] or type(refusal).__name__


def _pdf(path: Path) -> PlanReport:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as refusal:
        if "password" in str(refusal).lower():
            raise ImportRefused(
                told(N_("{file} is locked by a password; save it without one."), file=path.name)
            ) from None
        raise ImportRefused(
            told(
                N_("{file} is no sound PDF ({refusal}); print it again."),
                file=path.name,
                refusal=refusal,
            )
        ) from None
    with document:
        count = len(document)
        if not count:
            raise ImportRefused(told(N_("{file} has no pages."), file=path.name))
        notes = [
            PlanWarning(
                "to_trace",
                told(
                    N_(
                        "A PDF has no rooms in it that could be read for sure: calibrate each "
                        "page by a known length and trace the rooms. Its closed shapes are "
                        "offered."
                    )
                ),
                path.name,
            )
        ]
        if count > MOST_PAGES:
            notes.append(
                PlanWarning(
                    "pages_left_out",
                    told(
                        N_("The file has {count} pages; the first {most} were read."),
                        count=count,
                        most=MOST_PAGES,
                    ),
                    path.name,
                )
            )
        floors = []
        for number in range(min(count, MOST_PAGES)):
            try:
                floor, ratio = _page(document[number], number + 1)
            except pdfium.PdfiumError:
                notes.append(
                    PlanWarning(
                        "broken",
                        told(
                            N_("Page {page} cannot be read and was left out."), page=str(number + 1)
                        ),
                        path.name,
                    )
                )
                continue
            floors.append(floor)
            if ratio:
                notes.append(_ratio_note(floor, ratio))
    if not floors:
        raise ImportRefused(
            told(N_("{file} has no page that can be read; print it again."), file=path.name)
        )
    return PlanReport(tuple(floors), tuple(notes), kind="pdf", scale=_unknown())


def _page(page: Any, number: int) -> tuple[PlanFloor, int | None]:
    width, height = page.get_size()
    zoom = LONGEST_PX / max(width, height)
    image = page.render(scale=zoom).to_pil().convert("L")
    texts = _texts(page)
    labels = tuple(
        (text, (round(x * zoom, 1), round((height - y) * zoom, 1))) for text, (x, y) in texts
    )
    shapes = tuple(_shapes(page, zoom, height, width * height))
    backdrop = Backdrop(png_of(image), image.width, image.height, shapes=shapes, labels=labels)
    lines = [text for text, _ in texts]
    title = next((text for text in lines if level_of(text) is not None and len(text) < 40), "")  # noqa: PLR2004
    named = title if any(sign.isalpha() for sign in title) else ""
    ratios = {int(found) for text in lines for found in _RATIO.findall(text)}
    return (
        PlanFloor(f"page {number}", level_of(named) if named else None, backdrop=backdrop),
        ratios.pop() if len(ratios) == 1 else None,
    )


def _ratio_note(floor: PlanFloor, ratio: int) -> PlanWarning:
    wide = 0.0 if floor.backdrop is None else floor.backdrop.width_px
    return PlanWarning(
        "scale_written",
        told(
            N_(
                "The page says 1:{ratio}. Printed at full size one centimetre of it "
                "would be {metres} m; calibrate all the same, as pages are often scaled"
                " to fit."
            ),
            ratio=str(ratio),
            metres=Decimal(ratio) / 100,
        ),
        told(N_("{name}, {wide} pixels wide"), name=floor.name, wide=wide),
    )


def _texts(page: Any) -> list[tuple[str, Point]]:
    """Return the page's lines of text with the middle of each, in points, y up."""
    text_page = page.get_textpage()
    pieces = []
    try:
        for at in range(min(text_page.count_rects(), _MOST_LABELS)):
            box = text_page.get_rect(at)
            text = " ".join(text_page.get_text_bounded(*box).split())
            if text:
                pieces.append((text, box))
    finally:
        text_page.close()
    return [
        (text, ((left + right) / 2, (bottom + top) / 2))
        for text, (left, bottom, right, top) in _joined(pieces)
    ]


Box = tuple[float, float, float, float]


def _joined(pieces: list[tuple[str, Box]]) -> list[tuple[str, Box]]:
    """Join pieces that follow each other on a line: some programs place every letter alone."""
    found: list[tuple[str, Box]] = []
    for text, (left, bottom, right, top) in pieces:
        if found:
            before, (l0, b0, r0, t0) = found[-1]
            size = max(t0 - b0, top - bottom)
            level = min(t0, top) - max(b0, bottom) > -0.1 * size
            if level and -0.5 * size < left - r0 < _GAP * size:
                space = " " if left - r0 > _SPACE * size else ""
                box = (min(l0, left), min(b0, bottom), max(r0, right), max(t0, top))
                found[-1] = (before + space + text, box)
                continue
        found.append((text, (left, bottom, right, top)))
    return found


def _shapes(page: Any, zoom: float, height: float, page_area: float) -> Iterator[Rings]:
    """Return the page's closed shapes in pixels, largest first."""
    found = []
    for at, item in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4)):
        if at >= _MOST_OBJECTS:
            break
        matrix = item.get_matrix()
        for points in _rings(item.raw):
            moved = [matrix.on_point(x, y) for x, y in points]
            shape, _ = polygon_of(moved)
            if shape is not None and _SMALLEST <= shape.area / page_area <= _LARGEST:
                found.append(shape)
    found.sort(key=lambda shape: -shape.area)
    for shape in found[:_MOST_SHAPES]:
        rings = rings_of(shape)
        yield tuple(
            tuple((round(x * zoom, 1), round((height - y) * zoom, 1)) for x, y in ring)
            for ring in rings
        )


def _rings(path: Any) -> Iterator[list[Point]]:
    """Return the closed pieces of a path, curves by their ends."""
    piece: list[Point] = []
    x, y = c_float(), c_float()
    for at in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if _returns(piece):
                yield piece
            piece = []
        piece.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            yield piece
            piece = []
    if _returns(piece):
        yield piece


def _returns(piece: list[Point]) -> bool:
    few = 3
    return len(piece) > few and math.dist(piece[0], piece[-1]) < 0.01  # noqa: PLR2004  points


def _unknown() -> Scale:
    return Scale("pixel", None, "unknown", sure=False)
