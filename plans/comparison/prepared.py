"""Comparisons made in the background: what the page shows, and the Word and Excel files of it."""

from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.services import SeenRow
from bcp_portal.audit.tampering import refuse_if
from bcp_portal.jobs.models import Preparation
from bcp_portal.jobs.prepared.products import (
    MadeFile,
    MadePage,
    PreparationRequest,
    PreparedProduct,
    Report,
    opens_by_role,
    register_prepared,
)
from plans.comparison.changes import Comparison
from plans.comparison.compared_pair import (
    Pair,
    comparison_setting,
    may_see_personal,
    pair_of_options,
    plan_title,
)
from plans.comparison.layout import title_of
from plans.comparison.services import EXCEL, NAME, TAKEN, WORD, file_content

PAGE = "comparison-page"
FILES = {WORD: "comparison-word", EXCEL: "comparison-excel"}
_CONTENT_TYPES = {
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LABELS = {WORD: f"{NAME}のWordファイル", EXCEL: f"{NAME}のExcelファイル"}


@dataclass(frozen=True)
class Compared:
    """What differs, and the rows whose personal values it says."""

    comparison: Comparison
    shown: tuple[SeenRow, ...]


def register_comparisons() -> None:
    """Tell the jobs; called once at start."""
    register_prepared(
        PreparedProduct(PAGE, NAME, _page, _address_of_page, is_page=True, opens=_page_opens)
    )
    for ending, code in FILES.items():
        register_prepared(
            PreparedProduct(
                code,
                _LABELS[ending],
                partial(_file, ending),
                _address,
                content_type=_CONTENT_TYPES[ending],
                opens=_file_opens,
            )
        )


def wanted_page(pair: Pair, *, with_personal: bool, with_widths: bool | None) -> PreparationRequest:
    """Return what the page of a pair asks for; without `with_widths` as the municipality has set."""
    versions = (pair.old.version(), pair.new.version())
    options = _options(pair, with_widths)
    return PreparationRequest(PAGE, options, with_personal=with_personal, versions=versions)


def wanted_file(
    pair: Pair, ending: str, *, with_personal: bool, with_widths: bool | None
) -> PreparationRequest:
    """Return what asks for a file of a pair."""
    return PreparationRequest(
        FILES[ending], _options(pair, with_widths), with_personal=with_personal
    )


def _options(pair: Pair, with_widths: bool | None) -> dict[str, str | bool]:
    widths = comparison_setting().show_widths if with_widths is None else with_widths
    return {**pair.options, "widths": widths}


def _compared(job: Preparation, report: Report) -> tuple[Pair, Compared]:
    report("2つの内容の比較", 0, 1)
    pair = pair_of_options(job.municipality, job.options)
    comparison = pair.comparison(with_personal=job.with_personal, with_widths=job.options["widths"])
    shown = pair.rows_shown(comparison) if job.with_personal else []
    return pair, Compared(comparison, tuple(shown))


def _page(job: Preparation, report: Report) -> MadePage:
    return MadePage(_compared(job, report)[1])


def _file(ending: str, job: Preparation, report: Report) -> MadeFile:
    pair, compared = _compared(job, report)
    refuse_if(job.municipality, job.municipality, pair.fault)
    report("ファイルの作成", 0, 1)
    personal = "、個人の電話番号等を含む" if job.with_personal else ""
    return MadeFile(
        file_content(job.municipality, pair, ending, compared.comparison),
        f"{title_of(plan_title(job.municipality))}_{timezone.localdate():%Y%m%d}.{ending}",
        TAKEN,
        f"{pair.new.label}と{pair.old.label}（{ending}{personal}）",
        way_of(pair, f"{ending}ファイル"),
        compared.shown,
    )


def way_of(pair: Pair, what: str) -> str:
    """Return by which way the personal values of a pair are shown (Japanese)."""
    return f"{NAME}の{what}：{pair.new.label}と{pair.old.label}"


def _page_opens(membership: Membership, job: Preparation) -> bool:
    if not job.with_personal or may_see_personal(membership):
        return True
    return pair_of_options(job.municipality, job.options).is_open_to(membership)


def _file_opens(membership: Membership, job: Preparation) -> bool:
    return bool(membership.may(Permission.PRINT)) and opens_by_role(membership, job)


def _address(job: Preparation) -> str:
    pair = (job.options["old"], job.options["new"])
    return reverse("comparison:show", args=[job.municipality.code, *pair])


def _address_of_page(job: Preparation) -> str:
    return f"{_address(job)}?of={job.uid}"
