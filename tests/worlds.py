"""Typed demand and worth for tests: what a plan is made from, without attendance or money."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Demand:
    """Seats wanted: as many as people, every day."""

    allotments: dict[str, tuple[int, ...]]
    level: Decimal = Decimal("0.95")
    weekdays: tuple[int, ...] = (0, 1)


@dataclass(frozen=True)
class Worth:
    """Every unit and building has a value, every move one price a person."""

    units: dict[str, int]
    blocks: dict[str, int]
    move: int

    def unit_npv(self, unit: str) -> int:
        return self.units[unit]

    def block_npv(self, block: str) -> int:
        return self.blocks.get(block, 0)

    def move_npv_per_person(self, origin: str, target: str) -> int:
        return 0 if origin == target else self.move
