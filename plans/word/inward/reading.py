"""Has a Word file read by a separate process, and takes what it found."""

import tempfile
from pathlib import Path

from bcp_portal.sandbox.reader_processes import CutShortError, answers
from bcp_portal.ui.errors import DomainError
from plans.word.inward.findings import Findings
from plans.word.package import IMPORT_LIMITS

WALL_SECONDS = 90
_NO_TIME = "読み取りに時間がかかりすぎるため、中止しました。章ごとに分けて保存し直してください。"
_NOTHING = "ファイルに文章が見つかりません。本文のあるWordファイルを選んでください。"


class UnreadableWordError(DomainError):
    """The file is no Word file, is protected, broken, too large, or was made to do harm."""


def read_word(content: bytes) -> Findings:
    """Return the pieces of a file; UnreadableWordError says in Japanese why it is refused."""
    if len(content) > IMPORT_LIMITS.packed:
        limit = IMPORT_LIMITS.packed // 1024 // 1024
        raise UnreadableWordError(f"ファイルが大きすぎます（{limit}MBまで）。")
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(content)
        file.flush()
        found = _answer(Path(file.name))
    if found.refused:
        raise UnreadableWordError(found.refused)
    if not found.pieces:
        raise UnreadableWordError(_NOTHING)
    return found


def _answer(path: Path) -> Findings:
    try:
        [found] = answers("plans.word.inward.reader_process", path, wall_seconds=WALL_SECONDS)
    except CutShortError:
        raise UnreadableWordError(_NO_TIME) from None
    return Findings.from_json(found)
