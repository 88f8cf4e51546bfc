"""What the readers of picture files share: some bytes, and what they are when no dot needs them."""

from dataclasses import dataclass

UNKNOWN_FORMAT = "知らない形式のデータ"
TRAILING = "画像の終わりの後ろに続くデータ"
BROKEN = "途中で切れたデータ"


@dataclass(frozen=True)
class PicturePart:
    """Some bytes of a file; `extra` says in Japanese what they are when the dots do not need them."""

    content: bytes
    extra: str = ""
