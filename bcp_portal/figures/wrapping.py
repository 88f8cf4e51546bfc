"""Breaks Japanese labels where a reader would: after a particle or a comma, never inside a word.

BIZ UDGothic has one pitch, so a width is counted in half-width characters (a kanji is two).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー～）」』】〕〉》ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々%％)]}"
)
_NEVER_LAST = frozenset("（「『【〔〈《([{＜")
_ATOM = re.compile(
    r"株式会社|とき|こと|もの|ため|うち|おそれ|[A-Za-z0-9][A-Za-z0-9.,:/_+@&'-]*|[０-９]+|.",
    re.DOTALL,
)
_SPACES = " 　"
_HANGING = frozenset("、。")
"""May stand in the margin at the end of a line, as in books."""
_COMMAS = frozenset("、。，・／/）」』】＞" + _SPACES)
_NUMBER = re.compile(r"[0-9０-９]+")

# Parts of long compounds that a reader sees as words of their own.
_WORD = re.compile(
    "アウトソーシング|アドバイザー|アプリケーション|インシデント|インフラ|インフルエンザ|ウイルス"
    "|オペレーション|ガイドライン|クラウド|グループウェア|サーバ|サービス|システム|セキュリティ"
    "|センター|ソフトウェア|チーム|データ|ネットワーク|ハードウェア|バックアップ|パソコン|ベンダー"
    "|ポリシー|マネージャー|マニュアル|メール|メンバー|リーダー"
)
_LONGEST_WORD = 8
_PARTICLES = frozenset("がをはにのでとへも")
_ENDINGS = frozenset("てたるれ")
# 課 in 情報政策課｜情報システム係, but not in 課長.
_UNITS = frozenset("課部局室係班市県")
_AFTER_UNIT = frozenset("長員内外間別部課門民役所庁立")

_FORBIDDEN = 1_000.0
# How much a break at this place disturbs; a line that is a third too short costs about as much as
# a break inside a word.
_AFTER_COMMA, _BEFORE_BRACKET, _AFTER_PARTICLE = 0.0, 0.5, 1.0
_BETWEEN_SCRIPTS, _BETWEEN_KANJI_PAIRS, _INSIDE_KANJI_PAIR = 3.0, 5.0, 12.0
_INSIDE_KANA, _INSIDE_WORD = 8.0, 24.0
_AFTER_OFFICE, _MAYBE_PARTICLE = 1.5, 5.0
_LINE, _RAGGED = 4.0, 25.0


def width_of(text: str) -> int:
    """Return the width in half-width characters; combining marks and selectors have none."""
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


@lru_cache(maxsize=4096)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Return the text in lines of at most `width` half-width characters, balanced.

    A comma or full stop may hang beyond the end of a line. Line breaks in the text stay; a word wider than a line is cut.
    """
    lines = [line for part in text.splitlines() for line in _wrapped(part.strip(), width)]
    return tuple(lines) or ("",)


def _wrapped(text: str, width: int) -> list[str]:
    """Choose the breaks whose costs add up to least."""
    if width_of(text) <= width:
        return [text]
    atoms = _atoms(text, width)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(atoms) + 1):
        best.append(min(_ways(atoms, best, end, width)))
    return _lines(atoms, best)


def _ways(
    atoms: list[str], best: list[tuple[float, int]], end: int, width: int
) -> list[tuple[float, int]]:
    """Return (cost, start) of every line that could end before atom `end`."""
    ways = []
    wide = 0
    for start in range(end - 1, -1, -1):
        wide += width_of(atoms[start]) if atoms[start] not in _HANGING or start < end - 1 else 0
        if wide > width and start < end - 1:
            break
        missing = max(0, width - wide) / width
        cost = best[start][0] + _LINE + _RAGGED * missing * missing
        if start:
            cost += _break_cost(atoms, start)
        ways.append((cost, start))
    return ways


def _lines(atoms: list[str], best: list[tuple[float, int]]) -> list[str]:
    lines = []
    end = len(atoms)
    while end:
        start = best[end][1]
        lines.append("".join(atoms[start:end]).strip())
        end = start
    return lines[::-1]


def _atoms(text: str, width: int) -> list[str]:
    """Return what may stand alone: one character with its marks, or one Latin word."""
    atoms: list[str] = []
    for found in _ATOM.findall(text):
        if atoms and _character_width(found[0]) == 0:
            atoms[-1] += found
        elif width_of(found) > width:
            atoms += [found[at : at + width] for at in range(0, len(found), width)]
        else:
            atoms.append(found)
    return atoms


def _break_cost(atoms: list[str], at: int) -> float:
    """Return how much a break before atom `at` disturbs."""
    before, last, first = atoms[at - 1], atoms[at - 1][-1], atoms[at][0]
    if first in _NEVER_FIRST or last in _NEVER_LAST:
        return _FORBIDDEN
    if last in _COMMAS:
        return _AFTER_COMMA
    if first in _NEVER_LAST or first in _SPACES:
        return _BEFORE_BRACKET
    if _NUMBER.fullmatch(before):  # a number stays with its unit
        return _INSIDE_WORD
    scripts = _script(last), _script(first)
    if scripts == ("kanji", "kanji"):
        return _kanji_cost(atoms, at)
    if scripts == ("katakana", "katakana"):
        following = "".join(atoms[at : at + _LONGEST_WORD])
        return _BETWEEN_SCRIPTS if _WORD.match(following) else _INSIDE_WORD
    if scripts == ("hiragana", "hiragana"):
        return _hiragana_cost(atoms, at)
    return _cost_by_script(*scripts)


def _kanji_cost(atoms: list[str], at: int) -> float:
    """Long compounds are made of pairs: a break after an odd character tears one apart."""
    if atoms[at - 1][0] in _UNITS and atoms[at][0] not in _AFTER_UNIT:
        return _AFTER_OFFICE
    before = _kanji_run(reversed(atoms[:at]))
    after = _kanji_run(iter(atoms[at:]))
    return _INSIDE_KANJI_PAIR if before % 2 or after == 1 else _BETWEEN_KANJI_PAIRS


def _hiragana_cost(atoms: list[str], at: int) -> float:
    """A particle stays with the word before it: at the end of a line, never at its beginning."""
    if at > 1 and atoms[at - 1] in _PARTICLES and _script(atoms[at - 2][0]) != "hiragana":
        return _MAYBE_PARTICLE
    if atoms[at] in _ENDINGS:
        return _INSIDE_WORD
    after = atoms[at + 1][0] if at + 1 < len(atoms) else ""
    begins_with_particle = atoms[at] in _PARTICLES and after and _script(after) != "hiragana"
    return _INSIDE_WORD if begins_with_particle else _INSIDE_KANA


def _kanji_run(atoms: Iterator[str]) -> int:
    """Count kanji up to the end of the compound; the name of an office ends one."""
    return sum(
        1 for _ in takewhile(lambda a: _script(a[0]) == "kanji" and a[0] not in _UNITS, atoms)
    )


def _cost_by_script(last: str, first: str) -> float:
    if last == "hiragana":
        return _AFTER_PARTICLE
    if first == "hiragana":
        return _INSIDE_WORD if last == "kanji" else _INSIDE_KANA
    return _INSIDE_WORD if last == first else _BETWEEN_SCRIPTS


def _script(character: str) -> str:
    if "\u3041" <= character <= "\u309f":
        return "hiragana"
    if "\u30a0" <= character <= "\u30ff":
        return "katakana"
    if unicodedata.name(character, "").startswith("CJK"):
        return "kanji"
    return "latin" if ord(character) < 0x2E80 else "other"
