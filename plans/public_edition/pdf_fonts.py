"""Reads from the fonts of a PDF which characters its glyphs stand for; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Name

UNREADABLE = "\ufffd"
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


@dataclass(frozen=True)
class FontText:
    """The characters of one font by the codes that pages show; two bytes a code, or one."""

    code_bytes: int
    characters: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, font: Any) -> "FontText":
        """Read a font; one that does not say its characters has none."""
        code_bytes = 2 if font.get(Name.Subtype) == Name.Type0 else 1
        if Name.ToUnicode not in font:
            return cls(code_bytes)
        return cls(code_bytes, dict(_characters(font.ToUnicode.read_bytes())))

    def decode(self, shown: bytes) -> str:
        """Return the text of shown codes; a code the font says nothing of is UNREADABLE."""
        step = self.code_bytes
        codes = (int.from_bytes(shown[at : at + step]) for at in range(0, len(shown), step))
        return "".join(self.characters.get(code, UNREADABLE) for code in codes)


def _characters(cmap: bytes) -> Iterator[tuple[int, str]]:
    for section in _SECTION.finditer(cmap):
        tokens = [_token(match) for match in _TOKEN.finditer(section[2])]
        if section[1] == b"bfchar":
            for code, text in zip(tokens[::2], tokens[1::2], strict=True):
                yield int.from_bytes(code), _text(code=text)
        else:
            yield from _ranges(iter(tokens))


def _token(match: re.Match[bytes]) -> bytes:
    if match[2] or match[3]:
        return match[0]
    return bytes.fromhex(b"".join(match[1].split()).decode())


def _ranges(tokens: Iterator[bytes]) -> Iterator[tuple[int, str]]:
    for low in tokens:
        first, last = int.from_bytes(low), int.from_bytes(next(tokens))
        start = next(tokens)
        if start == b"[":
            for code in range(first, last + 1):
                yield code, _text(next(tokens))
            next(tokens)
            continue
        value = int.from_bytes(start)
        for code in range(first, last + 1):
            yield code, _text((value + code - first).to_bytes(len(start)))


def _text(code: bytes) -> str:
    return code.decode("utf-16-be", errors="replace")
