"""Has a file read by a process apart, and takes what it found; whatever happens there, this goes on."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from bcp_portal.annex.importing import limits, refusals
from bcp_portal.annex.importing.sources import SourceFile, SourceLine, SourceSheet
from bcp_portal.ui.errors import DomainError

OnLines = Callable[[int], None]
_LINES_BETWEEN_NOTES = 500


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
            source.sheets[-1].lines.append(SourceLine(line[0], tuple(line[1])))
            if count % _LINES_BETWEEN_NOTES == 0:
                on_lines(count)
        else:
            _take(source, line)
    on_lines(count)
    if not count:
        raise UnreadableFileError(refusals.EMPTY)
    return source


def _take(source: SourceFile, line: dict[str, Any]) -> None:
    if "refused" in line:
        raise UnreadableFileError(line["refused"])
    if "sheet" in line:
        merged = [tuple(area) for area in line["merged"]]
        source.sheets.append(SourceSheet(line["sheet"], merged=merged))
    elif "identity" in line:
        source.identity = line["identity"]
    elif "note" in line:
        source.notes.append(line["note"])


def _answers(path: Path) -> Iterator[Any]:
    """Yield what the reading process writes; kill it when it takes too long."""
    process = subprocess.Popen(  # noqa: S603 - our own module, given a path and nothing else
        [sys.executable, "-m", "bcp_portal.annex.importing.reader_process", str(path)],
        cwd=settings.BASE_DIR,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None  # noqa: S101 - for the type checker
    watch = threading.Timer(limits.WALL_SECONDS, process.kill)
    watch.start()
    try:
        with process.stdout as answers:
            for line in answers:
                yield json.loads(line)
        if process.wait() != 0:
            raise UnreadableFileError(refusals.NO_TIME)
    except json.JSONDecodeError:
        # Killed in the middle of a line: by the clock, or by the limit on its processor time.
        raise UnreadableFileError(refusals.NO_TIME) from None
    finally:
        watch.cancel()
        process.kill()
        process.wait()


def _environment() -> dict[str, str]:
    """Return what Python needs to start; no secret of the server is among it."""
    kept = ("PATH", "LANG", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    # The reader refuses declarations itself, before openpyxl; its other guard reads twice as long.
    return {**environment, "PYTHONDONTWRITEBYTECODE": "1", "OPENPYXL_DEFUSEDXML": "False"}
