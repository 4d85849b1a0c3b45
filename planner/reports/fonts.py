"""The fonts of documents: our own files only, and of those only what a text asks for."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from planner.errors import PlannerError
from planner.paths import static_dir

if TYPE_CHECKING:
    from collections.abc import Iterable

SANS: Final = "IBM Plex Sans"
CONDENSED: Final = "IBM Plex Sans Condensed"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file.

    Args:
        family: as fontsource names it; a script other than Latin gets a family of its own, as
            two files of one family and weight hide each other.
        weight: 400 to 600.
        file: below `fonts/print`.
        letters: ranges of code points that the file holds, first and last.
    """

    family: str
    weight: int
    file: str
    letters: tuple[tuple[int, int], ...]

    def serves(self, points: Iterable[int]) -> bool:
        """Say whether the file holds any of some code points."""
        return any(first <= point <= last for point in points for first, last in self.letters)


def font_css(text: str, *, within: bool = False) -> str:
    """Return the style sheet of the fonts that a text needs: their files and the stacks.

    Latin is always there; any other file only where a letter of the text is in it, as each
    costs a tenth of a second.

    Args:
        text: the whole document.
        within: put the files themselves into the style sheet, so that the document is one file.

    Raises:
        PlannerError: set-up has not brought the fonts.
    """
    wanted = _wanted(text)
    files = "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"src: url({_data(face.file) if within else f'fonts/print/{face.file}'}); }}"
        for face in wanted
    )
    sans, condensed = _families(wanted)
    return f"{files}\n:root {{ --sans: {_stack(sans)}; --cond: {_stack(condensed)}; }}"


def in_all_scripts(html: str) -> str:
    """Return a document whose drawings name every family that its letters need, as its text does.

    A drawing names one family; letters that this does not have would come from the machine.
    """
    wanted = _wanted(html)
    if {face.family for face in wanted} <= {SANS, CONDENSED}:
        return html
    sans, condensed = _families(wanted)
    return html.replace(f'font-family="{SANS}"', f'font-family="{", ".join(sans)}"').replace(
        f'font-family="{CONDENSED}"', f'font-family="{", ".join(condensed)}"'
    )


def _wanted(text: str) -> list[Face]:
    """Return the files that a text needs: ours, and others for letters that ours do not have."""
    ours = [face for face in faces() if face.family in {SANS, CONDENSED}]
    rest = [ord(one) for one in set(text) if not any(face.serves([ord(one)]) for face in ours)]
    return [face for face in faces() if face in ours or face.serves(rest)]


def _families(wanted: Iterable[Face]) -> tuple[list[str], list[str]]:
    """Return the families of text and of narrow words, the first that has a letter sets it."""
    names = list(dict.fromkeys(face.family for face in wanted))
    narrow = [CONDENSED, *(name for name in names if name != CONDENSED)]
    return [name for name in names if not name.startswith(CONDENSED)], narrow


def _stack(names: Iterable[str]) -> str:
    return ", ".join([*(f'"{name}"' for name in names), "sans-serif"])


@cache
def _data(file: str) -> str:
    """Return a font file as an address: packed where the site has it so, which is half as long."""
    folder = static_dir() / "fonts"
    packed = (folder / file).with_suffix(".woff2")
    if packed.is_file():
        return f"data:font/woff2;base64,{b64encode(packed.read_bytes()).decode()}"
    return f"data:font/ttf;base64,{b64encode((folder / 'print' / file).read_bytes()).decode()}"


@cache
def faces() -> tuple[Face, ...]:
    """Return every font file that documents may use."""
    path = static_dir() / "fonts" / "print" / "faces.json"
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except OSError as missing:
        raise PlannerError(
            f"The fonts of documents are missing ({missing.filename}): run `sh setup.sh` once."
        ) from missing
    return tuple(
        Face(
            one["family"] if one["script"] == "latin" else f"{one['family']} {one['script']}",
            one["weight"],
            one["file"],
            tuple(map(_range, one["letters"].split(","))),
        )
        for one in listed
    )


def _range(text: str) -> tuple[int, int]:
    """Return the first and last code point of a CSS range.

    >>> _range("U+fee3"), _range("U+0600-06FF")
    ((65251, 65251), (1536, 1791))
    """
    first, _, last = text.strip().removeprefix("U+").partition("-")
    return int(first, 16), int(last or first, 16)
