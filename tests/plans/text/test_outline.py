"""The tree of chapters: numbers, what is hidden, and where a chapter may go."""

from dataclasses import dataclass

from plans.text.numbering import DECIMAL
from plans.text.outline import Outline, OutlineNode


@dataclass
class Row:
    pk: int
    parent_id: int | None = None
    position: int = 1
    title: str = ""
    row_status: str = "active"
    placement: str = "body"

    @property
    def uid(self) -> str:
        return f"u{self.pk}"


def at(outline: Outline, pk: int) -> OutlineNode:
    node = outline.node(pk)
    assert node is not None
    return node


def plan() -> Outline:
    return Outline(
        [
            Row(2, None, 2, "体制"),
            Row(1, None, 1, "目的"),
            Row(3, 2, 1, "平常時"),
            Row(4, 2, 2, "発生時"),
            Row(5, 4, 1, "本部"),
            Row(6, 4, 2, "古い項", "retired"),
            Row(7, 6, 1, "古い項の下"),
            Row(8, None, 3, "訓練"),
            Row(9, 5, 1, "本部員"),
        ]
    )


def test_numbers_follow_from_places() -> None:
    assert [(node.full_number, node.chapter.title) for node in plan().walk()] == [
        ("1", "目的"),
        ("2", "体制"),
        ("2(1)", "平常時"),
        ("2(2)", "発生時"),
        ("2(2)ア", "本部"),
        ("2(2)ア(ア)", "本部員"),
        ("3", "訓練"),
    ]


def test_a_plan_may_count_in_decimals() -> None:
    outline = Outline([Row(1), Row(2, 1), Row(3, 2)], DECIMAL)
    assert [node.heading for node in outline.walk()] == ["1", "1.1", "1.1.1"]
    assert [node.spoken_number for node in outline.walk()] == ["第1章", "1.1節", "1.1.1項"]


def test_front_matter_and_tables_behind_do_not_count_with_the_chapters() -> None:
    outline = Outline(
        [
            Row(1, None, 1, "業務システム関連表", placement="appendix"),
            Row(2, None, 1, "目的"),
            Row(3, None, 1, "保管について", placement="front"),
            Row(4, 3, 1, "配布先"),
            Row(5, None, 2, "体制"),
        ]
    )
    assert [(node.heading, node.full_number) for node in outline.walk()] == [
        ("保管について", "前付"),
        ("(1) 配布先", "前付(1)"),
        ("1 目的", "1"),
        ("2 体制", "2"),
        ("別表1 業務システム関連表", "別表1"),
    ]
    first, last = at(outline, 2), at(outline, 1)
    assert not outline.may_move_up(first), "a 章 does not move among the front matter"
    assert not outline.may_move_up(last) and not outline.may_move_down(at(outline, 5))
    assert [node.chapter.title for node in outline.placed("body")] == ["目的", "体制"]


def test_what_is_retired_and_all_below_it_is_left_out() -> None:
    outline = plan()
    assert outline.node(6) is None
    assert outline.node(7) is None


def test_anchors_do_not_depend_on_numbers() -> None:
    assert plan().anchors()["2(2)ア"] == "chapter-u5"


def test_what_may_be_moved() -> None:
    outline = plan()
    first, trainings, third = at(outline, 1), at(outline, 8), at(outline, 5)
    assert not outline.may_move_up(first) and outline.may_move_down(first)
    assert outline.may_move_up(trainings) and not outline.may_move_down(trainings)
    assert not outline.may_outdent(first) and outline.may_outdent(third)
    assert outline.may_have_children(third) and not outline.may_have_children(at(outline, 9))


def test_nothing_is_indented_beyond_four_levels() -> None:
    outline = plan()
    whole = at(outline, 2)
    assert whole.height == 4
    assert not outline.may_indent(whole)
    assert not outline.may_indent(at(outline, 1)), "there is nothing before it"
    assert outline.may_indent(at(outline, 8))
    assert not outline.may_indent(at(outline, 5))


def test_the_next_chapter_is_the_next_in_printed_order() -> None:
    outline = plan()
    following = outline.beside(at(outline, 1), 1)
    assert following is at(outline, 2)
    assert outline.beside(at(outline, 2), 1) is at(outline, 3)
    assert outline.beside(at(outline, 1), -1) is None
    assert outline.beside(at(outline, 8), 1) is None
    assert outline.beside(None, 1) is None
