"""Layer profiles: how the programs that offices are managed with lay out their drawings.

Layer names are compared without case; `*` stands for anything.

Sources:
    Archibus and its Contoso sample of Azure Maps Creator 2.0; Azure Maps Creator 1.0 drawing
    requirements; Eptura (iOffice) CAD guide; Swiss federal buildings office, CAD guideline for
    facility management plans; VertiGIS FM CAD interface; IBM Maximo for facilities; US National
    CAD Standard, AIA layer names.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  part of the public shape
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused
from planner.sentences import N_, told

if TYPE_CHECKING:
    from planner.importers.plans.choices import Choices, Role


@dataclass(frozen=True, slots=True)
class Profile:
    """Which layers serve for what, and the unit that drawings of this kind are in."""

    name: str
    title: str
    layers: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    unit: str | None = None

    def roles(self, layer: str) -> tuple[Role, ...]:
        """Return what a layer serves for; one may hold numbers and names together."""
        name = layer.casefold()
        return tuple(
            role
            for role, patterns in self.layers.items()
            if any(fnmatchcase(name, pattern.casefold()) for pattern in patterns)
        )


PROFILES: Final = (
    Profile(
        "contoso",
        "Azure Maps Creator 2.0 (Contoso), on Archibus layers",
        {
            "room": ("RM$",),
            "number": ("A-IDEN-NUMR*",),
            "name": ("A-IDEN-NAME*",),
            "gross": ("GROS$",),
            "seat": ("A-BOMA",),
        },
    ),
    Profile(
        "archibus",
        "Archibus",
        {
            "room": ("RM$",),
            "number": ("RM$TXT",),
            "name": ("RM$TXT",),
            "gross": ("GROS$",),
            "seat": ("EQ$", "WS$", "A-FURN-WKST*"),
        },
    ),
    Profile(
        "azure",
        "Azure Maps Creator 1.0",
        {
            "room": ("UNITS", "UNIT"),
            "number": ("UNITLABELS", "UNITLABEL"),
            "name": ("UNITLABELS", "UNITLABEL"),
            "gross": ("OUTLINE", "OUTLINES", "EXTERIOR"),
        },
    ),
    Profile(
        "eptura",
        "Eptura, iOffice",
        {
            "room": ("!A-AREA-SPACE",),
            "number": ("!A-AREA-ROOM#", "!A-AREA-ROOM"),
            "name": ("!A-AREA-NAME", "!A-AREA-ROOM-NAME"),
            "gross": ("!A-AREA-FLOOR", "!BOUNDARY"),
            "seat": ("!FURN-SEAT*", "!A-AREA-SEAT*", "!A-AREA-WKST*"),
        },
        unit="in",
    ),
    Profile(
        "bbl",
        "Swiss federal buildings (BBL)",
        {
            "room": ("R_RAUMPOLYGON",),
            "number": ("R_AOID", "R_RAUMSTEMPEL*"),
            "name": ("R_RAUMBEZEICHNUNG*", "R_RAUMNAME*"),
            "area": ("R_FLAECHE*",),
            "gross": ("R_GESCHOSSPOLYGON",),
            "void": ("R_RAUMPOLYGON-ABZUG", "R_RAUMPOLYGON_ABZUG"),
        },
        unit="mm",
    ),
    Profile(
        "vertigis",
        "VertiGIS FM",
        {"room": ("ACAD_RAUMPOLYGON*", "RAUMPOLYGON*"), "stamp": ("*",)},
        unit="m",
    ),
    Profile(
        "aia",
        "US National CAD Standard (AIA)",
        {
            "room": ("A-AREA", "A-AREA-PATT", "A-AREA-OTLN", "A-AREA-BNDY", "A-AREA-SPCE*"),
            "number": (
                "A-AREA-IDEN*",
                "A-AREA-NUMB*",
                "A-ROOM-NUMB*",
                "A-ANNO-RMNO*",
                "A-FLOR-IDEN*",
            ),
            "name": (
                "A-AREA-IDEN*",
                "A-AREA-NAME*",
                "A-ROOM-NAME*",
                "A-ANNO-RMNM*",
                "A-FLOR-IDEN*",
            ),
            "gross": ("A-AREA-GROS*", "A-AREA-TOTL*"),
            "seat": ("A-FURN-WKST*",),
        },
    ),
    Profile("maximo", "IBM Maximo: name the layers", unit="in"),
    Profile("custom", "Your own layers: name them"),
)
BY_NAME: Final = {profile.name: profile for profile in PROFILES}


def chosen_profile(choices: Choices) -> Profile | None:
    """Return the profile that the user named, completed or replaced by named layers.

    Raises:
        ImportRefused: there is no such profile.
    """
    if choices.preset is None and not choices.layers:
        return None
    name = (choices.preset or "custom").strip().lower()
    if name not in BY_NAME:
        raise ImportRefused(
            told(
                N_("There is no layer profile {preset}; there are {names}."),
                preset=repr(choices.preset),
                names=", ".join(BY_NAME),
            )
        )
    base = BY_NAME[name]
    return Profile(base.name, base.title, {**base.layers, **choices.layers}, base.unit)
