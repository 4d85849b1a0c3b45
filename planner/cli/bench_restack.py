"""`planner bench restack`: ours beside doing nothing, greedy, CP-SAT and HiGHS, in one run."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from planner.optimise.bench import Verdict

SOLVERS = ("ours", "nothing", "greedy", "cp-sat", "highs")
SEEN = Path("var/bench/restack.json")
USUAL = ("10x60", "20x50", "40x300", "40x300-dear")


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser(
        "restack",
        help="the solver beside its peers, the same instances and limits",
        description="Synthetic estates FLOORSxTEAMS (with -dear: moves cost five times as much; "
        "with -rich: every feature of the format on) "
        "and facility-FACILITIESxCUSTOMERS. Exit 1 if a plan breaks a rule, a plan of this run or "
        "an earlier one beats a bound, or a peer beats ours.",
    )
    suite.add_argument("--sizes", nargs="+", metavar="SIZE", default=list(USUAL))
    suite.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    suite.add_argument("--seconds", type=float, help="limit (default: that of the size)")
    suite.add_argument("--workers", type=int, default=2)
    suite.add_argument("--solvers", nargs="+", choices=SOLVERS, default=list(SOLVERS))
    suite.add_argument(
        "--seen",
        type=Path,
        metavar="FILE",
        default=SEEN,
        help="record of the best plans and bounds of all runs, compared and kept up to date "
        f"(default {SEEN})",
    )
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Run every case; exit 1 at a fault, 2 at a size that is none."""
    from planner.optimise.bench import cases, judge, seen_in, sizes

    unknown = [size for size in args.sizes if size not in sizes()]
    if unknown:
        known = ", ".join(sizes())
        sys.stderr.write(f"planner: no size {', '.join(unknown)}; there are {known}\n")
        return 2
    solvers = ("ours", *(name for name in SOLVERS[1:] if name in args.solvers))
    verdicts = []
    try:
        seen = seen_in(args.seen)
    except ValueError as refusal:
        sys.stderr.write(f"planner: {refusal}\n")
        return 2
    for size in args.sizes:
        group = []
        for case in cases([size], args.seeds):
            group.append(judge(case, args.seconds, args.workers, solvers, seen))
            seen.write(args.seen)
            if not args.json:
                _show(group[-1])
        verdicts += group
        if not args.json:
            _summarise(size, group)
    if args.json:
        sys.stdout.write(json.dumps([asdict(verdict) for verdict in verdicts], indent=1) + "\n")
    return 1 if any(verdict.faults for verdict in verdicts) else 0


def _show(verdict: Verdict) -> None:
    sys.stdout.write(f"{verdict.case}\n")
    for score in verdict.scores:
        captured = verdict.captured.get(score.solver)
        cost = "none" if score.cost is None else str(score.cost)
        bound = "" if score.bound is None else str(score.bound)
        share = "" if captured is None else f"{captured:.1%}"
        sys.stdout.write(
            f"  {score.solver:<9}{cost:>12}{bound:>12}{share:>9}{score.seconds:>8.1f} s\n"
        )
    sys.stdout.writelines(f"  FAULT {fault}\n" for fault in verdict.faults)
    sys.stdout.flush()


def _summarise(size: str, group: list[Verdict]) -> None:
    """Print medians over the seeds."""
    captured = [v.captured["ours"] for v in group if "ours" in v.captured]
    gaps = [v.gap for v in group if v.gap is not None]
    closed = [v.closed for v in group if v.closed is not None]
    parts = [
        f"{name} {median(values):.2%}"
        for name, values in (("captured", captured), ("gap", gaps), ("greedy gap closed", closed))
        if values
    ]
    faults = sum(len(v.faults) for v in group)
    sys.stdout.write(f"{size}, median: {', '.join(parts)}; faults {faults}\n")
    sys.stdout.flush()
