"""Reads settings from the environment, or from a file named by NAME_FILE for secrets."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_ON, _OFF = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """Return the variable, or the content of the file that NAME_FILE points to."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a text in UTF-8"
        raise ImproperlyConfigured(
            f"{name}_FILE names {path}, which cannot be read: {reason}."
        ) from error


def is_given(name: str) -> bool:
    """Tell whether somebody set the variable, or a file for it, to more than nothing."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def flag(name: str, *, default: bool) -> bool:
    """Return True for 1, true, yes, on (any case), False for 0, false, no, off; refuse the rest."""
    raw = text(name).lower()
    if raw and raw not in _ON | _OFF:
        raise ImproperlyConfigured(f"{name} must be 1 (on) or 0 (off), not {raw!r}.")
    return raw in _ON if raw else default


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts, without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    """Return the whole number; raise ImproperlyConfigured when it is none or out of bounds."""
    raw = text(name, str(default))
    if not raw.isdecimal() or not least <= int(raw) <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}.")
    return int(raw)
