"""Addresses, e-mail addresses and names of people are found in every way in which people write them."""

import csv
from itertools import product
from pathlib import Path

import pytest

from plans.public_edition.finder import Finder
from plans.public_edition.hidden_addresses import is_only_address
from plans.public_edition.hidden_values import HiddenValue, Weight

PLANS = Path(__file__).parents[2] / "plans"
ADDRESSES = {
    "見本県みほん市中央1丁目4番2号": ("見本県", "みほん市", "中央", (1, 4, 2)),
    "見本県みほん市中央5-12-23": ("見本県", "みほん市", "中央", (5, 12, 23)),
    "見本県東みほん郡東みほん町大字山手十二番地の三": (
        "見本県東みほん郡",
        "東みほん町",
        "山手",
        (12, 3),
    ),
}
MARKS: dict[int, list[tuple[str, ...]]] = {
    3: [
        ("丁目", "番", "号"),
        ("丁目", "番地の", ""),
        ("丁目", "番", ""),
        ("丁目", "-", ""),
        ("丁目", "の", ""),
        ("-", "-", ""),
        ("－", "－", ""),
        ("ー", "ー", ""),
        ("の", "の", ""),
        (" 丁目 ", " 番 ", " 号"),
        ("丁目", "番\n", "号"),
    ],
    2: [("番地", ""), ("番地の", ""), ("番", "号"), ("-", ""), ("ー", ""), ("の", "")],
}
NUMERALS = ["0123456789", "０１２３４５６７８９", "〇一二三四五六七八九", "零壱弐参四五六七八九"]


def spellings(prefecture: str, town: str, place: str, numbers: tuple[int, ...]) -> list[str]:
    """Return an address in every way: what stands in front, how numbers are parted, which numerals."""
    fronts = [prefecture + town + place, town + place, place, f"{town}　{place}"]
    written = []
    for front, marks, numerals in product(fronts, MARKS[len(numbers)], NUMERALS):
        digits = [str(n).translate(str.maketrans("0123456789", numerals)) for n in numbers]
        written.append(front + "".join(a + b for a, b in zip(digits, marks, strict=True)))
    return written


@pytest.mark.parametrize("registered", ADDRESSES)
def test_an_address_is_found_in_every_spelling(registered: str) -> None:
    finder = Finder([HiddenValue(registered, "様式3の所在地")])
    written = spellings(*ADDRESSES[registered])
    assert [text for text in written if not finder.find([f"備品は{text}に置く。"])] == []


def test_kanji_numbers_with_ten_and_bars_that_are_kanji_are_read() -> None:
    finder = Finder([HiddenValue("見本県みほん市中央5丁目12番23号", "様式3の所在地")])
    for text in ("中央五丁目十二番二十三号", "中央5一12一23", "中央５丁目１２－２３　３階"):
        assert finder.find([text]), text
    assert finder.find(["中央", "5丁目12", "番23号"])


def test_numbers_that_spaces_part_are_read_within_one_text() -> None:
    finder = Finder([HiddenValue("見本県みほん市中央1丁目4番2号", "様式3の所在地")])
    for text in (
        "中央 1 4 2",
        "中央１　４　２",
        "備品は中央 1 4 2 3階に置く",
        "中央1丁目 4 2",
        "中央1-4 2",
    ):
        assert finder.find([text]), text
    # Counts in cells of their own, or two of them, stand behind any name.
    for texts in (
        ["中央", "(1)", "(4)", "(2)"],
        ["中央", "1", "4", "2"],
        ["中央 1", "4 2"],
        ["中央 1 4"],
        ["中央 11 4 2"],
    ):
        assert not finder.find(texts), texts
    two = Finder([HiddenValue("見本県みほん市山手12番地の3", "様式3の所在地")])
    assert not two.find(["山手 12 3"])


@pytest.mark.parametrize(
    "text",
    [
        "中央1丁目の4の2",
        "中央の1丁目4番2号",
        "中央町1丁目4番2号",
        "中央①④②",
        "中央⑴⑷⑵",
        "中央㈠㈣㈡",
        "中央❶❹❷",
        "中央1\ufe0f\u20e34\ufe0f\u20e32\ufe0f\u20e3",
        "中央（1）（4）（2）",
        "中央1/4/2",
        "中央1:4:2",
        "中央1＝4＝2",
        "中央１_４_２",
        "中央　一　四　二",
        "中央1丁目4ばん2ごう",
        "中央一ちょう目四ばん地の二",
        "中 央 1 丁 目 4 番 2 号",
    ],
)
def test_any_marks_stand_between_the_numbers_of_an_address(text: str) -> None:
    finder = Finder([HiddenValue("見本県みほん市中央1丁目4番2号", "様式3の所在地")])
    assert finder.find([f"備品は{text}に置く。"])


def test_a_number_in_circles_may_be_one_or_two() -> None:
    finder = Finder([HiddenValue("見本県みほん市中央5-12-23", "様式3の所在地")])
    assert finder.find(["中央⑤-①②-②③"]) and finder.find(["中央⑤⑫㉓"])


def test_what_stands_behind_a_registered_address_makes_no_difference() -> None:
    finder = Finder([HiddenValue("見本県みほん市中央1丁目4番2号 3階", "様式3の所在地")])
    assert finder.find(["中央1-4-2"])


def test_an_address_with_one_number_is_found_where_its_number_is_named() -> None:
    finder = Finder([HiddenValue("見本県みほん市東みほん町大字上手100番地", "様式3の所在地")])
    for text in ("上手100番地", "上手の１００番", "上手百ばんち", "東みほん町上手 一〇〇 番地"):
        assert finder.find([text]), text
    for text in ("上手100", "上手の100人", "上手1100番地", "100番地"):
        assert not finder.find([text]), text


def test_names_of_places_written_otherwise() -> None:
    for registered, text in (
        ("見本県みほん市緑ケ丘1丁目4番2号", "緑が丘1-4-2"),
        ("見本県みほん市文化町3丁目1番1号", "文化3-1-1"),
    ):
        assert Finder([HiddenValue(registered, "様式3の所在地")]).find([text]), text


@pytest.mark.parametrize(
    "text",
    [
        "中央1-4-21",
        "中央4-2",
        "北町1-4-2",
        "中央の1、4、3",
        "様式1-4-2",
        "2026-1-4",
        "第1章4(2)中央",
        "1丁目4番2号",
        "中央1章。4番2号",
        "中央（1）（4）",
    ],
)
def test_other_addresses_are_left_alone(text: str) -> None:
    finder = Finder([HiddenValue("見本県みほん市中央1丁目4番2号", "様式3の所在地")])
    assert finder.find([text]) == []


def test_what_stands_behind_an_address_is_not_public_with_it() -> None:
    assert is_only_address("見本県みほん市中央1-4-2")
    assert not is_only_address("見本県みほん市中央1-4-2 地下金庫室")
    assert not is_only_address("中央公民館")


@pytest.mark.parametrize(
    "text",
    [
        "keitai01[at]mail.example",
        "keitai01(a)mail.example",
        "keitai01 at mail.example",
        "keitai01 (at) mail (dot) example",
        "ｋｅｉｔａｉ０１＠ｍａｉｌ．ｅｘａｍｐｌｅ",
        "keitai01 アットマーク mail ドット example",
        "keitai01あっとmail.example",
        "keitai01☆mail.example",
        "KEITAI01@MAIL.EXAMPLE",
        "🅺🅴🅸🆃🅰🅸01@mail.example",
        "🅚🅔🅘🅣🅐🅘⓿❶＠🄼🄰🄸🄻．⒠⒳⒜⒨⒫⒧⒠",
        "mail.exampleのkeitai01あて",
        "@mail.example（keitai01）",
        "keitai01（携帯のメール）、mail.example",
    ],
)
def test_a_mail_address_is_found_written_out(text: str) -> None:
    finder = Finder([HiddenValue("keitai01@mail.example", "携帯メール", Weight.PERSONAL)])
    assert finder.find([f"緊急時は{text}まで"])


@pytest.mark.parametrize(
    "texts",
    [
        ["連絡は keitai01", "[at]mail", "ドット example まで"],
        ["keitai01", "アットマーク", "mail.example"],
    ],
)
def test_a_mail_address_is_found_over_several_cells(texts: list[str]) -> None:
    finder = Finder([HiddenValue("keitai01@mail.example", "携帯メール", Weight.PERSONAL)])
    assert finder.find(texts)


def test_a_mail_address_with_a_short_name_is_found_written_out() -> None:
    finder = Finder([HiddenValue("ab@mail.example", "携帯メール", Weight.PERSONAL)])
    assert finder.find(["ab[at]mail.example"])
    assert not finder.find(["mail.example と ab"])


@pytest.mark.parametrize(
    "text",
    [
        "https://mail.example/keitai01",
        "www.mail.example の keitai01",
        "kacho@mail.example（keitai01）",
        "keitai012 は mail.example",
        f"mail.example{'と計画の文' * 8}keitai01",
    ],
)
def test_a_site_and_the_address_of_somebody_else_are_no_part_of_a_mail_address(text: str) -> None:
    finder = Finder([HiddenValue("keitai01@mail.example", "携帯メール", Weight.PERSONAL)])
    assert not finder.find([text])


def test_the_given_name_may_come_first() -> None:
    finder = Finder([HiddenValue("吉田 健一", "職員の氏名", Weight.PERSONAL)])
    for text in ("健一吉田", "健一　吉田", "健一・吉田", "吉田健一"):
        assert finder.find([f"担当は{text}。"]), text
    assert not finder.find(["吉田と山田健一郎"])


def test_nothing_of_the_shipped_texts_is_taken_for_an_address_of_the_sample() -> None:
    with (PLANS / "sample/tables/3.csv").open(encoding="utf-8") as file:
        registered = [line["所在地"] for line in csv.DictReader(file) if line["所在地"]]
    values = [HiddenValue(text, "様式3の所在地") for text in registered]
    assert sum(bool(value.addresses) for value in values) >= 10
    shipped = [path.read_text(encoding="utf-8") for path in sorted(PLANS.glob("outlines/files/*"))]
    assert len(shipped) >= 10
    assert [value.text for value, _ in Finder(values).find(shipped)] == []
