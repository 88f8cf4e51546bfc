"""Tells what stands in a list where no person is: 欠員, 未定; pure."""

import re
import unicodedata

from bcp_portal.importing.sources import Cell, shown

NOBODY = "「欠員」や「未定」のように、人の名前ではない行と判断しました"
_WORDS = re.compile(
    r"[(\[【<]*(?:欠員?|空席|空き|未定|未配置|未選任|未任命|選任中|選考中|調整中|検討中|確認中"
    r"|(?:採用|配置|選任|任命)予定|該当(?:者|職員)?(?:なし|無し?)|なし|無し?|不在|兼務|後日.{0,6}|不明|tbd)"
    r"[)\]】>]*(?:\(.*\)|[①-⑳]|\d+[名人]?)?"
)


def is_nobody(cell: Cell) -> bool:
    """Tell whether the cell for the name of a person says that there is none."""
    text = "".join(unicodedata.normalize("NFKC", shown(cell)).casefold().split())
    return bool(_WORDS.fullmatch(text))
