"""What is wrong with the server when something fails, in a sentence for who asked for it."""

import errno
from collections.abc import Iterator

from django.db import InterfaceError, InternalError, OperationalError

NO_SPACE = "サーバの空き容量が足りません。空きを増やすよう、システムの担当者に知らせてください。"
NOT_WRITABLE = (
    "サーバのデータのフォルダーに書き込めません。"
    "読み取り専用になっていないかを、システムの担当者に確かめてください。"
)
NO_MEMORY = "サーバのメモリが足りません。ほかの処理が終わってからもう一度試し、続く場合はシステムの担当者に知らせてください。"
DISK_FAULT = (
    "サーバのディスクを読み書きできません。空き容量とディスクの状態を確かめるよう、"
    "システムの担当者に知らせてください。"
)
DATABASE_BUSY = (
    "データベースが混み合っていて、書き込めませんでした。しばらくしてからもう一度試してください。"
)
DATABASE_AWAY = (
    "データベースとの接続が切れました。もう一度試し、続く場合はシステムの担当者に知らせてください。"
)

_BY_NUMBER = {
    errno.ENOSPC: NO_SPACE,
    errno.EDQUOT: NO_SPACE,
    errno.EFBIG: NO_SPACE,
    errno.EROFS: NOT_WRITABLE,
    errno.EACCES: NOT_WRITABLE,
    errno.EPERM: NOT_WRITABLE,
    errno.EIO: DISK_FAULT,
    errno.ENOMEM: NO_MEMORY,
}
# What SQLite and PostgreSQL say; neither gives Django a number of its own.
_BY_WORDS = {
    "is full": NO_SPACE,
    "no space left": NO_SPACE,
    "readonly": NOT_WRITABLE,
    "read-only": NOT_WRITABLE,
    "disk i/o error": DISK_FAULT,
    "unable to open database file": DISK_FAULT,
    "is locked": DATABASE_BUSY,
    "deadlock": DATABASE_BUSY,
    "lock timeout": DATABASE_BUSY,
    "too many clients": DATABASE_BUSY,
    "connection slots": DATABASE_BUSY,
}
# What the database says of a statement that is wrong: a fault of the program, which no wait mends.
_NO_TROUBLE = (
    "no such ",
    "has no column",
    "too many ",
    "syntax error",
    "too big",
    "stack overflow",
)


def trouble_of(error: BaseException) -> str | None:
    """Return what is wrong with the server, None when the error does not tell."""
    return next(filter(None, map(told_by, _chain(error))), None)


def may_pass(error: BaseException) -> bool:
    """Tell whether the same may succeed in a moment: the database was away or busy."""
    return trouble_of(error) in {DATABASE_AWAY, DATABASE_BUSY}


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or following.__context__


def told_by(error: BaseException) -> str | None:
    """Return what this error says of the server, whatever came before it."""
    if isinstance(error, MemoryError):
        return NO_MEMORY
    if isinstance(error, OperationalError | InterfaceError | InternalError):
        return _told_by_database(error)
    return _BY_NUMBER.get(error.errno or 0) if isinstance(error, OSError) else None


def _told_by_database(error: OperationalError | InterfaceError | InternalError) -> str | None:
    said = str(error).lower()
    known = next((_BY_WORDS[words] for words in _BY_WORDS if words in said), None)
    is_fault = isinstance(error, InternalError) or any(words in said for words in _NO_TROUBLE)
    return known or (None if is_fault else DATABASE_AWAY)
