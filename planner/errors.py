"""Every refusal of the planner: one tree, each a sentence a person can act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class PlannerError(Exception):
    """Anything the planner refuses; its text is shown to the user as it stands."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with an input: where it stands and what to do about it.

    Args:
        where: the place in the user's own terms, for example
            `sheet teams, row 14, column headcount`.
        message: a sentence with the offending value and what to enter instead.
    """

    where: str
    message: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        return f"{self.where}: {self.message}" if self.where else self.message


class InvalidInput(PlannerError):
    """Input that cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        """Keep the problems; a bare sentence becomes the only one."""
        self.problems: Sequence[Problem] = (
            (Problem("", problems),) if isinstance(problems, str) else tuple(problems)
        )
        super().__init__("\n".join(map(str, self.problems)))


class ImportRefused(InvalidInput):
    """A file that cannot be read as what it claims to be; nothing of it was stored."""


class InvalidDemand(InvalidInput):
    """Attendance or a service level from which no demand can be worked out."""


class NotFound(PlannerError):
    """There is no such thing, or it belongs to somebody else: both look the same."""


class Refused(PlannerError):
    """The thing is there and visible, but this person may not do this to it."""


class Conflict(PlannerError):
    """The thing changed meanwhile, or is in a state that does not allow this."""


class NoPlan(PlannerError):
    """The solver ended without a plan."""


class Infeasible(NoPlan):
    """No plan keeps all the rules; `reasons` is a minimal set that conflicts.

    `study` is what would have to give, a `planner.domain.study.NoPlanStudy`; None where
    nobody looked.
    """

    def __init__(self, reasons: Iterable[str], study: object = None) -> None:
        """Keep the conflicting rules, each a sentence in the user's terms."""
        self.reasons: Sequence[str] = tuple(reasons)
        self.study = study
        super().__init__("No plan keeps all of these rules together:\n" + "\n".join(self.reasons))


class OutOfTime(NoPlan):
    """Time ran out before any plan was found."""


class Unavailable(PlannerError):
    """The database does not answer or cannot write; nothing was changed, trying again may help."""


class IncompleteInstallation(PlannerError):
    """A file or folder that every installation has is not there; set-up did not finish."""
