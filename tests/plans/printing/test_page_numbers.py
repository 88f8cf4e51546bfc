"""Pages are counted from 1, through the book or within each part."""

from plans.printing.page_numbers import Numbering, number_pages

PARTS = [("目次", 1), ("第８章", 2), ("様式17-2", 3)]


def test_by_part_each_part_begins_with_its_first_page() -> None:
    numbers = number_pages(PARTS, Numbering.BY_PART)
    assert [number.text for number in numbers] == [
        "目次-1",
        "8-1",
        "8-2",
        "様式17-2-1",
        "様式17-2-2",
        "様式17-2-3",
    ]
    assert [number.stamp for number in numbers] == [number.text for number in numbers]
    assert [number.prefix for number in numbers][:2] == ["目次-", "8-"]


def test_through_the_book_each_page_says_how_many_there_are() -> None:
    numbers = number_pages(PARTS, Numbering.WHOLE)
    assert [number.text for number in numbers] == ["1", "2", "3", "4", "5", "6"]
    assert [number.stamp for number in numbers][::5] == ["1 / 6", "6 / 6"]
