"""Rows are found by the names people type; namesakes are told apart by their key or number."""

import pytest

from bcp_portal.accounts.models import Department, Municipality, Person
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


def test_namesakes_are_told_apart_by_what_else_their_key_says(in_scope: Municipality) -> None:
    for number, name in enumerate(["総務課", "税務課"], start=1):
        home = Department.objects.create(municipality=in_scope, name=name, row_no=number)
        Person.objects.create(
            municipality=in_scope, name="佐藤花子", department=home, row_no=number
        )
    people = References(Person)
    assert people.names == ["佐藤花子（総務課）", "佐藤花子（税務課）"]
    assert people.find("佐藤 花子（税務課）").row_no == 2


def test_a_name_of_two_people_is_refused_with_the_way_out(people: References) -> None:
    with pytest.raises(
        ValueError,
        match=r"「佐藤花子」は職員・関係者に2件あります。「佐藤 花子（No.1）」のように、どれ",
    ):
        people.find("佐藤花子")


def test_a_name_may_hold_the_separator(people: References) -> None:
    assert [p.row_no for p in people.find_many("高橋、鈴木、一郎")] == [3, 4]


def test_an_unknown_name_is_named(people: References) -> None:
    with pytest.raises(ValueError, match="「田中」は職員・関係者に登録されていません"):
        people.find_many("高橋、田中")
