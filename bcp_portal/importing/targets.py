"""Says which tables and columns a person may fill from a file, and by which labels they are known."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bcp_portal.accounts.models import Membership
from bcp_portal.annex import registry
from bcp_portal.annex.access import editable_by, may_import
from bcp_portal.annex.form_factory import Mode, value_of
from bcp_portal.annex.forms import items_for
from bcp_portal.annex.sheet import Item, Presentation, Sheet
from bcp_portal.annex.spec import Need
from bcp_portal.importing.heading import (
    WantedColumn,
    find_head,
    match_columns,
    plain,
)
from bcp_portal.importing.sources import SourceSheet
from bcp_portal.ui.text import match_key

_NUMBER = re.compile(
    r"[\W_]*(?:別紙|別添)?[\W_]*様式\s*第?\s*(\d{1,2})(?!\d)(?:\s*[-‐−–ーの.]\s*(\d)(?!\d))?"
)


_CLEARLY_MORE = 2
FITS_BETTER = (
    "見出しのうち「{own}」の項目と合うのは{mine}列ですが、「{other}」の項目と合うのは{theirs}列です。"
    "「{other}」の表のときは、その様式を選んでください。"
)


@dataclass(frozen=True)
class ImportTarget:
    """One table as one person may fill it."""

    sheet: Sheet
    membership: Membership

    @property
    def code(self) -> str:
        return self.sheet.spec.code

    @cached_property
    def items(self) -> dict[str, Item]:
        """The columns this person may type, by name."""
        allowed = items_for(self.sheet, self.membership, Mode.GRID)
        mine = editable_by(allowed, self.membership, self.sheet.spec)
        return {item.name: item for item in mine}

    @cached_property
    def needed(self) -> tuple[Item, ...]:
        """The columns without which no new row can be saved."""
        blank = self.sheet.spec.model()
        return tuple(item for item in self.items.values() if must_be_given(item, blank))

    @cached_property
    def known(self) -> dict[str, Item]:
        """All columns in use, by name, those nobody or others type among them."""
        return {item.name: item for item in self.sheet.items}

    @cached_property
    def wanted(self) -> tuple[WantedColumn, ...]:
        """Every column with the labels by which a sheet may call it."""
        taken = Counter(plain(item.column.label) for item in self.sheet.items)
        return tuple(_wanted(item, taken) for item in self.sheet.items)

    @cached_property
    def unused(self) -> tuple[WantedColumn, ...]:
        """The columns that this municipality does not use, with the labels they had."""
        return tuple(_wanted(item, {}) for item in self.sheet.all_items if item.hidden)

    def why_ignored(self, name: str) -> str:
        """Return in Japanese why a known column is not taken; '' when it is."""
        if name in self.items:
            return ""
        item = self.known[name]
        if not item.editable:
            return "システムが計算する項目です"
        if item.column.kind.holds_file:
            return "ファイルは画面で付けます"
        return "あなたの役割では変更できない項目です"


def _wanted(item: Item, taken: Mapping[str, int]) -> WantedColumn:
    """Return a column with its labels; a label that it gave up to another column is none of them."""
    own = item.column.label
    former = tuple(each for each in item.former_labels if plain(each.label) != plain(own))
    free = [each.label for each in reversed(former) if not taken.get(plain(each.label))]
    others = (word for word in (*free, *item.spec.also_called) if word != own)
    return WantedColumn(item.name, own, item.column.group, tuple(dict.fromkeys(others)), former)


def must_be_given(item: Item, blank: Any) -> bool:
    """Tell whether a new row cannot be saved without this column; a default is an answer."""
    return item.need is Need.SAVE and value_of(blank, item) in (None, "", [])


def targets_of(presentation: Presentation, membership: Membership) -> dict[str, ImportTarget]:
    """Return every table this person may fill, by its code."""
    return {
        spec.code: ImportTarget(Sheet(spec, presentation), membership)
        for spec in registry.specs()
        if may_import(membership, spec)
    }


def likely_target(source: SourceSheet, targets: Sequence[ImportTarget]) -> ImportTarget | None:
    """Return the table that a sheet says it is, else the one whose columns it names best."""
    numbered = _numbered_so(source, targets)
    if len(numbered) > 1:
        named = _named_so(source, numbered)
        return named or max(numbered, key=lambda target: _score(source, target))
    if numbered:
        return numbered[0]
    named = _named_so(source, targets)
    best, best_score, found_best, most = None, 0.0, 0, 0
    for target in [named] if named else targets:
        head = find_head(source, target.wanted)
        found = match_columns(head, target.wanted) if head else {}
        editable = [name for name in found.values() if name in target.items]
        most = max(most, len(editable))
        key_known = all(name in editable for name in target.sheet.spec.natural_key)
        if head is None or len(editable) < 2 or not (key_known or named):
            continue
        score = len(editable) + len(editable) / max(1, len(head.labels))
        if score > best_score:
            best, best_score, found_best = target, score, len(editable)
    # Where a table without its key knows far more of the columns, only a person can tell.
    return best if most < found_best + _CLEARLY_MORE else None


def fits_better(source: SourceSheet, own: ImportTarget, targets: Sequence[ImportTarget]) -> str:
    """Say in Japanese that far more columns are those of another table than of this one; or ''."""
    found = {target.code: _score(source, target) for target in targets}
    best = max(targets, key=lambda target: found[target.code])
    mine = found.get(own.code, 0)
    if found[best.code] < mine + _CLEARLY_MORE:
        return ""
    return FITS_BETTER.format(
        own=own.sheet.heading, mine=mine, other=best.sheet.heading, theirs=found[best.code]
    )


def _score(source: SourceSheet, target: ImportTarget) -> int:
    head = find_head(source, target.wanted)
    return len(match_columns(head, target.wanted)) if head else 0


def is_numbered(source: SourceSheet, target: ImportTarget) -> bool:
    """Tell whether a sheet says by a number of 様式 that it is this table."""
    return target in _numbered_so(source, [target])


def numbered_otherwise(source: SourceSheet, code: str, targets: Mapping[str, ImportTarget]) -> str:
    """Return the 様式 that a sheet says it is by its number, where that is not this table; or ''."""
    for text in (*_titles(source, list(targets.values())), source.name):
        match = _NUMBER.match(unicodedata.normalize("NFKC", text))
        if match:
            said, part = int(match[1]), f"{match[1]}-{match[2]}"
            own = targets[code].sheet.spec
            parts = {each.code for each in targets.values()}
            same = own.number == said and (not match[2] or part not in parts or part == code)
            number = part if match[2] else match[1]
            return "" if same or own.number is None else f"様式{number}"
    return ""


def _numbered_so(source: SourceSheet, targets: Sequence[ImportTarget]) -> list[ImportTarget]:
    """Return the tables of the 様式 whose number a title of the sheet, or its name, bears."""
    for text in (*_titles(source, targets), source.name):
        match = _NUMBER.match(unicodedata.normalize("NFKC", text))
        if match:
            of_number = [t for t in targets if t.sheet.spec.number == int(match[1])]
            part = [t for t in of_number if match[2] and t.code == f"{match[1]}-{match[2]}"]
            return part or of_number
    return []


def _named_so(source: SourceSheet, targets: Sequence[ImportTarget]) -> ImportTarget | None:
    """Return the only table whose title the sheet, or a line above its head, bears.

    A title that one table has and others had before means the one whose columns fit best.
    """
    words = {match_key(word) for word in (source.name, *_titles(source, targets))}
    found = [
        target
        for target in targets
        if {match_key(target.sheet.title), match_key(target.sheet.heading)} & words
    ]
    before = [
        target
        for target in targets
        if target not in found
        and {match_key(each.label) for each in target.sheet.former_titles} & words
    ]
    if len(found) == 1 and before:
        return max([*found, *before], key=lambda target: _score(source, target))
    named = found or before
    return named[0] if len(named) == 1 else None


def _titles(source: SourceSheet, targets: Sequence[ImportTarget]) -> list[str]:
    """Return what stands in the first lines above a head: the cells of a head are no titles."""
    words = {plain(word) for t in targets for c in t.wanted for word in c.words}
    found: list[str] = []
    for line in source.lines[:3]:
        texts = [line.text(number) for number in line.filled()]
        if sum(plain(text) in words for text in texts) > 1:
            break
        found += texts[:2]
    return found
