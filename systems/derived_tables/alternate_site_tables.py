"""What an alternate site must offer, and how the candidates compare (C-9, 柏崎市 7(1), 7(2))."""

from collections.abc import Iterable, Mapping

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.derived_table_builder import made_table, view_row
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from systems.choice_lists import TIMEPOINT
from systems.derived_tables.printed_needs import printed
from systems.models import AltSiteAssessment, ResourceNeed
from systems.models.alternate_sites import ALT_SITE_FACTOR, FACTOR_CLASSES, RATING
from systems.models.resources import RESOURCE_CATEGORY, RESOURCE_UNIT
from systems.queries.links import labels_of

FACTORS_TITLE = "代替拠点の選定要素"
MATRIX_TITLE = "代替拠点の候補の比較"
RESOURCES_TITLE = "必要最小資源"
OTHER_CLASS = "その他"
SEE_BREAKDOWN = "※"
RESOURCES_NOTE = f"{SEE_BREAKDOWN}を付けた資源の内訳は、別の表に示します。"

FACTOR_COLUMNS = (
    Column("class", "分類", width=12, public=Public.SHOW),
    Column("factors", "代替拠点選定要素", kind=Kind.LONG_TEXT, width=70, public=Public.SHOW),
)
MATRIX_SOURCES = {
    "class": "",
    "factor": "c-9.factor",
    "site-*": "c-9.site c-9.rating",
}
RESOURCE_SOURCES = {
    "category": "18.category",
    "name": "18.name 18.unit 18.has_breakdown",
    **{f"quantity_{code}": f"18.quantity_{code}" for code, _ in TIMEPOINT.options},
}


def factors(municipality: Municipality) -> Table:
    """Return the factors of choice, one line a class (1 query)."""
    found: dict[str, list[str]] = {}
    for code, label in labels_of(ALT_SITE_FACTOR).items():
        found.setdefault(FACTOR_CLASSES.get(code, OTHER_CLASS), []).append(f"・{label}")
    rows = [
        TableRow(
            f"factors-{name}",
            {"class": name, "factors": "\n".join(lines)},
            Confidentiality.PUBLIC.value,
        )
        for name, lines in found.items()
    ]
    return made_table("c-9-factors", FACTORS_TITLE, municipality, FACTOR_COLUMNS, rows)


def matrix(municipality: Municipality) -> Table:
    """Return one line a factor and one column a candidate with its mark (3 queries)."""
    found = list(printed(AltSiteAssessment).select_related("site"))
    sites = {row.site_id: row.site for row in found}
    ordered = sorted(sites.values(), key=lambda site: (site.row_no, site.pk))
    columns = (
        Column("class", "分類", width=8),
        Column("factor", "選定要素", width=24),
        *(Column(f"site-{site.uid}", site.name, width=12, group="候補") for site in ordered),
    )
    rows = _matrix_rows(found, labels_of(ALT_SITE_FACTOR), labels_of(RATING))
    return made_table("c-9-matrix", MATRIX_TITLE, municipality, columns, rows)


def _matrix_rows(
    found: Iterable[AltSiteAssessment], factors: Mapping[str, str], ratings: Mapping[str, str]
) -> list[TableRow]:
    marks: dict[str, dict[str, CellValue]] = {}
    for row in found:
        mark = ratings.get(row.rating, row.rating)
        marks.setdefault(row.factor, {})[f"site-{row.site.uid}"] = mark
    listed = [*factors, *(code for code in marks if code not in factors)]
    return [
        TableRow(
            f"factor-{code}",
            {
                "class": FACTOR_CLASSES.get(code, OTHER_CLASS),
                "factor": factors.get(code, code),
                **marks[code],
            },
        )
        for code in listed
        if code in marks
    ]


def resources(municipality: Municipality) -> Table:
    """Return 様式18 as the plan's text prints it: resource, and how many at each time (4 queries)."""
    times, units = labels_of(TIMEPOINT), labels_of(RESOURCE_UNIT)
    categories = labels_of(RESOURCE_CATEGORY)
    columns = (
        Column("category", "区分", width=16, group="必要資源"),
        Column("name", "資源（単位）", width=30, group="必要資源"),
        *(
            Column(f"quantity_{code}", times[code], Kind.INTEGER, 10, "発災後必要数量")
            for code, _ in TIMEPOINT.options
        ),
    )
    rows = [
        view_row(
            row,
            {
                "category": categories.get(row.category, row.category),
                "name": _name(row, units),
                **{
                    f"quantity_{code}": getattr(row, f"quantity_{code}")
                    for code, _ in TIMEPOINT.options
                },
            },
        )
        for row in printed(ResourceNeed)
    ]
    note = RESOURCES_NOTE if any(SEE_BREAKDOWN in str(row.cells["name"]) for row in rows) else ""
    return made_table("18-list", RESOURCES_TITLE, municipality, columns, rows, note=note)


def _name(row: ResourceNeed, units: Mapping[str, str]) -> str:
    mark = SEE_BREAKDOWN if row.has_breakdown else ""
    return f"{row.name}{mark}（{units.get(row.unit, row.unit)}）"


TABLES = (
    DerivedTable(
        "c-9-factors",
        FACTORS_TITLE,
        factors,
        purpose="代替拠点が満たすべき要素を、場所、建物、設備に分けて並べます。",
        comes_from={"class": "", "factors": ""},
    ),
    DerivedTable(
        "c-9-matrix",
        MATRIX_TITLE,
        matrix,
        purpose="要素を行に、候補を列にして、評価の印を並べます。",
        comes_from=MATRIX_SOURCES,
    ),
    DerivedTable(
        "18-list",
        RESOURCES_TITLE,
        resources,
        purpose="様式18の資源と時点ごとの数量を、本文に載せる形で並べます。",
        comes_from=RESOURCE_SOURCES,
    ),
)
