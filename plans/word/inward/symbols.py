"""Says in letters that can be printed what Word draws from its fonts of signs, as check sheets use; pure."""

import re

SIGNS = {
    "wingdings": {
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0x71: "□",
        0x75: "◆",
        0x9F: "・",
        0xA1: "○",
        0xA7: "■",
        0xA8: "□",
        0xD8: "▶",
        0xE0: "→",
        0xE8: "→",
        0xF0: "⇨",
        0xFB: "×",
        0xFC: "✓",
        0xFD: "×",
        0xFE: "✓",
    },
    "wingdings 2": {0x4F: "×", 0x50: "✓", 0x51: "×", 0x52: "✓", 0x54: "×", 0xA3: "□"},
    "symbol": {0xA3: "≤", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "・"},
}  # fmt: skip
_TYPED = re.compile("[\uf020-\uf0ff]")
# Word writes the place in the font behind this one.
_BEHIND = 0xF000


def sign(font: str, place: str) -> str:
    """Return the sign at a place (hexadecimal) of a font, "" for one that is not known."""
    try:
        number = int(place, 16)
    except ValueError:
        return ""
    return SIGNS.get(font.lower(), {}).get(number - _BEHIND if number > _BEHIND else number, "")


def in_signs(text: str, font: str) -> str:
    """Return text with the signs that somebody typed as letters of such a font."""
    if font.lower() not in SIGNS:
        return text
    return _TYPED.sub(lambda found: sign(font, f"{ord(found[0]):x}") or found[0], text)
