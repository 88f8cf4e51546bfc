"""Has a Word file read by a process apart; whatever happens there, this goes on."""

import json
import os
import subprocess
import sys
import tempfile

from django.conf import settings

from bcp_portal.ui.errors import DomainError
from plans.word_in.findings import Findings
from plans.word_package import IMPORT_LIMITS

WALL_SECONDS = 90
_NO_TIME = "読み取りに時間がかかりすぎるため、中止しました。章ごとに分けて保存し直してください。"
_NOTHING = "ファイルに文章が見つかりません。本文のあるWordファイルを選んでください。"
_KEPT = ("PATH", "LANG", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH")


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
        found = _answer(file.name)
    if found.refused:
        raise UnreadableWordError(found.refused)
    if not found.pieces:
        raise UnreadableWordError(_NOTHING)
    return found


def _answer(path: str) -> Findings:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, given a path and nothing else
            [sys.executable, "-m", "plans.word_in.reader_process", path],
            cwd=settings.BASE_DIR,
            env={**kept, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=True,
        )
        return Findings.from_json(json.loads(done.stdout))
    except (subprocess.SubprocessError, json.JSONDecodeError):
        raise UnreadableWordError(_NO_TIME) from None
