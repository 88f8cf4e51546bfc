"""Which systems and networks the businesses of each class need (C-14): views of 様式15 to 17."""

from collections.abc import Callable, Iterable, Sequence

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import made_table, view_row
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Table
from systems.choice_lists import BIZ_CLASS
from systems.columns.critical import network_pks
from systems.derived_tables.printed_needs import distinct_lines, printed, printed_needs
from systems.models import CriticalBusiness, RecoveryTarget, SystemItem
from systems.queries.needs import SystemNeed, by_system

CLASSES = ("info", "emergency", "payment", "counter")
NETWORK_TITLE = "業務に必要なネットワーク"
# Nobody uses a network for its own sake, so what 様式1 says of it stands there instead.
SOURCES = {"system": "1.name", "content": "15-systems.use_note 1.overview"}


def _columns(first_label: str) -> tuple[Column, ...]:
    return (
        Column("system", first_label, width=30),
        Column("content", "内容", kind=Kind.LONG_TEXT, width=60),
    )


def systems_for(biz_class: str, title: str) -> Callable[[Municipality], Table]:
    """Return the view of the systems that 重要業務 of one class cannot do without (2 queries)."""

    def build(municipality: Municipality) -> Table:
        found = [
            need
            for need in printed_needs(critical_only=True, essential=True)
            if biz_class in need.business.biz_class and need.row.system.kind != "network"
        ]
        return _table(f"c-14-{biz_class}", title, municipality, "情報システム", _used(found), found)

    return build


def networks(municipality: Municipality) -> Table:
    """Return the networks that 重要業務 use or that 様式17 names (9 queries)."""
    critical = list(printed(CriticalBusiness))
    wanted = set().union(*network_pks(critical).values())
    wanted |= set(printed(RecoveryTarget).values_list("system_id", flat=True))
    shown = list(printed(SystemItem).filter(kind="network", pk__in=wanted))
    found = printed_needs(critical_only=True, system_id__in=[network.pk for network in shown])
    return _table("c-14-network", NETWORK_TITLE, municipality, "ネットワーク", shown, found)


def _used(found: Iterable[SystemNeed]) -> list[SystemItem]:
    systems = {need.row.system_id: need.row.system for need in found}
    return sorted(systems.values(), key=lambda system: (system.row_no, system.pk))


def _table(
    code: str,
    title: str,
    municipality: Municipality,
    label: str,
    systems: Sequence[SystemItem],
    found: Iterable[SystemNeed],
) -> Table:
    uses = by_system(found)
    rows = (
        view_row(system, {"system": system.name, "content": _content(system, uses[system.pk])})
        for system in systems
    )
    return made_table(code, title, municipality, _columns(label), rows)


def _content(system: SystemItem, uses: Iterable[SystemNeed]) -> str:
    notes = distinct_lines(need.row.use_note for need in uses)
    return notes or (system.overview if system.kind == "network" else "")


def _declare(biz_class: str) -> DerivedTable:
    title = f"{BIZ_CLASS.label(biz_class)}に必要な情報システム"
    return DerivedTable(
        code=f"c-14-{biz_class}",
        title=title,
        build=systems_for(biz_class, title),
        purpose="様式16の重要業務が必要とする情報システムを、用途とともに並べます。",
        comes_from=SOURCES,
    )


TABLES = (
    DerivedTable(
        code="c-14-network",
        title=NETWORK_TITLE,
        build=networks,
        purpose="重要業務が使うネットワークと、様式17に載せたネットワークを並べます。",
        comes_from=SOURCES,
    ),
    *(_declare(biz_class) for biz_class in CLASSES),
)
