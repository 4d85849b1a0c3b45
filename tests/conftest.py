"""What holds for every test."""

from hypothesis import settings

# A shared machine is slow at times; no test may fail for that.
settings.register_profile("planner", deadline=None)
settings.load_profile("planner")
