"""Every refusal of the planner: one tree, each a sentence a person can act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Sentence(str):
    """An English sentence that remembers its template and values, to be said in other languages.

    It is an ordinary text for everybody else: printed, compared and stored as one.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __reduce__(self) -> tuple[object, ...]:
        """Keep template and values on the way to another process."""
        return _again, (self.template, dict(self.values))


def sentence(template: str, **values: object) -> Sentence:
    """Return a sentence; `template` is what translations look up, with `{name}` for a value.

    >>> sentence("{count} seats are missing", count=3)
    '3 seats are missing'
    """
    return _again(template, values)


def word(text: str) -> Sentence:
    """Return a word that is marked for translation where it comes from."""
    return _again(text, {})


def joined(parts: Iterable[str], between: str) -> Sentence:
    """Return sentences one after the other, each still to be said in other languages.

    >>> joined(["no desk", "no chair"], "; ")
    'no desk; no chair'
    """
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return _again(between.join(f"{{{name}}}" for name in values), values)


def _again(template: str, values: Mapping[str, object]) -> Sentence:
    made = Sentence(template.format(**values))
    made.template, made.values = template, values
    return made


class PlannerError(Exception):
    """Anything the planner refuses; its text is shown to the user as it stands."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the sentences it says, each as it was given."""
        return tuple(one for one in self.args if isinstance(one, str))


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
        return self.line

    @property
    def line(self) -> str:
        """Return the problem as one sentence."""
        if not self.where:
            return self.message
        return sentence("{where}: {message}", where=self.where, message=self.message)


class InvalidInput(PlannerError):
    """Input that cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        """Keep the problems; a bare sentence becomes the only one."""
        self.problems: Sequence[Problem] = (
            (Problem("", problems),) if isinstance(problems, str) else tuple(problems)
        )
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def lines(self) -> tuple[str, ...]:
        """Return one sentence a problem."""
        return tuple(one.line for one in self.problems)


class ImportRefused(InvalidInput):
    """A file that cannot be read as what it claims to be; nothing of it was stored."""


class InvalidDemand(InvalidInput):
    """Attendance or a service level from which no demand can be worked out."""


class NotFound(PlannerError):
    """There is no such thing, or it belongs to somebody else: both look the same."""


class Refused(PlannerError):
    """The thing is there and visible, but this person may not do this to it."""


class TooOften(Refused):
    """The same was tried too often; it may be tried again later."""


class Conflict(PlannerError):
    """The thing changed meanwhile, or is in a state that does not allow this."""


_NONE_KEEPS_ALL: Final = sentence("No plan keeps all of these rules together:")
_NONE_AT_ALL: Final = sentence(
    "No plan keeps all rules together; which of them conflict was not found in the time given. "
    "Drop a rule, or allow more time."
)


class NoPlan(PlannerError):
    """The solver ended without a plan."""


class Infeasible(NoPlan):
    """No plan keeps all the rules; `reasons` conflict, and the study says whether all are needed.

    `study` is what would have to give, a `planner.domain.study.NoPlanStudy`; None where
    nobody looked.
    """

    def __init__(self, reasons: Iterable[str], study: object = None) -> None:
        """Keep the conflicting rules, each a sentence in the user's terms."""
        self.reasons: Sequence[str] = tuple(reasons)
        self.study = study
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what conflicts, one sentence a rule; where none is known, that."""
        return (_NONE_KEEPS_ALL, *self.reasons) if self.reasons else (_NONE_AT_ALL,)


class OutOfTime(NoPlan):
    """Time ran out before any plan was found."""


class Unavailable(PlannerError):
    """A database, a disk or a process fails; nothing was changed, trying again may help."""


class CutOff(PlannerError):
    """A process that worked for us was killed or found no room; asking again may help."""


class IncompleteInstallation(PlannerError):
    """A file or folder that every installation has is not there; set-up did not finish."""
