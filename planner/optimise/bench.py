"""The solver's benchmark, for the command line."""

from __future__ import annotations

from solver.bench.suite import Verdict, cases, judge, sizes

__all__ = ["Verdict", "cases", "judge", "sizes"]
