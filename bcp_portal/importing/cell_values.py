"""Turns a cell as people fill it into the text that the form of its column reads; pure."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from bcp_portal.annex.kinds import Kind
from bcp_portal.importing.shown_values import in_full, is_overflow, stored, words_beside
from bcp_portal.importing.sources import Cell, shown
from bcp_portal.importing.words_of_formats import COUNTED_BY
from bcp_portal.spelling.radicals import without_radicals
from bcp_portal.ui.eras import DateError, parse_date
from bcp_portal.ui.text import match_key

DITTO = frozenset(
    ("〃", "々", "仝", "″", "''", '"', "”", "“", "同上", "上に同じ", "上と同じ", "同")
)
_DASHES = frozenset("-－―‐–—ー−─")
_SAYS_ITSELF = (Kind.TEXT, Kind.LONG_TEXT, Kind.WORDS)
_DATES = (Kind.DATE, Kind.MONTH, Kind.DATETIME)
_COUNTED = (Kind.FISCAL_YEAR, Kind.FISCAL_YEARS, Kind.DURATION)
_MOMENTS = (*_DATES, Kind.FISCAL_YEAR, Kind.FISCAL_YEARS)
_NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT)
# The day that Excel calls 0, counting its 29 February 1900; good from 1 March 1900 on.
_EXCEL_BEGINS = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 61, 109_000
_SINCE_1904 = timedelta(days=1_462)
_SERIAL_TEXT = re.compile(r"^[0-9]{5}$")
# LibreOffice and databases call 0 so, and save it as CSV.
_ZERO_ELSEWHERE = re.compile(r"(?:1899|明治32|明32|M\.?32)[年./-]12[月./-]30(?!\d)", re.IGNORECASE)
_YES, _NO = ("○", "〇", "◯", "●", "◎", "レ", "✓", "✔", "☑", "■", "可"), ("×", "✕", "✗", "☓", "否")
_YES_WORDS = ("有", "あり", "有り", "はい", "可", "要", "対応", "済")
_NO_WORDS = ("無", "なし", "無し", "いいえ", "不可", "不要", "非対応", "未")
_KANJI_DIGITS = "〇一二三四五六七八九"
_KANJI_NUMBER = re.compile(r"[一二三四五六七八九十]+(?=(?:[分時日週]|[かカヵケヶ箇]月))")
_LONGEST_STRETCH = 15
_DIGITS_WITHOUT_ZERO = (9, 10)
_BETWEEN_PARTS = re.compile(r"[・／/（）()、，,]+")
_DURATION_WORDS = (
    # 3日(72時間) says one thing twice.
    (re.compile(r"(?<=.)\([^)]*\)$"), ""),
    (re.compile(r"^(?:約|およそ|概ね|おおむね)\s*"), ""),
    (re.compile(r"\s*(?:以内|程度|位|くらい|ぐらい)$"), ""),
    (re.compile(r"^(?:即時|即時対応|直ちに|ただちに|すぐに?|即)$"), "即時"),
    (re.compile(r"(?<=\d)\s*(?:hours?|hrs?|h)$", re.IGNORECASE), "時間"),
    (re.compile(r"(?<=\d)\s*(?:days?|d)$", re.IGNORECASE), "日"),
    (re.compile(r"(?<=\d)\s*(?:minutes?|mins?|m)$", re.IGNORECASE), "分"),
    (re.compile(r"(?<=\d)\s*(?:weeks?|w)$", re.IGNORECASE), "週間"),
)


UNCALCULATED = (
    "数式の結果がファイルに保存されていません。Excelで開いて上書き保存し、もう一度選んでください。"
    "それでも残るときは、数式の代わりに値を入力してください。"
)


OVERFLOW = (
    "列の幅が足りないときの表示「###」のまま保存されています。"
    "元のExcelで列を広げ、保存し直してください。"
)


NO_DAY = (
    "Excelの表示は「{shown}」、保存されている値は{stored}で、日付ではありません"
    "（空のセルを数式で参照すると、このように表示されます）。"
    "セルを空欄にするか、日付を入力してください。"
)

ZERO_OF_OTHERS = (
    "「{}」は、空のセルを参照した0をExcel以外のソフトウェアが日付として書いたものです。"
    "空欄にするか、日付を入力してください。"
)


class CellError(ValueError):
    """The cell cannot be read at all; the message is a Japanese sentence."""


def is_ditto(cell: Cell) -> bool:
    """Tell whether a cell says that it holds what stands above it."""
    return isinstance(cell, str) and "".join(cell.split()) in DITTO


def typed_text(cell: Cell, kind: Kind) -> str:
    """Return the text to type into a form for this cell; CellError where Excel has no value."""
    if isinstance(cell, dict) and "e" in cell:
        raise CellError(f"Excelの計算のエラー「{cell['e']}」が入っています。値を入力してください。")
    if isinstance(cell, dict) and "f" in cell:
        raise CellError(UNCALCULATED)
    if isinstance(cell, dict) and "z" in cell:
        raise CellError(NO_DAY.format(shown=cell["s"], stored=stored(cell)))
    if kind in _SAYS_ITSELF:
        return without_radicals(shown(cell))
    if isinstance(cell, str):
        text = without_radicals(shown(cell)).strip()
        if is_overflow(text):
            raise CellError(OVERFLOW)
        if kind in _DATES and _SERIAL_TEXT.match(text):
            # So a day is written in a CSV file saved from cells without a format.
            return _from_serial(int(text), kind)
        if kind in _DATES and _ZERO_ELSEWHERE.match(unicodedata.normalize("NFKC", text)):
            raise CellError(ZERO_OF_OTHERS.format(text))
        return "" if _only_dashes(text) else _READERS.get(kind, str)(text)
    return _typed(cell, kind)


def _only_dashes(text: str) -> bool:
    # Asked of every cell: hardly any text begins with a dash.
    return text[:1] in _DASHES and set(text) <= _DASHES


def says_nothing(cell: Cell) -> bool:
    """Tell whether a cell holds a dash and nothing else, as people fill a cell they leave out."""
    return isinstance(cell, str) and _only_dashes("".join(cell.split()))


def _typed(cell: Cell, kind: Kind) -> str:
    if isinstance(cell, bool):
        return "はい" if cell else "いいえ"
    if isinstance(cell, dict):
        return _special(cell, kind)
    if kind is Kind.TELEPHONE and isinstance(cell, int) and len(str(cell)) in _DIGITS_WITHOUT_ZERO:
        # As a number, Excel drops the zero with which every such Japanese number begins.
        return f"0{cell}"
    if kind in _DATES and isinstance(cell, int | float):
        return _from_serial(cell, kind)
    if kind is Kind.PERCENT and isinstance(cell, float) and 0 < cell < 1:
        # Percentages are whole: a share between 0 and 1 has only lost its format.
        return f"{cell * 100:.12g}"
    return shown(cell)


def _special(cell: dict[str, Any], kind: Kind) -> str:
    if "n" in cell:
        return _formatted(cell, kind)
    if "p" in cell:
        return f"{cell['p'] * 100:.12g}" if kind is Kind.PERCENT else shown(cell)
    if "m" in cell and kind is Kind.DURATION:
        return _clock(int(cell["m"]))
    if kind not in _MOMENTS or not cell.keys() & {"d", "t"}:
        return shown(cell)
    text = str(cell.get("d") or cell["t"]).replace("T", " ")
    if kind is Kind.MONTH:
        return text[:7]
    if kind in (Kind.FISCAL_YEAR, Kind.FISCAL_YEARS):
        return text[:4] if int(text[5:7] or 0) > 3 else str(int(text[:4]) - 1)
    return f"{text} 00:00" if kind is Kind.DATETIME and "d" in cell else text


def _formatted(cell: dict[str, Any], kind: Kind) -> str:
    """Return a number with a format: what it shows where words or codes count, else all its digits."""
    if kind in _MOMENTS and not cell["n"] and not cell["s"].strip():
        # A format that shows nothing of 0 leaves a day out that a formula did not find.
        return ""
    bare = not any(words_beside(cell))
    if bare and kind is Kind.PERCENT:
        return _typed(cell["n"], kind)
    if kind in _NUMBERS or (bare and kind in _COUNTED):
        return in_full(cell)
    if kind in _DATES and bare:
        since_1904 = _SINCE_1904.days if cell.get("since") else 0
        return _from_serial(cell["n"], kind, later_days=since_1904)
    text = shown(cell)
    if kind is Kind.TELEPHONE and text.isascii() and text.isdigit():
        return _typed(int(text), kind) if not text.startswith("0") else text
    return _READERS.get(kind, str)(text)


def _from_serial(number: float, kind: Kind, later_days: int = 0) -> str:
    """Return the day of a date that lost its format, or the digits where they are no such date."""
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return shown(number)
    day = (_EXCEL_BEGINS + timedelta(days=int(number) + later_days)).isoformat()
    if kind is Kind.MONTH:
        return day[:7]
    if kind is Kind.DATE:
        return day
    minutes = round((number % 1) * 24 * 60)
    return f"{day} {minutes // 60:02}:{minutes % 60:02}"


def _date(text: str) -> str:
    """Return a date without the day of the week and the time that people write behind it."""
    folded = unicodedata.normalize("NFKC", text)
    folded = re.sub(r"\([月火水木金土日・祝]+\)", "", folded).strip()
    folded = re.sub(r"(現在|時点|頃|まで|から|付け?|に.*)$", "", folded)
    return re.sub(r"(?<=\d)[\sT]+0?0:00(:00)?$", "", folded)


def _month(text: str) -> str:
    folded = _date(text)
    day = re.fullmatch(r"(.+?[年./-]\s*\d{1,2}\s*[月./-])\s*\d{1,2}日?", folded)
    return day[1].rstrip("./-") if day and _is_day(folded) else folded


def _is_day(text: str) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True


def _duration(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip()
    for pattern, replacement in _DURATION_WORDS:
        folded = pattern.sub(replacement, folded)
    clock = re.fullmatch(r"(\d{1,4}):(\d{2})(?::00)?", folded)
    if clock:
        return _clock(int(clock[1]) * 60 + int(clock[2]))
    return _KANJI_NUMBER.sub(lambda match: str(_kanji_number(match[0])), folded)


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{minutes}分" if rest or not hours else f"{hours}時間"


def _kanji_number(text: str) -> int:
    tens, _, units = text.rpartition("十")
    ten = 0 if "十" not in text else 10 * (_KANJI_DIGITS.find(tens) if tens else 1)
    return ten + (_KANJI_DIGITS.find(units[-1]) if units else 0)


def _number(text: str) -> str:
    """Return digits without the unit or sign people put beside them: 12台, ￥1,000, 50%."""
    folded = unicodedata.normalize("NFKC", text)
    found = re.fullmatch(
        rf"[¥\\]?\s*([-−▲△]?[\d,]+(?:\.\d+)?)\s*(?:{COUNTED_BY})?",
        folded,
    )
    return re.sub("[▲△−]", "-", found[1]) if found else text


def _telephone(text: str) -> str:
    """Return a telephone number without the word before it, its extension behind a #."""
    folded = re.sub(r"^(?:TEL|電話|携帯)\s*[:.]?\s*", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"\s*\(\s*内線\s*:?\s*(\d+)\s*\)$", r"#\1", folded)


def _fiscal_years(text: str) -> str:
    """Return every year of a stretch: 令和8～10年度 is three of them."""
    folded = unicodedata.normalize("NFKC", text).replace("〜", "~")
    found = re.fullmatch(r"(\D*)(\d+)(?:年度?)?\s*[~ー―-]\s*(\D*)(\d+)\s*(?:年度?)?", folded)
    if not found or found[3] not in ("", found[1]):
        return text
    first, last = int(found[2]), int(found[4])
    if not first < last <= first + _LONGEST_STRETCH:
        return text
    return "、".join(f"{found[1]}{year}年度" for year in range(first, last + 1))


def _yes_or_no(text: str) -> str:
    return (
        "はい"
        if text in _YES or text == "あり"
        else "いいえ"
        if text in _NO or text == "なし"
        else text
    )


_READERS = {
    Kind.DATE: _date,
    Kind.DATETIME: lambda text: text,
    Kind.MONTH: _month,
    Kind.DURATION: _duration,
    Kind.FISCAL_YEARS: _fiscal_years,
    Kind.INTEGER: _number,
    Kind.DECIMAL: _number,
    Kind.MONEY: _number,
    Kind.PERCENT: _number,
    Kind.TELEPHONE: _telephone,
    Kind.BOOLEAN: _yes_or_no,
}


def chosen_label(text: str, choices: tuple[tuple[str, str], ...]) -> str:
    """Return the code of the choice that a text means: its label, its code, or ○ and × for 有 and 無."""
    codes = _codes(choices)
    if text in codes:
        return codes[text]
    key = match_key(text)
    if key in codes:
        return codes[key]
    words = _YES_WORDS if text in (*_YES, *_YES_WORDS) else ()
    words = _NO_WORDS if text in (*_NO, *_NO_WORDS) else words
    return next((codes[word] for word in words if word in codes), text)


@lru_cache(maxsize=500)
def _codes(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the codes by every way to write them: the label comes before another one's code."""
    by_code = {code: code for code, _ in choices}
    by_key = {match_key(label): code for code, label in choices}
    return _codes_by_part(choices) | by_code | by_key | {label: code for code, label in choices}


def _codes_by_part(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the codes by parts of a label that no other label has: 支所 for 支所・事務所."""
    codes: dict[str, set[str]] = {}
    for code, label in choices:
        for part in _BETWEEN_PARTS.split(label):
            if len(part) > 1:
                codes.setdefault(match_key(part), set()).add(code)
    return {part: found.pop() for part, found in codes.items() if len(found) == 1}
