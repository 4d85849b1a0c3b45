"""The command line: `planner COMMAND`; 0 done, 1 the answer is no, 2 unusable input."""

from planner.cli.main import main

__all__ = ["main"]
