"""Makes the password a new person gets on paper."""

import secrets

# Without the characters people confuse on paper: 0 o, 1 l i.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"


def new_initial_password() -> str:
    """Return 12 letters and digits in three groups (about 55 bits), at least one of each kind."""
    while True:
        groups = ["".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4)) for _ in range(3)]
        password = "-".join(groups)
        if set(password) & set(_DIGITS) and set(password) & set(_LETTERS):
            return password
