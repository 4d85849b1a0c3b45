"""`planner bench reports`: how long each document takes, and how much memory."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any

    from planner.reports.dossier import Dossier

_KINDS = ("proposal_pdf", "model_xlsx", "one_page_pdf", "utilisation_pdf")
_MOST_SECONDS = 5.0
_MOST_MB = 300.0


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser("reports", help="documents of the demo plan, each in a child")
    suite.add_argument("--seconds", type=int, default=5, help="search for the plan this long")
    suite.add_argument("--lang", choices=("en", "id"), default="en")
    suite.add_argument("--moves", type=int, default=0, help="print the plan with this many moves")
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Make each document once in a child and print seconds, size and the children's peak."""
    from planner.demo import demo_estate
    from planner.i18n import speech_of
    from planner.optimise.options import Options
    from planner.reports.child import render_in_child
    from planner.services.chain import dossier_of, make_plan

    estate = demo_estate(1)
    dossier = dossier_of(estate, make_plan(estate, Options(seconds=args.seconds, seed=1)))
    if args.moves:
        dossier = _with_moves(dossier, args.moves)
    speech = speech_of(args.lang, estate.header.currency, estate.header.area_unit)
    render_in_child(_KINDS[-1], dossier, speech)  # the server of forks is up, as in a worker
    rows = [_measured(kind, partial(render_in_child, kind, dossier, speech)) for kind in _KINDS]
    if args.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
    else:
        for row in rows:
            sys.stdout.write(
                f"{row['document']:<18}{row['seconds']:>7.2f} s{row['kilobytes']:>8.0f} kB"
                f"{row['megabytes']:>7.0f} MB\n"
            )
    first = rows[0]
    fits = first["seconds"] <= _MOST_SECONDS and first["megabytes"] <= _MOST_MB
    return 0 if fits or args.moves else 1


def _measured(kind: str, make: Callable[..., bytes]) -> dict[str, Any]:
    """Return what a document took; the peak is its child's own, shared pages included."""
    peaks: list[int] = []
    start = time.perf_counter()
    data = make(weighed=peaks.append)
    return {
        "document": kind,
        "seconds": round(time.perf_counter() - start, 2),
        "kilobytes": round(len(data) / 1000),
        "megabytes": max(peaks),
    }


def _with_moves(dossier: Dossier, count: int) -> Dossier:
    """Return the dossier with its moves repeated: no plan, but as long a list."""
    import dataclasses

    moves = dossier.plan.moves
    times = -(-count // max(1, len(moves)))
    longer = dossier.plan.model_copy(update={"moves": (moves * times)[:count]})
    return dataclasses.replace(dossier, plan=longer)
