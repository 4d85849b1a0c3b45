"""`planner bench plans`: how long plan files take to read and how much memory they want."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import argparse

    from planner.importers.plans import Choices

# seconds of computing and megabytes that a read may take; None: no limit is set
_LIMITS: Final[dict[str, tuple[float, float | None]]] = {
    "ifc": (3.0, 250.0),
    "dxf": (8.0, None),
}
_MOST_PICTURE_MS: Final = 10.0
_ROOMS: Final = 100
_DXF_ROOMS: Final = 70
_DXF_LINES: Final = 44_000
_IFC_ROOMS: Final = 100


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser("plans", help="reading of plan files, the picture of a floor")
    suite.add_argument("--files", type=Path, nargs="*", help="these files instead of made ones")
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Read each file once in its child, draw a floor, and say whether all kept their limits."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as folder:
        files = args.files or [make_dxf(Path(folder)), make_ifc(Path(folder))]
        rows = [read_once(file) for file in files]
    rows.append(draw_once())
    fits = all(row["fits"] for row in rows)
    if args.json:
        sys.stdout.write(json.dumps({"rows": rows, "fits": fits}, indent=1) + "\n")
    else:
        for row in rows:
            figures = ", ".join(f"{k} {v}" for k, v in row.items() if k not in {"what", "fits"})
            verdict = "fits" if row["fits"] else "TOO MUCH"
            sys.stdout.write(f"{row['what']:<28} {figures}: {verdict}\n")
    return 0 if fits else 1


def read_once(path: Path) -> dict[str, Any]:
    """Return what reading a file took: by the clock, with the start of the child, and computing.

    The limit holds for the time of computing: waiting for a busy machine is not the reader's.
    """
    from planner.importers.plans import NO_CHOICES
    from planner.importers.sandbox import LIMITS, read_apart

    start = time.perf_counter()
    kind, rooms, computing, peak = read_apart(measured, path, LIMITS, NO_CHOICES)
    seconds = time.perf_counter() - start
    most_seconds, most_mb = _LIMITS.get(kind, (60.0, None))
    return {
        "what": path.name,
        "MB": round(path.stat().st_size / 1e6, 1),
        "rooms": rooms,
        "seconds": round(seconds, 2),
        "computing_seconds": round(computing, 2),
        "peak_MB": round(peak),
        "fits": computing <= most_seconds and (most_mb is None or peak <= most_mb),
    }


def measured(path: Path, choices: Choices) -> tuple[str, int, float, float]:
    """Return kind, rooms, seconds of computing since the start, and peak MB; run in the child."""
    from planner.importers.plans.reading import read_here

    report = read_here(path, choices)
    rooms = sum(len(floor.spaces) for floor in report.floors)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    return report.kind, rooms, time.process_time(), peak


def draw_once() -> dict[str, Any]:
    """Return the milliseconds that the picture of a floor of a hundred rooms takes.

    The first drawing, which compiles templates and measures letters, does not count.
    """
    from planner.i18n import speech_of
    from planner.reports.drawings import floor_plan
    from planner.reports.drawings.canvas import Canvas

    estate = _floor_of_rooms()
    speech = speech_of("en")
    times = []
    for _ in range(11):
        start = time.process_time()
        floor_plan(estate, "A1", speech, canvas=Canvas(900))
        times.append((time.process_time() - start) * 1000)
    best = sorted(times[1:])[len(times) // 2]
    return {
        "what": f"picture of {_ROOMS} rooms",
        "milliseconds": round(best, 1),
        "fits": best <= _MOST_PICTURE_MS,
    }


def _floor_of_rooms() -> Any:
    from planner.domain.estate import Estate
    from planner.domain.records import Building, Floor, Header, Space

    spaces = []
    for at in range(_ROOMS):
        x, y = at % 20 * 3.0, at // 20 * 5.0
        ring = [[x, y], [x + 3, y], [x + 3, y + 5], [x, y + 5], [x, y]]
        spaces.append(
            Space(
                floor="A1",
                number=f"1.{at:02d}",
                name="Office",
                category="office",
                drawn_area_m2=Decimal(15),
                outline=json.dumps({"type": "Polygon", "coordinates": [ring]}),
            )
        )
    header = Header(name="bench", owner="-", country="ID", currency="IDR")
    floor = Floor(building="A", code="A1", level=1, lettable_area_m2=Decimal(1500), seats=100)
    return Estate(
        header, buildings=(Building(code="A", name="A"),), floors=(floor,), spaces=tuple(spaces)
    )


def make_dxf(folder: Path) -> Path:
    """Return a drawing like a real floor's: rooms, labels and much furniture, some 5 MB."""
    import ezdxf
    from ezdxf.enums import TextEntityAlignment

    doc = ezdxf.filemanagement.new("R2010")
    doc.units = 6
    model = doc.modelspace()
    for at in range(_DXF_ROOMS):
        x, y = at % 10 * 6, at // 10 * 5
        ring = [(x, y), (x + 6, y), (x + 6, y + 5), (x, y + 5)]
        model.add_lwpolyline(ring, close=True, dxfattribs={"layer": "RM$"})
        text = model.add_text(f"1.{at:02d}", dxfattribs={"layer": "RM$TXT", "height": 0.2})
        text.set_placement((x + 3, y + 3), align=TextEntityAlignment.MIDDLE_CENTER)
    for at in range(_DXF_LINES):
        left, low = at % 600 * 0.1, at // 600 * 0.8
        model.add_line((left, low), (left + 0.08, low + 0.7), dxfattribs={"layer": "A-FURN"})
    path = folder / "made.dxf"
    doc.saveas(path)
    return path


def make_ifc(folder: Path) -> Path:
    """Return a model with rooms and much else besides, some 4 MB."""
    lines = [
        "ISO-10303-21;HEADER;FILE_DESCRIPTION((''),'2;1');",
        "FILE_NAME('','',(''),(''),'','','');FILE_SCHEMA(('IFC4'));ENDSEC;DATA;",
        "#1=IFCPROJECT('0000000000000000000001',$,'P',$,$,$,$,(#6),#2);",
        "#2=IFCUNITASSIGNMENT((#3,#4));#3=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);",
        "#4=IFCSIUNIT(*,.AREAUNIT.,$,.SQUARE_METRE.);#5=IFCCARTESIANPOINT((0.,0.,0.));",
        "#6=IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-5,#7,$);",
        "#7=IFCAXIS2PLACEMENT3D(#5,$,$);#8=IFCDIRECTION((0.,0.,1.));",
        "#9=IFCBUILDING('0000000000000000000009',$,'B',$,$,$,$,$,.ELEMENT.,$,$,$);",
        "#10=IFCBUILDINGSTOREY('0000000000000000000010',$,'1',$,$,$,$,$,.ELEMENT.,0.);",
        "#11=IFCRELAGGREGATES('0000000000000000000011',$,$,$,#1,(#9));",
        "#12=IFCRELAGGREGATES('0000000000000000000012',$,$,$,#9,(#10));",
    ]
    number = 20
    spaces = []
    for at in range(_IFC_ROOMS):
        x, y = at % 10 * 6.0, at // 10 * 5.0
        a, ring = number, ((x, y), (x + 6, y), (x + 6, y + 5), (x, y + 5))
        lines += [f"#{a + k}=IFCCARTESIANPOINT(({p[0]},{p[1]}));" for k, p in enumerate(ring)]
        lines += [
            f"#{a + 4}=IFCPOLYLINE((#{a},#{a + 1},#{a + 2},#{a + 3},#{a}));",
            f"#{a + 5}=IFCARBITRARYCLOSEDPROFILEDEF(.AREA.,$,#{a + 4});",
            f"#{a + 6}=IFCEXTRUDEDAREASOLID(#{a + 5},#7,#8,3.);",
            f"#{a + 7}=IFCSHAPEREPRESENTATION(#6,'Body','SweptSolid',(#{a + 6}));",
            f"#{a + 8}=IFCPRODUCTDEFINITIONSHAPE($,$,(#{a + 7}));",
            (
                f"#{a + 9}=IFCSPACE('{a:022d}',$,'{at + 1}',$,$,#15,#{a + 8},'Office',.ELEMENT.,"
                ".INTERNAL.,$);"
            ),
        ]
        spaces.append(f"#{a + 9}")
        number += 10
    lines.append("#15=IFCLOCALPLACEMENT($,#7);")
    joined = ",".join(spaces)
    lines.append(f"#16=IFCRELAGGREGATES('0000000000000000000016',$,$,$,#10,({joined}));")
    lines += [
        f"#{number + at}=IFCCARTESIANPOINT(({at * 0.001:.6f},{at * 0.002:.6f},{at * 0.003:.6f}));"
        for at in range(75_000)
    ]
    path = folder / "made.ifc"
    path.write_text("\n".join([*lines, "ENDSEC;", "END-ISO-10303-21;", ""]), encoding="ascii")
    return path
