"""Which servers, media and lines are needed from which time on (C-15): a view of 様式18."""

from collections import defaultdict

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import made_table, view_row
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Table
from systems.choice_lists import TIMEPOINT
from systems.derived_tables.printed_needs import printed
from systems.models import ResourceBreakdown, ResourceNeed
from systems.queries.links import labels_of

CODE, TITLE = "c-15", "必要なサーバ、媒体及び専用回線"
NOTE = "品目は、必要になる時点の欄に載せています。（ ）は台数、cはクラウドで、台数に含みません。"
SOURCES = {
    "resource": "18.name",
    "*": (
        "18-breakdown.label 18-breakdown.system 18-breakdown.units "
        "18-breakdown.is_cloud 18-breakdown.needed_from"
    ),
}


def breakdown_by_time(municipality: Municipality) -> Table:
    """Return one line a resource, its items in the column of the time they are first needed.

    Three queries.
    """
    labels = labels_of(TIMEPOINT)
    items: dict[int, list[ResourceBreakdown]] = defaultdict(list)
    for item in printed(ResourceBreakdown).select_related("resource"):
        items[item.resource_id].append(item)
    columns = (
        Column("resource", "必要資源", width=16),
        *(
            Column(timepoint, labels[timepoint], kind=Kind.LONG_TEXT, width=28)
            for timepoint, _ in TIMEPOINT.options
        ),
    )
    rows = (
        view_row(resource, {"resource": resource.name, **_cells(resource, items[resource.pk])})
        for resource in printed(ResourceNeed).filter(pk__in=items)
    )
    return made_table(CODE, TITLE, municipality, columns, rows, note=NOTE)


def _cells(resource: ResourceNeed, items: list[ResourceBreakdown]) -> dict[str, str]:
    return {
        timepoint: "\n".join(
            f"・{_item_text(resource, item)}" for item in items if item.needed_from == timepoint
        )
        for timepoint, _ in TIMEPOINT.options
    }


def _item_text(resource: ResourceNeed, item: ResourceBreakdown) -> str:
    if item.is_cloud:
        return f"{item.label}（c{item.units}）"
    # A medium or a line is one thing; only machines are worth counting.
    counted = resource.unit == "machine" or item.units != 1
    return f"{item.label}（{item.units}）" if counted else item.label


TABLES = (
    DerivedTable(
        code=CODE,
        title=TITLE,
        build=breakdown_by_time,
        purpose="様式18の内訳を、必要になる時点ごとに並べます。",
        comes_from=SOURCES,
    ),
)
