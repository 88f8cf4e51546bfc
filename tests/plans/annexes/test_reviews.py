"""様式13: when an item is checked, and what a record must say."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.table_builder import build_table
from plans.models import ReviewItem, ReviewRecord
from tests.plans.rows import a_person, columns_complained_of, problems, sheet


def an_item(owner: Municipality, **values: object) -> ReviewItem:
    values = {"item": "連絡先は正しいか", "cycle": ["quarterly", "annual"], **values}
    return ReviewItem.objects.create(municipality=owner, **values)


def a_record(item: ReviewItem, **values: object) -> ReviewRecord:
    values = {
        "cycle": "quarterly",
        "period_fiscal_year": 2026,
        "period_quarter": "1",
        "done_on": date(2026, 6, 20),
        "result": "ok",
        **values,
    }
    return ReviewRecord(municipality=item.municipality, item=item, **values)


def test_an_occasional_check_names_its_trigger(in_scope: Municipality) -> None:
    assert columns_complained_of("13-1", ReviewItem(cycle=["quarterly"])) == []
    assert columns_complained_of("13-1", ReviewItem(cycle=["annual", "occasional"])) == ["trigger"]


@pytest.mark.parametrize(
    ("cycle", "wanted"),
    [
        ("quarterly", ["period_fiscal_year", "period_quarter"]),
        ("annual", ["period_fiscal_year"]),
        ("occasional", ["triggered_on"]),
    ],
)
def test_a_record_names_its_period(in_scope: Municipality, cycle: str, wanted: list[str]) -> None:
    item = an_item(in_scope, cycle=["quarterly", "annual", "occasional"])
    record = a_record(item, cycle=cycle, period_fiscal_year=None, period_quarter="")

    assert columns_complained_of("13-2", record) == wanted


def test_a_record_belongs_to_a_time_of_its_item(in_scope: Municipality) -> None:
    record = a_record(an_item(in_scope), cycle="occasional", triggered_on=date(2026, 5, 1))

    assert problems("13-2", record) == [
        ("cycle", "「連絡先は正しいか」は、この時期に点検する項目ではありません。")
    ]


def test_what_needs_mending_says_what_how_and_when(in_scope: Municipality) -> None:
    record = a_record(an_item(in_scope), result="fix")

    assert columns_complained_of("13-2", record) == ["finding", "action", "due_on"]


def test_mending_follows_the_check(in_scope: Municipality) -> None:
    record = a_record(
        an_item(in_scope), due_on=date(2026, 6, 19), closed_on=date(2026, 6, 18), result="ok"
    )

    assert problems("13-2", record) == [
        ("due_on", "「措置の期限」（令和8年6月19日）が「実施日」（令和8年6月20日）より前です。"),
        (
            "closed_on",
            "「措置の完了日」（令和8年6月18日）が「実施日」（令和8年6月20日）より前です。",
        ),
    ]
    record.due_on = record.closed_on = date(2026, 6, 20)
    assert problems("13-2", record) == []


def test_nobody_confirms_their_own_check(in_scope: Municipality) -> None:
    person = a_person(in_scope)
    record = a_record(an_item(in_scope), done_by=person, confirmed_by=person)

    assert problems("13-2", record) == [
        ("confirmed_by", "確認者には、点検した本人以外の人を選んでください。")
    ]
    record.confirmed_by = a_person(in_scope, "別の 職員")
    assert problems("13-2", record) == []


def test_the_period_is_printed_as_the_municipality_counts_years(in_scope: Municipality) -> None:
    item, person = an_item(in_scope), a_person(in_scope)
    occasional = {"cycle": "occasional", "period_fiscal_year": None, "period_quarter": ""}
    for number, values in enumerate(
        [
            {},
            {"cycle": "annual", "period_quarter": ""},
            {**occasional, "triggered_on": date(2026, 5, 1)},
            {**occasional, "triggered_on": None},
        ],
        start=1,
    ):
        record = a_record(item, done_by=person, **values)
        record.row_no, record.done_on = number, date(2026, 6, number)
        record.save()

    table = build_table(sheet("13-2", in_scope), municipality=in_scope)
    assert [row.cells["period"] for row in table.rows] == [
        "令和8年度 第1四半期",
        "令和8年度 年次",
        "随時（令和8年5月1日）",
        "随時",
    ]


def test_an_item_is_checked_once_a_day(in_scope: Municipality) -> None:
    item, person = an_item(in_scope), a_person(in_scope)
    a_record(item, done_by=person).save()

    with pytest.raises(ValidationError, match="同じ日に点検した記録がすでにあります。"):
        a_record(item, done_by=person).validate_constraints()
