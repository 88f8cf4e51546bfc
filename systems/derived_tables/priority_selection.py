"""How priority businesses lead to priority systems (C-20): a computed list, people decide."""

from collections.abc import Iterator, Mapping

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import made_table, view_row
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.ui.durations import format_duration
from systems.arithmetic.recovery import is_priority_in_disaster, is_priority_in_normal_times
from systems.derived_tables.printed_needs import printed, printed_needs
from systems.models import Business, RecoveryTarget
from systems.queries.needs import SystemNeed, Workaround, by_business, workaround_of
from systems.queries.targets import targets_by_system

CODE, TITLE = "c-20", "優先業務・優先システムの選定"
NOTE = (
    "災害時は1週間以内、非災害時は翌始業時までに再開する業務を優先業務としています。"
    "優先システムは様式17に登録したものです。"
)
NEXT_OPENING = "翌始業時"
WORKAROUND = "システム停止時の代替手段"

COLUMNS = (
    Column("business", "優先業務", width=12),
    Column("department", "主管部門", width=9),
    Column("disaster", "災害時", width=6, group="目標復旧時間"),
    Column("normal", "非災害時", width=6, group="目標復旧時間"),
    Column("case", "該当", width=8),
    Column("system", "必要な情報システム", width=12),
    Column("alternative", "内容", kind=Kind.LONG_TEXT, width=16, group=WORKAROUND),
    Column("alternative_time", "業務継続可能時間", kind=Kind.DURATION, width=7, group=WORKAROUND),
    Column("power", "非常時の電力供給", kind=Kind.BOOLEAN, width=6),
    Column("selected", "優先システム", kind=Kind.BOOLEAN, width=6),
)
_DISASTER = "15.rto_disaster_minutes 15.rto_disaster_next_open"
_NORMAL = "15.rto_normal_minutes 15.rto_normal_next_open"
SOURCES = {
    "business": "15.name",
    "department": "15.owner_department",
    "disaster": _DISASTER,
    "normal": _NORMAL,
    "case": f"{_DISASTER} {_NORMAL}",
    "system": "15-systems.system 15.uses_no_system 1.name",
    "alternative": "15-systems.has_alt 15-systems.alt_text 15.has_alt 15.alt_text",
    "alternative_time": "15-systems.alt_time_minutes 15.alt_time_minutes",
    "power": "17.power_ok",
    "selected": "17.system",
}


def priority_selection(municipality: Municipality) -> Table:
    """Return one line a priority business and system it cannot do without (4 queries)."""
    uses = by_business(printed_needs(essential=True))
    targets = targets_by_system()
    rows = [
        row
        for business in printed(Business).select_related("owner_department")
        if _cases(business)
        for row in _rows(business, uses.get(business.pk, []), targets)
    ]
    return made_table(CODE, TITLE, municipality, COLUMNS, rows, note=NOTE, landscape=True)


def _cases(business: Business) -> str:
    """Return in which cases the business has priority; blank for others."""
    found = {
        "災害時": is_priority_in_disaster(
            business.rto_disaster_minutes, business.rto_disaster_next_open
        ),
        "非災害時": is_priority_in_normal_times(
            business.rto_normal_minutes, business.rto_normal_next_open
        ),
    }
    return "・".join(case for case, holds in found.items() if holds)


def _rows(
    business: Business, uses: list[SystemNeed], targets: Mapping[int, RecoveryTarget]
) -> Iterator[TableRow]:
    own = {
        "business": business.name,
        "department": business.owner_department.name,
        "disaster": _time(
            business.rto_disaster_minutes,
            business.rto_disaster_unit,
            business.rto_disaster_next_open,
        ),
        "normal": _time(
            business.rto_normal_minutes, business.rto_normal_unit, business.rto_normal_next_open
        ),
        "case": _cases(business),
    }
    for need in uses:
        cells = _system_cells(need, targets.get(need.row.system_id))
        yield view_row(need.row, {**own, **cells})
    if not uses:
        system = "使用しない" if business.uses_no_system else ""
        alternative = _workaround_cells(workaround_of(business))
        yield view_row(business, {**own, "system": system, **alternative})


def _time(minutes: int | None, unit: str, next_opening: bool) -> str:
    if next_opening:
        return NEXT_OPENING
    return "" if minutes is None else format_duration(minutes, unit or "minute")


def _system_cells(need: SystemNeed, target: RecoveryTarget | None) -> Mapping[str, CellValue]:
    return {
        "system": need.row.system.name,
        **_workaround_cells(need.workaround),
        "power": target.power_ok if target else None,
        "selected": target is not None,
    }


def _workaround_cells(workaround: Workaround) -> Mapping[str, CellValue]:
    answers = {"no": "なし", "unknown": "不明", "yes": workaround.text or "有"}
    return {
        "alternative": answers.get(workaround.has_alt, ""),
        "alternative_time": workaround.time.cell,
    }


TABLES = (
    DerivedTable(
        code=CODE,
        title=TITLE,
        build=priority_selection,
        purpose="調査の回答から優先業務を選び、必要な情報システムと停止時の備えを並べます。",
        comes_from=SOURCES,
    ),
)
