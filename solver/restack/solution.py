"""A plan, and the file that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from solver.errors import InvalidInstance
from solver.outcome import Outcome, Reason, Status
from solver.reader import Reader, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.params import Params

FORMAT = "planner-restack-solution/1"
REQUIRED = (
    *("format", "status", "cost", "bound", "seconds", "workers", "seed"),
    *("place", "load", "kept", "log"),
)
COSTS = -(2**63), 2**63  # totals go beyond the whole numbers of an instance
LOG_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Solution:
    """Who sits where, in people; which load each team has; which spaces are kept; what it costs."""

    place: Mapping[str, Mapping[str, int]]
    load: Mapping[str, int]
    kept: tuple[str, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class SolutionFile:
    """A solution file as it was read: the claims of a run, and its plan if it found one."""

    status: Status
    plan: Solution | None
    bound: int | None
    seconds: float
    workers: int
    seed: int
    log: tuple[tuple[float, int | None, int | None], ...]
    reasons: tuple[Reason, ...] = ()
    reasons_minimal: bool = False


def solution_to_json(outcome: Outcome[Solution], params: Params) -> dict[str, Any]:
    """Return what a run found as the JSON object of a solution file."""
    best = outcome.best
    document: dict[str, Any] = {
        "format": FORMAT,
        "status": outcome.status.value,
        "cost": outcome.cost,
        "bound": outcome.bound,
        "seconds": round(outcome.seconds, 3),
        "workers": params.workers,
        "seed": params.seed,
        "place": None if best is None else {t: dict(parts) for t, parts in best.place.items()},
        "load": None if best is None else dict(best.load),
        "kept": None if best is None else list(best.kept),
        "log": [[round(seconds, 3), cost, bound] for seconds, cost, bound in outcome.log],
    }
    if outcome.status is Status.INFEASIBLE:
        document["reasons"] = [
            {"rule": reason.rule, "teams": list(reason.teams), "spaces": list(reason.spaces)}
            for reason in outcome.reasons
        ]
        document["reasons_minimal"] = outcome.reasons_minimal
    return document


def parse_solution(obj: object) -> SolutionFile:
    """Return the solution file that a JSON value describes.

    Raises:
        InvalidInstance: anything missing, unknown or of the wrong type; whether the plan keeps
            the rules is for `check_file` to say.
    """
    reader = Reader()
    top = reader.keys(obj, "", REQUIRED, ("reasons", "reasons_minimal", "note"))
    if reader.problems:
        raise InvalidInstance(reader.problems)
    if top["format"] != FORMAT:
        reader.refuse("format", f"{shown(top['format'])} is not {FORMAT!r}")
    status = Status.OUT_OF_TIME
    if top["status"] in list(Status):
        status = Status(top["status"])
    else:
        reader.refuse("status", f"{shown(top['status'])} is none of {', '.join(Status)}")
    result = SolutionFile(
        status=status,
        plan=_plan(reader, top),
        bound=reader.optional_integer(top["bound"], "bound", *COSTS),
        seconds=_seconds(reader, top["seconds"], "seconds"),
        workers=reader.integer(top["workers"], "workers", 1),
        seed=reader.integer(top["seed"], "seed", 0),
        log=tuple(_log_row(reader, row, where) for where, row in reader.items(top["log"], "log")),
        reasons=tuple(
            _reason(reader, row, where)
            for where, row in reader.items(top.get("reasons", []), "reasons")
        ),
        reasons_minimal=reader.flag(top.get("reasons_minimal", False), "reasons_minimal"),
    )
    if reader.problems:
        raise InvalidInstance(reader.problems)
    return result


def _plan(reader: Reader, top: Mapping[str, Any]) -> Solution | None:
    names = ("cost", "place", "load", "kept")
    missing = [name for name in names if top[name] is None]
    if len(missing) == len(names):
        return None
    for name in missing:
        reader.refuse(name, "null, though other parts of a plan are given")
    if missing:
        return None
    place = {
        team: {
            space: reader.integer(people, f"place.{team}.{space}", 0)
            for space, people in reader.mapping(parts, f"place.{team}").items()
        }
        for team, parts in reader.mapping(top["place"], "place").items()
    }
    load = {
        team: reader.integer(number, f"load.{team}", 0)
        for team, number in reader.mapping(top["load"], "load").items()
    }
    kept = reader.texts(top["kept"], "kept")
    cost = reader.integer(top["cost"], "cost", *COSTS)
    return Solution(place, load, kept, cost)


def _seconds(reader: Reader, value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        reader.refuse(where, f"{shown(value)} is not a number of seconds")
        return 0.0
    return float(value)


def _log_row(reader: Reader, value: object, where: str) -> tuple[float, int | None, int | None]:
    if not isinstance(value, list) or len(value) != LOG_COLUMNS:
        reader.refuse(where, f"{shown(value)} is not [seconds, cost, bound]")
        return 0.0, None, None
    return (
        _seconds(reader, value[0], f"{where}[0]"),
        reader.optional_integer(value[1], f"{where}[1]", *COSTS),
        reader.optional_integer(value[2], f"{where}[2]", *COSTS),
    )


def _reason(reader: Reader, value: object, where: str) -> Reason:
    row = reader.keys(value, where, ("rule", "teams", "spaces"), ())
    return Reason(
        rule=reader.text(row.get("rule", "?"), f"{where}.rule"),
        teams=reader.texts(row.get("teams", []), f"{where}.teams"),
        spaces=reader.texts(row.get("spaces", []), f"{where}.spaces"),
    )
