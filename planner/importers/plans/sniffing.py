"""Tell the format of a file by what is in it; its ending only explains a refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from planner.errors import ImportRefused
from planner.importers.archive import open_zip
from planner.sentences import N_, told

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["ifc", "dxf", "dwg", "schedule", "geojson", "svg", "gbxml", "pdf", "picture"]

READ: Final = told(
    N_("IFC, DXF, DWG, XLSX, CSV, COBie, GeoJSON, IMDF, SVG, gbXML, PDF, PNG and JPEG are read")
)
_HEAD: Final = 64 * 1024
_ENDINGS: Final[dict[str, tuple[Kind, ...]]] = {
    ".ifc": ("ifc",),
    ".ifczip": ("ifc",),
    ".dxf": ("dxf",),
    ".dwg": ("dwg",),
    ".xlsx": ("schedule",),
    ".xlsm": ("schedule",),
    ".xls": ("schedule",),
    ".csv": ("schedule",),
    ".tsv": ("schedule",),
    ".geojson": ("geojson",),
    ".json": ("geojson",),
    ".imdf": ("geojson",),
    ".svg": ("svg",),
    ".pdf": ("pdf",),
    ".png": ("picture",),
    ".jpg": ("picture",),
    ".jpeg": ("picture",),
}
_MAGIC: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"ISO-10303-21", "ifc"),
    (b"AutoCAD Binary DXF", "dxf"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
)
_UNREAD: Final = (
    (b"GIF8", N_("a GIF picture"), "PNG"),
    (b"II*\x00", N_("a TIFF picture"), "PNG"),
    (b"MM\x00*", N_("a TIFF picture"), "PNG"),
    (b"BM", N_("a BMP picture"), "PNG"),
    (b"RIFF", N_("a WebP picture"), "PNG"),
    (b"{\\rtf", N_("a text document"), N_("XLSX or PDF")),
    (b"7z\xbc\xaf", N_("a 7z archive"), N_("the files that are in it")),
    (b"Rar!", N_("a RAR archive"), N_("the files that are in it")),
)
_DXF: Final = re.compile(rb"\A\s*(999\r?\n[^\n]*\n\s*)*0\s*\r?\n\s*SECTION", re.IGNORECASE)
_ROOT: Final = re.compile(r"<(?!\?|!)(?:[\w.-]+:)?([\w.-]+)")
_PROLOGUE: Final = re.compile(r"<!--.*?-->|<!DOCTYPE[^\[>]*(\[.*?\])?\s*>", re.DOTALL)
_XML_KINDS: Final[dict[str, Kind]] = {"svg": "svg", "gbxml": "gbxml"}


def kind_of(path: Path) -> Kind:
    """Return the format of a file, or of a folder of GeoJSON files.

    Raises:
        ImportRefused: empty, or of a kind that is not read; says which are.
    """
    if path.is_dir():
        return "geojson"
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip(b"\0\r\n\t "):
        raise ImportRefused(told(N_("{file} is empty; export it again."), file=path.name))
    if head.startswith(b"PK"):
        return _in_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _in_ole(path, head)
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return _by_magic(path, head, plain) or _in_text(path, head, plain)


def ending_disagrees(path: Path, kind: Kind) -> bool:
    """Return whether the ending of a name stands for another format than the content has."""
    claimed = _ENDINGS.get(path.suffix.lower())
    return path.is_file() and claimed is not None and kind not in claimed


def _by_magic(path: Path, head: bytes, plain: bytes) -> Kind | None:
    for magic, kind in _MAGIC:
        if plain.startswith(magic):
            return kind
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if re.match(rb"AC(1\d|2\.|402)", head):
        return "dwg"
    for magic, what, instead in _UNREAD:
        if head.startswith(magic):
            raise ImportRefused(
                told(
                    N_("{file} is {what}; save it as {instead}. {read}."),
                    file=path.name,
                    what=told(what),
                    instead=told(instead),
                    read=READ,
                )
            )
    return None


def _in_zip(path: Path) -> Kind:
    with open_zip(path, told(N_("an XLSX, ifczip or IMDF file"))) as opened:
        names = [name.lower() for name in opened.namelist() if not name.startswith("__MACOSX")]
    if any(name.startswith("xl/") for name in names):
        return "schedule"
    if any(name.endswith((".ifc", ".ifcxml")) for name in names):
        return "ifc"
    drawings = [name for name in names if name.endswith((".dxf", ".dwg"))]
    if drawings:
        raise ImportRefused(
            told(
                N_(
                    "{file} is an archive of drawings ({names}); unpack it and give them "
                    "one by one, a floor each."
                ),
                file=path.name,
                names=", ".join(drawings[:5]),
            )
        )
    if any(name.endswith((".geojson", ".json")) for name in names):
        return "geojson"
    if any(name.startswith("word/") for name in names):
        raise ImportRefused(
            told(
                N_("{file} is a text document; save its tables as XLSX. {read}."),
                file=path.name,
                read=READ,
            )
        )
    inside = ", ".join(names[:5]) or told(N_("nothing"))
    raise ImportRefused(
        told(
            N_("{file} is an archive of {inside}; unpack it and give one of its files. {read}."),
            file=path.name,
            inside=inside,
            read=READ,
        )
    )


def _in_ole(path: Path, head: bytes) -> Kind:
    if path.suffix.lower() in {".rvt", ".rfa"} or b"R\0e\0v\0i\0t" in head:
        raise ImportRefused(
            told(N_("{file} is a Revit project; export it from Revit as IFC."), file=path.name)
        )
    return "schedule"


def _in_text(path: Path, head: bytes, plain: bytes) -> Kind:
    if _DXF.match(plain):
        return "dxf"
    text = _text(head)
    if text is None:
        raise ImportRefused(
            told(
                N_("{file}: this kind of file is not read. {read}.{claim}"),
                file=path.name,
                read=READ,
                claim=_claim(path),
            )
        )
    if text.startswith("<"):
        root = _ROOT.search(_PROLOGUE.sub("", text))
        name = root.group(1).lower() if root else ""
        if name in _XML_KINDS:
            return _XML_KINDS[name]
        if "<svg" in text.lower():
            return "svg"
        what = (
            told(N_("an ifcXML file; save it as .ifc"))
            if name == "ifcxml"
            else told(N_("XML of <{name}>"), name=name)
        )
        raise ImportRefused(
            told(N_("{file} is {what}. {read}."), file=path.name, what=what, read=READ)
        )
    if text[:1] in {"{", "["}:
        return "geojson"
    if path.suffix.lower() in {".ifc", ".dxf", ".ifczip", ".dwg"}:
        raise ImportRefused(
            told(
                N_(
                    "{file} is not what its ending says: it does not begin as such a file "
                    "does. Export it again."
                ),
                file=path.name,
            )
        )
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if path.suffix.lower() in {".csv", ".tsv", ".txt"} or _looks_tabular(lines):
        return "schedule"
    raise ImportRefused(
        told(N_("{file}: this kind of file is not read. {read}."), file=path.name, read=READ)
    )


def _looks_tabular(lines: list[str]) -> bool:
    several = len(lines) > 1
    return several and any(all(mark in line for line in lines[:5]) for mark in ";\t,|")


def _text(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").lstrip("\ufeff \r\n\t")
    if b"\0" in head:
        return None
    return head.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")


def _claim(path: Path) -> str:
    known = _ENDINGS.get(path.suffix.lower())
    if not known:
        return ""
    return told(N_(" Its ending says {ending}, its content does not."), ending=path.suffix)
