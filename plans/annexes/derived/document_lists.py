"""The lists of documents in the chapter on document control (C-4): annexes, and views of 様式20."""

from collections.abc import Iterator
from functools import partial

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex import registry
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.derived_table_builder import (
    SourceColumn,
    View,
    made_table,
    rows_of_kinds,
)
from bcp_portal.annex.sheet import Presentation
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.chapters.models.plan import Plan

ICT_DEPARTMENT = "ICT部門"

ANNEX_COLUMNS = (
    Column("number", "様式No.", width=10, public=Public.SHOW),
    Column("title", "資料名", width=60, public=Public.SHOW),
    Column("manager", "管理部門", width=24, public=Public.SHOW),
)


DOCUMENT_COLUMNS = (
    Column("title", "文書", width=30, public=Public.SHOW),
    Column("overview", "概要", width=48, public=Public.SHOW),
    Column("manager", "管理部門", width=20, public=Public.SHOW),
)
PLAN_OVERVIEW = (
    "災害などのときに情報システムを使い続け、早く取り戻すための考え方、体制、手順を定めます。"
)
LIVING_ANNEXES = (12, 13, 6)
"""The annexes that are worked with all year and so count as documents of their own."""


def document_overview(municipality: Municipality) -> Table:
    """Return the plan itself and the annexes that are worked with all year."""
    presentation = Presentation.load(municipality)
    return made_table(
        "c-4-documents", "文書の概要", municipality, DOCUMENT_COLUMNS, _document_rows(presentation)
    )


def _document_rows(presentation: Presentation) -> Iterator[TableRow]:
    usual_manager = _ict_department(presentation.municipality)
    title = Plan.objects.values_list("title", flat=True).first() or "ICT業務継続計画書"
    cells = {"title": title, "overview": PLAN_OVERVIEW, "manager": usual_manager}
    yield TableRow("plan", cells, Confidentiality.PUBLIC.value)
    for number in LIVING_ANNEXES:
        annex = registry.annex(number)
        if annex is not None:
            name = f"{presentation.annex_title(number)}\n（附属資料・様式{number}）"
            manager = _manager(presentation, number, usual_manager)
            cells = {"title": name, "overview": annex.purpose, "manager": manager}
            yield TableRow(f"annex-{number}", cells, Confidentiality.PUBLIC.value)


def _manager(presentation: Presentation, number: int, usual: str) -> str:
    setting = presentation.annexes.get(str(number))
    return (setting and setting.managing_department) or usual


def annex_list(municipality: Municipality) -> Table:
    """Return the 様式 as this municipality titles them, each with the department that keeps it."""
    presentation = Presentation.load(municipality)
    return made_table(
        "c-4-annexes", "附属資料一覧", municipality, ANNEX_COLUMNS, _annex_rows(presentation)
    )


def _annex_rows(presentation: Presentation) -> Iterator[TableRow]:
    usual_manager = _ict_department(presentation.municipality)
    for annex in registry.annexes():
        setting = presentation.annexes.get(str(annex.number))
        note = f"（{setting.reference_note}）" if setting and setting.reference_note else ""
        yield TableRow(
            f"annex-{annex.number}",
            {
                "number": str(annex.number),
                "title": presentation.annex_title(annex.number) + note,
                "manager": _manager(presentation, annex.number, usual_manager),
            },
            setting.confidentiality if setting else Confidentiality.INTERNAL.value,
        )


def _ict_department(municipality: Municipality) -> str:
    """Return what the municipality calls its ICT department: by its settings, else by its list."""
    if municipality.ict_department_name:
        return municipality.ict_department_name
    found = Department.objects.filter(is_ict=True, row_status__in=counted_statuses()).order_by(
        "row_no", "pk"
    )
    department: Department | None = found.first()
    return department.name if department else ICT_DEPARTMENT


_KEPT = (
    SourceColumn("kind", 16),
    SourceColumn("title", 54),
    SourceColumn("manager_department", 20),
)

_REFERENCES = View(
    "c-4-references",
    "参考資料一覧",
    "20",
    (
        SourceColumn("title", 54),
        SourceColumn("publisher", 20),
        SourceColumn("published_month", 14, "公表日"),
    ),
)
_OTHERS = View("c-4-others", "その他資料一覧", "20", _KEPT)
_CONTRACTS = View("c-4-contracts", "契約書一覧", "20", _KEPT)
_RELATED = View(
    "c-4-related",
    "関連文書一覧",
    "20",
    (
        SourceColumn("kind", 16),
        SourceColumn("title", 54, "文書名"),
        SourceColumn("manager_department", 20),
    ),
)

TABLES = (
    DerivedTable(
        "c-4-documents",
        "文書の概要",
        document_overview,
        comes_from=dict.fromkeys(("title", "overview", "manager"), ""),
    ),
    DerivedTable(
        "c-4-annexes",
        "附属資料一覧",
        annex_list,
        comes_from=dict.fromkeys(("number", "title", "manager"), ""),
    ),
    _REFERENCES.declared(partial(rows_of_kinds, kinds=("reference",))),
    _CONTRACTS.declared(partial(rows_of_kinds, kinds=("contract",))),
    _OTHERS.declared(partial(rows_of_kinds, kinds=("contract", "procedure"))),
    _RELATED.declared(partial(rows_of_kinds, kinds=("upper_plan", "regulation"))),
)
