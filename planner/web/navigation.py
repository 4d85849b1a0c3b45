"""Where one is: the estate of the page, the places of the bar, the bell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import g, session, url_for

from planner.errors import NotFound
from planner.services import estates, plan_files, plans
from planner.web.access import me, store
from planner.web.speaking import speak_for

if TYPE_CHECKING:
    from flask import Flask

    from planner.domain.estate import Estate
    from planner.services.plan_files import Told
    from planner.services.plans import PlanSummary, RunState

_MOST_RUNS: Final = 8
_MOST_FILES: Final = 4


@dataclass(frozen=True, slots=True)
class Here:
    """The estate that the page is about.

    Args:
        id: of the estate.
        name: as the bar prints it.
        generated: its figures were made up.
        version: that a change must name.
    """

    id: str
    name: str
    generated: bool
    version: int


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the bar; `icon` only for those that the phone's bar shows."""

    key: str
    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Bell:
    """Long work as the bell tells it.

    Args:
        runs: newest first.
        files: drawings that are being read or wait for a decision, newest first.
        fresh: how many of both ended since the person last looked.
    """

    runs: tuple[RunState, ...]
    files: tuple[Told, ...]
    fresh: int


def install(app: Flask) -> None:
    """Give every template its place."""
    app.context_processor(
        lambda: {
            "here": g.get("here") or _last(),
            "section": g.get("section", ""),
            "places": places,
            "bell": bell,
        }
    )


def visit(estate_id: str, section: str) -> Estate:
    """Open an estate for this request and return it.

    Raises:
        NotFound: no such estate of this owner.
    """
    found = estates.get_estate(store(), me(), estate_id)
    settle(estate_id, found.estate, found.version, section)
    return found.estate


def changed_since(plan: PlanSummary) -> bool:
    """Say whether the estate of this page is another than the one that a plan was made of."""
    perhaps = plan.outdated or plan.staging is not None
    return perhaps and bool(g.estate.hash != plan.estate_hash)


def settle(estate_id: str, estate: Estate, version: int, section: str) -> None:
    """Make an estate the one this page is about."""
    header = estate.header
    g.here = Here(estate_id, header.name, header.generated, version)
    g.estate = estate
    g.section = section
    session["estate"] = estate_id
    speak_for(header.currency, header.area_unit)


def stand_in(section: str) -> None:
    """Name the section of a page that belongs to no single estate."""
    g.section = section


def forget() -> None:
    """Leave the estate that was visited last."""
    session.pop("estate", None)
    g.here = None


def _last() -> Here | None:
    """Return the estate visited last, for pages that belong to none."""
    if g.get("actor") is None or "estate" not in session:
        return None
    if "last" not in g:
        g.last = None
        try:
            found = estates.get_estate(store(), me(), session["estate"])
        except NotFound:
            session.pop("estate")
        else:
            header = found.estate.header
            g.last = Here(session["estate"], header.name, header.generated, found.version)
    return g.last  # type: ignore[no-any-return]


def places() -> tuple[Place, ...]:
    """Return the six places of an estate."""
    here = g.get("here") or _last()
    if here is None:
        return ()
    _ = g.speech._

    def at(endpoint: str) -> str:
        return url_for(endpoint, estate=here.id)

    return (
        Place("today", _("Today"), at("today.page"), "today"),
        Place("estate", _("Estate"), at("estate.stack"), "estate"),
        Place("attendance", _("Attendance"), at("attendance.page")),
        Place("assumptions", _("Assumptions"), at("assumptions.page")),
        Place("plans", _("Plans"), at("plans.index"), "plans"),
        Place("proposals", _("Proposals"), url_for("proposals.index"), "proposals"),
    )


def bell() -> Bell:
    """Return what the bell tells: the last runs, one's own documents, files, how many ended."""
    runs = plans.list_runs(store(), me(), most=_MOST_RUNS, errands=True)
    files = plan_files.open_ones(store(), me(), _MOST_FILES)
    seen = session.get("bell", "")
    ended = [*(one.ended_at for one in runs if one.ended), *(one.ended_at for one in files)]
    return Bell(runs, files, sum(1 for moment in ended if moment and moment.isoformat() > seen))
