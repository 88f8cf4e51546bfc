"""The systems in scope with their operators (B-1), and their targets and priorities (B-15)."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.counted_rows import is_counted
from bcp_portal.annex.derived_table_builder import made_table, view_row
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Table
from systems.arithmetic.recovery import PRIORITIES
from systems.choice_lists import RLO
from systems.columns.target import operator_of
from systems.derived_tables.printed_needs import printed
from systems.models import RecoveryTarget, SystemItem
from systems.queries.links import duration_cell, labels_of
from systems.queries.targets import effective_priority, shown_priority, targets_by_system
from systems.rules.recovery_levels import level_text

SCOPE_TITLE = "対象とする情報システム及び運用管理主体"
PRIORITY_TITLE = "情報システムの目標復旧時間・目標復旧レベルと復旧優先度"

SCOPE_COLUMNS = (
    Column("number", "項", kind=Kind.INTEGER, width=5),
    Column("name", "情報システム名", width=40),
    Column("operator", "運用管理主体", width=30),
)
PRIORITY_COLUMNS = (
    Column("name", "情報システム名", width=16),
    Column("overview", "システム概要", kind=Kind.LONG_TEXT, width=30),
    Column("rto", "RTO（目標復旧時間）", kind=Kind.DURATION, width=9),
    Column("rlo", "RLO（目標復旧レベル）", width=16),
    Column("priority", "復旧優先度", width=7),
    Column("operator", "情報システム管理部署", width=14),
)
_OPERATOR = "1.operator_department 1.operator_vendor"
SCOPE_SOURCES = {"number": "", "name": "1.name", "operator": _OPERATOR}
PRIORITY_SOURCES = {
    "name": "1.name",
    "overview": "1.overview",
    "rto": "17.rto_minutes",
    "rlo": "17.rlo 17.rlo_percent 17.rlo_text",
    # 「算定は」 beside a priority that people set tells what follows from the RTO.
    "priority": "17.priority_override 17.rto_minutes",
    "operator": _OPERATOR,
}


def systems_in_scope(municipality: Municipality) -> Table:
    """Return the systems the plan covers, in the order of 様式1 (1 query)."""
    systems = printed(SystemItem).filter(in_scope=True)
    rows = [
        view_row(system, {"number": number, "name": system.name, "operator": operator_of(system)})
        for number, system in enumerate(
            systems.select_related("operator_department", "operator_vendor"), start=1
        )
    ]
    return made_table("b-1", SCOPE_TITLE, municipality, SCOPE_COLUMNS, rows)


def priorities(municipality: Municipality) -> Table:
    """Return one line a system with a target, the most urgent first (3 queries)."""
    labels = labels_of(RLO)
    targets = [target for target in targets_by_system().values() if is_counted(target.system)]
    targets.sort(key=_urgency)
    operators = SystemItem.objects.select_related("operator_department", "operator_vendor")
    systems = operators.in_bulk([target.system_id for target in targets])
    rows = (
        view_row(
            target,
            {
                "name": target.system.name,
                "overview": target.system.overview,
                "rto": duration_cell(target.rto_minutes, target.rto_unit),
                "rlo": level_text(target, "rlo", labels),
                "priority": shown_priority(target),
                "operator": operator_of(systems[target.system_id]),
            },
        )
        for target in targets
    )
    return made_table("b-15", PRIORITY_TITLE, municipality, PRIORITY_COLUMNS, rows, landscape=True)


def _urgency(target: RecoveryTarget) -> tuple[int, int, int, int]:
    priority = effective_priority(target)
    # A municipality may add letters of its own; they come last.
    place = PRIORITIES.index(priority) if priority in PRIORITIES else len(PRIORITIES)
    return place, target.rto_minutes, target.row_no, target.pk


TABLES = (
    DerivedTable(
        code="b-1",
        title=SCOPE_TITLE,
        build=systems_in_scope,
        purpose="様式1のうち、計画の対象とする情報システムと運用管理主体を並べます。",
        comes_from=SCOPE_SOURCES,
    ),
    DerivedTable(
        code="b-15",
        title=PRIORITY_TITLE,
        build=priorities,
        purpose="様式17の目標と復旧優先度を、急ぐ順に並べます。",
        comes_from=PRIORITY_SOURCES,
    ),
)
