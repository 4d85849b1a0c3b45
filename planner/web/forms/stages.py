"""The form that asks for a plan over several periods: when, how many people, what is given up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of
from planner.domain.movecalendar import case_month, month_of_case
from planner.domain.stages import LEAST_GROWTH, MOST_GROWTH, MOST_STAGES, Stage
from planner.errors import InvalidInput
from planner.web.forms.controls import Control, Form
from planner.web.forms.plan import plan_form, read_plan_form
from planner.web.forms.reading import read_date, read_number, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.domain.estate import Estate
    from planner.i18n import Speech
    from planner.optimise.options import Options

NUMBERS: Final = tuple(range(1, MOST_STAGES + 1))
_HUNDRED: Final = Decimal(100)
_DAY: Final = dt.timedelta(days=1)
_YEAR: Final = 12


def stages_form(estate: Estate, speech: Speech, name: str, level: Decimal) -> Form:
    """Return the form with periods that fit the estate: now, next year, after each lease.

    Args:
        estate: its first possible month, its leased buildings with the ends of their leases.
        speech: the reader's language.
        name: suggested for the whole.
        level: service level of the estate's register.
    """
    whole = plan_form(speech, name, level)
    minutes = replace(
        whole["minutes"],
        label=speech._("Search each period at most"),
        help=speech._(
            "There is one search a period, and one before them that looks at the last period: "
            "what it needs, no earlier one frees."
        ),
    )
    controls = [whole["name"], *_all_periods(estate, speech)]
    controls += [whole["level"], minutes, whole["seed"], whole["workers"]]
    return Form(tuple(controls))


def read_stages_form(
    form: Form, typed: Mapping[str, str], estate: Estate, speech: Speech
) -> tuple[Form, tuple[Options, tuple[Stage, ...]] | None]:
    """Return the form as typed and, only if all of it is right, what is asked.

    A period in which nothing is typed is left out.
    """
    form = form.filled(typed)
    plain = {**typed, "gap": "0", "study": "0", "overflow": "floor"}
    read, options = read_plan_form(plan_form(speech, "", Decimal(1)), plain, speech)
    errors = {one.name: one.error for one in read.controls if one.error}
    stages: list[Stage] = []
    for number in NUMBERS:
        if any(typed.get(f"{part}{number}", "").strip() for part in ("called", "from", "growth")):
            stages.append(_stage(number, typed, estate, speech, errors))
            if len(stages) > 1 and stages[-1].month <= stages[-2].month:
                errors.setdefault(
                    f"from{number}",
                    speech._("This is not after the period before it. Enter a later month."),
                )
    if not stages:
        errors["called1"] = speech._("Describe at least one period.")
    if errors or options is None:
        return form.told(errors), None
    return form, (options, tuple(stages))


def given_up(estate: Estate) -> tuple[str, ...]:
    """Return the codes of the buildings that a period can give up: those that are leased."""
    return tuple(one.code for one in estate.buildings if one.tenure == "leased")


def _all_periods(estate: Estate, speech: Speech) -> Iterator[Control]:
    first = tuple(_suggested(estate, speech))
    for number in NUMBERS:
        given = first[number - 1] if number <= len(first) else None
        yield from _period(number, given, estate, speech)


def _suggested(estate: Estate, speech: Speech) -> Iterator[Stage]:
    """Yield periods to start from, each at least a month after the one before."""
    register = register_of(estate)
    month, last = register.whole("release_month"), register.whole("horizon_months")
    yield Stage(speech._("Now"), month)
    start = register.day("start")
    ends: dict[int, list[str]] = {}
    for building in estate.buildings:
        if building.tenure == "leased" and building.lease_end is not None:
            ends.setdefault(case_month(start, building.lease_end), []).append(building.code)
    periods: list[tuple[int, str, tuple[str, ...]]] = []
    if not ends:
        periods.append((month + _YEAR, speech._("Next year"), ()))
    names = {one.code: one.name for one in estate.buildings}
    periods += [
        (
            at,
            speech._("After the lease of %(name)s", name=speech.listing([names[c] for c in codes])),
            tuple(codes),
        )
        for at, codes in sorted(ends.items())
    ]
    for at, called, codes in periods[: MOST_STAGES - 1]:
        if month < at <= last:
            yield Stage(called[:60], at, leaves=codes)


def _period(number: int, given: Stage | None, estate: Estate, speech: Speech) -> Iterator[Control]:
    _ = speech._
    start = register_of(estate).day("start")
    yield Control(
        f"called{number}",
        _("Name of the period"),
        help=_("What you call it, for example next year."),
        value="" if given is None else given.name,
        required=given is not None,
        width="l",
    )
    yield Control(
        f"from{number}",
        _("Floors may be empty from"),
        "date",
        help=_("The first day of a month. Moves are made before it, rent starts after it."),
        value="" if given is None else month_of_case(start, given.month + 1).isoformat(),
        required=given is not None,
        width="m",
    )
    yield Control(
        f"growth{number}",
        _("People against today"),
        "number",
        help=_("5 means five more of every hundred, -10 ten fewer. Example: 5"),
        value="" if given is None else "0",
        required=given is not None,
        suffix="%",
        width="s",
    )
    for at, code in enumerate(given_up(estate)):
        building = estate.building_of[code]
        ends = "" if building.lease_end is None else speech.date(building.lease_end)
        yield Control(
            f"leave{number}-{at}",
            _("%(name)s is given up by then", name=building.name),
            "tick",
            help=_("Its lease ends on %(date)s.", date=ends) if ends else "",
            value="yes" if given is not None and code in given.leaves else "",
        )


def _stage(
    number: int,
    typed: Mapping[str, str],
    estate: Estate,
    speech: Speech,
    errors: dict[str, str],
) -> Stage:
    _ = speech._
    called = typed.get(f"called{number}", "").strip()[:60]
    if not called:
        errors[f"called{number}"] = _("Give the period a name.")
    register = register_of(estate)
    start, horizon = register.day("start"), register.whole("horizon_months")
    month = 0
    try:
        day = read_date(typed.get(f"from{number}", ""), speech)
        month = case_month(start, day - _DAY) if day > dt.date.min else -1
        if not 0 <= month <= horizon:
            errors[f"from{number}"] = _(
                "%(date)s is outside the case. Enter %(first)s to %(last)s.",
                date=speech.date(day),
                first=speech.date(start),
                last=speech.date(month_of_case(start, horizon + 1)),
            )
    except InvalidInput as refusal:
        errors[f"from{number}"] = " ".join(speech.told(refusal))
    growth = Decimal(1)
    try:
        growth = 1 + read_number(typed.get(f"growth{number}", "") or "0", speech) / _HUNDRED
        if not LEAST_GROWTH <= growth <= MOST_GROWTH:
            errors[f"growth{number}"] = _(
                "%(typed)s is out of range. Enter %(least)s to %(most)s.",
                typed=spoken((growth - 1) * _HUNDRED, speech) + "%",
                least=speech.number(-90),
                most=speech.number(900),
            )
    except InvalidInput as refusal:
        errors[f"growth{number}"] = " ".join(speech.told(refusal))
    leaves = tuple(
        code for at, code in enumerate(given_up(estate)) if typed.get(f"leave{number}-{at}")
    )
    return Stage(called, month, growth, leaves)
