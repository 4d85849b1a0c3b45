"""The best plans and bounds that any run of the benchmark has met, kept from run to run."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from solver.bench.peers import Score
    from solver.restack.instance import Instance


def digest_of(instance: Instance) -> str:
    """Return 16 hexadecimal digits that stand for an instance, whatever its name."""
    text = json.dumps(instance.to_json(), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass
class Seen:
    """By instance, the cost of the cheapest sound plan and the highest bound ever met.

    Every plan and every bound holds for good, so one that contradicts an older one is a defect,
    of this run or of that one.
    """

    known: dict[str, dict[str, int | str | None]] = field(default_factory=dict)

    def faults(self, digest: str, scores: Sequence[Score]) -> Iterator[str]:
        """Yield what contradicts an earlier run."""
        old = self.known.get(digest, {})
        cost, bound = old.get("cost"), old.get("bound")
        for score in scores:
            if isinstance(cost, int) and score.bound is not None and score.bound > cost:
                yield (
                    f"{score.solver} has a bound of {score.bound}, a plan of an earlier run "
                    f"costs {cost}"
                )
            sound = score.cost is not None and not score.violations
            if isinstance(bound, int) and sound and score.cost is not None and score.cost < bound:
                yield (
                    f"{score.solver} has a plan of {score.cost}, below a bound of {bound} of an "
                    "earlier run"
                )

    def take(self, digest: str, case: str, scores: Sequence[Score]) -> None:
        """Remember the best of a run that contradicts nothing."""
        old = self.known.get(digest, {})
        costs = [s.cost for s in scores if s.cost is not None and not s.violations]
        bounds = [s.bound for s in scores if s.bound is not None]
        costs += [cost for cost in [old.get("cost")] if isinstance(cost, int)]
        bounds += [bound for bound in [old.get("bound")] if isinstance(bound, int)]
        self.known[digest] = {
            "case": case,
            "cost": min(costs, default=None),
            "bound": max(bounds, default=None),
        }

    def write(self, path: Path) -> None:
        """Write what is known to a file, its folder made if it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def seen_in(path: Path) -> Seen:
    """Return what a file holds, nothing where there is none yet.

    Raises:
        ValueError: the file holds something else.
    """
    if not path.is_file():
        return Seen()
    known = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(known, dict) or not all(isinstance(one, dict) for one in known.values()):
        msg = f"{path}: not a record of benchmarks; name another file"
        raise ValueError(msg)
    return Seen(known)
