"""What a process that reads a stranger's file has within reach."""

import os

from planner.importers.sandbox import read_apart


def settings_seen(_path):
    return sorted(name for name in os.environ if name.startswith("PLANNER_"))


def test_a_reader_is_told_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("PLANNER_SECRET_KEY", "x" * 32)
    monkeypatch.setenv("PLANNER_DATABASE_URL", "postgresql+psycopg://u:password@host/planner")
    file = tmp_path / "plan.dxf"
    file.write_text("0")
    assert read_apart(settings_seen, file) == []
