"""People and words stand in 五十音順, voiced sounds as voiceless."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.reading_order import PersonChoiceField, by_reading
from bcp_portal.annex import registry
from bcp_portal.annex.excel.export import book_of_one
from bcp_portal.annex.listing import PAGE_SIZE, Listing, Query
from bcp_portal.annex.references import References
from bcp_portal.annex.sheet import Sheet
from plans.leaflets.carry_cards import in_departments
from plans.models import GlossaryTerm
from plans.revisions.people import persons_to_choose

# (name, reading) as entered; the order of the list is another one.
ENTERED = [
    ("読みなし", ""),
    ("近藤", "こんどう"),
    ("後藤", "ごとう"),
    ("馬場", "ばば"),
    ("羽田", "はた"),
    ("小林", "こばやし"),
    ("大野", "おおの"),
    ("ヴォーン", "ヴォーン"),
    ("内田", "うちだ"),
]
IN_ORDER = ["ヴォーン", "内田", "大野", "後藤", "小林", "近藤", "羽田", "馬場", "読みなし"]


@pytest.fixture
def people(in_scope: Municipality) -> list[Person]:
    return [
        Person.objects.create(municipality=in_scope, name=name, kana=kana, row_no=number)
        for number, (name, kana) in enumerate(ENTERED, 1)
    ]


def names(rows: Any) -> list[str]:
    return [str(row) for row in rows]


def test_every_list_of_people_goes_by_reading(people: list[Person]) -> None:
    assert names(by_reading(people)) == IN_ORDER
    assert names(References(Person).targets) == IN_ORDER
    assert References(Person).names == IN_ORDER
    assert names(persons_to_choose()) == IN_ORDER
    field = PersonChoiceField(queryset=Person.objects.all())
    assert [label for _, label in field.choices][1:] == IN_ORDER


def test_no_drop_down_of_people_is_ordered_by_the_database() -> None:
    """Every form that offers people does so by the one field that knows 五十音順."""
    from pathlib import Path

    root = Path(__file__).parents[2]
    found = [
        f"{path.relative_to(root)}: {line.strip()}"
        for room in ("bcp_portal", "systems", "plans", "drills")
        for path in (root / room).rglob("*.py")
        for line in path.read_text().splitlines()
        if 'order_by("kana' in line or 'order_by("reading' in line
    ]
    assert found == []


def test_the_account_page_offers_people_by_reading(
    people: list[Person], municipality: Municipality, client_for: Callable[..., Client]
) -> None:
    page = client_for(Role.ADMIN).get(reverse("members:add", args=[municipality.code]))
    text = page.content.decode()
    places = [text.index(f">{name}</option>") for name in IN_ORDER]
    assert places == sorted(places)


@pytest.mark.parametrize("column", ["name", "kana"])
def test_a_sorted_table_goes_by_reading(people: list[Person], column: str) -> None:
    sheet = Sheet.of(registry.spec("people"), people[0].municipality)
    up = Listing(sheet, Query(filters={}, sort=column), personal=False)
    down = Listing(sheet, Query(filters={}, sort=f"-{column}"), personal=False)
    assert names(up.page()) == names(up.in_order()) == IN_ORDER
    assert names(down.page()) == names(down.in_order()) == [*reversed(IN_ORDER[:-1]), IN_ORDER[-1]]
    [taken] = book_of_one(up).sheets
    assert [row.cells["name"] for row in taken.table.rows] == IN_ORDER


def test_the_order_goes_on_over_pages(
    in_scope: Municipality, django_assert_num_queries: Any
) -> None:
    for number in range(PAGE_SIZE + 2):
        kana = "ごとう" if number else "こんどう"
        Person.objects.create(municipality=in_scope, name=f"人{number}", kana=kana, row_no=number)
    sheet = Sheet.of(registry.spec("people"), in_scope)
    last = Listing(sheet, Query(filters={}, sort="kana", page=2), personal=False).page()
    assert names(last) == [f"人{PAGE_SIZE + 1}", "人0"]
    assert last.paginator.count == PAGE_SIZE + 2


def test_the_glossary_as_a_table_goes_by_reading(in_scope: Municipality) -> None:
    for term, reading in (("同報", "どうほう"), ("動線", "どうせん"), ("当番", "とうばん")):
        GlossaryTerm.objects.create(municipality=in_scope, term=term, reading=reading)
    sheet = Sheet.of(registry.spec("c-11"), in_scope)
    shown = Listing(sheet, Query(filters={}, sort="term"), personal=False).page()
    assert names(shown) == ["動線", "当番", "同報"]


def test_carry_cards_go_by_department_and_reading(people: list[Person]) -> None:
    with scope(municipality=people[0].municipality):
        first = Department.objects.create(
            municipality=people[0].municipality, name="甲課", row_no=1
        )
        second = Department.objects.create(
            municipality=people[0].municipality, name="乙課", row_no=2
        )
    for person in people:
        person.department = second if person.name in {"内田", "大野"} else first
    expected = [name for name in IN_ORDER if name not in {"内田", "大野"}] + ["内田", "大野"]
    assert names(in_departments(people)) == expected
