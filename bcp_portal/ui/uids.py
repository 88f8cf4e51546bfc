"""Reads a uid that a browser or a stored text names, so that no query is made for what is no uid."""

from uuid import UUID


def as_uid(text: str) -> str:
    """Return a uid in its usual spelling, or an empty text when it is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def is_uid(text: str) -> bool:
    """Tell whether a text can be looked up as a uid at all."""
    return bool(as_uid(text))
