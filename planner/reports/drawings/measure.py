"""How wide text is in IBM Plex, so that names fit their blocks on page and paper alike.

Advance widths are those of the fonts that set-up installs, in thousandths of the size; a
test compares them with the files. No drawing has to open a font.
"""

from __future__ import annotations

from typing import Final, Literal

Face = Literal["sans", "sans-bold", "cond", "cond-bold"]

FAMILY: Final = {
    "sans": "IBM Plex Sans",
    "sans-bold": "IBM Plex Sans",
    "cond": "IBM Plex Sans Condensed",
    "cond-bold": "IBM Plex Sans Condensed",
}
ELLIPSIS: Final = "…"
_FIRST: Final = 32
_LEAST_LETTERS: Final = 4
_ELSEWHERE: Final = 1000  # a full em: wide enough for Chinese, Japanese and Korean

# fmt: off
ADVANCES: Final[dict[str, tuple[int, ...]]] = {
    "sans": (
        236, 284, 419, 713, 598, 927, 694, 242, 335, 335, 450, 600, 272, 399, 272, 383, 600,
        600, 600, 600, 600, 600, 600, 600, 600, 600, 292, 292, 600, 600, 600, 477, 891, 641,
        653, 621, 671, 583, 559, 695, 707, 400, 510, 634, 501, 812, 707, 708, 606, 708, 640,
        581, 572, 678, 609, 891, 613, 593, 580, 317, 383, 317, 600, 565, 600, 534, 580, 503,
        580, 549, 324, 528, 568, 250, 250, 527, 272, 873, 568, 560, 580, 580, 367, 487, 351,
        568, 492, 768, 507, 499, 464, 343, 314, 343, 600
    ),
    "sans-bold": (
        236, 309, 471, 656, 600, 960, 713, 260, 337, 337, 556, 600, 299, 402, 299, 437, 600,
        600, 600, 600, 600, 600, 600, 600, 600, 600, 319, 319, 600, 600, 600, 493, 899, 672,
        663, 642, 689, 600, 577, 712, 719, 423, 545, 678, 521, 817, 719, 712, 641, 712, 664,
        611, 580, 689, 638, 949, 655, 632, 599, 329, 437, 329, 600, 559, 600, 559, 600, 513,
        600, 558, 350, 545, 588, 275, 275, 562, 294, 888, 588, 563, 600, 600, 393, 499, 374,
        588, 524, 819, 544, 524, 502, 363, 376, 363, 600
    ),
    "cond": (
        212, 272, 411, 605, 537, 857, 637, 230, 303, 303, 475, 540, 263, 360, 264, 380, 540,
        540, 540, 540, 540, 540, 540, 540, 540, 540, 278, 278, 540, 540, 540, 440, 808, 596,
        595, 573, 617, 536, 515, 635, 644, 377, 481, 598, 465, 735, 645, 640, 568, 640, 592,
        538, 521, 619, 570, 840, 578, 553, 534, 293, 380, 293, 540, 505, 540, 497, 535, 460,
        535, 501, 314, 486, 525, 244, 245, 497, 260, 796, 525, 506, 535, 535, 347, 446, 328,
        525, 464, 723, 477, 470, 440, 322, 323, 322, 540
    ),
    "cond-bold": (
        212, 284, 429, 582, 533, 870, 644, 235, 303, 303, 514, 540, 274, 362, 274, 401, 540,
        540, 540, 540, 540, 540, 540, 540, 540, 540, 282, 282, 540, 540, 540, 447, 811, 606,
        600, 581, 625, 544, 523, 641, 651, 387, 494, 614, 473, 737, 651, 642, 583, 642, 601,
        546, 524, 624, 583, 861, 595, 566, 540, 299, 401, 299, 540, 502, 540, 507, 544, 464,
        544, 505, 328, 492, 532, 252, 255, 511, 268, 802, 532, 506, 544, 544, 357, 449, 334,
        533, 476, 739, 488, 483, 452, 329, 346, 329, 540
    ),
}
# fmt: on
"""Widths of the characters from space to tilde."""

_MORE: Final = {"…": 870, "−": 600, "²": 347, "–": 588, "·": 349, "\u00a0": 236, "’": 280}


def text_width(text: str, size: float, face: Face = "sans") -> float:
    """Return the width of a text set at a size, in the unit of the size.

    >>> round(text_width("Rp 20", 10, "sans"), 2)
    26.56
    """
    table = ADVANCES[face]
    thousandths = 0
    for letter in text:
        at = ord(letter) - _FIRST
        if 0 <= at < len(table):
            thousandths += table[at]
        else:
            thousandths += _MORE.get(letter, 620 if ord(letter) < 0x250 else _ELSEWHERE)  # noqa: PLR2004  end of Latin
    return thousandths * size / 1000


def fit(text: str, size: float, room: float, face: Face = "sans") -> str:
    """Return a text, cut with an ellipsis so that it fits; empty if four letters do not.

    >>> fit("Scholarships", 10, 30, "cond")
    'Scho…'
    """
    if text_width(text, size, face) <= room:
        return text
    cut = text
    while cut and text_width(cut.rstrip() + ELLIPSIS, size, face) > room:
        cut = cut[:-1]
    cut = cut.rstrip()
    return cut + ELLIPSIS if len(cut) >= _LEAST_LETTERS - 1 else ""


def fit_name(name: str, size: float, room: float, face: Face = "cond") -> str:
    """Return a name whole, else its first word whole, else cut, else nothing."""
    if text_width(name, size, face) <= room:
        return name
    return fit(name.split(maxsplit=1)[0] if name.split() else "", size, room, face)


def wrap(text: str, size: float, room: float, lines: int, face: Face = "sans") -> tuple[str, ...]:
    """Return a text broken into at most `lines` lines, the last one cut to fit."""
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size, face) <= room:
            line += " " + words.pop(0)
        if len(found) == lines - 1 and words:
            line = " ".join((line, *words))
        found.append(fit(line, size, room, face))
    return tuple(line for line in found if line)
