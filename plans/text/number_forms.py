"""Writes numbers as Word and web pages count paragraphs: ア, ①, 一, iv; pure."""

from collections.abc import Callable
from itertools import chain

_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_HALF_KANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_HALF_IROHA = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
_SMALL = "abcdefghijklmnopqrstuvwxyz"
_CIRCLED = "".join(
    map(chr, chain(range(0x2460, 0x2474), range(0x3251, 0x3260), range(0x32B1, 0x32C0)))
)
_IN_BRACKETS = "".join(map(chr, range(0x2474, 0x2488)))
_WITH_STOP = "".join(map(chr, range(0x2488, 0x249C)))
_KANJI_CIRCLED = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS, _UNITS = "〇一二三四五六七八九", ("", "十", "百", "千")
_LEGAL = str.maketrans("一二三十", "壱弐参拾")


def in_form(form: str, number: int) -> str | None:
    """Return a number as Word writes it in one of its forms (w:numFmt); None for a form unknown here."""
    if form == "none":
        return ""
    writer = _FORMS.get(form)
    return None if writer is None else writer(number) or str(number)


def _one_of(signs: str) -> Callable[[int], str]:
    """Write a number as one of some signs; "" past the last."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _letter(number: int) -> str:
    """Write z and then aa, as Word does."""
    times, place = divmod(number - 1, len(_SMALL)) if number > 0 else (0, -1)
    return _SMALL[place] * (times + 1) if place >= 0 else ""


def _roman(number: int) -> str:
    written = ""
    for worth, sign in _ROMAN if 0 < number < 4000 else ():
        times, number = divmod(number, worth)
        written += sign * times
    return written


def _kanji(number: int) -> str:
    """Write 21 as 二十一."""
    written = ""
    for place, digit in enumerate(reversed(str(number) if 0 < number < 10_000 else "")):
        if digit != "0":
            one = digit == "1" and place
            written = f"{'' if one else _DIGITS[int(digit)]}{_UNITS[place]}{written}"
    return written


def _kanji_digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _full_width(number: int) -> str:
    return str(number).translate(_FULL_WIDTH)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedCircle": _one_of(_CIRCLED),
    "decimalEnclosedCircleChinese": _one_of(_CIRCLED),
    "decimalEnclosedParen": _one_of(_IN_BRACKETS),
    "decimalEnclosedFullstop": _one_of(_WITH_STOP),
    "ideographEnclosedCircle": _one_of(_KANJI_CIRCLED),
    "aiueoFullWidth": _one_of(_KANA),
    "aiueo": _one_of(_HALF_KANA),
    "irohaFullWidth": _one_of(_IROHA),
    "iroha": _one_of(_HALF_IROHA),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "japaneseCounting": _kanji,
    "chineseCounting": _kanji,
    "chineseCountingThousand": _kanji,
    "japaneseLegal": lambda number: _kanji(number).translate(_LEGAL),
    "japaneseDigitalTenThousand": _kanji_digits,
    "ideographDigital": _kanji_digits,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
}
