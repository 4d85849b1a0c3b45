"""`planner bench SUITE`: the benchmarks, each a module of its own, listed in one place."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse

SUITES: Final = (
    "planner.cli.bench_data",
    "planner.cli.bench_demand",
    "planner.cli.bench_fanout",
    "planner.cli.bench_kills",
    "planner.cli.bench_load",
    "planner.cli.bench_money",
    "planner.cli.bench_plans",
    "planner.cli.bench_reports",
    "planner.cli.bench_restack",
    "planner.cli.bench_site",
    "planner.cli.bench_waves",
)
"""Modules that add one suite each by `add_commands`."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `planner bench` with every suite."""
    bench = commands.add_parser("bench", help="measure speed and quality, suite by suite")
    suites = bench.add_subparsers(title="suites", required=True, metavar="SUITE")
    for name in SUITES:
        import_module(name).add_commands(suites)
