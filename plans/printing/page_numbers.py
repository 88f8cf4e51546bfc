"""Numbers the pages: through the whole book, or by part for binders with replacement pages."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Numbering(StrEnum):
    """WHOLE: 12 / 140. BY_PART: 8-3, 様式17-2; then a change in one part moves no other page."""

    WHOLE = "whole"
    BY_PART = "by_part"


@dataclass(frozen=True)
class PageNumber:
    """What the contents say of a page, and what is stamped on it; the prefix goes before the dash."""

    text: str
    stamp: str
    prefix: str = ""


def number_pages(parts: Sequence[tuple[str, int]], numbering: Numbering) -> list[PageNumber]:
    """Return a number for each page of the parts, given as (label, count of pages)."""
    if numbering is Numbering.BY_PART:
        return list(_by_part(parts))
    total = sum(count for _, count in parts)
    return [PageNumber(str(page), f"{page} / {total}") for page in range(1, total + 1)]


def _by_part(parts: Sequence[tuple[str, int]]) -> Iterator[PageNumber]:
    for label, count in parts:
        prefix = f"{_short(label)}-"
        for page in range(1, count + 1):
            yield PageNumber(f"{prefix}{page}", f"{prefix}{page}", prefix)


def _short(label: str) -> str:
    """Return 8 for 第8章, and other labels as they are."""
    match = re.fullmatch(r"第(\d+)章", unicodedata.normalize("NFKC", label))
    return match[1] if match else label
