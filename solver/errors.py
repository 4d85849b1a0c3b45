"""What the solver refuses, and the one defect it can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class SolverError(Exception):
    """Anything the solver cannot work with; its text is shown as it stands."""


class InvalidInstance(SolverError):
    """An instance or a solution that is malformed; carries every problem, each with its place."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the problems, such as `teams[3].loads[0].by_day[2]: -4 is below 0`."""
        self.problems: Sequence[str] = tuple(problems)
        super().__init__("\n".join(self.problems))


class InvalidParams(SolverError):
    """A limit or a setting of a run that makes no sense."""


class InvalidModel(SolverError):
    """The engine refused a model, or a plan failed its check: always a defect of this package."""
