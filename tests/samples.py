"""What some tests need from outside the tree; where it is absent they skip with a sentence."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, make_url, text

if TYPE_CHECKING:
    from sqlalchemy import URL

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def samples_dir() -> Path:
    """Return the folder of real plans and attendance: PLANNER_SAMPLES, or the usual place."""
    folder = Path(os.environ.get("PLANNER_SAMPLES") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no real sample files: name their folder in PLANNER_SAMPLES")
    return folder


def sample(path: str) -> Path:
    """Return one sample file by its path inside the folder."""
    file = samples_dir() / path
    if not file.is_file():
        pytest.skip(f"the sample files hold no {path}")
    return file


def chromium() -> str:
    """Return the browser for tests: PLANNER_CHROMIUM, or the first one installed."""
    named = os.environ.get("PLANNER_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium here: `sh test.sh` installs it, or name it in PLANNER_CHROMIUM")
    return found


def axe() -> Path:
    """Return the accessibility checker, a script to run in the page."""
    script = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("no axe-core here: `sh setup.sh` brings it")
    return script


@cache
def postgres_url() -> str:
    """Return the address of a PostgreSQL database that this process may fill and empty.

    It is the one of PLANNER_TEST_POSTGRES_URL; processes that share the tests have one each
    beside it, named after them.
    """
    url = os.environ.get("PLANNER_TEST_POSTGRES_URL")
    if not url:
        pytest.skip("no PostgreSQL for tests: name one in PLANNER_TEST_POSTGRES_URL")
    process = os.environ.get("PYTEST_XDIST_WORKER")
    return beside(make_url(url), process) if process else url


def beside(first: URL, process: str) -> str:
    """Return the address of a process's own database, made where it is missing."""
    name = f"{first.database}_{process}"
    engine = create_engine(first, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        known = "SELECT 1 FROM pg_database WHERE datname = :name"
        if connection.execute(text(known), {"name": name}).scalar() is None:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return first.set(database=name).render_as_string(hide_password=False)
