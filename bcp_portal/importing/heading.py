"""Finds the head of a table on a sheet, below titles and over merged cells, and names its columns; pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bcp_portal.annex.excel.identity import STAMP, UID_HEAD
from bcp_portal.annex.former_labels import FormerLabel
from bcp_portal.importing.sources import SourceLine, SourceSheet
from bcp_portal.ui.text import match_key

_LINES_LOOKED_AT = 60
_LINES_BELOW = 1_000
_MARK = re.compile(r"bcp-portal:(\d+):([0-9a-z-]+)")
_IN_BRACKETS = re.compile(r"[（(\[【].*?[）)\]】]")
_DECORATION = re.compile(r"^[※*＊●○◎■□☆★]+|[※*＊:：]+\d*$|^(?:[①-⑳]|[0-9]{1,2}[.．])\s*")
_FEWEST_MATCHES = 2


@dataclass(frozen=True)
class Head:
    """Where a table begins: its last head row, and what stands above each column (from 1).

    `code` and `names` are known only on a sheet this program wrote: the code of its table, and
    the name of the column that each column holds; `above` is then what stands over each column in
    the first of two head rows; `uid_column` is 0 where rows carry no uid.
    """

    last_row: int
    labels: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    code: str = ""
    names: Mapping[int, str] = field(default_factory=dict)
    uid_column: int = 0
    above: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        return bool(self.code)

    @property
    def key(self) -> str:
        """Return the same text for two sheets with the same head, whatever stands around it."""
        return "|".join(match_key(label) for _, label in sorted(self.labels.items()))


@dataclass(frozen=True)
class WantedColumn:
    """One column of a table that a sheet may hold, with every label it goes by.

    `former` are labels it had in this municipality, those among them that are another column's now.
    """

    name: str
    label: str
    group: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[FormerLabel, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return every label by which a sheet may call it: of former ones those of no other column."""
        return self.label, *self.aliases

    def had(self, word: str) -> bool:
        """Tell whether the column was called so before; `word` is folded (`plain`)."""
        return any(plain(each.label) == word for each in self.former)


def marked_code(sheet: SourceSheet) -> str:
    """Return the code of the table that a sheet of ours says it holds, or ''."""
    for line in sheet.lines[:5]:
        for cell in line.cells[:3]:
            match = _MARK.fullmatch(cell.strip()) if isinstance(cell, str) else None
            if match:
                return match[2]
    return ""


def stamp_of(sheet: SourceSheet) -> dict[str, str]:
    """Return what a sheet of ours says of itself: when it was written, whose it is; {} if nothing."""
    for line in sheet.lines[:5]:
        text = line.text(1)
        if text.startswith(STAMP):
            pairs = (part.partition("=") for part in text.removeprefix(STAMP).split(";"))
            return {name: value for name, _, value in pairs}
    return {}


def own_head(sheet: SourceSheet, code: str, wanted: Sequence[WantedColumn]) -> Head | None:
    """Return the head of a sheet this program wrote; None when its hidden row of names is gone."""
    known = {column.name for column in wanted}
    for line in sheet.lines[:_LINES_LOOKED_AT]:
        texts = {number: line.text(number) for number in line.filled()}
        uid_column = next((n for n, text in texts.items() if text == UID_HEAD), 0)
        names = {number: text for number, text in texts.items() if text in known}
        if uid_column and names:
            return _below_names(
                sheet, line, Head(line.number, {}, {}, code, names, uid_column), wanted
            )
    return None


def _below_names(
    sheet: SourceSheet, names_line: SourceLine, head: Head, wanted: Sequence[WantedColumn]
) -> Head:
    """Return the head with the labels below the hidden names; they end where a value stands."""
    words = {match_key(word) for each in wanted for word in (*each.words, each.group) if word}
    words.add(match_key("印刷しない項目"))
    labels: dict[int, str] = {}
    above: dict[int, str] = {}
    last = names_line.number
    for line in sheet.lines:
        if not names_line.number < line.number <= names_line.number + 2:
            continue
        texts = {number: line.text(number) for number in line.filled()}
        known = sum(match_key(text) in words for text in texts.values())
        if head.uid_column in texts or known * 2 < len(texts):
            break
        above = above or _over_columns(sheet, line.number, texts)
        labels |= texts
        last = line.number
    return replace(head, last_row=last, labels=labels, above=above)


def _over_columns(sheet: SourceSheet, row: int, texts: Mapping[int, str]) -> dict[int, str]:
    """Return the texts of a line over all the columns that its merged cells cover."""
    found = dict(texts)
    for top, left, _, right in sheet.merged:
        if top == row and left in texts:
            found |= dict.fromkeys(range(left, right + 1), texts[left])
    return found


def find_head(sheet: SourceSheet, wanted: Sequence[WantedColumn]) -> Head | None:
    """Return the line, or two lines, whose texts name the most columns of the table."""
    lines = [*sheet.lines[:_LINES_LOOKED_AT], *_heads_below(sheet, wanted)]
    best, best_score = None, _FEWEST_MATCHES - 1 if len(wanted) > 1 else 0
    for index, line in enumerate(lines):
        for candidate in _candidates(sheet, lines, index, line):
            if len(candidate.labels) <= best_score:
                continue
            score = len(match_columns(candidate, wanted))
            if score > best_score:
                best, best_score = candidate, score
    return _below_own_names(sheet, best, wanted) if best else None


def _heads_below(sheet: SourceSheet, wanted: Sequence[WantedColumn]) -> list[SourceLine]:
    """Return the lines far below that look like a head, each with the line above it."""
    words = {plain(word) for each in wanted for word in each.words}
    found = []
    for place, line in enumerate(sheet.lines[_LINES_LOOKED_AT:_LINES_BELOW], _LINES_LOOKED_AT):
        known = sum(plain(line.text(number)) in words for number in line.filled())
        if known > _FEWEST_MATCHES and known * 2 >= len(line.filled()):
            found += [sheet.lines[place - 1], line]
    return found


def _below_own_names(sheet: SourceSheet, head: Head, wanted: Sequence[WantedColumn]) -> Head:
    """Return the head below the hidden names of a sheet of ours that lost its column of uids."""
    names = {column.name for column in wanted}
    named = {number: label for number, label in head.labels.items() if label in names}
    if len(named) < _FEWEST_MATCHES or len(named) * 2 < len(head.labels):
        return head
    line = next(each for each in sheet.lines if each.number == head.last_row)
    return _below_names(sheet, line, Head(line.number, {}, {}, "", named), wanted)


def head_at(sheet: SourceSheet, row: int) -> Head:
    """Return the head that a person pointed at, with the merged line above it."""
    line = next((line for line in sheet.lines if line.number == row), SourceLine(row, ()))
    above = next((each for each in sheet.lines if each.number == row - 1), None)
    single = _single(line)
    return _double(sheet, above, line) if above and _has_groups(sheet, above) else single


def likely_head(sheet: SourceSheet) -> Head:
    """Return the fullest of the first lines: where a person may begin to look for the head."""
    lines = sheet.lines[:20] or [SourceLine(1, ())]
    fullest = max(lines, key=lambda line: (len(set(map(line.text, line.filled()))), -line.number))
    return head_at(sheet, fullest.number)


def match_columns(
    head: Head, wanted: Sequence[WantedColumn], remembered: Mapping[str, str] | None = None
) -> dict[int, str]:
    """Return the name of the column that each column holds: by hand, by label, by former label, by alias.

    `remembered` maps the key of a label to a name, or to '' for a column to leave out. What a label
    meant before another column was called so is not remembered any more.
    """
    if head.names:
        return dict(head.names)
    found: dict[int, str] = {}
    left_out = set()
    for number, label in head.labels.items():
        key = label_key(head, number, label)
        if remembered and key in remembered and not _is_passed_on(label, remembered[key], wanted):
            # The same label may stand over a second column, or over another table.
            if remembered[key] and remembered[key] not in found.values():
                found[number] = remembered[key]
            left_out.add(number)
    for words in (_full_words, _own_words, _bare_words, _former_words, _alias_words):
        _match(head, wanted, words, found, left_out)
    return dict(sorted(found.items()))


def _is_passed_on(label: str, name: str, wanted: Sequence[WantedColumn]) -> bool:
    """Tell whether the column of this name gave its label up, and another one is called so now."""
    word = plain(label)
    gave_up = any(each.name == name and each.had(word) for each in wanted)
    return gave_up and any(plain(each.label) == word for each in wanted if each.name != name)


def label_key(head: Head, number: int, label: str) -> str:
    """Return under what a label is remembered: with its group where it stands under one."""
    return match_key(f"{head.groups.get(number, '')}/{label}")[:200]


def _match(
    head: Head,
    wanted: Sequence[WantedColumn],
    words: Callable[[WantedColumn], Iterable[str]],
    found: dict[int, str],
    left_out: set[int],
) -> None:
    """Add the columns that these words name; a word of two columns names neither."""
    by_word = _names_by_word(tuple(wanted), words)
    for number, label in head.labels.items():
        if number in found or number in left_out:
            continue
        for text in _ways_to_say(head.groups.get(number, ""), label):
            names = by_word.get(plain(text))
            free = names - set(found.values()) if names else set()
            if len(free) == 1:
                found[number] = free.pop()
                break


# A file with many sheets that fit nowhere is held against every table, line by line.
@lru_cache(maxsize=1_000)
def _names_by_word(
    wanted: tuple[WantedColumn, ...], words: Callable[[WantedColumn], Iterable[str]]
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for column in wanted:
        for word in words(column):
            found.setdefault(plain(word), set()).add(column.name)
    return found


def _ways_to_say(group: str, label: str) -> Iterable[str]:
    """Return what a label may mean: with its group first, so that 業務 over 名称 is 業務の名称."""
    grouped = (f"{group}の{label}", f"{group}{label}") if group else ()
    return (f"{group}/{label}", label, _IN_BRACKETS.sub("", label), *grouped)


def _full_words(column: WantedColumn) -> Iterable[str]:
    return (f"{column.group}/{column.label}",)


def _own_words(column: WantedColumn) -> Iterable[str]:
    return (column.label, column.name)


def _bare_words(column: WantedColumn) -> Iterable[str]:
    bare = _IN_BRACKETS.sub("", column.label)
    return (bare, bare.removesuffix("の有無"), f"{column.group}/{bare}")


def _former_words(column: WantedColumn) -> Iterable[str]:
    # What a municipality called a column says more than what towns call such a column.
    return [word for word in column.aliases if column.had(plain(word))]


def _alias_words(column: WantedColumn) -> Iterable[str]:
    return column.aliases


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return a label as it is compared: without signs at its ends, folded."""
    return match_key(_DECORATION.sub("", text.strip()))


def _candidates(
    sheet: SourceSheet, lines: Sequence[SourceLine], index: int, line: SourceLine
) -> Iterable[Head]:
    yield _single(line)
    if index and lines[index - 1].number == line.number - 1:
        yield _double(sheet, lines[index - 1], line)


def _single(line: SourceLine) -> Head:
    return Head(line.number, {number: line.text(number) for number in line.filled()})


def _double(sheet: SourceSheet, upper: SourceLine, lower: SourceLine) -> Head:
    """Return the head of two lines: a merged cell of the upper one stands over several columns."""
    over = _spread(sheet, upper)
    width = max([*over, *lower.filled()], default=0)
    labels: dict[int, str] = {}
    groups: dict[int, str] = {}
    for number in range(1, width + 1):
        below, above = lower.text(number), over.get(number, "")
        if below:
            labels[number] = below
            if above:
                groups[number] = above
        elif above and number in upper.filled():
            labels[number] = above
    return Head(lower.number, labels, groups)


def _spread(sheet: SourceSheet, line: SourceLine) -> dict[int, str]:
    texts = {number: line.text(number) for number in line.filled()}
    for top, left, bottom, right in sheet.merged:
        if top == line.number == bottom and left in texts:
            texts |= dict.fromkeys(range(left, right + 1), texts[left])
    return texts


def _has_groups(sheet: SourceSheet, line: SourceLine) -> bool:
    """Tell whether a cell of the line is merged over several of many columns: a head, no title."""
    across = [r - left for top, left, bottom, r in sheet.merged if top == line.number and r > left]
    return bool(across) and len(line.filled()) > 1
