"""Verifies the check digit of the 全国地方公共団体コード."""

from django.core.exceptions import ValidationError


def check_digit(first_five: str) -> str:
    """Return the sixth digit: last digit of 11 minus the weighted sum (6, 5, 4, 3, 2) modulo 11.

    Source: 総務省「全国地方公共団体コード仕様」 (全国地方公共団体コードの検証番号).
    """
    total = sum(
        int(digit) * weight for digit, weight in zip(first_five, range(6, 1, -1), strict=True)
    )
    return str((11 - total % 11) % 10)


def validate_municipality_code(value: str) -> None:
    """Raise ValidationError unless value is six digits with a correct check digit."""
    if len(value) != 6 or not (value.isascii() and value.isdigit()):
        raise ValidationError(f"団体コード「{value}」は6桁の数字で入力してください。")
    if value[5] != check_digit(value[:5]):
        raise ValidationError(
            f"団体コード「{value}」の検査数字が合いません。全国地方公共団体コードを確かめてください。"
        )
