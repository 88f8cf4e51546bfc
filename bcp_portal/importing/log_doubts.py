"""Says of an import that the operation log, which tells what names meant and who changed what, was altered."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bcp_portal.audit.entry_faults import (
    WHAT_TO_DO,
    LogWatch,
    altered_noted,
    note_doubts_since,
)
from bcp_portal.importing.assignment import Assignment

DOUBTFUL = (
    "ファイルの名称がどの行を指すか、ファイルを書き出した後に何が変わったかは、操作記録から調べます。"
    "この確認の結果は正しくないおそれがあります。取り込まずに、{what_to_do}"
)


@contextmanager
def doubts_about_log(assignments: Sequence[Assignment]) -> Iterator[Callable[[], list[str]]]:
    """Watch what is read of the log within the block; the function given returns what to say, [] for nothing.

    Of a sheet of ours everything since its export is compared, because an altered entry need not be
    among those that are read.
    """
    with altered_noted() as watch:
        yield lambda: _said(assignments, watch)


def _said(assignments: Sequence[Assignment], watch: LogWatch) -> list[str]:
    since = min((each.export.since for each in assignments if each.export), default=None)
    if since is not None:
        note_doubts_since(since)
    faults = watch.found().faults()
    return [faults + DOUBTFUL.format(what_to_do=WHAT_TO_DO)] if faults else []
