"""gbXML gives spaces with their stated and drawn areas, in any of its units."""

import pytest

from planner.errors import ImportRefused

LOOP = "".join(
    f"<CartesianPoint><Coordinate>{x}</Coordinate><Coordinate>{y}</Coordinate>"
    "<Coordinate>0</Coordinate></CartesianPoint>"
    for x, y in ((0, 0), (10, 0), (10, 8), (0, 8))
)
MODEL = f"""<?xml version="1.0"?>
<gbXML xmlns="http://www.gbxml.org/schema" areaUnit="AREA" lengthUnit="LENGTH">
<Campus id="c"><Building id="b" buildingType="Office"><Name>Menara</Name>
<BuildingStorey id="s0"><Name>Ground</Name><Level>0</Level></BuildingStorey>
<BuildingStorey id="s1"><Name>First</Name><Level>3.5</Level></BuildingStorey>
<Space id="sp1" buildingStoreyIdRef="s1" spaceType="OfficeEnclosed"><Name>101 Office</Name>
<Area>85</Area><PlanarGeometry><PolyLoop>{LOOP}</PolyLoop></PlanarGeometry></Space>
<Space id="sp2" buildingStoreyIdRef="s0"><Name>Stairs</Name><Area>12.5</Area></Space>
<Space id="sp3"><Name>Lost</Name></Space>
</Building></Campus></gbXML>"""


@pytest.mark.parametrize(
    ("area", "length", "declared", "drawn"),
    [
        ("SquareMeters", "Meters", 85.0, 80.0),
        ("SquareFeet", "Feet", 85 * 0.09290304, 80 * 0.3048**2),
        ("SquareFeet", "Inches", 85 * 0.09290304, 80 * 0.0254**2),
        ("SquareCentimeters", "Centimeters", 0.0085, 0.008),
    ],
)
def test_units_of_the_root_are_those_of_areas_and_lengths(
    read, tmp_path, area, length, declared, drawn
):
    path = tmp_path / "model.xml"
    text = MODEL.replace("AREA", area).replace("LENGTH", length)
    path.write_text(text.replace("<Area>", "<Area>"), encoding="utf-8")
    report = read(path)
    assert report.building == "Menara"
    assert [(f.name, f.level) for f in report.floors] == [
        ("Ground", 0),
        ("First", 1),
        ("without a storey", None),
    ]
    office = report.floors[1].spaces[0]
    assert (office.number, office.name, office.category) == ("101", "Office", "office")
    assert float(office.declared_area_m2) == pytest.approx(declared, abs=1e-3)
    if drawn > 0.01:
        assert float(office.drawn_area_m2) == pytest.approx(drawn, abs=1e-3)
    assert report.floors[0].spaces[0].category == "stairs"
    assert "no_storey" in {warning.code for warning in report.warnings}


def test_a_model_without_spaces_is_refused(read, tmp_path):
    path = tmp_path / "model.xml"
    path.write_text("<gbXML><Campus><Building/></Campus></gbXML>", encoding="utf-8")
    with pytest.raises(ImportRefused, match="no Space, so no rooms"):
        read(path)
