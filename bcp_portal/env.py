"""Reads settings from the environment, or from a file named by NAME_FILE for secrets."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return the variable, or the content of the file that NAME_FILE points to."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Return True for 1, true, yes, on (any case)."""
    raw = text(name)
    return raw.lower() in {"1", "true", "yes", "on"} if raw else default


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts, without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    """Return the whole number; raise ImproperlyConfigured when it is none or out of bounds."""
    raw = text(name, str(default))
    if not raw.isdecimal() or not least <= int(raw) <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}.")
    return int(raw)
