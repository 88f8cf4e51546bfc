"""How targets follow from what businesses need (表5.3-1), and the bands of priority (表5.3-3)."""

from collections.abc import Iterator

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.derived_table_builder import made_table, view_row
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from bcp_portal.ui.durations import format_duration
from systems.arithmetic.recovery import LOWEST_PRIORITY, PRIORITY_BANDS
from systems.choice_lists import RLO
from systems.derived_tables.printed_needs import printed_needs
from systems.queries.links import labels_of
from systems.queries.needs import SystemNeed
from systems.rules.recovery_levels import level_text

NEEDS_TITLE = "業務のRTOと情報システム停止時の代替手段分析結果"
BANDS_TITLE = "情報システムの復旧優先度"
NO_ALTERNATIVE = {"no": "なし", "unknown": "不明", "yes": "有"}

NEED_COLUMNS = (
    Column("business", "非常時優先業務", width=14),
    Column("biz_rto", "業務のRTO", kind=Kind.DURATION, width=8),
    Column("system", "業務を支える情報システム", width=16),
    Column("alternative", "情報システム停止時の代替手段の有無", kind=Kind.LONG_TEXT, width=28),
    Column("alternative_time", "代替手段で継続可能な時間", kind=Kind.DURATION, width=9),
    Column("rto", "RTO（目標復旧時間）", kind=Kind.DURATION, width=9),
    Column("rlo", "RLO（目標復旧レベル）", width=14),
)
BAND_COLUMNS = (
    Column("time", "情報システムに求められるRTO（目標復旧時間）", width=60, public=Public.SHOW),
    Column("priority", "復旧優先度", width=20, public=Public.SHOW),
)
_RTO = "15.biz_rto_minutes 16.biz_rto_minutes"
_HAS = "15-systems.has_alt 15.has_alt"
_TIME = "15-systems.alt_time_minutes 15.alt_time_minutes"
NEED_SOURCES = {
    "business": "15.name",
    "biz_rto": _RTO,
    "system": "15-systems.system 1.name",
    "alternative": f"{_HAS} 15-systems.alt_text 15.alt_text",
    "alternative_time": _TIME,
    "rto": f"{_RTO} {_HAS} {_TIME}",
    "rlo": "15-systems.need_rlo 15-systems.need_rlo_percent 15-systems.need_rlo_text",
}


def needs_of_businesses(municipality: Municipality) -> Table:
    """Return one line a 重要業務 and system it cannot do without (3 queries)."""
    labels = labels_of(RLO)
    rows = [
        view_row(
            need.row,
            {
                "business": need.business.name,
                "biz_rto": need.biz_rto.cell,
                "system": need.row.system.name,
                "alternative": _alternative(need),
                "alternative_time": need.workaround.time.cell,
                "rto": need.time.cell,
                "rlo": level_text(need.row, "need_rlo", labels),
            },
        )
        for need in printed_needs(critical_only=True, essential=True)
    ]
    return made_table("b-14", NEEDS_TITLE, municipality, NEED_COLUMNS, rows, landscape=True)


def _alternative(need: SystemNeed) -> str:
    answer = NO_ALTERNATIVE.get(need.workaround.has_alt, "")
    text = need.workaround.text
    return f"{answer}：{text}" if answer and text else answer or text


def bands(municipality: Municipality) -> Table:
    """Return the six bands of priority as the program counts them (表5.3-3) (no query)."""
    return made_table("b-15-bands", BANDS_TITLE, municipality, BAND_COLUMNS, list(_band_rows()))


def _band_rows() -> Iterator[TableRow]:
    lower = ""
    for letter, upper in PRIORITY_BANDS:
        end = _span(upper)
        time = f"{lower}を超え、{end}以内" if lower else f"{end}以内"
        yield TableRow(
            f"band-{letter}", {"time": time, "priority": letter}, Confidentiality.PUBLIC.value
        )
        lower = end
    last = {"time": f"{lower}を超えて止まってもよい", "priority": LOWEST_PRIORITY}
    yield TableRow(f"band-{LOWEST_PRIORITY}", last, Confidentiality.PUBLIC.value)


def _span(minutes: int) -> str:
    units = (("week", 7 * 24 * 60), ("day", 24 * 60), ("hour", 60))
    unit = next(name for name, size in units if minutes % size == 0)
    return format_duration(minutes, unit)


TABLES = (
    DerivedTable(
        "b-14",
        NEEDS_TITLE,
        needs_of_businesses,
        purpose="重要業務と、それに欠かせない情報システムの組ごとに、求められる時間の根拠を並べます。",
        comes_from=NEED_SOURCES,
    ),
    DerivedTable(
        "b-15-bands",
        BANDS_TITLE,
        bands,
        purpose="目標復旧時間から復旧優先度を決める区切りを並べます。",
        comes_from={"time": "", "priority": ""},
    ),
)
