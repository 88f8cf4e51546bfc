"""Writes a number as Excel shows it in its number format, so that units and codes are read as people see them.

Pure. Not done by the library ssf, which knows neither 令和 nor the kanji of [DBNum1]. Dates are in `date_formats`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from bcp_portal.importing.fraction_formats import in_parts
from bcp_portal.importing.general_format import ALL_DIGITS, GENERAL, exponential, general
from bcp_portal.importing.kanji_numerals import in_numerals

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<blank>.)|\*(?P<filler>.)'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/標準)"
    r"|(?P<ampm>AM/PM|A/P|上午/下午|午前/午後)|(?P<exponent>E[+-])"
    r"|(?P<moment>y+|m+|d+|h+|s+|g+|e+|a{3,4}|r+|\.0+(?=[^0#?]|$)(?<=.))"
    r"|(?P<digit>[0#?])|(?P<sign>[.,%@/])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?[\d.]+)$")
_ELAPSED = re.compile(r"^(h+|m+|s+)$", re.IGNORECASE)
_CURRENCY = re.compile(r"^\$([^-]*)(?:-(.*))?$")
_NUMERALS = re.compile(r"^DBNum([123])$", re.IGNORECASE)


@dataclass(frozen=True)
class FormatToken:
    """One part of a format: what it is, and how it is written."""

    kind: str
    text: str


@dataclass(frozen=True)
class FormatSection:
    """One of the parts that semicolons divide, for some numbers only.

    `condition` is an operator and a number, `numerals` the kind of kanji (0 for 0-9), `locale`
    what the currency or language is called.
    """

    tokens: tuple[FormatToken, ...]
    condition: tuple[str, float] | None = None
    numerals: int = 0
    locale: str = ""

    @property
    def is_moment(self) -> bool:
        """Tell whether the number is shown as a day or a time."""
        return any(token.kind in ("moment", "elapsed", "ampm") for token in self.tokens)

    @property
    def is_open(self) -> bool:
        """Tell whether it is left open with how many digits a number is shown."""
        return any(_is_open(token) for token in self.tokens)

    @property
    def thousands(self) -> int:
        """Return by how many thousands the number is divided before it is shown."""
        kinds = [token.text if token.kind in ("digit", "sign") else "" for token in self.tokens]
        shape = "".join(kinds).rstrip("%").partition(".")
        whole = len(shape[0]) - len(shape[0].rstrip(","))
        behind = len(shape[2]) - len(shape[2].rstrip(","))
        return whole + behind


def _is_open(token: FormatToken) -> bool:
    return token.kind == "general" or (token.kind, token.text) == ("sign", "@")


@lru_cache(maxsize=2_000)
def sections_of(code: str) -> tuple[FormatSection, ...]:
    """Return the sections of a number format, at least one."""
    found: list[FormatSection] = []
    for part in _parts(code or GENERAL):
        found.append(_section(part))
    return tuple(found)


def _parts(code: str) -> list[str]:
    parts, begun, quoted, place = [], 0, False, 0
    while place < len(code):
        if code[place] == '"':
            quoted = not quoted
        elif code[place] == "\\" and not quoted:
            place += 1
        elif code[place] == ";" and not quoted:
            parts.append(code[begun:place])
            begun = place + 1
        place += 1
    return [*parts, code[begun:]]


def _section(part: str) -> FormatSection:
    tokens: list[FormatToken] = []
    condition, numerals, locale = None, 0, ""
    for match in _TOKEN.finditer(part):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "bracket":
            if found := _CONDITION.match(text):
                condition = (found[1], float(found[2]))
            elif _ELAPSED.match(text):
                tokens.append(FormatToken("elapsed", text.lower()))
            elif found := _NUMERALS.match(text):
                numerals = int(found[1])
            elif found := _CURRENCY.match(text):
                locale = found[2] or locale
                tokens.append(FormatToken("literal", found[1]))
            continue
        tokens.append(_token(kind, text))
    return FormatSection(tuple(tokens), condition, numerals, locale)


def _token(kind: str, text: str) -> FormatToken:
    if kind in ("quoted", "escaped", "other"):
        return FormatToken("literal", text)
    if kind == "blank":
        return FormatToken("literal", " ")
    if kind == "filler":
        return FormatToken("literal", "")
    if kind == "moment" and text.startswith("."):
        return FormatToken("point", text)
    return FormatToken(kind, text.lower() if kind == "moment" else text)


def section_for(number: float, code: str) -> tuple[FormatSection, bool]:
    """Return the section for a number, and whether the sign is said by the section itself."""
    sections = sections_of(code)
    conditions = [each.condition for each in sections]
    if any(conditions[:2]):
        for section in sections[:3]:
            if section.condition is None or _holds(number, section.condition):
                return section, False
        return sections[-1], False
    numeric = sections[:3]
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    if number == 0 and len(numeric) > 2:
        return numeric[2], True
    return numeric[0], False


def _holds(number: float, condition: tuple[str, float]) -> bool:
    sign, other = condition
    return {
        "<": number < other,
        ">": number > other,
        "<=": number <= other,
        ">=": number >= other,
        "=": number == other,
        "<>": number != other,
    }[sign]


def shown_number(number: float, code: str, unformatted: Callable[[Decimal], str] = general) -> str:
    """Return a number as Excel shows it in a format that is not one of days and times.

    `unformatted` writes a number where its format leaves open how.
    """
    section, says_sign = section_for(number, code)
    value = exact(number)
    if says_sign:
        value = abs(value)
    if section.is_open:
        digits = f"{value:f}" if section.numerals else unformatted(value)
        text = in_numerals(digits, section.numerals, counted=True)
        return "".join(text if _is_open(t) else _literal(t) for t in section.tokens)
    if any(token.text == "/" and token.kind == "sign" for token in section.tokens):
        texts = [t.text for t in section.tokens if t.kind in ("digit", "literal", "sign")]
        return in_parts("".join(texts), value)
    if not any(token.kind == "digit" for token in section.tokens):
        return "".join(_literal(token) for token in section.tokens)
    text = _filled(section, value)
    return f"-{text}" if value < 0 and re.search(r"[1-9]", text) else text


def exact(number: float) -> Decimal:
    """Return a number in the fifteen digits that Excel keeps."""
    return Decimal(f"{Decimal(number):.15g}" if isinstance(number, int) else f"{number:.15g}")


def _literal(token: FormatToken) -> str:
    return token.text if token.kind in ("literal", "point") else "%" if token.text == "%" else ""


def _filled(section: FormatSection, value: Decimal) -> str:
    """Return the section with the digits of a number in the places for them."""
    tokens = section.tokens
    if any(token.kind == "exponent" for token in tokens):
        return _as_power(tokens, abs(value))
    shares = sum(token.text == "%" for token in tokens if token.kind == "sign")
    scaled = abs(value).scaleb(2 * shares - 3 * section.thousands)
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    point = next(
        (i for i, t in enumerate(tokens) if t.kind == "point" or (t.kind, t.text) == ("sign", ".")),
        len(tokens),
    )
    before = [i for i in places if i < point]
    behind = [i for i in places if i > point]
    decimals = len(tokens[point].text) - 1 if point < len(tokens) else 0
    if point < len(tokens) and tokens[point].kind == "sign":
        decimals = len(behind)
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, ALL_DIGITS)
    whole, _, fraction = f"{rounded:f}".partition(".")
    between = [t for t in tokens[before[0] : before[-1]] if t.text == ","] if before else []
    digits = _whole(tokens, before, "" if whole == "0" else whole, grouped=bool(between))
    return in_numerals(
        _laid_out(tokens, digits, _fraction(tokens, behind, point, fraction)), section.numerals
    )


def _as_power(tokens: Sequence[FormatToken], value: Decimal) -> str:
    """Return a number as 1.50E+02, with as many digits as the format has places."""
    kinds = [token.kind for token in tokens]
    at = kinds.index("exponent")
    shape = "".join(t.text for t in tokens[:at] if t.kind in ("digit", "point", "sign"))
    decimals = len(shape.partition(".")[2])
    text = exponential(value, decimals, kinds[at:].count("digit"))
    if tokens[at].text.endswith("-"):
        text = text.replace("+", "")
    words = [
        "".join(t.text for t in part if t.kind == "literal") for part in (tokens[:at], tokens[at:])
    ]
    return text.join(words)


def _whole(
    tokens: Sequence[FormatToken], places: list[int], whole: str, *, grouped: bool
) -> dict[int, str]:
    """Return what stands in each place before the point; the first holds all digits left over."""
    found: dict[int, str] = {}
    rest = whole
    count = 0
    for order, place in enumerate(reversed(places)):
        last = order == len(places) - 1
        own = rest if last else rest[-1:]
        rest = "" if last else rest[:-1]
        text = own or {"0": "0", "?": " "}.get(tokens[place].text, "")
        signs = ""
        for digit in reversed(text):
            if grouped and count and count % 3 == 0 and digit != " ":
                signs = f",{signs}"
            signs = digit + signs
            count += 1
        found[place] = signs
    return found


def _fraction(
    tokens: Sequence[FormatToken], places: list[int], point: int, fraction: str
) -> dict[int, str]:
    """Return what stands in each place behind the point, and the point itself."""
    if point >= len(tokens):
        return {}
    if tokens[point].kind == "point":
        return {point: f".{fraction}"}
    found = {point: "."}
    kept = len(fraction.rstrip("0"))
    for order, place in enumerate(places):
        digit = fraction[order : order + 1]
        needed = tokens[place].text == "0" or order < kept
        found[place] = digit if needed else " " if tokens[place].text == "?" else ""
    return found


def _laid_out(
    tokens: Sequence[FormatToken], digits: dict[int, str], fraction: dict[int, str]
) -> str:
    filled = digits | fraction
    return "".join(filled[i] if i in filled else _literal(token) for i, token in enumerate(tokens))
