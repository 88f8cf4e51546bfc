"""Writes a number as Excel shows it in a cell without a format: with 11 signs at most, fewer where a column is narrow. Pure."""

from decimal import ROUND_HALF_UP, Context, Decimal

GENERAL = "General"
NARROW = "####"
_LONGEST = 11
_SHORTEST_EXPONENT = len("1E+11")
# What is smaller is rounded as a power of ten, that its digits be seen.
_SMALLEST_ROUNDED = Decimal("0.0001")
_MOST_DECIMALS = 5
# Numbers of Excel have up to 309 digits before and 323 behind the point.
ALL_DIGITS = Context(prec=700)


def in_full(value: Decimal) -> str:
    """Return all digits of a number, without zeros at the end of a fraction."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def general(value: Decimal, room: int | None = None) -> str:
    """Return a number as a cell shows it that has room for so many signs; #### where it has none.

    A minus does not count among the 11 signs, but among those that a column has room for.
    """
    most = _LONGEST + (value < 0)
    if room is not None:
        most = min(most, room)
    text = in_full(value)
    if len(text) <= most:
        return text
    fitting = _rounded(value, most) if abs(value) >= _SMALLEST_ROUNDED else ""
    return fitting or _as_power(value, most) or _rounded(value, most) or NARROW


def _rounded(value: Decimal, most: int) -> str:
    """Return a number with as many decimals as fit; '' where what stands before them does not."""
    sign = "-" if value < 0 else ""
    whole = len(f"{int(abs(value))}") + len(sign)
    decimals = max(0, most - whole - 1)
    rounded = abs(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, ALL_DIGITS)
    text = f"{sign if rounded else ''}{in_full(rounded)}"
    return text if len(text) <= most else ""


def _as_power(value: Decimal, most: int) -> str:
    decimals = most - (value < 0) - _SHORTEST_EXPONENT - (abs(value.adjusted()) >= 100)
    if decimals < 0:
        return ""
    text = exponential(abs(value), min(_MOST_DECIMALS, max(0, decimals - 1)))
    mantissa, _, exponent = text.partition("E")
    return f"{'-' if value < 0 else ''}{in_full(Decimal(mantissa))}E{exponent}"


def exponential(value: Decimal, decimals: int, digits: int = 2) -> str:
    """Return a number as 1.50E+02: so many decimals, so many digits of the exponent at least."""
    rounded = Context(prec=decimals + 1, rounding=ROUND_HALF_UP).plus(value)
    power = rounded.adjusted() if rounded else 0
    mantissa = f"{rounded.scaleb(-power):.{decimals}f}"
    return f"{mantissa}E{'-' if power < 0 else '+'}{abs(power):0{digits}}"
