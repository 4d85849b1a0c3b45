"""The owner's logo and colour on documents: a small picture, and a colour that can be read."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b64encode
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.errors import InvalidInput, Problem, sentence

if TYPE_CHECKING:
    from pathlib import Path

_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_WIDEST, _HIGHEST = 720, 240
_MOST_PIXELS: Final = 20_000_000
LEAST_CONTRAST: Final = Decimal("4.5")
"""Of a colour on white, as WCAG 2.2 asks for text."""


@dataclass(frozen=True, slots=True)
class Brand:
    """What an owner puts on documents.

    Args:
        colour: `#RRGGBB`, "" for ours.
        logo: a PNG of our own making, empty for none.
    """

    colour: str = ""
    logo: bytes = b""

    @property
    def key(self) -> str:
        """Return what tells one brand from another."""
        return hashlib.sha256(self.colour.encode() + self.logo).hexdigest()

    @property
    def ink(self) -> str:
        """Return the colour that documents use, "" where it could not be read on white."""
        return self.colour if self.colour and contrast(self.colour) >= LEAST_CONTRAST else ""

    @property
    def logo_address(self) -> str:
        """Return the logo as an address that needs nothing from anywhere, "" for none."""
        return f"data:image/png;base64,{b64encode(self.logo).decode()}" if self.logo else ""


def contrast(colour: str) -> Decimal:
    """Return the contrast of a colour on white.

    >>> contrast("#000000"), contrast("#ffffff")
    (Decimal('21.00'), Decimal('1.00'))

    Source:
        W3C, Web Content Accessibility Guidelines 2.2, "contrast ratio".
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in parts
    ]
    light = sum(
        weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )
    return Decimal(1.05 / (light + 0.05)).quantize(Decimal("0.01"))


def colour_of(text: str) -> str:
    """Return a colour as typed, "" for none.

    Raises:
        InvalidInput: not a colour.
    """
    typed = text.strip()
    if typed and not _COLOUR.fullmatch(typed):
        raise InvalidInput(
            [
                Problem(
                    sentence("field colour"),
                    sentence("{typed!r} is no colour; enter it like #0F5268", typed=typed),
                )
            ]
        )
    return typed.upper()


def read_logo(path: Path) -> bytes:
    """Return a logo drawn anew as a small PNG, so that nothing else of the file is kept.

    Called in a child process with limits: the file is somebody else's.

    Raises:
        InvalidInput: no PNG or JPEG, or far too many pixels.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  only the child needs it

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise InvalidInput(
                    [
                        Problem(
                            path.name,
                            sentence(
                                "{width} x {height} pixels are too many for a logo; save it at "
                                "most {widest} pixels wide",
                                width=image.width,
                                height=image.height,
                                widest=_WIDEST,
                            ),
                        )
                    ]
                )
            image.thumbnail((_WIDEST, _HIGHEST))
            drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as fault:
        raise InvalidInput(
            [
                Problem(
                    path.name, sentence("is no picture that can be read; choose a PNG or JPEG file")
                )
            ]
        ) from fault
    paper = Image.new("RGB", drawn.size, "white")  # PDF/A-3a takes pictures without transparency
    paper.paste(drawn, mask=drawn.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "PNG", optimize=True)
    return out.getvalue()
