"""`planner bench money`: how long many leases take to price, to try and to simulate."""

from __future__ import annotations

import json
import sys
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any

    from planner.domain.estate import Estate

_MOST_SECONDS: Final = 3.0
_DRAWS: Final = 10_000
_FLOORS_A_BUILDING: Final = 20
_FIGURES: Final = {
    "discount_rate": "0.068",
    "works_per_m2": "1150000",
    "void_cost_per_m2_month": "22000",
    "move_cost_per_person": "5000000",
    "move_cost_elsewhere_per_person": "6200000",
    "deposit_months": "3",
    "service_cost_per_m2_month": "60000",
    "horizon_months": "120",
}


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser("money", help="pricing, sensitivity and simulation of leases")
    suite.add_argument("--leases", type=int, default=200, help="freed floors, each let on its own")
    suite.add_argument("--draws", type=int, default=_DRAWS, help="futures to simulate")
    suite.add_argument("--seed", type=int, default=1)
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Time each step once, in this process; exit 1 if the simulation takes too long."""
    from planner.finance import case_of, reprice, simulate, tornado, values_of

    estate = estate_of(args.leases)
    freed = [unit.id for unit in estate.units]
    rows: list[dict[str, object]] = []

    def timed(step: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        found = work()
        rows.append({"step": step, "seconds": round(time.perf_counter() - start, 3)})
        return found

    values = timed("read the figures", lambda: values_of(estate))
    case = timed("price every lease, month by month", lambda: case_of(estate, freed, []))
    futures = timed(
        f"simulate {args.draws} futures", lambda: simulate(case, draws=args.draws, seed=args.seed)
    )
    seconds = rows[-1]["seconds"]
    timed("price again at another rent", lambda: reprice(case, {"achieved_rent": "0.7"}))
    timed("try fifteen figures both ways", lambda: tornado(case))
    result = {
        "leases": len(freed),
        "months": values.terms.clock.horizon,
        "npv": case.npv,
        "p10": futures.p10,
        "p50": futures.p50,
        "p90": futures.p90,
        "loss": futures.loss,
        "steps": rows,
    }
    if args.json:
        sys.stdout.write(json.dumps(result, indent=1) + "\n")
    else:
        for row in rows:
            sys.stdout.write(f"{row['step']:<36}{row['seconds']:>8} s\n")
    return 0 if float(str(seconds)) <= _MOST_SECONDS else 1


def estate_of(leases: int) -> Estate:
    """Return an estate of so many empty floors in towers, each with a rent of its own."""
    from planner.domain.estate import Estate
    from planner.domain.records import Assumption, Building, Floor, Header, Team

    towers = -(-leases // _FLOORS_A_BUILDING)
    return Estate(
        header=Header(name="Bench", owner="Bench", country="ID", currency="IDR"),
        buildings=tuple(
            Building(
                code=f"T{tower}",
                name=f"Tower {tower}",
                rent_per_m2_month=Decimal(120_000 + 1000 * tower),
                running_cost_per_m2_month=Decimal(31_000),
            )
            for tower in range(towers)
        ),
        floors=tuple(
            Floor(
                building=f"T{at // _FLOORS_A_BUILDING}",
                code=f"T{at // _FLOORS_A_BUILDING}-{at % _FLOORS_A_BUILDING + 1}",
                level=at % _FLOORS_A_BUILDING + 1,
                lettable_area_m2=Decimal(600 + at),
                seats=60,
            )
            for at in range(leases)
        ),
        teams=(Team(code="T", name="Team", headcount=1),),
        assumptions=tuple(
            Assumption(key=key, value=value, source="benchmark") for key, value in _FIGURES.items()
        ),
    )
