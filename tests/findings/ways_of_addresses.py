"""Writes postal and e-mail addresses in every way in which people put their parts together."""

import re
from collections.abc import Callable

Way = Callable[[str], str]
KEY = "\ufe0f\u20e3"
_DIGITS = "0123456789"


def _swap(text: str, digits: str) -> str:
    return text.translate(str.maketrans(_DIGITS, digits))


def _lot(*marks: str, front: str = "", numerals: str = _DIGITS) -> Way:
    """Write an address with these marks around its numbers: before the first, between, behind the last."""

    def write(text: str) -> str:
        numbers = [_swap(each, numerals) for each in re.findall("[0-9]+", text)]
        before, *between, behind = marks if len(marks) > 1 else ("", marks[0], marks[0], "")
        between = between[-len(numbers) + 1 :] if len(numbers) > 1 else []
        joined = numbers[0] + "".join(m + n for m, n in zip(between, numbers[1:], strict=True))
        town = re.split("[0-9]", text)[0]
        return f"<p>備品は{town}{front}{before}{joined}{behind}に置く。</p>"

    return write


ADDRESS_WAYS: dict[str, Way] = {
    **{
        f"{mark} between": _lot(mark) for mark in ("/", ":", "＝", "_", "→", "、", "の", "ー", "～")
    },
    "of a chōme": _lot("", "丁目の", "の", ""),
    "behind no": _lot("", "丁目", "番", "号", front="の"),
    "behind a town": _lot("", "丁目", "番", "号", front="町"),
    "behind a town and no": _lot("", "-", "-", "", front="町の"),
    "brackets": _lot("（", "）（", "）（", "）"),
    "quotes": _lot("「", "」「", "」「", "」"),
    "hiragana": _lot("", "ちょうめ", "ばんち", "ごう"),
    "katakana": _lot("", "チョウメ", "バン", "ゴウ"),
    "half-width katakana": _lot("", "ﾁｮｳﾒ", "ﾊﾞﾝ", "ｺﾞｳ"),
    "everything": _lot("の（", "）丁目の　", " 番地 の「", "」号", front="町"),
    "circles": _lot("、", "、", "、", "", numerals="⓪①②③④⑤⑥⑦⑧⑨"),
    "keys": lambda t: re.sub("([0-9])", r"\1" + KEY, _lot("・")(t)),
    "kanji": _lot("", "丁目の", "ばんの", "号", numerals="〇一二三四五六七八九"),
}
"""Ways of an address that has two or three numbers."""

SPACED_ADDRESS_WAYS: dict[str, Way] = {
    "blanks": _lot("　", "　", "　", ""),
    "kanji and blanks": _lot(" ", " ", " ", "", numerals="〇一二三四五六七八九"),
}
"""Ways that need three numbers."""

LOT_WAYS: dict[str, Way] = {
    "no and hiragana": _lot("の", "", "", "ばんち"),
    "brackets": _lot("（", "", "", "）番地"),
    "kanji": _lot("", "", "", "番", numerals="〇一二三四五六七八九"),
}
"""Ways of an address that has one number."""


def _mail(write: Callable[[str, str], str]) -> Way:
    return lambda text: f"<p>緊急時は{write(*text.split('@'))}</p>"


MAIL_WAYS: dict[str, Way] = {
    "turned round": _mail(lambda local, domain: f"{domain}の{local}あて"),
    "turned round with a sign": _mail(lambda local, domain: f"＠{domain}、{local}"),
    "words between": _mail(lambda local, domain: f"{local}（携帯のメール）{domain}"),
    "words and a sign between": _mail(lambda local, domain: f"{local}、後ろは@{domain}"),
    "two cells turned round": lambda t: (
        "<table><tr><td>{1}</td><td>係</td><td>{0}</td></tr></table>".format(*t.split("@"))
    ),
    "dots spelled out": _mail(lambda local, domain: f"{domain.replace('.', '[dot]')} の {local}"),
}
"""Ways of an e-mail address that come on top of those of a text."""


_ADDRESS = re.compile(r"\D*[市区町村]\D*(?:[0-9]+(?:丁目|番地の|番地|番|号|-|$)){1,3}")
_MAIL = re.compile(r"[a-z0-9.+_-]{3,}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def ways_of_address(text: str) -> dict[str, Way]:
    """Return the ways of an address or an e-mail address, none for another text."""
    if _MAIL.fullmatch(text.casefold()):
        return {f"mail, {name}": way for name, way in MAIL_WAYS.items()}
    if not _ADDRESS.fullmatch(text):
        return {}
    count = len(re.findall("[0-9]+", text))
    ways = LOT_WAYS if count == 1 else ADDRESS_WAYS
    ways = ways | SPACED_ADDRESS_WAYS if count > 2 else ways
    return {f"address, {name}": way for name, way in ways.items()}
