"""The measures in steps and in years (表3.2-1, 3.2-2 and 様式6's 年度別計画): views of 様式6."""

from collections.abc import Iterable, Iterator, Mapping

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.derived_table_builder import made_table, view_row
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.ui.durations import format_duration
from bcp_portal.ui.eras import DateStyle, format_fiscal_year
from systems.choice_lists import COMPONENT, RLO
from systems.derived_tables.components import SYSTEM_HEAD, system_head
from systems.derived_tables.printed_needs import printed
from systems.models import Measure, MeasureStep, MeasureYear, RecoveryTarget
from systems.queries.links import labels_of
from systems.queries.targets import targets_by_system
from systems.rules.recovery_levels import level_text

POLICY_TITLE = "中長期の事前対策実施方針"
DETAIL_TITLE = "各ステップで実施する内容"
YEARS_TITLE = "リスク改善計画（年度別）"
NOT_ESTIMATED = "未見積"

POLICY_COLUMNS = (
    Column("system", "情報システム（管理部門・RTO・RLO）", Kind.LONG_TEXT, width=20),
    Column("step", "ステップ", width=12),
    Column("years", "実施予定年度", width=14),
    Column("content", "実施内容", kind=Kind.LONG_TEXT, width=26),
    Column("effect", "期待効果", kind=Kind.LONG_TEXT, width=20),
    Column("residual", "残存リスク", kind=Kind.LONG_TEXT, width=20),
)
DETAIL_COLUMNS = (
    Column("system", "情報システム", width=13),
    Column("step", "ステップ", width=10),
    Column("component", "情報システムを支える構成要素", width=12),
    Column("level_now", "現状レベル", kind=Kind.INTEGER, width=6),
    Column("level_reached", "到達レベル", kind=Kind.INTEGER, width=6),
    Column("measure", "対策実施内容", kind=Kind.LONG_TEXT, width=28),
    Column("budget", "必要予算（千円）", width=16),
    Column("owner", "実施主体", width=14),
)
POLICY_SOURCES = {
    "system": f"{SYSTEM_HEAD} 17.rto_minutes",
    "step": "b-16-steps.step_no",
    "years": "b-16-steps.from_fiscal_year b-16-steps.to_fiscal_year",
    "content": "b-16-steps.content",
    "effect": "b-16-steps.effect",
    "residual": "b-16-steps.residual",
}
DETAIL_SOURCES = {
    "system": "1.name",
    "step": "b-16-steps.step_no",
    "component": "6-1.component",
    "level_now": "6-1.level_now",
    "level_reached": "6-1.level_after",
    "measure": "6-1.measure",
    # A measure of several steps says in which of them, and of which system, its budget stands.
    "budget": "6-1.budget_thousand_yen 6-1.steps 1.name b-16-steps.step_no",
    "owner": "6-1.owner_department",
}
YEAR_SOURCES = {
    "target": "6-1.target",
    "measure": "6-1.measure",
    "owner": "6-1.owner_department",
    "year_*": "6-1-years.fiscal_year 6-1-years.budget_thousand_yen",
    "total": "6-1.budget_thousand_yen",
}


def policies(municipality: Municipality) -> Table:
    """Return one line a step, system by system (4 queries)."""
    targets, labels = targets_by_system(), labels_of(RLO)
    style = DateStyle(municipality.date_style)
    rows: list[TableRow] = []
    told: set[int] = set()
    for step in _steps():
        name = step.system.name
        if step.system_id not in told:
            told.add(step.system_id)
            target = targets.get(step.system_id)
            name = system_head(
                step.system,
                ("RTO", _rto(target) if target else ""),
                ("RLO", level_text(target, "rlo", labels) if target else ""),
            )
        cells: dict[str, CellValue] = {
            "system": name,
            "step": step_label(step),
            "years": years_text(step, style),
            "content": step.content,
            "effect": step.effect,
            "residual": step.residual,
        }
        rows.append(view_row(step, cells))
    return made_table(
        "b-16-policy", POLICY_TITLE, municipality, POLICY_COLUMNS, rows, landscape=True
    )


def _rto(target: RecoveryTarget) -> str:
    return format_duration(target.rto_minutes, target.rto_unit or "minute")


def step_label(step: MeasureStep) -> str:
    return f"ステップ{step.step_no}"


def years_text(step: MeasureStep, style: DateStyle) -> str:
    """Return 「令和8年度～令和9年度」, or one year alone."""
    years = dict.fromkeys((step.from_fiscal_year, step.to_fiscal_year))
    return "～".join(format_fiscal_year(year, style) for year in years)


def step_details(municipality: Municipality) -> Table:
    """Return one line a step and measure (4 queries).

    A measure of several steps shows its budget in the first and refers to it in the others, so that
    nobody counts it twice.
    """
    rows = list(_detail_rows(labels_of(COMPONENT)))
    return made_table(
        "b-16-details", DETAIL_TITLE, municipality, DETAIL_COLUMNS, rows, landscape=True
    )


def _detail_rows(labels: Mapping[str, str]) -> Iterator[TableRow]:
    measures = _measures_by_step()
    first: dict[int, MeasureStep] = {}
    for step in _steps():
        for measure in measures.get(step.pk, ()):
            before = first.setdefault(measure.pk, step)
            cells = {
                "system": step.system.name,
                "step": step_label(step),
                "component": labels.get(measure.component, ""),
                "level_now": measure.level_now,
                "level_reached": measure.level_after,
                "measure": measure.measure,
                "budget": _budget(measure) if before == step else _shared(before, step),
                "owner": _owner(measure),
            }
            yield TableRow(f"{measure.uid}-{step.uid}", cells, measure.confidentiality)


def _budget(measure: Measure) -> str:
    amount = measure.budget_thousand_yen
    return NOT_ESTIMATED if amount is None else f"{amount:,}"


def _shared(before: MeasureStep, step: MeasureStep) -> str:
    where = "" if before.system_id == step.system_id else f"{before.system.name}の"
    return f"（{where}{step_label(before)}と共通）"


def _owner(measure: Measure) -> str:
    return str(measure.owner_department or "")


def _steps() -> list[MeasureStep]:
    steps = printed(MeasureStep).filter(system__row_status__in=counted_statuses())
    joined = steps.select_related("system__operator_department", "system__operator_vendor")
    return list(joined.order_by("system__row_no", "system", "step_no"))


def _measures_by_step() -> Mapping[int, list[Measure]]:
    found: dict[int, list[Measure]] = {}
    measures = printed(Measure).exclude(steps=None).distinct()
    for measure in measures.select_related("owner_department").prefetch_related("steps"):
        for step in measure.steps.all():
            found.setdefault(step.pk, []).append(measure)
    return found


def by_year(municipality: Municipality) -> Table:
    """Return one line a measure and one column a fiscal year with its budget (2 queries)."""
    measures = list(printed(Measure).select_related("owner_department"))
    lines = list(printed(MeasureYear).filter(measure__row_status__in=counted_statuses()))
    years = sorted({line.fiscal_year for line in lines})
    style = DateStyle(municipality.date_style)
    columns = (
        Column("target", "対象項目", kind=Kind.LONG_TEXT, width=18),
        Column("measure", "対策内容", kind=Kind.LONG_TEXT, width=26),
        Column("owner", "実施主体", width=12),
        *(
            Column(f"year_{y}", format_fiscal_year(y, style), Kind.MONEY, 8, "年度別の予算（千円）")
            for y in years
        ),
        Column("total", "必要予算（千円）", kind=Kind.MONEY, width=8),
    )
    rows = [view_row(measure, _year_cells(measure, lines)) for measure in measures]
    return made_table("6-1-by-year", YEARS_TITLE, municipality, columns, rows, landscape=True)


def _year_cells(measure: Measure, lines: Iterable[MeasureYear]) -> dict[str, CellValue]:
    own = [line for line in lines if line.measure_id == measure.pk]
    return {
        "target": measure.target,
        "measure": measure.measure,
        "owner": _owner(measure),
        **{f"year_{line.fiscal_year}": line.budget_thousand_yen for line in own},
        "total": measure.budget_thousand_yen,
    }


TABLES = (
    DerivedTable(
        "b-16-policy",
        POLICY_TITLE,
        policies,
        purpose="情報システムごとのステップを、年度、内容、効果、残るリスクとともに並べます。",
        comes_from=POLICY_SOURCES,
    ),
    DerivedTable(
        "b-16-details",
        DETAIL_TITLE,
        step_details,
        purpose="ステップごとに、様式6-1の対策を、到達するレベルと予算とともに並べます。",
        comes_from=DETAIL_SOURCES,
    ),
    DerivedTable(
        "6-1-by-year",
        YEARS_TITLE,
        by_year,
        purpose="様式6-1の対策を1行ずつ、年度ごとの予算の列とともに並べます。",
        comes_from=YEAR_SOURCES,
    ),
)
