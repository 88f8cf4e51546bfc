"""Reads one file in a process of its own and writes what it found as lines of JSON.

Run as `python -m bcp_portal.importing.reader_process PATH`. It knows neither Django nor the
database, limits its own time and memory, evaluates nothing and follows no link. Lines written:
{"sheet": name, "merged": [...]} then [row number, [cells], {"struck": {column: text}, "hidden": true, …}]
(the last only where there is such) …, then {"hidden_columns": [...]}
and {"comments": [[place, text], ...], "conditions": [[effect, ranges], ...]};
{"identity": {...}}; {"note": text}; {"refused": sentence}. A cell is a str, number, bool, null, or an
object with one of the keys "d" day, "t" moment, "m" minutes, "n" number, "p" share of a percentage,
"e" error, "f" formula that has no result, "z" number that is shown as a day and means none. Beside
them "s" is what Excel shows, "by" what the number is divided by for that, "part" that it shows a part
of the day only, "narrow" that it shows ####, "since" the year from which a workbook counts days where
that is 1904. A number without a format is in "s" with all its digits; "g" is what Excel shows of it
where that is less (1.23457E+11, 0.33).
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bcp_portal.importing import limits, refusal_texts
from bcp_portal.importing.csv_reading import csv_lines
from bcp_portal.importing.excel_reading import Refused, workbook_lines
from bcp_portal.sandbox.confinement import confine

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


def main(path: str) -> None:
    """Write the lines of the file, or one line that says why it is refused."""
    confine(cpu_seconds=limits.CPU_SECONDS, memory_bytes=limits.MEMORY_BYTES)
    try:
        for line in read(Path(path)):
            _write(line)
    except Refused as refused:
        _write({"refused": str(refused)})
    except MemoryError:
        _write({"refused": refusal_texts.NO_MEMORY})
    except Exception:
        # Whatever a parser stumbles over, the file is at fault, and the person must be told.
        _write({"refused": refusal_texts.BROKEN})


def read(path: Path) -> Iterator[Any]:
    """Yield the lines of a file by what it is, whatever its name says."""
    if path.stat().st_size > limits.MAX_FILE_BYTES:
        raise Refused(refusal_texts.TOO_LARGE)
    with path.open("rb") as file:
        beginning = file.read(4096)
    if not beginning.strip():
        raise Refused(refusal_texts.EMPTY)
    if beginning.startswith(_ZIP):
        return workbook_lines(path)
    if beginning.startswith(_OLE):
        content = path.read_bytes()
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused(refusal_texts.PROTECTED if locked else refusal_texts.OLD_EXCEL)
    return csv_lines(path.read_bytes())


def _write(line: Any) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    main(sys.argv[1])
