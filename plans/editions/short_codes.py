"""Makes the code by which anybody may ask whether a copy of an edition is still in force."""

import secrets

from bcp_portal.ui.text import match_key

LENGTH = 8
# Typed from paper: no 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"


def new_short_code() -> str:
    """Return an unguessable code: one of 78 milliards."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_typed(text: str) -> str:
    """Return a code as it was meant: capital letters, no spaces or hyphens, full width or not."""
    return match_key(text).upper().replace("-", "")
