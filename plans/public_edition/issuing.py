"""Makes the public half of an edition at its issue, from what was approved."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from bcp_portal.spelling.letters import fold
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from plans.chapters.image_files import load_image
from plans.chapters.public_setting import public_setting
from plans.document.claims import FrozenClaim, claims_in
from plans.document.document import Document
from plans.document.public_choices import choices_in
from plans.document.public_pictures import bare
from plans.document.redaction import redact
from plans.editions.look import EditionLook
from plans.editions.printing import printed_as
from plans.editions.snapshot import Snapshot
from plans.printing.press import open_press
from plans.public_edition.newly_hidden import HiddenNow
from plans.public_edition.public_counts import PublicCounts, counts_of, is_empty
from plans.public_edition.public_files import LeakError, PublicMaker
from plans.summary.printing import summary_pdf

NOTHING_PUBLIC = (
    "公開版に載るものが一つもないため、作れません。「公開版」の「公開する章を選ぶ」で公開する章・節を選び、"
    "その章をこの改定の対象に含めてください。公開版を作らないときは、団体管理者が「公開版の設定」の"
    "「版を発行するとき、公開版も作る」を外してください。"
)


AFTER_APPROVAL = (
    "版は発行されていません。承認の後に登録したもの、公開しないことにしたものとも比べています。公開してよい"
    "ものなら、登録や「公開版の設定」を直してから「もう一度、版を作る」を押してください。公開できないものなら、"
    "「取り下げる」で下書きに戻し、公開する章の文や様式を直してから提出し直してください。"
)


class NothingPublicError(DomainError):
    """A public edition that would say nothing but that things are kept back."""

    def __init__(self) -> None:
        super().__init__(NOTHING_PUBLIC)


@dataclass(frozen=True)
class PublicEdition:
    """The public document of an edition, and its PDF."""

    document: Document
    pdf: bytes

    @property
    def pdf_sha256(self) -> str:
        return hashlib.sha256(self.pdf).hexdigest()


def require_publishable(
    content: Snapshot,
    style: DateStyle,
    now: HiddenNow | None = None,
    summary: Document | None = None,
) -> None:
    """Raise LeakError when the public half of a content, or its 概要版, would say what it may not.

    Raise NothingPublicError when it would say nothing at all. `now` is the working copy, where
    the content covers only a part of the plan.

    Asked before anybody decides on it; the HTML file says all that the PDF does.
    """
    if public_setting().enabled:
        document = redact(content.masked, choices_in(content.rows))
        if is_empty(document):
            raise NothingPublicError
        maker = PublicMaker(
            document, content.document, content.rows, load_image, style, now, summary
        )
        maker.page()


def public_counts(content: Snapshot) -> PublicCounts | None:
    """Return how much of a content would be public; None when no public edition is made of it."""
    if not public_setting().enabled:
        return None
    masked = content.masked
    return counts_of(masked, redact(masked, choices_in(content.rows)))


def released_in(
    content: Snapshot, style: DateStyle, summary: Callable[[], Document]
) -> list[FrozenClaim]:
    """Return what two people said of finds of this content; [] when no public edition is made.

    `summary` makes the 概要版 that is read with it.
    """
    claims = claims_in(content.rows)
    if not claims or not public_setting().enabled:
        return []
    document = redact(content.masked, choices_in(content.rows))
    maker = PublicMaker(
        document, content.document, content.rows, load_image, style, summary=summary()
    )
    return maker.released


def public_edition_of(
    content: Snapshot,
    masked: Document,
    look: EditionLook,
    style: DateStyle,
    hidden_now: Callable[[], HiddenNow],
) -> PublicEdition | None:
    """Return the public half of an edition; None when the municipality in scope makes none.

    None also when nothing would be public. What is submitted now is refused then
    (`require_publishable`); what a former release let through was approved, and is issued all the
    same, without pages that would say nothing. `masked` is the document without personal values. All
    public files, and the 概要版 that can be printed from now on, are made and read again; LeakError (a DomainError) names what one of them may not say,
    by what was hidden when it was submitted and by what is hidden now.
    """
    if not public_setting().enabled:
        return None
    document = redact(masked, choices_in(content.rows))
    if is_empty(document):
        return None
    now = hidden_now()
    maker = PublicMaker(
        document, content.document, content.rows, load_image, style, now, now.summary
    )
    try:
        maker.page()
        maker.workbook()
        with open_press(settings.PRINT_CACHE_DIR) as press:
            pdf = printed_as(press, document, look, bare(load_image))
        maker.check_pdf(pdf, {fold(look.check_mark.text)} if look.check_mark else ())
        if now.summary:
            maker.check_summary_beside(summary_pdf(now.summary, bare(load_image)))
    except LeakError as error:
        raise LeakError(error.sentences, AFTER_APPROVAL) from None
    return PublicEdition(document, pdf)
