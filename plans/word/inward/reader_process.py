"""Reads one Word file in a process of its own and writes what it found as JSON.

Run as `python -m plans.word.inward.reader_process PATH`. It knows neither Django nor the database,
limits its own time and memory, opens no file for writing and follows no link.
"""

import json
import sys
from pathlib import Path

from bcp_portal.sandbox.confinement import confine
from plans.word.inward.findings import Findings
from plans.word.inward.story import read_story
from plans.word.package import IMPORT_LIMITS, WordFileError, check_package

CPU_SECONDS = 60
MEMORY_BYTES = 1024 * 1024 * 1024
_NO_MEMORY = (
    "ファイルが複雑すぎるため、読み取りを中止しました。章ごとに分けて保存し直してください。"
)
_BROKEN = "ファイルが壊れているため、読み取れません。Wordで開けるかを確かめ、保存し直してください。"


def main(path: str) -> None:
    """Write what was found, or why the file is refused."""
    confine(cpu_seconds=CPU_SECONDS, memory_bytes=MEMORY_BYTES)
    try:
        content = Path(path).read_bytes()
        check_package(content, IMPORT_LIMITS)
        found = read_story(content)
    except WordFileError as refused:
        found = Findings(refused=str(refused))
    except MemoryError:
        found = Findings(refused=_NO_MEMORY)
    except Exception:
        # If any parser fails, the file is at fault, and the person must be informed.
        found = Findings(refused=_BROKEN)
    json.dump(found.to_json(), sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main(sys.argv[1])
