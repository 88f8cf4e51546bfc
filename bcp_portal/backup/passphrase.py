"""The passphrase of a backup: typed, or read from a file; never one of the portal's own secrets."""

import getpass
from pathlib import Path

from django.conf import settings

from bcp_portal.ui.errors import DomainError

LEAST = 16
_TERMINAL = Path("/dev/tty")
NO_TERMINAL = (
    "パスフレーズを入力する端末がありません。--passphrase-file でファイルを指定してください。"
)
NOT_READ = "パスフレーズのファイル「{path}」を読めません: {reason}"
TOO_SHORT = f"パスフレーズは{LEAST}文字以上にしてください（作り方の例: openssl rand -base64 24）。"
DIFFERENT = "2回の入力が違います。もう一度実行してください。"
NOT_OURS = (
    "パスフレーズに、このシステムの BCP_SECRET_KEY やデータベースのパスワードは使えません。"
    "サーバと一緒に失われるため、別の値を作り、サーバの外に保管してください。"
)


def new_passphrase(path: Path | None) -> str:
    """Return a passphrase that is good enough to seal with; DomainError otherwise."""
    passphrase = _from_file(path) if path else _typed_twice()
    if len(passphrase) < LEAST:
        raise DomainError(TOO_SHORT)
    if passphrase in {settings.SECRET_KEY, settings.DATABASES["default"].get("PASSWORD")}:
        raise DomainError(NOT_OURS)
    return passphrase


def known_passphrase(path: Path | None) -> str:
    """Return the passphrase somebody says a backup was sealed with."""
    return _from_file(path) if path else _typed("パスフレーズ: ")


def _from_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8の文字ではありません"
        raise DomainError(NOT_READ.format(path=path, reason=reason)) from error


def _typed_twice() -> str:
    first = _typed("パスフレーズ: ")
    if first != _typed("パスフレーズ（もう一度）: "):
        raise DomainError(DIFFERENT)
    return first


def _typed(prompt: str) -> str:
    try:
        # From the terminal itself, never from standard input, where it would be shown.
        with _TERMINAL.open("rb"):
            return getpass.getpass(prompt)
    except (OSError, EOFError) as error:
        raise DomainError(NO_TERMINAL) from error
