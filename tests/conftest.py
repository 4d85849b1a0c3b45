"""What holds for every test."""

import pytest
import structlog
from hypothesis import settings

# A shared machine is slow at times; no test may fail for that.
settings.register_profile("planner", deadline=None)
settings.load_profile("planner")


@pytest.fixture(autouse=True)
def _logs_as_they_come():
    """Leave no log set up by one test, as a command does, to the next."""
    yield
    structlog.reset_defaults()
