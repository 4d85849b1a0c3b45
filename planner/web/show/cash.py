"""Money by calendar year: stacked bars above and below zero, the net as a line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.money import to_major
from planner.reports.facts.money import flows_of, net_of
from planner.web.show.gap import Tick
from planner.web.show.scale import axis_of

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

_LEFT: Final = 44.0
_TOP: Final = 10.0
_BOTTOM: Final = 26.0
_BAR: Final = 0.5
_ROOM: Final = 92.0  # of a year, to set words beside its bar
_TONES: Final = {
    "rent": "freed",
    "running_saved": "bar",
    "move": "ink",
    "works": "ink2",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One coloured part of a bar."""

    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Net:
    """The net of one year: a line across its bar, and its words."""

    x1: float
    x2: float
    y: float
    words: str
    words_x: float
    words_y: float
    centred: bool


@dataclass(frozen=True, slots=True)
class CashChart:
    """The chart laid out in pixels."""

    width: float
    height: float
    left: float
    right: float
    zero: float
    base: float
    rows: tuple[Tick, ...]
    pieces: tuple[Piece, ...]
    nets: tuple[Net, ...]
    years: tuple[Tick, ...]
    key: tuple[tuple[str, str], ...]
    unit: str
    about: str


def cash_chart(scope: Scope, speech: Speech, *, width: float, height: float) -> CashChart:
    """Lay out the yearly money of a plan.

    Args:
        scope: the plan.
        speech: the reader's language.
        width: of the chart in pixels.
        height: of the chart in pixels.
    """
    flows, net = flows_of(scope, speech), net_of(scope)
    years = scope.dossier.case.years
    power, unit = speech.money_scale([amount for flow in flows for amount in flow.years] or [0])

    def major(minor: int) -> Decimal:
        return to_major(minor, speech.currency).scaleb(-power)

    above = [sum(max(flow.years[at], 0) for flow in flows) for at in range(len(years))]
    below = [sum(min(flow.years[at], 0) for flow in flows) for at in range(len(years))]
    scale = axis_of(major(min([0, *below])), major(max([1, *above])), 5)
    above_major = [major(amount) for amount in above]
    right, base = width - 10, height - _BOTTOM
    tall, slot = base - _TOP, (right - _LEFT) / max(len(years), 1)

    def y(value: Decimal) -> float:
        return round(base - scale.at(value, tall), 1)

    pieces: list[Piece] = []
    for at in range(len(years)):
        x = round(_LEFT + slot * (at + (1 - _BAR) / 2) - slot * 0.1, 1)
        up = down = Decimal(0)
        for flow in flows:
            value = major(flow.years[at])
            if not value:
                continue
            start = up if value > 0 else down
            top, bottom = y(max(start, start + value)), y(min(start, start + value))
            tone = _TONES.get(flow.key, "line2")
            pieces.append(Piece(x, top, round(slot * _BAR, 1), round(bottom - top, 1), tone))
            if value > 0:
                up += value
            else:
                down += value
    nets = []
    for at, amount in enumerate(net):
        x1 = round(_LEFT + slot * (at + (1 - _BAR) / 2) - slot * 0.13, 1)
        words = speech.number(major(amount), 1)
        x2 = round(x1 + slot * (_BAR + 0.06), 1)
        beside = slot >= _ROOM
        tip = y(above_major[at]) - 6 if amount > 0 else y(major(amount)) + 16
        nets.append(
            Net(
                x1=x1,
                x2=x2,
                y=y(major(amount)),
                words=f"+{words}" if amount > 0 else words,
                words_x=x2 + 4 if beside else round((x1 + x2) / 2, 1),
                words_y=y(major(amount)) + 4 if beside else round(tip, 1),
                centred=not beside,
            )
        )
    key = dict.fromkeys((_TONES.get(flow.key, "line2"), flow.label) for flow in flows)
    return CashChart(
        width=width,
        height=height,
        left=_LEFT,
        right=right,
        zero=y(Decimal(0)),
        base=base,
        rows=tuple(Tick(y(tick), speech.number(tick, _places(tick))) for tick in scale.ticks),
        pieces=tuple(pieces),
        nets=tuple(nets),
        years=tuple(
            Tick(round(_LEFT + slot * (at + 0.4), 1), str(year)) for at, year in enumerate(years)
        ),
        key=_merged(key, speech),
        unit=unit,
        about="; ".join(f"{year} {one.words}" for year, one in zip(years, nets, strict=True)),
    )


def _merged(key: dict[tuple[str, str], None], speech: Speech) -> tuple[tuple[str, str], ...]:
    """Return colour and words; lines that share grey share one entry."""
    found: dict[str, list[str]] = {}
    for tone, label in key:
        found.setdefault(tone, []).append(label)
    return tuple(
        (tone, labels[0] if len(labels) == 1 else speech._("Void, fees, other"))
        for tone, labels in found.items()
    )


def _places(tick: Decimal) -> int:
    exponent = tick.normalize().as_tuple().exponent
    return min(2, max(0, -exponent)) if isinstance(exponent, int) else 0
