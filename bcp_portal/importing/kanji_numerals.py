"""Writes numbers with the numerals that a number format asks for: 十二, 壱拾弐, １２. Pure."""

_DIGITS = {
    1: "〇一二三四五六七八九",
    2: "零壱弐参四伍六七八九",
    3: "０１２３４５６７８９",
}
_TENS = {1: ("", "十", "百", "千"), 2: ("", "拾", "百", "阡")}
_LARGE = {1: ("", "万", "億", "兆"), 2: ("", "萬", "億", "兆")}


def in_numerals(text: str, numerals: int, *, counted: bool = False) -> str:
    """Return a text with its digits written anew; `counted` as they are spoken where there are words."""
    if not numerals:
        return text
    if counted and numerals in _TENS and text.isdigit():
        return in_kanji(int(text), numerals)
    return text.translate(str.maketrans("0123456789", _DIGITS[numerals]))


def in_kanji(number: int, numerals: int = 1) -> str:
    """Return a whole number as it is spoken: 12 is 十二."""
    if numerals not in _TENS:
        return in_numerals(str(number), numerals)
    if not number:
        return _DIGITS[numerals][0]
    found, group = "", 0
    while number and group < len(_LARGE[numerals]):
        number, part = divmod(number, 10_000)
        text = ""
        for power in range(4):
            digit = part // 10**power % 10
            if digit:
                one = digit == 1 and power and numerals == 1
                text = ("" if one else _DIGITS[numerals][digit]) + _TENS[numerals][power] + text
        found = (text + _LARGE[numerals][group] if text else "") + found
        group += 1
    return found
