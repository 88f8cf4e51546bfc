"""Finds the headings of a Word file that marks none, by the numbers they begin with; pure."""

import re
from collections.abc import Iterable

_JOINT = "[.．－‐−–-]"
_DIGITS, _KANJI = "[0-9０-９]{1,2}", "[一二三四五六七八九十]{1,3}"
_ORDINAL = rf"第\s*(?:[0-9０-９]+|{_KANJI})"
_BEHIND = r"(?:[.．、]|(?=[\s　]))"


def _parted(parts: int) -> str:
    return rf"{_DIGITS}(?:{_JOINT}{_DIGITS}){{{parts - 1}}}(?![0-9０-９])"


# How official documents count, in the order in which a line is asked.
_KINDS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in (
        ("第1編", rf"{_ORDINAL}\s*[編部]"),
        ("第1章", rf"{_ORDINAL}\s*章"),
        ("第1節", rf"{_ORDINAL}\s*節"),
        ("第1款", rf"{_ORDINAL}\s*[款項]"),
        ("第1", rf"{_ORDINAL}(?=[\s　])"),
        ("Ⅰ", rf"[Ⅰ-Ⅻ]+{_BEHIND}|[IVX]{{1,4}}[.．]"),
        ("一", rf"{_KANJI}{_BEHIND}"),
        ("1.1.1.1", _parted(4)),
        ("1.1.1", _parted(3)),
        ("1.1", _parted(2)),
        ("1", rf"{_DIGITS}{_BEHIND}"),
        ("(1)", rf"[（(]\s*{_DIGITS}\s*[)）]|[⑴-⒇]"),
        ("ア", rf"[ア-ン]{_BEHIND}"),
        ("(ア)", r"[（(]\s*[ア-ンｱ-ﾝ]\s*[)）]"),
        ("①", r"[①-⑳]"),
    )
}
# From the highest.
_ORDER = [
    "第1編",
    "第1章",
    "第1節",
    "第1款",
    "第1",
    "Ⅰ",
    "一",
    "1",
    "1.1",
    "1.1.1",
    "1.1.1.1",
    "(1)",
    "ア",
    "(ア)",
    "①",
]
# 「1.1」 tells how deep it stands, whatever else the file has.
_DEPTHS = {"1.1": 2, "1.1.1": 3, "1.1.1.1": 4}
_SURE = ("第1章", "第1節")
# Of these pairs, the kind that comes first in a file stands above the other one.
_EITHER_WAY = (("1", "1.1"), ("ア", "①"), ("(ア)", "①"))
# Two and more numbers before a blank begin no point of a list: 「1-1　目的」.
_PARTED_NUMBER = re.compile(rf"{_DIGITS}(?:{_JOINT}{_DIGITS}){{1,3}}[\s　]")
# What a typed contents ends its lines with: leaders, or a tab, and a page.
_LEADERS_AND_PAGE = re.compile(r"(?:[…‥]+|[.．・･]{3,})[\s　]*[0-9０-９]{1,3}$")
_PAGE = re.compile(r"[\s　][0-9０-９]{1,3}$")
_LONGEST_HEADING = 60


def heading_kind(text: str, *, bold: bool) -> str:
    """Return how a line counts that looks like a heading: "第1章", "(1)" …; "" for any other line."""
    text = text.strip()
    if not text or len(text) > _LONGEST_HEADING or text.endswith(("。", "、")):
        return ""
    for kind, pattern in _KINDS.items():
        match = pattern.match(text)
        if match:
            sure = bold or kind in _SURE or _PARTED_NUMBER.match(text)
            return kind if sure and text[match.end() :].strip(" 　\t.．、:：") else ""
    return ""


def levels_of(kinds: Iterable[str]) -> dict[str, int]:
    """Return the level, from 1, of each way of counting that a file uses; `kinds` as they follow."""
    met = [kind for kind in dict.fromkeys(kinds) if kind]
    order = [kind for kind in _ORDER if kind in met]
    for above, below in _EITHER_WAY:
        if {above, below} <= set(met) and met.index(below) < met.index(above):
            order.remove(above)
            last = [kind for kind in order if kind.startswith(below)][-1]
            order.insert(order.index(last) + 1, above)
    levels: dict[str, int] = {}
    for kind in order:
        levels[kind] = max(max(levels.values(), default=0) + 1, _DEPTHS.get(kind, 1))
    return levels


def is_typed_contents(text: str, *, tabbed: bool) -> bool:
    """Tell whether a line of a file without styles is one of a contents that somebody typed.

    A tab before a number may stand in any line, so that one must begin as a heading does.
    """
    text = text.strip()
    page = _PAGE.search(text)
    if _LEADERS_AND_PAGE.search(text[-_LONGEST_HEADING:]):
        return True
    return tabbed and page is not None and bool(heading_kind(text[: page.start()], bold=True))


def without_number(text: str) -> str:
    """Return a heading without the number somebody typed: the program counts itself."""
    text = text.strip()
    for pattern in _KINDS.values():
        match = pattern.match(text)
        if match and text[match.end() :].strip(" 　.．、:："):
            return text[match.end() :].strip(" 　\t.．、:：")
    return text
