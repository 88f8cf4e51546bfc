"""Writes a value in every way in which people, programs and scanners write it: HTML for a chapter."""

import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import quote

import jaconv

from bcp_portal.spelling.variants import RADICALS, VARIANTS
from tests.findings.ways_of_addresses import ways_of_address

Way = Callable[[str], str]
_DIGITS = "0123456789"


def _swap(text: str, digits: str) -> str:
    return text.translate(str.maketrans(_DIGITS, digits))


def _between(mark: str) -> Way:
    return lambda text: f"<p>連絡は{text.replace('-', mark)}まで。</p>"


def _digits(digits: str, bar: str = "-") -> Way:
    return lambda text: f"<p>連絡は{_swap(text, digits).replace('-', bar)}まで。</p>"


def _cells(*between: str) -> Way:
    def write(text: str) -> str:
        middle = "".join(f"<td>{each}</td>" for each in between)
        return f"<table><tr><td>{middle.join(_parts(text, '</td>', '<td>'))}</td></tr></table>"

    return write


def _parts(text: str, end: str, start: str) -> list[str]:
    """Return a text in two or three pieces, each but the last ending an element, each but the first opening one."""
    blocks = text.split("-") if "-" in text and text[0].isdigit() else _halves(text)
    opened = [block if at == 0 else f"{start}{block}" for at, block in enumerate(blocks)]
    return [f"{block}{end}" if at < len(blocks) - 1 else block for at, block in enumerate(opened)]


def _halves(text: str) -> list[str]:
    return [text[: len(text) // 2], text[len(text) // 2 :]]


def _items(*between: str) -> Way:
    def write(text: str) -> str:
        middle = "".join(f"<li>{each}</li>" for each in between)
        return f"<ul><li>{middle.join(_parts(text, '</li>', '<li>'))}</li></ul>"

    return write


KEY = "\ufe0f\u20e3"


def _each_in_brackets(text: str) -> str:
    return "".join(f"（{each}）" for each in text)


def _each(text: str, mark: str) -> str:
    return mark.join(text)


NUMBER_WAYS: dict[str, Way] = {
    "plain": _between("-"),
    "together": _between(""),
    "space": _between(" "),
    "ideographic space": _between("　"),
    "full width": lambda t: f"<p>{jaconv.h2z(t, digit=True, ascii=True)}</p>",
    "full-width digits, half-width bars": _digits("０１２３４５６７８９"),
    "long mark as bar": _between("ー"),
    "half-width long mark": _between("ｰ"),
    "minus": _between("−"),
    "dash": _between("―"),
    "hyphen": _between("‐"),
    "en dash": _between("–"),
    "kanji one as bar": _between("一"),
    "middle dot": _between("・"),
    "full stop": _between("."),
    "slash": _between("/"),
    "colon": _between("："),
    "equals sign": _between("＝"),
    "low line": _between("_"),
    "arrow": _between("→"),
    "ampersand": _between("&amp;"),
    "slash in every gap": lambda t: f"<p>{_each(t.replace('-', ''), '／')}</p>",
    "each digit in brackets": lambda t: f"<p>{_each_in_brackets(t.replace('-', ''))}</p>",
    "digits in brackets of their own": lambda t: f"<p>{_swap(t, '⓪⑴⑵⑶⑷⑸⑹⑺⑻⑼')}</p>",
    "keys": lambda t: f"<p>{_each(t.replace('-', ''), KEY)}{KEY}</p>",
    "no": _between("の"),
    "brackets": lambda t: "<p>" + t.replace("-", "(", 1).replace("-", ")", 1) + "</p>",
    "full-width brackets": lambda t: "<p>" + t.replace("-", "（", 1).replace("-", "）", 1) + "</p>",
    "line breaks": _between("<br>"),
    "a word between": _between("（携帯）"),
    "a word with kanji numerals between": _between("（三鷹の二課）"),
    "bold inside": lambda t: f"<p>{t[:4]}<strong>{t[4:7]}</strong>{t[7:]}</p>",
    "a mark in every gap": lambda t: f"<p>{_each(t, chr(0x200B))}</p>",
    "soft hyphens": lambda t: f"<p>{_each(t, chr(0xAD))}</p>",
    "a space in every gap": lambda t: f"<p>{_each(t.replace('-', ''), ' ')}</p>",
    "kanji": _digits("〇一二三四五六七八九", ""),
    "kanji and long marks": _digits("〇一二三四五六七八九", "ー"),
    "kanji and dashes": _digits("〇一二三四五六七八九", "－"),
    "kanji and kanji one as bar": _digits("〇一二三四五六七八九", "一"),
    "kanji with no": _digits("〇一二三四五六七八九", "の"),
    "kanji with a round zero": _digits("○一二三四五六七八九", "－"),
    "kanji zero of books": _digits("零一二三四五六七八九", ""),
    "formal kanji": _digits("零壱弐参四五六七八九", ""),
    "formal kanji throughout": _digits("零壱弐参肆伍陸漆捌玖", "－"),
    "letter O": _digits("O123456789"),
    "small letter o": _digits("o123456789"),
    "circles": _digits("⓪①②③④⑤⑥⑦⑧⑨", ""),
    "black circles": _digits("⓿❶❷❸❹❺❻❼❽❾", ""),
    "bold digits": _digits("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
    "Arabic digits": _digits("٠١٢٣٤٥٦٧٨٩"),
    "abroad": lambda t: f"<p>+81-{t[1:] if t.startswith('0') else t}</p>",
    "abroad with brackets": lambda t: f"<p>+81(0){t[1:] if t.startswith('0') else t}</p>",
    "two cells": _cells(),
    "another cell between": _cells("総務課"),
    "a cell with a number between": _cells("3階"),
    "items": _items(),
    "another item between": _items("総務課"),
    "paragraphs": lambda t: "<p>" + "".join(_parts(t, "</p>", "<p>")) + "</p>",
    "telephone link": lambda t: f'<p><a href="tel:{t.replace("-", "")}">電話</a></p>',
    "coded link": lambda t: (
        f'<p><a href="https://example.jp/?q={quote(t.replace("-", " "))}">先</a></p>'
    ),
    "alternative text": lambda t: f'<p><img alt="連絡は{t}" src="image:0"></p>',
    "extension behind": lambda t: f"<p>{t}（内線12）</p>",
    "another number before": lambda t: f"<p>110、119、{t}</p>",
}
"""Ways of a number with blocks; `WITHOUT_FIRST` is for telephone numbers only."""


def without_first_block(text: str) -> str:
    """Write a telephone number as people do within their own town."""
    return f"<p>市内からは{text.split('-', 1)[1]}へ。</p>"


_OLD = {line[0]: line[-1] for line in VARIANTS.split() if len(line) > 1 and line[0] != line[-1]}
_RADICAL = {kanji: radical for radical, kanji in RADICALS.items()}
_KANGXI = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
_ALIKE = dict(zip("力二口八夕工卜千三才", "カニロハタエトチミオ", strict=True))
_ALIKE |= {kana: kanji for kanji, kana in _ALIKE.items()}


def _mapped(table: dict[str, str]) -> Way:
    return lambda text: "<p>" + "".join(table.get(c, c) for c in text) + "</p>"


def _latin(text: str, first: int) -> str:
    """Write A to Z with the characters from `first` on."""
    return "".join(
        chr(first + ord(c.upper()) - 65) if c.isascii() and c.isalpha() else c for c in text
    )


def _inside(text: str) -> str:
    return f"<p>なお、{text}については別に定める。</p>"


TEXT_WAYS: dict[str, Way] = {
    "plain": lambda t: f"<p>{t}</p>",
    "inside a sentence": _inside,
    "in quotes": lambda t: f"<p>「{t}」</p>",
    "full width": lambda t: f"<p>{jaconv.h2z(t, digit=True, ascii=True)}</p>",
    "half width": lambda t: f"<p>{jaconv.z2h(t, digit=True, ascii=True, kana=True)}</p>",
    "capitals": lambda t: f"<p>{t.upper()}</p>",
    "small letters": lambda t: f"<p>{t.lower()}</p>",
    "katakana": lambda t: f"<p>{jaconv.hira2kata(t)}</p>",
    "hiragana": lambda t: f"<p>{jaconv.kata2hira(t)}</p>",
    "half-width katakana": lambda t: f"<p>{jaconv.hira2hkata(t)}</p>",
    "large kana": lambda t: (
        f"<p>{jaconv.hira2kata(t).translate(str.maketrans('ァィゥェォッャュョ', 'アイウエオツヤユヨ'))}</p>"
    ),
    "decomposed": lambda t: f"<p>{unicodedata.normalize('NFD', t)}</p>",
    "a space in every gap": lambda t: f"<p>{_each(t, ' ')}</p>",
    "an ideographic space in every gap": lambda t: f"<p>{_each(t, '　')}</p>",
    "a zero-width mark in every gap": lambda t: f"<p>{_each(t, chr(0x200B))}</p>",
    "a joiner in every gap": lambda t: f"<p>{_each(t, chr(0x200D))}</p>",
    "soft hyphens": lambda t: f"<p>{_each(t, chr(0xAD))}</p>",
    "selectors": lambda t: f"<p>{_each(t, chr(0xE0100))}{chr(0xE0101)}</p>",
    "plain selectors": lambda t: f"<p>{_each(t, chr(0xFE00))}</p>",
    "middle dots": lambda t: f"<p>{_each(t, '・')}</p>",
    "dashes": lambda t: f"<p>{'―'.join(_halves(t))}</p>",
    "a line break": lambda t: f"<p>{'<br>'.join(_halves(t))}</p>",
    "bold inside": lambda t: f"<p>{_halves(t)[0]}<strong>{_halves(t)[1]}</strong></p>",
    "italic inside": lambda t: f"<p>{_halves(t)[0]}<em>{_halves(t)[1]}</em></p>",
    "paragraphs": lambda t: "<p>" + "".join(_parts(t, "</p>", "<p>")) + "</p>",
    "two cells": lambda t: "<table><tr><td>" + "</td><td>".join(_halves(t)) + "</td></tr></table>",
    "two rows": lambda t: (
        "<table><tr><td>" + "</td></tr><tr><td>".join(_halves(t)) + "</td></tr></table>"
    ),
    "two items": lambda t: "<ul><li>" + "</li><li>".join(_halves(t)) + "</li></ul>",
    "a cell": lambda t: f"<table><tr><td>1</td><td>{t}</td></tr></table>",
    "an item": lambda t: f"<ol><li>{t}</li></ol>",
    "alternative text": lambda t: f'<p><img alt="{t}" src="image:0"></p>',
    "a link": lambda t: f'<p><a href="https://example.jp/{quote(t)}">先</a></p>',
    "a mail link": lambda t: f'<p><a href="mailto:{quote(t)}">先</a></p>',
    "old forms": _mapped(_OLD),
    "radicals": _mapped(_RADICAL),
    "Kangxi radicals": _mapped(_KANGXI),
    "characters that look alike": _mapped(_ALIKE),
    "kanji numerals": lambda t: f"<p>{_swap(t, '〇一二三四五六七八九')}</p>",
    "formal numerals": lambda t: f"<p>{_swap(t, '零壱弐参四五六七八九')}</p>",
    "black squares": lambda t: f"<p>{_latin(t, 0x1F170)}</p>",
    "black circles": lambda t: f"<p>{_latin(t, 0x1F150)}</p>",
    "white squares": lambda t: f"<p>{_latin(t, 0x1F130)}</p>",
    "letters in brackets": lambda t: f"<p>{_latin(t, 0x1F110)}</p>",
    "letters of flags": lambda t: f"<p>{_latin(t, 0x1F1E6)}</p>",
    "letters in circles": lambda t: f"<p>{_latin(t, 0x24B6)}</p>",
    "circled numerals": lambda t: f"<p>{_swap(t, '⓪①②③④⑤⑥⑦⑧⑨')}</p>",
    "repeated sign": lambda t: f"<p>{t.replace('佐々', '佐佐')}</p>",
    "minus for the long mark": lambda t: f"<p>{t.replace('ー', '－')}</p>",
    "kanji one for the long mark": lambda t: f"<p>{t.replace('ー', '一')}</p>",
}
"""Ways of any other value."""


def ways_of(text: str, *, number: bool) -> Iterator[tuple[str, str]]:
    """Yield (way, HTML) for every way in which a value may be written."""
    ways = NUMBER_WAYS if number else TEXT_WAYS | ways_of_address(text)
    for name, way in ways.items():
        yield name, way(text)
