"""Takes out of a text what nobody sees in print: selectors of variants, joiners, soft hyphens, combining marks."""

import re

_INVISIBLE = re.compile(
    "[\\u00ad\\u0300-\\u036f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f"
    "\\u202a-\\u202e\\u2060-\\u206f\\u20d0-\\u20ff\\u3099\\u309a\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0"
    "\\U000e0000-\\U000e01ef]"
)


def without_invisible(text: str) -> str:
    """Return the text without characters that leave no mark of their own."""
    return _INVISIBLE.sub("", text)
