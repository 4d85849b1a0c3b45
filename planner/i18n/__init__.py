"""Words, numbers, money and dates in the reader's language; templates never format."""

from planner.i18n.speech import LANGUAGES, Speech, speech_of

__all__ = ["LANGUAGES", "Speech", "speech_of"]
