"""Rows are found by the names people type; namesakes are told apart by their number."""

import pytest

from bcp_portal.accounts.models import Municipality, Person
from bcp_portal.annex.references import References


@pytest.fixture
def people(in_scope: Municipality) -> References:
    for number, name in enumerate(["佐藤 花子", "佐藤花子", "鈴木、一郎", "高橋"], start=1):
        Person.objects.create(municipality=in_scope, name=name, row_no=number)
    return References(Person)


def test_namesakes_are_offered_and_found_with_their_number(people: References) -> None:
    assert people.names == ["佐藤 花子（No.1）", "佐藤花子（No.2）", "鈴木、一郎", "高橋"]
    assert people.find("佐藤花子（No.2）").row_no == 2
    assert people.find("高　橋").row_no == 4


def test_a_name_of_two_people_is_refused_with_the_way_out(people: References) -> None:
    with pytest.raises(
        ValueError, match=r"「佐藤花子」は職員・関係者に2件あります。「佐藤 花子（No.1）」のように"
    ):
        people.find("佐藤花子")


def test_a_name_may_hold_the_separator(people: References) -> None:
    assert [p.row_no for p in people.find_many("高橋、鈴木、一郎")] == [3, 4]


def test_an_unknown_name_is_named(people: References) -> None:
    with pytest.raises(ValueError, match="「田中」は職員・関係者に登録されていません"):
        people.find_many("高橋、田中")
