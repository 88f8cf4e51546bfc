"""The report of an import's check as an Excel file: made in the background, taken when ready."""

from uuid import UUID

from django.urls import reverse

from bcp_portal.accounts.models import Membership
from bcp_portal.annex import registry
from bcp_portal.annex.access import may_import
from bcp_portal.annex.excel.export import ACTION
from bcp_portal.annex.excel.names import file_name
from bcp_portal.annex.prepared import CONTENT_TYPE
from bcp_portal.importing.models import ImportJob
from bcp_portal.importing.personal_rows import rows_in_entries
from bcp_portal.importing.report import report_bytes
from bcp_portal.importing.requests import entries_of, job_of
from bcp_portal.jobs.models import Preparation
from bcp_portal.jobs.prepared.products import (
    MadeFile,
    PreparedProduct,
    Report,
    opens_by_role,
    register_prepared,
)
from bcp_portal.ui.errors import DomainError

REPORT = "import-report"
CHECKED = "取り込みの確認"
GONE = "この取り込みは残っていません。もう一度ファイルを選んでください。"


def register_report() -> None:
    """Tell the jobs; called once at start."""
    register_prepared(
        PreparedProduct(
            REPORT,
            "取り込みの確認のExcel",
            _report,
            _import_page,
            content_type=CONTENT_TYPE,
            opens=_report_opens,
        )
    )


def _report(job: Preparation, report: Report) -> MadeFile:
    found = _import_of(job)
    if found is None or not found.entries:
        raise DomainError(GONE, status=404)
    report("確認の結果の書き出し", 0, 1)
    entries = list(entries_of(found, personal=job.with_personal))
    title = found.file_name.rsplit(".", 1)[0]
    of = "" if found.with_personal else f"：{found.file_name}"
    return MadeFile(
        report_bytes(found, entries),
        file_name(CHECKED, title, day=found.created_at.date()),
        ACTION,
        f"{CHECKED}{of}",
        f"{CHECKED}のExcel{of}",
        rows_in_entries(entries) if job.with_personal else [],
    )


def _import_of(job: Preparation) -> ImportJob | None:
    found: ImportJob | None = ImportJob.objects.filter(uid=job.options["import"]).first()
    return found


def _report_opens(membership: Membership, job: Preparation) -> bool:
    """Open it to who may open the import, while that is there."""
    allowed = any(may_import(membership, spec) for spec in registry.specs())
    there = job_of(membership, UUID(job.options["import"])) is not None
    return allowed and there and opens_by_role(membership, job)


def _import_page(job: Preparation) -> str:
    return reverse("annex:import-job", args=[job.municipality.code, job.options["import"]])
