"""Compares text that is not laid out: the sentences of a cell, the lines of a figure."""

import re
from collections.abc import Iterator, Mapping, Sequence

from plans.comparison.changes import PassageChange, Run, Runs, Status
from plans.comparison.difference_marks import joined_runs, mark, plain
from plans.comparison.similar_sentences import side_by_side
from plans.comparison.text_equality import is_same

_SHORT = 200
_PIECES = re.compile(r"[^。\n]*[。\n]*")


def mark_long(old: str, new: str) -> tuple[Runs, Runs]:
    """Return both texts as runs, as `mark` does; a long text is compared by its sentences first."""
    if len(old) + len(new) <= _SHORT or is_same(old, new):
        return mark(old, new)
    pieces_old, pieces_new = _PIECES.findall(old), _PIECES.findall(new)
    runs_old: list[Run] = []
    runs_new: list[Run] = []
    for one, other in matched(pieces_old, pieces_new):
        before, after = mark(one, other)
        runs_old += before
        runs_new += after
    return joined_runs(runs_old), joined_runs(runs_new)


def matched(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Return the texts side by side: equal ones, then like ones; "" where one has no partner."""
    return [(one or "", other or "") for one, other in side_by_side(old, new, str)]


def line_changes(old: Sequence[str], new: Sequence[str]) -> tuple[PassageChange, ...]:
    """Return what differs between two lists of lines; those that are the same are left out."""
    return tuple(passage(one, other) for one, other in matched(old, new) if not is_same(one, other))


def passage(old: str, new: str) -> PassageChange:
    """Return two versions of one text with their marks; an empty one was not there."""
    runs_old, runs_new = mark_long(old, new)
    return PassageChange(status_of(old, new), runs_old, runs_new)


def status_of(old: str, new: str) -> Status:
    """Return what became of a text."""
    if is_same(old, new):
        return Status.SAME
    if not old.strip():
        return Status.ADDED
    return Status.CHANGED if new.strip() else Status.REMOVED


def labelled_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[PassageChange]:
    """Yield what differs between lines of label and text; the label itself is never marked."""
    for label in {**old, **new}:
        change = passage(old.get(label, ""), new.get(label, ""))
        if change.status is not Status.SAME:
            before = plain(f"{label}：")
            runs_old, runs_new = (
                before + runs if runs else () for runs in (change.old, change.new)
            )
            yield PassageChange(change.status, runs_old, runs_new)
