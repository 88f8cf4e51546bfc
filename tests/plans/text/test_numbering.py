"""Chapters are counted 8, (1), ア, (ア) and cited 8(1)ア, or counted 2.1.1 as the plan chooses."""

import pytest

from plans.text.numbering import APPENDIX, DECIMAL, FRONT, KANA, STYLES, NumberingStyle, kana_mark

DEEP = [(10,), (10, 2), (10, 2, 1), (10, 2, 1, 3)]


@pytest.mark.parametrize(
    ("position", "mark"),
    [(1, "ア"), (5, "オ"), (44, "ワ"), (45, "ン"), (46, "アア"), (90, "アン"), (91, "イア")],
)
def test_items_are_counted_in_kana(position: int, mark: str) -> None:
    assert kana_mark(position) == mark


def test_there_are_45_marks_before_they_double_and_all_differ() -> None:
    marks = [kana_mark(position) for position in range(1, 200)]
    assert len(set(marks)) == len(marks)
    assert [len(mark) for mark in marks[:46]] == [1] * 45 + [2]


def test_a_position_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        kana_mark(0)


@pytest.mark.parametrize(
    ("style", "own", "full", "spoken"),
    [
        (
            KANA,
            ["10", "(2)", "ア", "(ウ)"],
            ["10", "10(2)", "10(2)ア", "10(2)ア(ウ)"],
            ["第10章", "第10章(2)", "第10章(2)ア", "第10章(2)ア(ウ)"],
        ),
        (
            DECIMAL,
            ["10", "10.2", "10.2.1", "10.2.1.3"],
            ["10", "10.2", "10.2.1", "10.2.1.3"],
            ["第10章", "10.2節", "10.2.1項", "10.2.1.3目"],
        ),
        (
            FRONT,
            ["", "(2)", "ア", "(ウ)"],
            ["前付", "前付(2)", "前付(2)ア", "前付(2)ア(ウ)"],
            ["前付", "前付(2)", "前付(2)ア", "前付(2)ア(ウ)"],
        ),
        (
            APPENDIX,
            ["別表10", "(2)", "ア", "(ウ)"],
            ["別表10", "別表10(2)", "別表10(2)ア", "別表10(2)ア(ウ)"],
            ["別表10", "別表10(2)", "別表10(2)ア", "別表10(2)ア(ウ)"],
        ),
    ],
    ids=lambda value: value.code if isinstance(value, NumberingStyle) else "",
)
def test_each_style_counts_each_level(
    style: NumberingStyle, own: list[str], full: list[str], spoken: list[str]
) -> None:
    assert [style.own_number(positions) for positions in DEEP] == own
    assert [style.full_number(positions) for positions in DEEP] == full
    assert [style.spoken_number(positions) for positions in DEEP] == spoken


def test_a_plan_chooses_by_code() -> None:
    assert STYLES == {"kana": KANA, "decimal": DECIMAL}
