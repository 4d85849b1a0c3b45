"""DWG is read where its optional reader is; what the reader cannot do is said plainly."""

import sys

import pytest

from planner.errors import ImportRefused
from planner.importers.plans import read_plan
from tests.samples import sample


def test_without_its_reader_a_drawing_is_refused_with_what_to_do(read, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ezdwg", None)
    path = tmp_path / "floor.dwg"
    path.write_bytes(b"AC1032" + bytes(100))
    with pytest.raises(ImportRefused, match=r"not installed here.*save it as DXF"):
        read(path)


def test_junk_under_the_mark_of_a_drawing_is_refused(read, tmp_path):
    pytest.importorskip("ezdwg", reason="the extra 'dwg' is not installed")
    path = tmp_path / "floor.dwg"
    path.write_bytes(b"AC1032" + bytes(range(256)) * 20)
    with pytest.raises(ImportRefused, match=r"floor\.dwg .*save it as DXF"):
        read(path)


def test_the_drawing_gives_the_rooms_of_its_dxf():
    pytest.importorskip("ezdwg", reason="the extra 'dwg' is not installed")
    report = read_plan(sample("plans/dwg/contoso2/Ground.dwg"))
    (floor,) = report.floors
    assert len(floor.spaces) == 68
    assert sum(bool(room.number and room.name) for room in floor.spaces) == 66
    assert sum(room.seats or 0 for room in floor.spaces) == 158
    drawn = float(sum(room.drawn_area_m2 for room in floor.spaces))
    assert drawn == pytest.approx(2429.8, rel=1e-3)


def test_a_drawing_of_which_the_reader_returns_nothing_is_refused():
    pytest.importorskip("ezdwg", reason="the extra 'dwg' is not installed")
    with pytest.raises(ImportRefused, match="returns nothing"):
        read_plan(sample("plans/dwg/contoso2/Level_2.dwg"))
