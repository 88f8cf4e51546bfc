"""What is taken out of a binder and what is put in, page by page and sheet by sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp_portal.ui.errors import DomainError
from plans.bookshelf.page_contents import Book, BookPage
from plans.bookshelf.replacement import Replacement, replacement

Told = list[tuple[str, str, str]]


def book(*, by_part: bool = True, **parts: str) -> Book:
    """Return a book whose parts are given by one letter a page: what it shows."""
    pages = [
        BookPage(name.strip("_"), number, letter)
        for name, letters in parts.items()
        for number, letter in enumerate(letters, 1)
    ]
    return Book(tuple(pages), by_part)


def told(found: Replacement) -> Told:
    after = [each.after.label if each.after else "" for each in found.exchanges]
    return [
        (each.out_text, each.put_text, behind)
        for each, behind in zip(found.exchanges, after, strict=True)
    ]


def test_changed_pages_are_exchanged_and_the_others_stay() -> None:
    old = book(_1="abc", _8="abcde", 様式5="x")
    new = book(_1="abc", _8="abXYZw", 様式5="x")
    found = replacement(old, new, both_sides=False)
    assert told(found) == [("8-3～8-5", "8-3～8-6", "")]
    assert (found.out_sheets, found.put_sheets, found.kept) == (3, 4, 6)


def test_a_page_that_moved_to_another_number_is_exchanged_too() -> None:
    found = replacement(book(_8="abcd"), book(_8="aNbcd"), both_sides=False)
    assert told(found) == [("8-2～8-4", "8-2～8-5", "")]


def test_pages_far_apart_are_two_exchanges() -> None:
    found = replacement(book(_8="abcdef"), book(_8="aXcdYf"), both_sides=False)
    assert told(found) == [("8-2", "8-2", ""), ("8-5", "8-5", "")]


def test_pages_at_the_end_that_are_new_go_behind_the_last_one_and_lost_ones_come_out() -> None:
    assert told(replacement(book(_8="ab"), book(_8="abc"), both_sides=False)) == [
        ("", "8-3", "8-2")
    ]
    assert told(replacement(book(_8="abc"), book(_8="ab"), both_sides=False)) == [("8-3", "", "")]


def test_new_and_lost_parts() -> None:
    old = book(_1="ab", _2="c", 様式3="d", 様式9="e")
    new = book(_1="ab", _2="c", 様式4="fg", 様式9="e")
    found = replacement(old, new, both_sides=False)
    assert told(found) == [("様式3-1", "", ""), ("", "様式4-1～様式4-2", "2-1")]
    assert all(each.whole for each in found.exchanges)


def test_on_both_sides_whole_sheets_are_exchanged() -> None:
    old = book(_1="ab", _8="abcdef")
    new = book(_1="ab", _8="abcXef")
    found = replacement(old, new, both_sides=True)
    assert told(found) == [("8-3～8-4", "8-3～8-4", "")]
    assert (found.out_sheets, found.put_sheets, found.kept) == (1, 1, 6)
    longer = replacement(old, book(_1="ab", _8="abcdefgh"), both_sides=True)
    assert told(longer) == [("", "8-7～8-8", "8-6")]
    assert longer.put_sheets == 1


LETTERS = st.text("abcX", min_size=1, max_size=7)
BOOKS = st.dictionaries(st.sampled_from(["1", "2", "8", "様式5"]), LETTERS, min_size=1)


@given(BOOKS, BOOKS, st.booleans())
def test_who_follows_the_sheet_has_the_new_book(
    old: dict[str, str], new: dict[str, str], both_sides: bool
) -> None:
    """Property: the old pages without what comes out, and with what goes in, are the new pages."""
    if both_sides:
        old, new = ({name: pages * 2 for name, pages in each.items()} for each in (old, new))
    before = book(**{f"_{name}": pages for name, pages in old.items()})
    after = book(**{f"_{name}": pages for name, pages in new.items()})
    found = replacement(before, after, both_sides=both_sides)
    binder = {page.label: page.content for page in before.pages}
    for each in found.exchanges:
        for page in each.out:
            del binder[page.label]
    for page in found.put:
        assert page.label not in binder
        binder[page.label] = page.content
    assert binder == {page.label: page.content for page in after.pages}


def test_the_same_book_needs_nothing() -> None:
    found = replacement(book(_1="ab"), book(_1="ab"), both_sides=False)
    assert found.exchanges == ()
    assert found.kept == 2


def test_what_cannot_be_exchanged_in_part_is_said() -> None:
    with pytest.raises(DomainError, match="通し番号"):
        replacement(book(_1="ab"), book(_1="ab", by_part=False), both_sides=False)
    with pytest.raises(DomainError, match="両面"):
        replacement(book(_1="a", _2="b"), book(_1="a", _2="b"), both_sides=True)
    assert replacement(book(_1="ab", _2="b"), book(_1="ab", _2="b"), both_sides=True)
