"""What a person says about a file that the file does not say itself."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  part of the public shape
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Role = Literal["room", "number", "name", "area", "gross", "void", "seat", "department", "stamp"]
"""What a layer of a drawing may serve for.

`room` closed outlines, `number`, `name`, `area`, `department` texts inside them, `gross` the
floor's outer line, `void` holes, `seat` workplaces (shapes or blocks, one each), `stamp` blocks
whose attributes name the room.
"""
ROLES: Final[tuple[Role, ...]] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen for one file; what is left out is guessed and reported.

    Args:
        preset: name of a layer profile (see `planner.importers.plans.profiles`).
        unit: `mm`, `cm`, `m`, `in`, `ft`, or metres in one unit as a number.
        layers: layer names for each role; a role that is left out is taken from the preset.
        columns: heading of a room schedule for each field, for example `{"number": "Ruang"}`.
        seats: names of blocks that are workplaces.
    """

    preset: str | None = None
    unit: str | None = None
    layers: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    seats: tuple[str, ...] = ()


NO_CHOICES: Final = Choices()
