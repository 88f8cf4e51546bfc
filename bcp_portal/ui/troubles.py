"""What is wrong with the server when something fails, in a sentence for who asked for it."""

import errno
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

NO_SPACE = "サーバの空き容量が足りません。空きを増やすよう、システムの担当者に知らせてください。"
NOT_WRITABLE = (
    "サーバのデータのフォルダーに書き込めません。"
    "読み取り専用になっていないかを、システムの担当者に確かめてください。"
)
NO_MEMORY = "サーバのメモリが足りません。ほかの処理が終わってからもう一度試し、続く場合はシステムの担当者に知らせてください。"
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
    errno.ENOMEM: NO_MEMORY,
}
# What SQLite and PostgreSQL say; neither gives Django a number of its own.
_BY_WORDS = {
    "is full": NO_SPACE,
    "no space left": NO_SPACE,
    "readonly": NOT_WRITABLE,
    "read-only": NOT_WRITABLE,
    "is locked": DATABASE_BUSY,
    "deadlock": DATABASE_BUSY,
}


def trouble_of(error: BaseException) -> str | None:
    """Return what is wrong with the server, None when the error does not tell."""
    return next(filter(None, map(_told_by, _chain(error))), None)


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


def _told_by(error: BaseException) -> str | None:
    if isinstance(error, MemoryError):
        return NO_MEMORY
    if isinstance(error, OperationalError | InterfaceError):
        said = str(error).lower()
        return next((_BY_WORDS[words] for words in _BY_WORDS if words in said), DATABASE_AWAY)
    return _BY_NUMBER.get(error.errno or 0) if isinstance(error, OSError) else None
