"""Texts of drawings: codes taken out, wrong encodings set right."""

from __future__ import annotations

import re
from typing import Final

_CODES: Final = re.compile(r"%%[uokUOK]")
_SIGNS: Final = {"%%d": "°", "%%D": "°", "%%p": "±", "%%P": "±", "%%c": "⌀", "%%C": "⌀"}
_UNICODE: Final = re.compile(r"\\U\+([0-9A-Fa-f]{4})")
_MULTIBYTE: Final = re.compile(r"\\M\+([1-5])([0-9A-Fa-f]{4})")
_CODEPAGES: Final = {"1": "shift_jis", "2": "big5", "3": "cp949", "4": "johab", "5": "gbk"}
_MTEXT_STACK: Final = re.compile(r"\\S([^;]*?)[\^#/]([^;]*);")
_MTEXT_FORMAT: Final = re.compile(r"\\[ACFHQTWacfhqtwp][^;\\{}]*;")
_MTEXT_SWITCH: Final = re.compile(r"\\[LlOoKkN]")
_FALLBACKS: Final = ("utf-8", "gbk", "cp1252")


def plain_text(text: str, encoding: str = "utf-8") -> str:
    r"""Return a TEXT or attribute without control codes.

    >>> plain_text("%%uBUREAU%%u  %%c2")
    'BUREAU ⌀2'
    """
    text = repaired(text, encoding)
    text = _CODES.sub("", text)
    for code, sign in _SIGNS.items():
        text = text.replace(code, sign)
    return " ".join(text.split())


def plain_mtext(text: str, encoding: str = "utf-8") -> str:
    r"""Return an MTEXT without formatting, its paragraphs as lines.

    >>> plain_mtext(r"{\fArial|b1;OPEN\POFFICE} \H0.7x;12 m\S2^;")
    'OPEN\nOFFICE 12 m2'
    """
    text = repaired(text, encoding)
    text = text.replace(r"\~", " ").replace("\\\\", "\0")
    text = _MTEXT_STACK.sub(lambda found: "/".join(part for part in found.groups() if part), text)
    text = _MTEXT_FORMAT.sub("", text)
    text = text.replace(r"\P", "\n").replace(r"\X", "\n").replace("^J", "\n").replace("^I", " ")
    text = _MTEXT_SWITCH.sub("", text)
    text = re.sub(r"\\([{}])", r"\1", re.sub(r"(?<!\\)[{}]", "", text)).replace("\0", "\\")
    lines = (plain_text(line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def repaired(text: str, encoding: str) -> str:
    r"""Return a text with escaped signs decoded and bytes of another encoding set right.

    A file may say one code page and hold another; UTF-8 hardly ever comes about by chance.

    >>> repaired("B\u00c3\u00bcro", "cp1252"), repaired(r"\U+4F1A\U+8BAE", "utf-8")
    ('Büro', '会议')
    """
    if not text.isascii():
        text = _decoded_again(text, encoding)
    text = _UNICODE.sub(lambda found: chr(int(found.group(1), 16)), text)
    text = _MULTIBYTE.sub(_two_bytes, text)
    return text.encode("utf-8", "replace").decode("utf-8")


def _decoded_again(text: str, encoding: str) -> str:
    try:
        content = text.encode(encoding, "surrogateescape")
    except (UnicodeEncodeError, LookupError):
        return text
    broken = any("\udc80" <= sign <= "\udcff" for sign in text)
    for other in _FALLBACKS if broken else ("utf-8",):
        try:
            return content.decode(other)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1") if broken else text


def _two_bytes(found: re.Match[str]) -> str:
    page, code = found.groups()
    return bytes.fromhex(code).decode(_CODEPAGES[page], "replace")
