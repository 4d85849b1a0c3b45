"""Writing what a plan yields: all files or none, and a summary that fits a terminal."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from planner.i18n import Speech, speech_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.finance.case import Case
    from planner.reports.dossier import Dossier


def documents_of(dossier: Dossier, language: str, *, notices: bool = False) -> dict[str, bytes]:
    """Return the files of a plan by name; a calendar only where the moves have dates.

    Args:
        dossier: the plan.
        language: of the documents.
        notices: whether each team that moves gets its notice, in the folder `notices`.
    """
    from planner.reports.icalendar import moves_ics
    from planner.reports.moves import moves_csv
    from planner.reports.pdf import notice_pdf, proposal_pdf
    from planner.reports.sheets import moved_teams
    from planner.reports.workbook import model_xlsx

    speech = speech_for(dossier, language)
    files = {
        "plan.json": dossier.plan.to_json().encode(),
        "proposal.pdf": proposal_pdf(dossier, speech),
        "model.xlsx": model_xlsx(dossier, speech),
        "moves.csv": moves_csv(dossier, speech).encode(),
    }
    if dossier.plan.schedule is not None and dossier.plan.schedule.waves:
        files["moves.ics"] = moves_ics(dossier, speech).encode()
    for at, team in enumerate(moved_teams(dossier) if notices else (), start=1):
        name = "".join(sign if sign.isalnum() else "-" for sign in team)
        files[f"notices/{at:03d}-{name}.pdf"] = notice_pdf(dossier, team, speech)
    return files


def speech_for(dossier: Dossier, language: str) -> Speech:
    """Return the speech of a language with the estate's currency and area unit."""
    header = dossier.estate.header
    return speech_of(language, header.currency, header.area_unit)


def write_all(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder: every one is complete before the first takes its name."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as name:
        for file, content in files.items():
            Path(name, file).parent.mkdir(exist_ok=True)
            Path(name, file).write_bytes(content)
        for file in files:
            (folder / file).parent.mkdir(exist_ok=True)
            os.replace(Path(name, file), folder / file)  # noqa: PTH105  atomic on one disk


def say_summary(dossier: Dossier, language: str, *, as_json: bool) -> None:
    """Print what the plan frees, earns and proves."""
    if as_json:
        sys.stdout.write(json.dumps(summary_of(dossier), ensure_ascii=False, indent=1) + "\n")
        return
    rows = _rows(dossier, speech_for(dossier, language))
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        sys.stdout.write(f"{label.ljust(width)}  {value}\n")


def summary_of(dossier: Dossier) -> dict[str, object]:
    """Return the summary as plain values; money in minor units, a missing thing is None."""
    plan, case = dossier.plan, dossier.case
    return {
        "status": plan.status,
        "freed": sorted(plan.freed_units),
        "npv": plan.npv,
        "value": plan.value,
        "bound": plan.bound,
        "captured": None if plan.captured is None else str(round(plan.captured, 4)),
        "irr": None if case.irr is None else str(case.irr),
        "payback_months": case.payback_months,
        "people_moved": plan.people_moved,
        "estate": plan.estate_hash,
        "plan": plan.hash,
    }


def _best_year(case: Case) -> int:
    """Return the rent of the best twelve months in a row, minor units."""
    rent = case.by_line.get("rent", (0,))
    return max(sum(rent[month : month + 12]) for month in range(max(1, len(rent) - 11)))


def _rows(dossier: Dossier, speech: Speech) -> list[tuple[str, str]]:
    _, plan, case = speech._, dossier.plan, dossier.case
    unit_of = dossier.estate.unit_of
    area = sum(unit_of[unit].area_m2 for unit in plan.freed_units)
    seats = sum(unit.places for unit in dossier.estate.units)
    kept = seats - sum(unit_of[unit].places for unit in plan.freed_units)
    busiest = max((sum(day) for day in zip(*plan.taken.values(), strict=True)), default=0)
    proof = _("nothing proved")
    if plan.status == "optimal":
        proof = _("proved best: no plan is worth more")
    elif plan.bound is not None:
        limit = speech.money_short(plan.bound, 2)
        share = "" if plan.captured is None else f" ({speech.percent(plan.captured)})"
        proof = _("no plan is worth more than %(limit)s", limit=limit) + share
    return [
        (_("Freed"), ", ".join(sorted(plan.freed_units)) or _("nothing")),
        (
            _("Area"),
            _(
                "%(area)s of %(count)s units",
                area=speech.area(area),
                count=speech.number(len(plan.freed)),
            ),
        ),
        (_("Rent in its best year"), speech.money_short(_best_year(case))),
        (_("Net present value"), speech.money(plan.npv, exact=True)),
        (_("Proof"), proof),
        (_("Internal rate of return"), "–" if case.irr is None else speech.percent(case.irr)),
        (
            _("Paid back after"),
            "–"
            if case.payback_months is None
            else speech.n("%(count)s month", "%(count)s months", case.payback_months),
        ),
        (_("People who move"), speech.number(plan.people_moved)),
        (
            _("Seats kept"),
            _(
                "%(kept)s of %(seats)s; busiest weekday needs %(busiest)s",
                kept=speech.number(kept),
                seats=speech.number(seats),
                busiest=speech.number(busiest),
            ),
        ),
    ]
