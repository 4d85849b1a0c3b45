"""What a user may ask of one run."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.errors import InvalidInput, Problem, sentence

if TYPE_CHECKING:
    from planner.domain.plan import Promise
    from planner.domain.records import Rule

MOST_SECONDS = 86_400
_MOST_SEED = 2**31 - 1
_MOST_WORKERS = 256


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of one plan.

    Args:
        name: what the plan is called.
        seconds: at most so long, 1 second to a day.
        seed: of every random choice; the same seed gives the same plan with one worker.
        workers: threads; 1 makes a run repeat exactly.
        level: service level, None for the estate's own figure.
        gap: stop when the proved gap is this share of the value or less.
        rules: for this plan alone, beside those of the estate.
        promise: what the service level is to hold for.
        study: seconds for looking into the plan afterwards, 0 for not at all.

    Raises:
        InvalidInput: every setting out of range.
    """

    name: str = "Plan"
    seconds: int = 20
    seed: int = 1
    workers: int = 1
    level: Decimal | None = None
    gap: Decimal = Decimal(0)
    rules: tuple[Rule, ...] = ()
    promise: Promise = "each_floor"
    study: int = 0

    def __post_init__(self) -> None:
        """Refuse settings that make no sense, all at once."""
        found = []
        if not 1 <= self.seconds <= MOST_SECONDS:
            found.append(
                Problem(
                    sentence("field seconds"),
                    sentence(
                        "{seconds}: enter 1 to {most_seconds}",
                        seconds=self.seconds,
                        most_seconds=MOST_SECONDS,
                    ),
                )
            )
        if not 0 <= self.seed <= _MOST_SEED:
            found.append(
                Problem(
                    sentence("field seed"),
                    sentence(
                        "{seed}: enter 0 to {most_seed}", seed=self.seed, most_seed=_MOST_SEED
                    ),
                )
            )
        if not 1 <= self.workers <= _MOST_WORKERS:
            found.append(
                Problem(
                    sentence("field workers"),
                    sentence(
                        "{workers}: enter 1 to {most_workers}",
                        workers=self.workers,
                        most_workers=_MOST_WORKERS,
                    ),
                )
            )
        if self.level is not None and not Decimal("0.5") <= self.level <= 1:
            found.append(
                Problem(
                    sentence("field level"),
                    sentence("{level}: enter 0.5 to 1, for example 0.95", level=self.level),
                )
            )
        if not 0 <= self.gap < 1:
            found.append(
                Problem(
                    sentence("field gap"), sentence("{gap}: enter 0 or more, below 1", gap=self.gap)
                )
            )
        if not 0 <= self.study <= MOST_SECONDS:
            found.append(
                Problem(
                    sentence("field study"),
                    sentence(
                        "{study}: enter 0 to {most_seconds}",
                        study=self.study,
                        most_seconds=MOST_SECONDS,
                    ),
                )
            )
        if not self.name.strip():
            found.append(
                Problem(sentence("field name"), sentence("is blank; enter a name for the plan"))
            )
        if found:
            raise InvalidInput(found)
