"""Writes points of a Word file, which knows only their levels, as lists inside lists; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

LABEL_END = "　"


@dataclass(frozen=True)
class ListItem:
    """One point: its level from 0, its number (0: a mark), and what it says.

    One with a `label` is a line of its own that begins with it: 「ア　本部長」.
    """

    level: int
    number: int
    html: str
    label: str = ""

    def line(self) -> str:
        """Return what it says behind its label."""
        return f"{self.label}{LABEL_END}{self.html}" if self.label else self.html


def lists(items: Iterable[ListItem]) -> str:
    """Return points that follow each other as HTML."""
    waiting = list(items)
    written = ""
    while waiting:
        if waiting[0].label:
            written += f"<p>{waiting.pop(0).line()}</p>"
        else:
            written += _list(waiting, waiting[0].level)
    return written


def in_cell(lines: Sequence[str | ListItem]) -> str:
    """Return the lines and points of a cell as HTML; only lines need breaks between them."""
    said = [line.line() if isinstance(line, ListItem) and line.label else line for line in lines]
    written = ""
    for _, group in groupby(said, key=lambda line: isinstance(line, ListItem)):
        together = list(group)
        written += lists(line for line in together if isinstance(line, ListItem))
        written += "<br>".join(line for line in together if isinstance(line, str))
    return written


def _list(items: list[ListItem], level: int) -> str:
    """Return the list that begins with the first point, and take its points away."""
    first = items[0].number
    points: list[_Written] = []
    while items and items[0].level >= level:
        item = items[0]
        if item.level > level and points:
            points[-1].add_below(items)
        elif points and (item.label or item.number != (first and first + len(points))):
            break
        else:
            points.append(_Written(items.pop(0).html))
    inner = "".join(f"<li>{point.html}</li>" for point in points)
    start = f' start="{first}"' if first > 1 else ""
    return f"<ol{start}>{inner}</ol>" if first else f"<ul>{inner}</ul>"


@dataclass
class _Written:
    """One point as HTML, to which others are added that stand below it."""

    html: str
    parted: bool = False

    def add_below(self, items: list[ListItem]) -> None:
        """Take the next point, or the list that begins with it."""
        if not items[0].label:
            self.html += _list(items, items[0].level)
            return
        if not self.parted:
            self.html, self.parted = f"<p>{self.html}</p>", True
        self.html += f"<p>{items.pop(0).line()}</p>"
