"""Tells from the operation log who wrote what a revision changes; pure.

Changes of printed cells and of text make an author. Confirming a date, columns that are kept for
the office only, and one's own line of 様式9 do not; who did only that is named apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from plans.revisions.frozen_parties import Hand
from plans.revisions.log_lines import LogLine

CONFIRMED, OWN_LINE, KEPT_ONLY = "最終確認日", "様式9の自分の行", "印刷しない項目"
# Whether a row is printed at all, and whether in public, is content; the others are bookkeeping.
DECIDES_PRINT = frozenset({"row_status", "confidentiality"})
BOOKKEEPING = frozenset({"verified_on", "verified_by", "evidence"})
TEXT_OF_CHAPTER = frozenset({"title", "body", "confidentiality"})
# Two of these texts may read alike, so that what was once noted of them proves no equality.
_READ_ALIKE = frozenset({"body"})
# These change what is printed also where they note no column; looking at a row notes none either.
STRUCTURAL = frozenset(
    {
        "並べ替え",
        "章・節の追加",
        "章・節の移動",
        "章・節の取り除き",
        "章・節の復元",
        "章立ての変更",
        "差し込み語句の追加",
        "差し込み語句の取り除き",
        "版からの本文の復元",
    }
)
# These do so where no value is told that changed.
BROUGHT_BACK = "版からの語句の復元"


@dataclass(frozen=True)
class PrintedPlace:
    """Where a row or chapter is printed: in which part, by which columns, as last issued when.

    No columns stand for all but bookkeeping: what a derived table shows it names in its own way.
    since is when the part was last submitted for an edition; None when it never was. differs says
    whether the row, text or figure is printed otherwise than before, part_differs whether anything is.
    Of what a place shows among other words, said has the words that differ there, old and new: a
    value counts that is among them. Of columns that a quiet place does not show nothing is told.
    """

    label: str
    columns: frozenset[str]
    since: datetime | None = None
    differs: bool = True
    part_differs: bool = True
    is_quiet: bool = False
    said: str | None = None


@dataclass(frozen=True)
class Owner:
    """The covered part that rows of one kind belong to, and when it was last submitted."""

    since: datetime | None = None


@dataclass(frozen=True)
class Printed:
    """Where everything is printed, by uid and by kind of record or action, and what is covered.

    owners say of each kind of row whether the part it belongs to is covered, and since when that
    part was not submitted; None for a kind whose part is not. own_rows are lines of 様式9 by uid.
    """

    by_uid: Mapping[str, Sequence[PrintedPlace]] = field(default_factory=dict)
    by_kind: Mapping[str, Sequence[PrintedPlace]] = field(default_factory=dict)
    own_rows: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, Owner | None] = field(default_factory=dict)

    def places(self, line: LogLine) -> Sequence[PrintedPlace]:
        """Return where a record was printed when the part was not yet submitted since."""
        if line.target_type in self.owners:
            owner = self.owners[line.target_type]
            if owner is None or (owner.since is not None and line.at <= owner.since):
                return []
        found = [
            *self.by_uid.get(line.target_uid, ()),
            *self.by_kind.get(line.target_type, ()),
            *self.by_kind.get(line.action, ()),
        ]
        return [each for each in found if each.since is None or line.at > each.since]


@dataclass(frozen=True)
class Authors:
    """Who wrote what changes, and who did only what excludes nobody."""

    authors: tuple[Hand, ...] = ()
    also: tuple[Hand, ...] = ()


def authors_of(lines: Iterable[LogLine], printed: Printed) -> Authors:
    """Return the people behind the lines, each with the parts they wrote, in order of first writing.

    A column that was written back to what it was is no change, nor is one that is printed nowhere
    otherwise than before; lines come in the order of the log.
    """
    wrote: dict[tuple[str, str], _Column] = {}
    did: defaultdict[str, dict[str, None]] = defaultdict(dict)
    names: dict[str, str] = {}
    for line in lines:
        places = printed.places(line)
        if not places:
            continue
        names[line.username] = line.name
        for column, before, after in _columns(line):
            shown = [each for each in places if _is_printed(column, each)]
            if not shown and all(each.is_quiet for each in places):
                continue
            excuse = _excuse(line, column, bool(shown), printed)
            if excuse:
                did[line.username].setdefault(excuse)
                continue
            labels = [each.label for each in shown if _differs(line, column, each)]
            if not labels:
                continue
            stored = wrote.setdefault((line.target_uid or line.action, column), _Column(before))
            stored.write(before, after, is_sure=_is_sure(line, column))
            stored.writers.setdefault(line.username, {}).update(dict.fromkeys(labels))
    parts: dict[str, dict[str, None]] = {}
    for column_written in wrote.values():
        if column_written.is_changed:
            for username, labels_written in column_written.writers.items():
                parts.setdefault(username, {}).update(labels_written)
    authors = tuple(Hand(who, "", names[who], tuple(labels)) for who, labels in parts.items())
    also = tuple(
        Hand(who, "", names[who], tuple(excuses))
        for who, excuses in did.items()
        if who not in parts
    )
    return Authors(authors, also)


@dataclass
class _Column:
    """One column of one record between the first line and the last, by what was stored.

    A line that notes the same before and after changed what its words do not show: nothing says
    that this was written back. So it is with a text of which only the words were noted.
    """

    first: str | None
    last: str | None = None
    is_sure: bool = True
    writers: dict[str, dict[str, None]] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        return self.first is None or not self.is_sure or self.first != self.last

    def write(self, before: str | None, after: str | None, *, is_sure: bool) -> None:
        self.last = after
        self.is_sure &= is_sure and before != after


def _columns(line: LogLine) -> Iterable[tuple[str, str | None, str | None]]:
    """Yield the columns a line writes, before and after; a change of place has no values."""
    for change in line.changes:
        before, after = change.get("digests") or (change["before"], change["after"])
        yield str(change["name"]), str(before), str(after)
    if line.action in STRUCTURAL or (line.action == BROUGHT_BACK and not line.changes):
        yield "", None, None


def _is_sure(line: LogLine, column: str) -> bool:
    """Tell whether what a line notes of a column is the same only where the stored values are."""
    change = line.change(column)
    return column not in _READ_ALIKE or (change is not None and bool(change.get("digests")))


def _is_printed(column: str, place: PrintedPlace) -> bool:
    if not place.columns:
        return column not in BOOKKEEPING
    return not column or column in place.columns


def _differs(line: LogLine, column: str, place: PrintedPlace) -> bool:
    """Tell whether a place shows the change; a change of order shows in the part as a whole."""
    if not column:
        return place.part_differs and place.said is None
    return place.differs and (place.said is None or _is_said(line, column, place.said))


def _is_said(line: LogLine, column: str, said: str) -> bool:
    change = line.change(column) or {}
    return any(str(change.get(side) or "\0") in said for side in ("before", "after"))


def _excuse(line: LogLine, column: str, is_printed: bool, printed: Printed) -> str:
    """Return why a change excludes nobody; "" when it makes an author."""
    if column == "verified_on" or line.action == "確認":
        return CONFIRMED
    own = printed.own_rows.get(line.target_uid) == line.username
    if own and not line.change("person"):
        return OWN_LINE
    return "" if is_printed else KEPT_ONLY
