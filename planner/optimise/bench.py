"""The solver's benchmark, for the command line."""

from __future__ import annotations

from solver.bench.seen import Seen, seen_in
from solver.bench.suite import Verdict, cases, judge, sizes

__all__ = ["Seen", "Verdict", "cases", "judge", "seen_in", "sizes"]
