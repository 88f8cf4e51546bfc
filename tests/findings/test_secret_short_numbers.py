"""security: a hidden number of six to eight digits is found like a long one, with any characters between its digits."""

import pytest

from plans.public_edition.finder import Finder
from plans.public_edition.finds import finds_in
from plans.public_edition.hidden_values import HiddenValue
from tests.findings.test_secret_spellings import public
from tests.findings.ways_of_writing import NUMBER_WAYS

NUMBERS = ("552-1010", "22-1010", "48213907", "0000-21-1001")
INVISIBLE = "\u00ad\u200b\u200d\u2060\ufeff\ufe0f"
# A prefix of another country is for telephones; another number between the parts the page names.
NOT_MEANT = frozenset({"abroad", "abroad with brackets", "a cell with a number between"})


def is_found(number: str, html: str) -> bool:
    value = HiddenValue(number, "様式9の1行目の「暗証番号」")
    return bool(finds_in(public(html), Finder([value]), [value]))


@pytest.mark.parametrize("number", NUMBERS)
def test_a_short_number_is_found_in_every_spelling(number: str) -> None:
    ways = {name: way(number) for name, way in NUMBER_WAYS.items() if name not in NOT_MEANT}
    assert [(name, html) for name, html in ways.items() if not is_found(number, html)] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_an_invisible_character_hides_no_number(number: str) -> None:
    for mark in INVISIBLE:
        for html in (mark.join(number), f"連絡は{number[:4]}{mark}{number[4:]}まで"):
            assert is_found(number, f"<p>{html}</p>"), (mark, html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>番号は4821、それから3907。</p>",
        "<ul><li>4821</li><li>3907</li></ul>",
        "<table><tr><td>4821</td><td>総務課</td><td>3907</td></tr></table>",
        "<p>四八二一（電算室）三九〇七</p>",
        "<p>はじめに482、次に13、終わりに907。</p>",
        "<ul><li>48</li><li>21</li><li>39</li><li>07</li></ul>",
    ],
)
def test_what_is_divided_where_it_has_no_mark_is_found(html: str) -> None:
    assert is_found("48213907", html)


def test_numbers_that_only_stand_near_are_left_alone() -> None:
    for html in (
        "<p>552件のうち3階の1010件</p>",
        "<p>1552件と1010件</p>",
        "<p>552件と10100件</p>",
        f"<p>552件{'と計画の文' * 40}1010件</p>",
    ):
        assert not is_found("552-1010", html), html


@pytest.mark.parametrize("mark", [" / ", "、", " ", "\n", "または"])
def test_each_of_two_numbers_in_one_cell_is_found(mark: str) -> None:
    numbers = ("0422-99-1010", "03-9910-0110", "192.168.10.57")
    value = HiddenValue(mark.join(numbers[:2]), "様式9の1行目の「備考」")
    assert all(Finder([value]).find([f"連絡は{number}まで"]) for number in numbers[:2])
    value = HiddenValue(f"{numbers[2]}、192.168.10.58", "様式9の1行目の「備考」")
    assert Finder([value]).find([numbers[2]])
