"""The check digit, against codes of real municipalities."""

import pytest
from django.core.exceptions import ValidationError

from bcp_portal.accounts.codes import check_digit, validate_municipality_code

REAL_CODES = {
    "010006": "北海道",
    "011002": "札幌市",
    "012025": "函館市",
    "020001": "青森県",
    "130001": "東京都",
    "131016": "千代田区",
    "131229": "葛飾区",
    "132039": "武蔵野市",
    "141003": "横浜市",
    "152056": "柏崎市",
    "271004": "大阪市",
    "472018": "那覇市",
}


@pytest.mark.parametrize("code", REAL_CODES, ids=REAL_CODES.values())
def test_real_codes_are_accepted(code: str) -> None:
    assert check_digit(code[:5]) == code[5]
    validate_municipality_code(code)


@pytest.mark.parametrize("code", REAL_CODES, ids=REAL_CODES.values())
def test_every_other_check_digit_is_refused(code: str) -> None:
    for digit in set("0123456789") - {code[5]}:
        with pytest.raises(ValidationError, match=f"「{code[:5]}{digit}」の検査数字"):
            validate_municipality_code(code[:5] + digit)


@pytest.mark.parametrize("code", ["", "15205", "1520566", "15205a", "１５２０５６", "١٥٢٠٥٦"])
def test_anything_but_six_digits_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match="6桁の数字"):
        validate_municipality_code(code)
