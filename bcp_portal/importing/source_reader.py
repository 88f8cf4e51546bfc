"""Has a file of rows read by a process apart, and takes what it found."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bcp_portal.importing import limits, refusal_texts
from bcp_portal.importing.sources import SourceFile, SourceLine, SourceSheet
from bcp_portal.sandbox.reader_processes import CutShortError, answers
from bcp_portal.ui.errors import DomainError

OnLines = Callable[[int], None]
_LINES_BETWEEN_NOTES = 500
_READER = "bcp_portal.importing.reader_process"
# The reader refuses declarations itself, before openpyxl; its other guard reads twice as long.
_QUICK = {"OPENPYXL_DEFUSEDXML": "False"}


class UnreadableFileError(DomainError):
    """The file is no table, is protected, broken, too large, or was made to do harm."""


def read_source(path: Path, on_lines: OnLines = lambda count: None) -> SourceFile:
    """Return the sheets of a file; UnreadableFileError says in Japanese why it is refused.

    Takes at most `limits.WALL_SECONDS`. `on_lines` hears from time to time how many were read.
    """
    return source_of(_answers(path), on_lines)


def source_of(answers: Iterable[Any], on_lines: OnLines = lambda count: None) -> SourceFile:
    """Return the sheets of a file from the lines that the reading process writes about it."""
    source, count = SourceFile(), 0
    for line in answers:
        if isinstance(line, list):
            count += 1
            source.sheets[-1].lines.append(_line(*line))
            if count % _LINES_BETWEEN_NOTES == 0:
                on_lines(count)
        else:
            _take(source, line)
    on_lines(count)
    if not count:
        raise UnreadableFileError(refusal_texts.EMPTY)
    return source


def _line(number: int, cells: list[Any], more: dict[str, Any] | None = None) -> SourceLine:
    if not more:
        return SourceLine(number, tuple(cells))
    return SourceLine(
        number,
        tuple(cells),
        struck={int(column): text for column, text in more.get("struck", {}).items()},
        hidden="hidden" in more,
        unshown=tuple(more.get("unshown", ())),
        white=tuple(more.get("white", ())),
    )


def _take(source: SourceFile, line: dict[str, Any]) -> None:
    if "refused" in line:
        raise UnreadableFileError(line["refused"])
    if "sheet" in line:
        merged = [tuple(area) for area in line["merged"]]
        source.sheets.append(SourceSheet(line["sheet"], merged=merged))
    elif "hidden_columns" in line:
        source.sheets[-1].hidden_columns = line["hidden_columns"]
    elif "comments" in line:
        sheet = source.sheets[-1]
        sheet.comments = [(place, text) for place, text in line["comments"]]
        sheet.conditions = [(effect, places) for effect, places in line["conditions"]]
    elif "identity" in line:
        source.identity = line["identity"]
    elif "note" in line:
        source.notes.append(line["note"])


def _answers(path: Path) -> Iterator[Any]:
    try:
        yield from answers(_READER, path, wall_seconds=limits.WALL_SECONDS, environment=_QUICK)
    except CutShortError:
        raise UnreadableFileError(refusal_texts.NO_TIME) from None
