"""Tells a field, while it is saved, which character of its text no font could print."""

from plans.printing.faces import FontMissingError
from plans.printing.glyphs import unprintable_in


def unprintable_when_saved(text: str) -> str:
    """Return the first character that cannot be printed, "" for none.

    On a server without the fonts nothing is known of any character: saving goes on, and printing
    and submitting say which font is missing.
    """
    try:
        return unprintable_in(text)
    except FontMissingError:
        return ""
