"""The form that starts a plan: name, seats, time; each with a default that works."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from planner.errors import InvalidInput
from planner.optimise.options import Options
from planner.reports.facts.promise import PROMISES
from planner.web.forms.controls import Control, Form, Option
from planner.web.forms.reading import read_number, shown, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.plan import Promise
    from planner.i18n import Speech

_HUNDRED: Final = Decimal(100)
_LEAST_LEVEL: Final = 50
_MINUTES: Final = ("1", "2", "5", "15", "60")
_CHOICES: Final = {"promise": ("each_floor", "any_floor", "building"), "study": ("0", "240", "900")}
_MOST_SEED: Final = 2**31 - 1
_MOST_WORKERS: Final = 16


def plan_form(speech: Speech, name: str, level: Decimal) -> Form:
    """Return the form with defaults.

    Args:
        speech: the reader's language.
        name: suggested for the plan.
        level: service level of the estate's register.
    """
    _ = speech._
    return Form(
        (
            Control(
                "name",
                _("Name"),
                help=_("How you will find it again in the list."),
                value=name,
                required=True,
                width="l",
            ),
            Control(
                "level",
                _("Service level"),
                "number",
                help=_(
                    "Share of days on which every floor must have enough seats. 95% means about "
                    "one short day in a month. Example: 95"
                ),
                value=shown(level * _HUNDRED),
                required=True,
                suffix=_("% of days"),
                width="s",
            ),
            Control(
                "promise",
                _("The service level holds for"),
                "choice",
                help=_(
                    "What counts as a short day when the plan is tried on days it has not seen."
                ),
                value="each_floor",
                options=tuple(Option(key, speech.words(words)) for key, words in PROMISES.items()),
                width="l",
            ),
            Control(
                "study",
                _("Afterwards"),
                "choice",
                help=_(
                    "Other plans with fewer moves, what each rule costs, why each floor stays. "
                    "The plan is shown first; the rest appears on its page as it is found."
                ),
                value="240",
                options=(
                    Option("240", _("look closer for about 4 minutes")),
                    Option("900", _("look closer for about 15 minutes")),
                    Option("0", _("only the plan")),
                ),
                width="m",
            ),
            Control(
                "minutes",
                _("Search at most"),
                "choice",
                help=_(
                    "The search stops earlier if the plan is proved best, and whenever you stop "
                    "it; the best plan so far is kept."
                ),
                value="1",
                options=tuple(
                    Option(one, speech.n("%(count)s minute", "%(count)s minutes", int(one)))
                    for one in _MINUTES
                ),
                width="s",
            ),
            Control(
                "gap",
                _("Good enough"),
                "number",
                help=_(
                    "Stop when no plan could be worth so much more. 0 searches until the plan is "
                    "proved best or time is over. Example: 0.5"
                ),
                value="0",
                suffix=_("% of its value"),
                width="s",
            ),
            Control(
                "seed",
                _("Seed"),
                "number",
                help=_("Of every random choice. The same seed on the same estate repeats a plan."),
                value="1",
                width="xs",
            ),
            Control(
                "workers",
                _("Processor cores"),
                "number",
                help=_("More search faster; with 1 a run repeats exactly."),
                value="1",
                width="xs",
            ),
        )
    )


def _unknown_choices(typed: Mapping[str, str], speech: Speech) -> dict[str, str]:
    """Return what is none of the choices offered; one that is missing is the first."""
    return {
        name: speech._("Choose one of these.")
        for name, allowed in _CHOICES.items()
        if typed.get(name, allowed[0]) not in allowed
    }


def read_plan_form(
    form: Form, typed: Mapping[str, str], speech: Speech
) -> tuple[Form, Options | None]:
    """Return the form as typed and, only if all of it is right, the options."""
    form = form.filled(typed)
    errors: dict[str, str] = {}

    def number(name: str, least: int, most: int, *, whole: bool = False) -> Decimal:
        sign = "" if whole else "%"
        try:
            value = read_number(typed.get(name, ""), speech)
        except InvalidInput as refusal:
            errors[name] = " ".join(speech.told(refusal))
            return Decimal(least)
        if not least <= value <= most:
            errors[name] = speech._(
                "%(typed)s is out of range. Enter %(least)s to %(most)s.",
                typed=spoken(value, speech) + sign,
                least=speech.number(least),
                most=speech.number(most),
            )
        elif whole and value != value.to_integral_value():
            errors[name] = speech._("%(typed)s is not a whole number.", typed=spoken(value, speech))
        return value

    level = number("level", _LEAST_LEVEL, 100)
    gap = number("gap", 0, 50)
    seed = number("seed", 0, _MOST_SEED, whole=True)
    workers = number("workers", 1, _MOST_WORKERS, whole=True)
    if level > _HUNDRED and "level" in errors:
        errors["level"] = speech._(
            "%(typed)s%% is more than every day. Enter 50 to 100.", typed=spoken(level, speech)
        )
    if not typed.get("name", "").strip():
        errors["name"] = speech._("Give the plan a name.")
    if typed.get("minutes", "") not in _MINUTES:
        errors["minutes"] = speech._("Choose how long to search.")
    errors |= _unknown_choices(typed, speech)
    if errors:
        return form.told(errors), None
    return form, Options(
        name=typed["name"].strip()[:200],
        seconds=int(typed["minutes"]) * 60,
        seed=int(seed),
        workers=int(workers),
        level=level / _HUNDRED,
        gap=gap / _HUNDRED,
        promise=cast("Promise", typed.get("promise") or "each_floor"),
        study=int(typed.get("study", _CHOICES["study"][0])),
    )
