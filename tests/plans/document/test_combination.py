"""Parts that a revision covers come from the working copy, all others from the last edition."""

import pytest

from plans.document.combination import combine
from plans.document.coverage import WHOLE, Coverage
from plans.document.document import Document, Section, TextBlock
from tests.plans.editions.documents import annex, days, document, section


def names(document: Document) -> list[str]:
    return [chapter.heading for chapter in document.chapters]


def text(section: Section) -> str:
    block = section.blocks[0]
    assert isinstance(block, TextBlock)
    return block.html


def covering(*titles: str, annexes: tuple[int, ...] = ()) -> Coverage:
    return Coverage.of([f"chapter-{title}" for title in titles], annexes)


def plan(order: str, text: str, **parts: object) -> Document:
    chapters = [section(name, str(place), text) for place, name in enumerate(order, 1)]
    return document(*chapters, **parts)  # type: ignore[arg-type]


def test_the_whole_plan_is_the_working_copy() -> None:
    working, latest = plan("abc", "新"), plan("ab", "旧")
    assert combine(working, latest, WHOLE) == working


def test_only_covered_chapters_and_annexes_are_new() -> None:
    working = plan("abc", "新", annexes=(annex(1, days(3)), annex(2, days(3))))
    latest = plan("abc", "旧", annexes=(annex(1, days(1)), annex(2, days(1))))
    combined = combine(working, latest, covering("b", annexes=(2,)))
    assert [text(chapter) for chapter in combined.chapters] == [
        "<p>旧</p>",
        "<p>新</p>",
        "<p>旧</p>",
    ]
    values = [part.tables[0].rows[0].cells["days"] for part in combined.annexes]
    assert values == [1, 3]


@pytest.mark.parametrize(
    ("working", "latest", "covered", "order"),
    [
        ("abXcd", "abcd", "X", "abXcd"),  # a new covered chapter comes where it stands
        ("Xabc", "abc", "X", "Xabc"),
        ("abNc", "abc", "b", "abc"),  # a new chapter nobody covered does not appear
        ("ac", "abc", "b", "ac"),  # a covered chapter that was removed disappears
        ("ac", "abc", "a", "abc"),  # one that nobody covered stays
        ("cab", "abc", "b", "abc"),  # the others keep their order
        ("bac", "abc", "b", "bac"),  # a covered chapter moves
        ("XYa", "a", "XY", "XYa"),
        ("aXbY", "ba", "XY", "baXY"),  # covered chapters keep their order among themselves
        ("NXa", "a", "X", "Xa"),
    ],
)
def test_the_order_follows_the_edition_and_covered_parts_their_neighbours(
    working: str, latest: str, covered: str, order: str
) -> None:
    combined = combine(plan(working, "新"), plan(latest, "旧"), covering(*covered))
    assert "".join(chapter.title for chapter in combined.chapters) == order
    assert [chapter.number for chapter in combined.chapters] == [
        str(place) for place in range(1, len(order) + 1)
    ]


def test_numbers_below_follow_their_chapter_and_links_say_the_new_number() -> None:
    child = section("b1", "2.1", level=2)
    link = '<a href="#chapter-b1">第2章(1)</a>と<a href="#chapter-b">第２章</a>、第2章'
    latest = document(section("a", "1", link), section("b", "2", children=(child,)))
    working = document(section("a", "1"), section("X", "2"), section("b", "3"))
    combined = combine(working, latest, covering("X"))
    assert names(combined) == ["1 a", "2 X", "3 b"]
    assert combined.chapters[2].children[0].number == "3.1"
    expected = '<p><a href="#chapter-b1">第3章(1)</a>と<a href="#chapter-b">第３章</a>、第2章</p>'
    assert text(combined.chapters[0]) == expected


def test_links_of_a_covered_chapter_are_counted_as_its_working_copy_counts() -> None:
    link = '<a href="#chapter-b">第3章</a>'
    working = document(section("N", "1"), section("a", "2", link), section("b", "3"))
    latest = document(section("a", "1"), section("b", "2"))
    combined = combine(working, latest, covering("a"))
    assert text(combined.chapters[0]) == '<p><a href="#chapter-b">第2章</a></p>'


def test_the_tables_behind_the_chapters_are_counted_apart() -> None:
    latest = document(section("a", "1"), section("t", "別表1"))
    working = document(section("a", "1"), section("s", "別表1"), section("t", "別表2"))
    assert names(combine(working, latest, covering("s"))) == ["1 a", "別表1 s", "別表2 t"]


def test_what_stands_before_the_chapters_is_covered_by_its_own_anchor() -> None:
    working = document(section("a", "1"), front=(section("f", "", "新"),))
    latest = document(section("a", "1"), front=(section("f", "", "旧"),))
    assert text(combine(working, latest, covering("a")).front[0]) == "<p>旧</p>"
    assert text(combine(working, latest, covering("f")).front[0]) == "<p>新</p>"


def test_without_an_edition_only_covered_parts_are_there() -> None:
    working = plan("abc", "新", annexes=(annex(1, days(3)), annex(2, days(3))))
    combined = combine(working, None, covering("b", annexes=(2,)))
    assert names(combined) == ["1 b"]
    assert [part.number for part in combined.annexes] == [2]


def test_pictures_are_those_of_the_combined_texts() -> None:
    first, second = "a" * 64, "b" * 64
    working = document(section("a", "1", f'<img src="image:{first}">'), section("b", "2"))
    latest = document(section("a", "1"), section("b", "2", f'<img src="image:{second}">'))
    assert combine(working, latest, covering("a")).images == (first, second)


def test_combining_again_with_the_same_edition_changes_nothing() -> None:
    working, latest = plan("aXbc", "新"), plan("abc", "旧")
    once = combine(working, latest, covering("X", "b"))
    assert combine(once, latest, covering("X", "b")) == once
