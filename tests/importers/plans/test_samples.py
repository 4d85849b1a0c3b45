"""Every real file gives the floors, spaces and areas that are known of it, to 0.1%."""

import pytest

from tests.samples import samples_dir

KNOWN = [  # file, floors, spaces, drawn and declared square metres, seats
    ("ifc/Office_A_20110811.ifc", 3, 99, 3427.6, 3582.0, 0),
    ("ifc/AC11-Institute-Var-2-IFC.ifc", 5, 82, 2266.7, 2266.7, 52),
    ("ifc/Duplex_A_20110907.ifc", 4, 21, 375.8, 422.0, 0),
    ("ifc/LargeBuilding.ifc", 2, 8, 299.5, 299.5, 14),
    ("cobie/2012-03-23-Duplex-Design.xlsx", 3, 22, 0, 422.0, 0),
    ("dxf/contoso2-ground.dxf", 1, 68, 2429.8, 0, 158),
    ("dxf/bjnortier-floorplan.dxf", 1, 0, 0, 0, 0),
    ("geojson/westport-house", 7, 99, 2760.8, 0, 0),
    ("imdf/minimal-imdf", 3, 11, 56247.5, 0, 0),
    ("svg/concordia-floor8.svg", 1, 74, 0, 0, 0),
]


@pytest.mark.parametrize(("path", "floors", "spaces", "drawn", "declared", "seats"), KNOWN)
def test_a_real_file_gives_what_is_known_of_it(read, path, floors, spaces, drawn, declared, seats):
    file = samples_dir() / "plans" / path
    if not file.exists():
        pytest.skip(f"the sample files hold no {path}")
    report = read(file)
    found = [space for floor in report.floors for space in floor.spaces]
    assert (len(report.floors), len(found)) == (floors, spaces)
    assert sum(float(s.drawn_area_m2 or 0) for s in found) == pytest.approx(drawn, rel=1e-3)
    assert sum(float(s.declared_area_m2 or 0) for s in found) == pytest.approx(declared, rel=1e-3)
    assert sum(s.seats or 0 for s in found) == seats
