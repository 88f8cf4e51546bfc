"""Which system supports which 重要業務, as a matrix (B-17a, 別表1)."""

from collections.abc import Iterable, Mapping, Sequence

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import made_table, view_row
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Table
from bcp_portal.ui.durations import format_duration
from systems.derived_tables.printed_needs import distinct_lines, printed_needs
from systems.models import Business, SystemItem
from systems.models.businesses import ENVIRONMENT
from systems.queries.links import labelled, labels_of
from systems.queries.needs import SystemNeed, by_system, minimum_rto

CODE, TITLE = "b-17a", "業務システム関連表"
SUPPORTS = "●"
NOTE = "「最小値」は、●を付けた業務の目標復旧時間のうち最も短い時間です。"
_RTO = "15.biz_rto_minutes 16.biz_rto_minutes"
SOURCES = {
    "number": "",
    "system": "1.name",
    "business-*": f"15.name 15.environment 15.owner_department 15-systems.system {_RTO}",
    "minimum": _RTO,
    "risk": "15-systems.risk",
    "countermeasure": "15-systems.countermeasure",
}


def business_matrix(municipality: Municipality) -> Table:
    """Return one line a system and one column a 重要業務, grouped by department (3 queries)."""
    found = printed_needs(critical_only=True)
    labels = labels_of(ENVIRONMENT)
    businesses = _businesses(found)
    systems = {need.row.system_id: need.row.system for need in found}
    ordered = sorted(systems.values(), key=lambda system: (system.row_no, system.pk))
    uses = by_system(found)
    rows = (
        view_row(system, {"number": number, **_cells(system, uses[system.pk])})
        for number, system in enumerate(ordered, start=1)
    )
    columns = _columns(businesses, labels)
    note = NOTE + _without_rto(businesses)
    return made_table(CODE, TITLE, municipality, columns, rows, note=note, landscape=True)


def _businesses(found: Iterable[SystemNeed]) -> list[SystemNeed]:
    """Return one need a business, by department and then in the order of 様式15."""
    first: dict[int, SystemNeed] = {}
    for need in found:
        first.setdefault(need.business.pk, need)
    return sorted(first.values(), key=_place)


def _place(need: SystemNeed) -> tuple[int, int, int, int]:
    department = need.business.owner_department
    return department.row_no, department.pk, need.business.row_no, need.business.pk


def _columns(businesses: Sequence[SystemNeed], labels: dict[str, str]) -> list[Column]:
    return [
        Column("number", "No.", kind=Kind.INTEGER, width=3),
        Column("system", "情報システム名", width=14),
        *(
            Column(
                _column_name(need.business),
                _head(need, labels),
                width=6,
                group=str(need.business.owner_department),
            )
            for need in businesses
        ),
        Column("minimum", "情報システム目標復旧時間（最小値）", kind=Kind.DURATION, width=8),
        Column("risk", "リスク・課題", kind=Kind.LONG_TEXT, width=14),
        Column("countermeasure", "リスク・課題に対する対策", kind=Kind.LONG_TEXT, width=14),
    ]


def _column_name(business: Business) -> str:
    return f"business-{business.uid}"


def _head(need: SystemNeed, labels: dict[str, str]) -> str:
    """Return the three lines above a column: business, where it is done, and its RTO."""
    places = "・".join(labelled(need.business.environment, labels))
    rto = need.biz_rto
    time = "" if rto.minutes is None else format_duration(rto.minutes, rto.unit or "minute")
    return distinct_lines((need.business.name, places, time))


def _cells(system: SystemItem, uses: Sequence[SystemNeed]) -> Mapping[str, CellValue]:
    return {
        "system": system.name,
        **{_column_name(need.business): SUPPORTS for need in uses},
        "minimum": minimum_rto(uses).cell,
        "risk": distinct_lines(need.row.risk for need in uses),
        "countermeasure": distinct_lines(need.row.countermeasure for need in uses),
    }


def _without_rto(businesses: Iterable[SystemNeed]) -> str:
    names = [need.business.name for need in businesses if need.biz_rto.minutes is None]
    return (
        f"目標復旧時間が未記入のため最小値に含めていない業務：{'、'.join(names)}。" if names else ""
    )


TABLES = (
    DerivedTable(
        code=CODE,
        title=TITLE,
        build=business_matrix,
        purpose="重要業務と、それを支える情報システムの組み合わせを●で示します。",
        comes_from=SOURCES,
    ),
)
