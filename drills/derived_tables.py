"""The year's drills as the plans print them: a list (C-17) and a calendar (B-11)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.choices import MONTHS
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.derived_table_builder import (
    SourceColumn,
    TextColumn,
    View,
    active_rows,
    choice_labels,
    made_table,
    source_sheet,
    strictest,
    view_row,
)
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from bcp_portal.ui.eras import fiscal_year, format_fiscal_year
from drills.models import CalendarMark, Drill
from drills.programme_year import year_to_show

PLANNED = "○"
MARK = "▼"
FIRST_HALF, SECOND_HALF = "教育訓練実施時期（上期）", "教育訓練実施時期（下期）"


def participants_text(drill: Drill) -> str:
    """Return who takes part as it was written, or the chosen departments, vendors and head-count."""
    if drill.participants_text:
        return drill.participants_text
    names = [str(target) for target in drill.participant_departments.all()]
    names += [str(target) for target in drill.vendors.all()]
    people = len(drill.participant_people.all())
    return "、".join([*names, *([f"職員{people}人"] if people else [])])


def months_text(drill: Drill) -> str:
    """Return the planned months, April first."""
    return "、".join(label for code, label in MONTHS.options if code in _months(drill))


def planner_text(drill: Drill) -> str:
    return str(drill.planner_department or drill.planner or "")


def _months(drill: Drill) -> set[str]:
    return {str(month) for month in drill.months}


# Of the people only their number is said.
_PARTICIPANTS = "12.participants_text 12.participant_departments 12.vendors"
SOURCES = {
    "number": "",
    "name": "12.name",
    "method": "12.method",
    "participants": _PARTICIPANTS,
    "month_*": "12.months b-11-marks.month b-11-marks.label",
    "planner": "12.planner_department 12.planner",
    "note": "12.note",
}

_LIST = View(
    "c-17",
    "訓練",
    "12",
    (
        SourceColumn("name", 20, "訓練名称"),
        SourceColumn("summary", 40),
        TextColumn(
            "participants",
            "実施者",
            participants_text,
            22,
            of=_PARTICIPANTS,
            public=Public.SHOW,
        ),
        TextColumn("time", "時期", months_text, 14, of="months", public=Public.SHOW),
    ),
)


def drill_list(municipality: Municipality) -> Table:
    """Return the drills of the fiscal year shown: name, outline, who, when."""
    sheet = source_sheet("12", municipality)
    year = _year(_years(Drill))
    table = _LIST.table(sheet, active_rows(sheet).filter(fiscal_year=year))
    return replace(table, subtitle=format_fiscal_year(year, table.date_style))


def calendar_columns() -> tuple[Column, ...]:
    """Return the columns of the calendar, with one narrow column for each month from April."""
    show = Public.SHOW
    months = tuple(
        Column(f"month_{code}", label, width=4, public=show, group=_half(place))
        for place, (code, label) in enumerate(MONTHS.options)
    )
    return (
        Column("number", "No", Kind.INTEGER, width=4, public=show),
        Column("name", "教育訓練内容", width=18, public=show),
        Column("method", "教育訓練方法", width=11, public=show),
        Column("participants", "受講対象", width=13, public=show),
        *months,
        Column("planner", "企画者", width=10),
        Column("note", "備考", Kind.LONG_TEXT, width=14),
    )


def _half(place: int) -> str:
    return FIRST_HALF if place < 6 else SECOND_HALF


def training_calendar(municipality: Municipality) -> Table:
    """Return the calendar of the fiscal year shown: a line of ▼ events, then ○ for each drill."""
    sheet = source_sheet("12", municipality)
    year = _year(_years(Drill) | _years(CalendarMark))
    marks = active_rows(source_sheet("b-11-marks", municipality)).filter(fiscal_year=year)
    drills = active_rows(sheet).filter(fiscal_year=year)
    rows = [
        *_mark_rows(list(marks), year),
        *_drill_rows(drills, choice_labels(sheet, "method")),
    ]
    table = made_table(
        "b-11", "教育訓練計画", municipality, calendar_columns(), rows, landscape=True
    )
    return replace(table, subtitle=format_fiscal_year(year, table.date_style))


def _mark_rows(marks: Sequence[CalendarMark], year: int) -> Iterator[TableRow]:
    if not marks:
        return
    texts: dict[str, list[str]] = {}
    for mark in marks:
        texts.setdefault(f"month_{mark.month}", []).append(f"{MARK}{mark.label}")
    cells: dict[str, Any] = {name: "\n".join(labels) for name, labels in texts.items()}
    yield TableRow(f"marks-{year}", {"name": "行事", **cells}, strictest(marks))


def _drill_rows(drills: Iterable[Drill], methods: Mapping[str, str]) -> Iterator[TableRow]:
    for number, drill in enumerate(drills, start=1):
        cells: dict[str, Any] = {f"month_{month}": PLANNED for month in _months(drill)}
        cells |= {
            "number": number,
            "name": drill.name,
            "method": methods.get(drill.method, ""),
            "participants": participants_text(drill),
            "planner": planner_text(drill),
            "note": drill.note,
        }
        yield view_row(drill, cells)


def _years(model: type[Drill] | type[CalendarMark]) -> set[int]:
    active = model.objects.filter(row_status__in=counted_statuses())
    return set(active.order_by().values_list("fiscal_year", flat=True))


def _year(years: Iterable[int]) -> int:
    return year_to_show(set(years), fiscal_year(localdate()))


TABLES = (
    DerivedTable("b-11", "教育訓練計画（年間計画表）", training_calendar, comes_from=SOURCES),
    DerivedTable("c-17", _LIST.title, drill_list, comes_from=_LIST.comes_from),
)
