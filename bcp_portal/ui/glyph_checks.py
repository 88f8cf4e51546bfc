"""Asks the room that prints whether a text can be printed, without knowing what a font is."""

from collections.abc import Callable

# Returns the first character (with its variation selector) that cannot be printed, "" for none.
GlyphCheck = Callable[[str], str]
_checks: list[GlyphCheck] = []


def register_glyph_check(check: GlyphCheck) -> None:
    """Let every text that is saved be asked about; called from the ready() of a room."""
    if check not in _checks:
        _checks.append(check)


def first_unprintable(text: str) -> str:
    """Return the first character that some room could not print, "" when all are printable."""
    for check in _checks:
        found = check(text)
        if found:
            return found
    return ""
