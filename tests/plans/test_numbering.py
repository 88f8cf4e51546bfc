"""Chapters are counted 8, (1), ア, and cited 8(1)ア."""

import pytest

from plans.numbering import full_number, kana_mark, own_number, spoken_number


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


def test_each_level_has_its_own_style() -> None:
    assert [own_number(depth, 3) for depth in (1, 2, 3)] == ["3", "(3)", "ウ"]
    assert full_number((10, 2, 1)) == "10(2)ア"
    assert spoken_number((10, 2, 1)) == "第10章(2)ア"
    assert spoken_number((8,)) == "第8章"
