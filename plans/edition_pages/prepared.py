"""The HTML and Excel files of a public edition, made and checked once in the background, then kept.

What was issued never changes, so neither do they; a new release makes and checks them anew.
"""

from collections.abc import Callable
from functools import partial

from django.urls import reverse

from bcp_portal.accounts.models import Membership
from bcp_portal.annex.prepared import CONTENT_TYPE
from bcp_portal.audit.tampering import refuse_if
from bcp_portal.jobs.models import Preparation
from bcp_portal.jobs.prepared.products import (
    MadeFile,
    PreparationRequest,
    PreparedProduct,
    Report,
    register_prepared,
)
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from plans.chapters.image_files import load_image
from plans.document.document import Document
from plans.editions.edition_proof import edition_fault
from plans.editions.file_names import edition_file_name
from plans.editions.models.edition import Edition
from plans.public_edition.public_files import PublicMaker

PAGE, WORKBOOK = "public-page", "public-workbook"
GONE = "この版の公開版はありません。"


def register_public_files() -> None:
    """Tell the jobs; called once at start."""
    _register(PAGE, "公開版のHTML", "html", "text/html; charset=utf-8", _page)
    _register(WORKBOOK, "公開版のExcel", "xlsx", CONTENT_TYPE, PublicMaker.workbook)


def wanted_public_file(product: str, edition: Edition) -> PreparationRequest:
    """Return what is asked for: one file of the public half of an edition."""
    versions = (edition.content_sha256, edition.public_sha256, edition.municipality.date_style)
    return PreparationRequest(product, {"edition": str(edition.uid)}, versions=versions)


def _register(
    code: str, label: str, ending: str, content_type: str, make: Callable[[PublicMaker], bytes]
) -> None:
    register_prepared(
        PreparedProduct(
            code,
            label,
            partial(_file, make, ending),
            _edition_page,
            content_type=content_type,
            opens=_opens,
        )
    )


def _page(maker: PublicMaker) -> bytes:
    return maker.page().encode()


def _file(
    make: Callable[[PublicMaker], bytes], ending: str, job: Preparation, report: Report
) -> MadeFile:
    report("版の読み取り", 0, 2)
    editions = Edition.objects.select_related("municipality", "previous")
    edition = editions.filter(uid=job.options["edition"]).first()
    if edition is None or edition.public_document is None:
        raise DomainError(GONE, status=404)
    refuse_if(edition.municipality, edition, edition_fault(edition))
    maker = PublicMaker(
        Document.from_json(edition.public_document),
        Document.from_json(edition.document),
        edition.rows,
        load_image,
        DateStyle(edition.municipality.date_style),
    )
    report("ファイルの作成と、公開しない値の検査", 1, 2)
    return MadeFile(make(maker), edition_file_name(edition, ending, "公開版"))


def _opens(membership: Membership, job: Preparation) -> bool:
    """Open what strangers may read to every member."""
    return True


def _edition_page(job: Preparation) -> str:
    return reverse("editions:show", args=[job.municipality.code, job.options["edition"]])
