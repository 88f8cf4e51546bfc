"""The list of drills (C-17) and the training calendar (B-11), against the published examples."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.table import Table
from drills import derived_tables
from drills.models import CalendarMark, Drill
from drills.programme_year import year_to_show
from tests.plans.rows import a_department, a_person, built
from tests.rows import make_row

MONTH_HEADS = [f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]


@pytest.fixture(autouse=True)
def in_september_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived_tables, "localdate", lambda: date(2026, 9, 1))


def a_drill(owner: Municipality, name: str, **values: object) -> Drill:
    values = {
        "fiscal_year": 2026,
        "kind": "tabletop",
        "summary": "概要",
        "participants_text": "職員",
        **values,
    }
    return Drill.objects.create(municipality=owner, name=name, **values)


def a_mark(owner: Municipality, month: str, label: str, **values: object) -> CalendarMark:
    values = {"fiscal_year": 2026, **values}
    return CalendarMark.objects.create(municipality=owner, month=month, label=label, **values)


@pytest.mark.parametrize(
    ("years", "shown"),
    [([], 2026), ([2026], 2026), ([2025, 2026, 2027], 2026), ([2024, 2025], 2025), ([2027], 2027)],
)
def test_this_year_is_shown_or_the_latest_there_is(years: list[int], shown: int) -> None:
    assert year_to_show(years, 2026) == shown


def test_the_list_prints_name_outline_people_and_time(in_scope: Municipality) -> None:
    a_drill(in_scope, "机上訓練", participants_text="情報システム課職員", months=["7", "4", "2"])

    table = built("c-17", in_scope)

    assert [column.label for column in table.columns] == [
        "訓練名称",
        "訓練の概要",
        "実施者",
        "時期",
    ]
    assert table.texts() == [["机上訓練", "概要", "情報システム課職員", "4月、7月、2月"]]
    assert table.subtitle == "令和8年度"


def test_chosen_participants_are_printed_without_names(in_scope: Municipality) -> None:
    drill = a_drill(in_scope, "連絡訓練", participants_text="")
    drill.participant_departments.add(a_department(in_scope))
    drill.participant_people.add(a_person(in_scope, "秘密 花子"), a_person(in_scope, "秘密 次郎"))

    text = built("c-17", in_scope).rows[0].cells["participants"]

    assert text == "情報政策課、職員2人"


def test_only_the_year_shown_is_printed(in_scope: Municipality) -> None:
    a_drill(in_scope, "今年の訓練")
    a_drill(in_scope, "昨年の訓練", fiscal_year=2025)
    a_drill(in_scope, "やめた訓練", row_status="retired")
    a_mark(in_scope, "4", "昨年の行事", fiscal_year=2025)

    assert [row.cells["name"] for row in built("c-17", in_scope).rows] == ["今年の訓練"]
    assert [row.cells["name"] for row in built("b-11", in_scope).rows] == ["今年の訓練"]


def test_a_retired_programme_does_not_decide_the_year(in_scope: Municipality) -> None:
    a_drill(in_scope, "昨年の訓練", fiscal_year=2025)
    a_drill(in_scope, "やめた訓練", fiscal_year=2027, row_status="retired")

    assert built("c-17", in_scope).subtitle == "令和7年度"


def test_the_calendar_runs_from_april_to_march_in_two_halves(in_scope: Municipality) -> None:
    months = [column for column in built("b-11", in_scope).columns if column.group]

    assert [column.label for column in months] == MONTH_HEADS
    assert {column.group for column in months[:6]} == {"教育訓練実施時期（上期）"}
    assert {column.group for column in months[6:]} == {"教育訓練実施時期（下期）"}


def test_a_planned_month_is_marked_with_a_circle(in_scope: Municipality) -> None:
    a_drill(
        in_scope,
        "新規配属者教育",
        method="internal_course",
        participants_text="一般職員",
        months=["4", "7"],
        planner_department=a_department(in_scope, "総務課"),
        note="配属時に随時実施",
    )
    a_drill(in_scope, "時期の決まらない訓練", row_no=2)

    first, second = built("b-11", in_scope).texts()

    assert first[:4] == ["1", "新規配属者教育", "庁内研修", "一般職員"]
    assert first[4:16] == ["○", "", "", "○", "", "", "", "", "", "", "", ""]
    assert first[16:] == ["総務課", "配属時に随時実施"]
    assert second[0] == "2" and not any(second[4:16])


def test_events_stand_above_the_drills_in_one_line(in_scope: Municipality) -> None:
    a_mark(in_scope, "9", "地震防災訓練")
    a_mark(in_scope, "4", "計画の見直し")
    a_mark(in_scope, "9", "停電日", row_no=2)
    a_drill(in_scope, "復旧訓練", months=["9"])

    table = built("b-11", in_scope)

    assert [row.cells["name"] for row in table.rows] == ["行事", "復旧訓練"]
    assert table.rows[0].cells["month_4"] == "▼計画の見直し"
    assert table.rows[0].cells["month_9"] == "▼地震防災訓練\n▼停電日"
    assert table.rows[1].cells["month_9"] == "○"
    assert table.rows[0].confidentiality == "internal"


def test_the_line_of_events_is_public_when_all_of_them_are(in_scope: Municipality) -> None:
    a_mark(in_scope, "4", "計画の見直し", confidentiality="public")

    assert built("b-11", in_scope).rows[0].confidentiality == "public"


def test_without_anything_the_calendar_is_an_empty_table(in_scope: Municipality) -> None:
    table = built("b-11", in_scope)

    assert (table.rows, table.subtitle) == ((), "令和8年度")
    assert Table.from_json(table.to_json()) == table


@pytest.mark.parametrize("code", ["c-17", "b-11"])
def test_the_queries_do_not_grow_with_the_drills(in_scope: Municipality, code: str) -> None:
    counts = []
    for number in (1, 2, 3):
        for source in ("12", "b-11-marks"):
            spec = registry.spec(source)
            assert spec is not None
            row = make_row(spec, in_scope, number=number, full=True)
            row.fiscal_year = 2026
            row.save()
        with CaptureQueriesContext(connection) as queries:
            built(code, in_scope)
        counts.append(len(queries))

    assert counts[0] == counts[2]
