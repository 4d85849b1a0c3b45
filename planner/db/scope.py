"""Sessions that see one owner: the owner is put into every statement, so none can forget it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from sqlalchemy import event, select
from sqlalchemy.orm import Session, with_loader_criteria

from planner.db.tables import AuditRow, Owned
from planner.errors import NotFound, sentence, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import CursorResult, Delete, Update
    from sqlalchemy.orm import ORMExecuteState, UOWTransaction
    from sqlalchemy.orm.util import LoaderCriteriaOption

EVERY_OWNER: Final = "*"
"""Says in so many words that a session is to see all owners: signing in, and the worker."""

Row = TypeVar("Row")


class Scope(Session):
    """A session of one owner."""

    owner: str = ""

    def one(self, kind: type[Row], what: str, **wanted: object) -> Row:
        """Return the row with these values.

        Raises:
            NotFound: none of this owner; `what` names it in the sentence.
        """
        found = self.execute(select(kind).filter_by(**wanted)).scalars().first()
        if found is None:
            raise NotFound(sentence("There is no such {what}.", what=word(what)))
        return found

    def one_locked(self, kind: type[Row], what: str, **wanted: object) -> Row:
        """Return the row with these values; others who want to change it wait from here on.

        Raises:
            NotFound: none of this owner.
        """
        self.execute(select(kind).filter_by(**wanted).with_for_update()).scalars().first()
        return self.one(kind, what, **wanted)

    def touch(self, statement: Update | Delete) -> int:
        """Carry out an update or a delete and return how many rows it found."""
        return int(cast("CursorResult[Any]", self.execute(statement)).rowcount)


@event.listens_for(Scope, "do_orm_execute")
def _only_this_owner(state: ORMExecuteState) -> None:
    scope = state.session
    if not isinstance(scope, Scope) or scope.owner == EVERY_OWNER:
        return
    touched = [mapper for mapper in state.all_mappers if issubclass(mapper.class_, Owned)]
    if not touched:
        return
    if state.is_insert:
        if not state.execution_options.get("owner_given"):
            raise TypeError("insert rows of an owner through Scope.add or Scope.add_many")
        return
    state.statement = state.statement.options(*_criteria(scope.owner))


@lru_cache(maxsize=256)
def _criteria(owner: str) -> tuple[LoaderCriteriaOption, ...]:
    """Return what is put into every statement; kept, as making it takes a millisecond."""
    return tuple(with_loader_criteria(kind, kind.owner_id == owner) for kind in _OWNED)


@event.listens_for(Scope, "before_flush")
def _mine(session: Session, _context: UOWTransaction, _instances: object) -> None:
    scope = session if isinstance(session, Scope) else None
    for row in session.dirty | session.deleted:
        if isinstance(row, AuditRow) and (row in session.deleted or session.is_modified(row)):
            raise TypeError("the audit can only be added to")
    if scope is None or scope.owner == EVERY_OWNER:
        return
    for row in session.new:
        if isinstance(row, Owned):
            if getattr(row, "owner_id", None) not in {None, scope.owner}:
                raise TypeError("a row of another owner cannot be added in this session")
            row.owner_id = scope.owner


def _tables_of(kind: type[Any]) -> Iterable[type[Any]]:
    for below in kind.__subclasses__():
        if hasattr(below, "__table__"):
            yield below
        yield from _tables_of(below)


_OWNED: Final = tuple(_tables_of(Owned))
