"""Reading in this process: the child that reads apart has tests of its own."""

from __future__ import annotations

import pytest

from planner.importers.plans.choices import NO_CHOICES
from planner.importers.plans.reading import read_here


@pytest.fixture
def read():
    """Return a reader without a child process, for files that this test made itself."""
    return lambda path, choices=NO_CHOICES: read_here(path, choices)
