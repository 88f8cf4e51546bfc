"""The workbooks of this room that take too long for a page: made in the background, taken when ready."""

from functools import partial

from django.urls import reverse

from bcp_portal.annex.excel.export import ACTION, book_name, book_of_all, note_of, rows_in, way_of
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.sheet import Presentation
from bcp_portal.jobs.models import Preparation
from bcp_portal.jobs.prepared.products import (
    MadeFile,
    PreparedProduct,
    Report,
    register_prepared,
)

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKBOOK = "annex-workbook"


def register_workbooks() -> None:
    """Tell the jobs; called once at start."""
    register_prepared(
        PreparedProduct(
            WORKBOOK,
            "様式一式のExcel",
            _workbook,
            partial(_page, "annex:index"),
            content_type=CONTENT_TYPE,
        )
    )


def _workbook(job: Preparation, report: Report) -> MadeFile:
    report("様式の読み取り", 0, 2)
    book = book_of_all(Presentation.load(job.municipality), personal=job.with_personal)
    report("Excelファイルの作成", 1, 2)
    content = workbook_bytes(book)
    shown = rows_in(book)
    return MadeFile(content, book_name(book), ACTION, note_of(book), way_of(book), shown)


def _page(name: str, job: Preparation) -> str:
    return reverse(name, args=[job.municipality.code])
