"""Everything that a document tells of one plan, gathered before any word is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.demand.backtest import Backtest
    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.study import Study
    from planner.finance.case import Case
    from planner.reports.brand import Brand

Role = Literal["usual", "fewest_moves", "recommended", "most_floors", "other"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan of the same estate, to be compared on criteria fixed beforehand.

    Args:
        role: what it stands for; `usual` is today, kept in good order.
        plan: who would sit where.
        case: what it would cost and earn.
    """

    role: Role
    plan: Plan
    case: Case


@dataclass(frozen=True, eq=False)
class Dossier:
    """One plan with all that its documents rest on; two equal ones give the same bytes.

    Args:
        estate: the buildings, teams and figures, frozen.
        plan: the plan proposed.
        demand: seats needed per team and weekday.
        case: its dated money.
        backtest: how it did on days it had not seen, None where there were none.
        today: date on the document; None takes the last day anything is known of.
        number: the owner's number of the proposal, "" if it has none.
        version: counts the versions sent for decision.
        author: who prepared it, "" if nobody is named.
        approver: who decides, "" for the owner's head.
        alternatives: other plans to compare with, in the order to print them.
        study: what was found out about the plan, None if nobody looked.
        brand: the owner's logo and colour, None for none.
        set_by: who last set a figure of the register and when, by its key, as far as known.
    """

    estate: Estate
    plan: Plan
    demand: Demand
    case: Case
    backtest: Backtest | None = None
    today: dt.date | None = None
    number: str = ""
    version: int = 1
    author: str = ""
    approver: str = ""
    alternatives: tuple[Alternative, ...] = ()
    study: Study | None = None
    brand: Brand | None = None
    set_by: Mapping[str, tuple[str, dt.date]] = field(default_factory=dict)

    @property
    def date(self) -> dt.date:
        """Return the date on the document: given, or the last day on record; never a clock's."""
        if self.today is not None:
            return self.today
        if self.estate.attendance.days:
            return self.estate.attendance.days[-1]
        dated = [one.date for one in self.estate.assumptions if one.date is not None]
        return max(dated, default=self.case.months[0])
