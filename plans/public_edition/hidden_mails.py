"""Knows an e-mail address that is written out for people: [at], アットマーク, ドット; pure."""

import re

from bcp_portal.spelling.letters import fold

_AT = ("at", "a", "atmark", "アットマーク", "アット", "あっとまーく", "単価記号", "まるあ")
_DOT = ("dot", "ドット", "どっと", "てん", "点", "ピリオド")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def mail_pattern(text: str) -> re.Pattern[str] | None:
    """Return what finds the address of a text in a folded text, None for a text that is no address."""
    if not _MAIL.fullmatch(text.strip()):
        return None
    local, _, domain = text.strip().partition("@")
    return re.compile(_dotted(local) + _any_of(_AT) + _dotted(domain))


def _dotted(name: str) -> str:
    return _any_of(_DOT).join(re.escape(fold(part)) for part in name.split("."))


def _any_of(words: tuple[str, ...]) -> str:
    longest_first = sorted({fold(word) for word in words}, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})?"
