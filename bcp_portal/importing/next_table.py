"""Finds where another table begins below the first one of a sheet; pure."""

from collections.abc import Collection, Iterable
from itertools import zip_longest

from bcp_portal.importing.heading import Head, WantedColumn, plain
from bcp_portal.importing.sources import SourceLine, SourceSheet


def words_of(columns: Iterable[WantedColumn]) -> set[str]:
    """Return every word by which columns are known, folded."""
    return {plain(word) for each in columns for word in each.words}


def next_table(sheet: SourceSheet, head: Head, words: Collection[str]) -> int:
    """Return the line in which another table begins, title or head, or 0.

    Such a line stands below an empty one and holds words by which columns are known. The head of
    this table, repeated, begins none.
    """
    below = [line for line in sheet.lines if line.number > head.last_row]
    previous = head.last_row
    for line, following in zip_longest(below, below[1:]):
        if line.number > previous + 1:
            titled = following if len(line.filled()) == 1 else line
            if titled is not None and _is_head(titled, head, words):
                return line.number
        previous = line.number
    return 0


def _is_head(line: SourceLine, head: Head, words: Collection[str]) -> bool:
    texts = {column: line.text(column) for column in line.filled()}
    if not all(isinstance(line.cell(column), str) for column in texts):
        return False
    known = sum(plain(text) in words for text in texts.values())
    same = sum(head.labels.get(column) == text for column, text in texts.items())
    return known > 1 and known * 3 >= len(texts) * 2 and same * 2 < len(texts)
