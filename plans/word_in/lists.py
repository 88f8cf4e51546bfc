"""Writes points of a Word file, which knows only their levels, as lists inside lists; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Item:
    """One point: its level from 0, whether it has a number, and what it says."""

    level: int
    ordered: bool
    html: str


def lists(items: Iterable[Item]) -> str:
    """Return points that follow each other as HTML."""
    waiting = list(items)
    written = ""
    while waiting:
        written += _list(waiting, waiting[0].level)
    return written


def in_cell(lines: Sequence[str | Item]) -> str:
    """Return the lines and points of a cell as HTML; only lines need breaks between them."""
    written = ""
    for _, group in groupby(lines, key=lambda line: isinstance(line, Item)):
        together = list(group)
        written += lists(line for line in together if isinstance(line, Item))
        written += "<br>".join(line for line in together if isinstance(line, str))
    return written


def _list(items: list[Item], level: int) -> str:
    """Return the list that begins with the first point, and take its points away."""
    tag = "ol" if items[0].ordered else "ul"
    written: list[str] = []
    while items and items[0].level >= level:
        if items[0].level > level and written:
            written[-1] = f"{written[-1]}{_list(items, items[0].level)}"
        elif written and items[0].ordered != (tag == "ol"):
            break
        else:
            written.append(items.pop(0).html)
    points = "".join(f"<li>{html}</li>" for html in written)
    return f"<{tag}>{points}</{tag}>"
