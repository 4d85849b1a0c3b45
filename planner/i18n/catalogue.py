"""The message catalogues, read once per language from the compiled files."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the messages of a language; English is what stands in the code.

    The compiled file is used where set-up made one, else the source file is compiled in
    memory, so that a fresh checkout speaks both languages.
    """
    folder = files("planner") / "translations" / language / "LC_MESSAGES"
    compiled = folder / "messages.mo"
    source = folder / "messages.po"
    if source.is_file():
        read = read_po(BytesIO(source.read_bytes()), locale=language)
        buffer = BytesIO()
        write_mo(buffer, read)
        buffer.seek(0)
        return Translations(buffer)
    if compiled.is_file():
        return Translations(BytesIO(compiled.read_bytes()))
    return NullTranslations()
