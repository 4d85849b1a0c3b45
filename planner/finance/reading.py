"""Reading figures so that everything missing or wrong is refused together, each by place."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from planner.errors import InvalidInput, Problem, sentence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from typing import TypeVar

    from planner.domain.assumptions import Register

    T = TypeVar("T")


class Reading:
    """Asks a register for figures and keeps the problems until `refuse`."""

    def __init__(self, register: Register) -> None:
        """Start with what is wrong with the estate's own figures."""
        self._register = register
        self._problems = register.problems()

    def number(self, key: str) -> Decimal:
        """Return a number; 0 stands in for one that will be refused."""
        return self._ask(self._register.number, key, Decimal(0))

    def whole(self, key: str) -> int:
        """Return a count; 0 stands in for one that will be refused."""
        return self._ask(self._register.whole, key, 0)

    def word(self, key: str) -> str:
        """Return a word; "" stands in for one that will be refused."""
        return self._ask(self._register.word, key, "")

    def day(self, key: str, otherwise: dt.date) -> dt.date:
        """Return a date; `otherwise` stands in for one that will be refused."""
        return self._ask(self._register.day, key, otherwise)

    def miss(self, where: str, message: str) -> None:
        """Keep a problem with what to enter."""
        self._problems.append(Problem(where, message))

    def refuse(self) -> None:
        """Refuse if anything was missing or wrong.

        Raises:
            InvalidInput: every problem found, in order, each once.
        """
        if self._problems:
            raise InvalidInput(dict.fromkeys(self._problems))

    def _ask(self, question: Callable[[str], T], key: str, otherwise: T) -> T:
        try:
            return question(key)
        except InvalidInput as refusal:
            where = sentence("sheet assumptions, key {key}", key=key)
            self._problems += [
                Problem(problem.where or where, problem.message) for problem in refusal.problems
            ]
            return otherwise
