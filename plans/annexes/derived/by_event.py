"""The same table once for each kind of event: risks (C-13), steps (B-10), and the first 72 hours."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bcp_portal.annex.counted_rows import is_counted
from bcp_portal.annex.derived_table_builder import (
    SourceColumn,
    TextColumn,
    View,
    active_rows,
)
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Public
from plans.annexes.derived.response_steps import step_text, steps_in_order
from systems.models import RiskNarrative, Scenario

FIRST_72_HOURS_MINUTES = 72 * 60
RISKS, AFFECTED = "想定されるリスク", "想定される被害と影響"
"""The heads of C-13 as 葛飾区 prints them, by kind of event."""

EVENTS = {"disaster": "大規模災害", "security": "情報セキュリティ事象", "infection": "感染症"}
Wanted = Callable[[Scenario], bool]


def _of_kind(*kinds: str) -> Wanted:
    return lambda scenario: bool(set(kinds) & set(scenario.kinds))


def _of_event(event: str) -> Wanted:
    return lambda scenario: scenario.event == event


def _is_infection(scenario: Scenario) -> bool:
    return scenario.event == "infection" or "health_crisis" in scenario.kinds


_TOLD_APART: Mapping[str, tuple[str, Wanted]] = {
    "earthquake": ("地震", _of_kind("earthquake")),
    "storm-flood": ("風水害", _of_kind("storm_flood")),
    "security": ("情報セキュリティ事象", _of_event("security")),
    "nature": ("甚大な自然災害", _of_kind("volcano", "snow", "severe_nature")),
    "infection": ("感染症・健康危機", _is_infection),
}


def _is_anything_else(scenario: Scenario) -> bool:
    """Accidents, attacks and kinds that a municipality adds: every scenario is printed."""
    return not any(wanted(scenario) for _label, wanted in _TOLD_APART.values())


RISK_KINDS = {**_TOLD_APART, "accident": ("大規模事故・武力攻撃・テロ等", _is_anything_else)}


def risk_text(row: RiskNarrative) -> str:
    """Return the risk, or where it is told."""
    if row.refers_to_id is None:
        return row.text
    return f"「{row.refers_to}」について述べたところと同じ。"


def _risks(code: str, label: str, wanted: Wanted) -> DerivedTable:
    head = AFFECTED if code in ("storm-flood", "security") else RISKS
    view = View(
        f"c-13-{code}",
        f"{label}のリスク",
        "c-13",
        (
            SourceColumn("scenario", 18),
            SourceColumn("cause", 20),
            TextColumn("risk", head, risk_text, 60, of="text refers_to", public=Public.SHOW),
        ),
    )

    def rows(sheet: Sheet) -> list[Any]:
        ordered = active_rows(sheet).order_by("scenario__row_no", "scenario", "row_no", "pk")
        return [row for row in ordered if is_counted(row.scenario) and wanted(row.scenario)]

    return view.declared(rows)


def _steps(event: str, label: str) -> DerivedTable:
    view = View(
        f"b-10-{event}",
        f"{label}の対応手順",
        "10-2",
        (
            SourceColumn("plan", 14),
            SourceColumn("seq", 5),
            TextColumn("content", "対応内容", step_text, 50, of="title body"),
            SourceColumn("roles", 24),
            SourceColumn("documents", 14, "参照文書類"),
        ),
    )

    return view.declared(partial(steps_in_order, plan__event=event))


def _printed_steps(code: str, title: str, **chosen: Any) -> DerivedTable:
    """Declare the steps in the three columns of 表2.3-1; the plan is named when there are two."""
    view = View(
        code,
        title,
        "10-2",
        (
            SourceColumn("plan", 14),
            SourceColumn("seq", 6),
            TextColumn("content", "対応内容", step_text, 60, of="title body"),
            SourceColumn("documents", 16, "参照文書類"),
        ),
        unless_sole="plan",
    )
    return view.declared(partial(steps_in_order, **chosen))


_VARIANTS = (
    ("off-hours", "夜間・休日に大規模災害が発生した場合の対応手順", "disaster", "off_hours"),
    ("working-hours", "平日昼間に大規模災害が発生した場合の対応手順", "disaster", "working_hours"),
    ("incident", "情報セキュリティインシデントが発生した場合の対応手順", "security", ""),
    ("epidemic", "感染症が流行した場合の対応手順", "infection", ""),
)


def _variant(code: str, title: str, event: str, time_band: str) -> DerivedTable:
    chosen: dict[str, Any] = {"plan__event": event}
    if time_band:
        # A plan for any time is printed with both, since it is followed in both.
        chosen["plan__time_band__in"] = (time_band, "any")
    return _printed_steps(f"b-10-{code}", title, **chosen)


_FIRST = View(
    "10-72h",
    "発災から72時間以内の行動",
    "10-2",
    (
        SourceColumn("plan", 12),
        SourceColumn("seq", 5),
        SourceColumn("start_at_minutes", 8, "開始"),
        SourceColumn("finish_by_minutes", 8, "完了"),
        TextColumn("content", "行動", step_text, 38, of="title body"),
        SourceColumn("roles", 22, "担当"),
        SourceColumn("offline_way", 22, "電源・通信がないとき"),
    ),
)

TABLES = (
    *(_risks(code, label, wanted) for code, (label, wanted) in RISK_KINDS.items()),
    *(_steps(event, label) for event, label in EVENTS.items()),
    *(_variant(*variant) for variant in _VARIANTS),
    _FIRST.declared(partial(steps_in_order, start_at_minutes__lte=FIRST_72_HOURS_MINUTES)),
)
