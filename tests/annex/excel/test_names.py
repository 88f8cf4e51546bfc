"""Names of sheets and files that Excel and Windows take, for any title a municipality gives its annexes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp_portal.annex.excel.names import MAX_SHEET_NAME, file_name, sheet_names
from tests.annex.excel.package import FORBIDDEN_IN_NAMES, units

DAY = date(2026, 11, 21)


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=50), max_size=8))
def test_any_headings_give_valid_and_different_names(headings: list[str]) -> None:
    names = sheet_names(headings, taken=["使い方"])
    assert len(names) == len(headings)
    assert len({name.casefold() for name in names} | {"使い方"}) == len(names) + 1
    for name in names:
        assert 1 <= units(name) <= MAX_SHEET_NAME
        assert not FORBIDDEN_IN_NAMES & set(name)
        assert name == name.strip("' ")
        assert name.casefold() != "history"


def test_usual_headings_stay_as_they_are() -> None:
    headings = ["様式1 情報システム一覧", "様式3 庁舎（建物）の状況把握結果"]
    assert sheet_names(headings) == headings


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("電力／通信：状況[案]", "電力・通信・状況・案・"),
        ("a:b\\c?d*e/f", "a・b・c・d・e・f"),
        ("'引用'", "引用"),
        ("改\n行", "改 行"),
        ("", "表"),
        ("履歴", "履歴 (2)"),
        ("使い方", "使い方 (2)"),
        ("長" * 40, "長" * 30 + "…"),
        ("葛\U000e0100" * 20, "葛\U000e0100" * 10 + "…"),
    ],
)
def test_what_excel_refuses_is_replaced(heading: str, name: str) -> None:
    assert sheet_names([heading], taken=["使い方"]) == [name]


def test_the_same_name_in_another_width_is_the_same() -> None:
    assert sheet_names(["ＢＣＰ一覧", "bcp一覧"]) == ["ＢＣＰ一覧", "bcp一覧 (2)"]
    long = "長" * 40
    assert sheet_names([long, long]) == ["長" * 30 + "…", "長" * 26 + "… (2)"]


def test_a_file_is_named_after_annex_town_and_day() -> None:
    name = file_name("様式1 情報システム一覧", "", "みほん市", day=DAY)
    assert name == "様式1_情報システム一覧_みほん市_2026-11-21.xlsx"


def test_a_file_name_holds_nothing_windows_refuses() -> None:
    name = file_name('a/b\\c:d*e?f"g<h>i|j', "\x00\n.", "長" * 100, day=DAY)
    assert name == f"a／b＼c：d＊e？f”g＜h＞i｜j_{'長' * 39}…_2026-11-21.xlsx"
