"""security: what the page of the check says it cannot find is not found, and what it says it finds is."""

import pytest

from plans.public_edition.finder import Finder
from plans.public_edition.hidden_values import HiddenValue

CENTRE = "見本県みほん市中央1丁目4番2号"
MAIL = "keitai01@mail.example"
WORDS = "と計画の文を書く"


@pytest.mark.parametrize(
    ("hidden", "texts"),
    [
        (CENTRE, ["中央にある1-4-2"]),
        (CENTRE, ["4番2号（中央1丁目）"]),
        (CENTRE, ["中央1丁目4番"]),
        (CENTRE, ["ちゅうおう1-4-2"]),
        (CENTRE, ["中央142"]),
        (CENTRE, ["中央", "1", "4", "2"]),
        ("見本県みほん市山手町12番3号", ["山手町 12 3"]),
        ("見本県みほん市山手町12番3号", ["山手12-3"]),
        ("見本県みほん市大字上手100番地", ["上手100"]),
        ("見本県みほん市北3丁目1番2号", ["北3-1-2"]),
        (MAIL, [f"keitai01{WORDS * 4}mail.example"]),
        (MAIL, ["https://mail.example/keitai01"]),
        (MAIL, ["keit\u0430i01@mail.example"]),
        ("it@mail.example", ["mail.exampleのit"]),
        ("090-7707-3107", [f"090-7707{WORDS * 25}3107"]),
        ("552-1010", ["55、人2、人1、人01、人0"]),
        ("552-1010", ["552、3階、1010"]),
        ("吉田 健一", ["吉田主査健一"]),
    ],
)
def test_what_the_page_says_is_not_found(hidden: str, texts: list[str]) -> None:
    assert Finder([HiddenValue(hidden, "様式9の1行目")]).find(texts) == []


@pytest.mark.parametrize(
    ("hidden", "text"),
    [
        (MAIL, f"mail.example{WORDS * 3}keitai01"),
        ("090-7707-3107", f"090{WORDS * 25}7707-3107"),
        ("552-1010", "5／5／2／1／0／1／0"),
        ("札幌市中央区北1条西2丁目3番4号", "中央区北1西2-3-4"),
    ],
)
def test_what_stands_just_within_its_limits_is_found(hidden: str, text: str) -> None:
    assert Finder([HiddenValue(hidden, "様式9の1行目")]).find([text])
