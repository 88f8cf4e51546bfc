"""Issues editions: the one way by which an edition comes into being."""

import logging
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.functional import cached_property  # functools' has one lock for all threads

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.audit.queries import last_link
from bcp_portal.audit.services import Change, record
from bcp_portal.checks.asking import require
from bcp_portal.checks.findings import Where
from bcp_portal.checks.registry import Moment
from bcp_portal.ui.eras import DateStyle, format_date
from bcp_portal.ui.errors import DomainError
from plans.document.canonical import content_sha256
from plans.document.document import Document
from plans.document.edition_number import next_number
from plans.document.imprint import Imprint, imprinted
from plans.document.revision_table import RevisionLine, revision_table
from plans.editions.chain import chain_hash
from plans.editions.edition_proof import require_issued
from plans.editions.log_words import ISSUED
from plans.editions.look import EditionLook, look_of
from plans.editions.models.edition import Edition
from plans.editions.models.edition_setting import RevisionDay
from plans.editions.printing import Prints, print_edition
from plans.editions.queries import (
    edition_setting,
    last_number,
    latest_edition,
)
from plans.editions.revision_day import EditionDays
from plans.editions.revision_lines import lines_of_editions
from plans.editions.short_codes import new_short_code
from plans.editions.snapshot import Snapshot
from plans.issuing.edition_record import (
    ComposedEdition,
    EditionFiles,
    IssueOrder,
    unsaved_edition,
)
from plans.issuing.frozen_working_copy import combined_with_latest
from plans.public_edition.issuing import PublicEdition, public_edition_of
from plans.public_edition.working_copy import hidden_now

logger = logging.getLogger(__name__)

_ATTEMPTS = 3
ALTERED = (
    "承認された内容が、承認の後に書き換えられています。この内容では版を発行できません。"
    "システムの担当者に連絡し、改定を提出し直してください。"
)
NOT_PRINTED = (
    "版のPDFを作る途中で問題が起きたため、版は発行されていません。もう一度発行し、"
    "続く場合はシステムの担当者に時刻を知らせてください。"
)
NOT_STORED = (
    "版を保存できなかったため、版は発行されていません。もう一度発行し、続く場合はシステムの担当者に"
    "時刻を知らせてください。"
)
NOT_PUBLISHED = (
    "公開版を作る途中で問題が起きたため、版は発行されていません。もう一度発行し、続く場合はシステムの"
    "担当者に時刻を知らせてください。"
)
OVERTAKEN = "ほかの改定の発行と重なったため、版は発行されていません。もう一度発行してください。"


@dataclass
class EditionToIssue:
    """An edition as the checks of all rooms are asked about it at ISSUE; each part is made once."""

    municipality: Municipality
    order: IssueOrder

    @property
    def effective_on(self) -> date:
        return self.order.effective_on

    @property
    def style(self) -> DateStyle:
        return DateStyle(self.municipality.date_style)

    @property
    def own_page(self) -> tuple[Where, ...]:
        """Return no page: what was approved cannot be mended any more."""
        return ()

    @cached_property
    def composed(self) -> ComposedEdition:
        return _compose(self.municipality, self.order)

    @property
    def document(self) -> Document:
        return self.composed.snapshot.document

    @cached_property
    def look(self) -> EditionLook:
        return look_of(edition_setting(), self.composed.short_code)

    @cached_property
    def printed(self) -> Prints:
        """Return the PDFs; DomainError names what cannot be printed."""
        return _print(self.composed, self.look)

    @cached_property
    def public(self) -> PublicEdition | None:
        """Return the public half; LeakError names what a file of it may not say."""
        return _publish(self.municipality, self.composed, self.look)

    @property
    def files(self) -> EditionFiles:
        return EditionFiles(self.printed, self.public)


def issue_edition(*, municipality: Municipality, order: IssueOrder, actor: User | None) -> Edition:
    """Print what was approved, then number, store and chain it as an edition in one transaction.

    Runs in the worker, inside the municipality's scope and outside a transaction. Raises
    DomainError (Japanese) when it cannot be issued; nothing is left of it then. The same revision
    is never issued twice: a second call returns the edition of the first.
    """
    if order.content.get("sha256") != content_sha256(
        order.content["document"], order.content["rows"]
    ):
        raise DomainError(ALTERED)
    for _ in range(_ATTEMPTS):
        issued: Edition | None = Edition.objects.filter(revision_uid=order.revision_uid).first()
        if issued:
            return issued
        asked = EditionToIssue(municipality, order)
        require(Moment.ISSUE, asked)
        edition = _store(municipality, order, asked.composed, asked.files, actor)
        if edition:
            return edition
    raise DomainError(OVERTAKEN, status=409)


def _compose(municipality: Municipality, order: IssueOrder) -> ComposedEdition:
    style = DateStyle(municipality.date_style)
    previous = latest_edition()
    if previous and not order.coverage.whole:
        require_issued(previous)
    setting = edition_setting()
    number = next_number(last_number(previous), order.kind, setting.rule)
    days = EditionDays(order.effective_on, timezone.now(), order.deciders)
    listed_by = RevisionDay(setting.revision_day)
    revised_on = days.listed_on(listed_by)
    content = Snapshot.from_json(order.content)
    combined = combined_with_latest(municipality, content, previous, order.coverage)
    line = RevisionLine(number.label, revised_on, order.reason)
    imprint = Imprint(
        number.label,
        format_date(order.effective_on, style),
        order.document_number,
        setting.revisions_title,
    )
    revisions = revision_table([*lines_of_editions(), line], style)
    return ComposedEdition(
        previous,
        number,
        Snapshot.of(imprinted(combined.document, imprint, revisions), combined.rows),
        imprinted(combined.masked, imprint, revisions),
        days,
        listed_by,
        revised_on,
        new_short_code(),
    )


def _print(composed: ComposedEdition, look: EditionLook) -> Prints:
    try:
        return print_edition(composed.snapshot.document, composed.masked, look)
    except DomainError:
        raise
    except Exception as error:
        logger.exception("An edition could not be printed.")
        raise DomainError(NOT_PRINTED) from error


def _publish(
    municipality: Municipality, composed: ComposedEdition, look: EditionLook
) -> PublicEdition | None:
    style = DateStyle(municipality.date_style)
    try:
        return public_edition_of(
            composed.snapshot, composed.masked, look, style, partial(hidden_now, municipality)
        )
    except DomainError:
        raise
    except Exception as error:
        logger.exception("The public edition could not be made.")
        raise DomainError(NOT_PUBLISHED) from error


def _store(
    municipality: Municipality,
    order: IssueOrder,
    composed: ComposedEdition,
    made: EditionFiles,
    actor: User | None,
) -> Edition | None:
    """Write everything at once, as issued at this moment.

    None when another edition was issued in between, or a day has begun that the table of revisions
    in its files does not say.
    """
    edition = unsaved_edition(municipality, order, composed, made)
    try:
        with transaction.atomic():
            Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
            if _last_pk() != (composed.previous.pk if composed.previous else None):
                return None
            edition.pdf.save("plan.pdf", ContentFile(made.prints.internal), save=False)
            edition.masked_pdf.save("masked.pdf", ContentFile(made.prints.masked), save=False)
            if made.public:
                edition.public_pdf.save("public.pdf", ContentFile(made.public.pdf), save=False)
            edition.issued_at = timezone.now()
            days = replace(composed.days, issued_at=edition.issued_at)
            if days.listed_on(composed.listed_by) != composed.revised_on:
                _remove_files(edition)
                return None
            edition.log_sequence, edition.log_digest = last_link()
            edition.chain_hash = chain_hash(edition)
            edition.save()
            _record(edition, actor)
    except BaseException as error:
        _remove_files(edition)
        if not isinstance(error, OSError | DatabaseError):
            raise
        logger.exception("An edition could not be stored.")
        raise DomainError(NOT_STORED) from error
    return edition


def _last_pk() -> int | None:
    pk: int | None = Edition.objects.order_by("-sequence").values_list("pk", flat=True).first()
    return pk


def _record(edition: Edition, actor: User | None) -> None:
    style = DateStyle(edition.municipality.date_style)
    changes = [
        Change("label", "版数", edition.previous.label if edition.previous else "", edition.label),
        Change("effective_on", "施行日", "", format_date(edition.effective_on, style)),
    ]
    record(
        municipality=edition.municipality,
        actor=actor,
        action=ISSUED,
        target=edition,
        changes=changes,
        note=f"連鎖値 {edition.chain_hash}",
    )


def _remove_files(edition: Edition) -> None:
    for file in (edition.pdf, edition.masked_pdf, edition.public_pdf):
        if file.name:
            file.storage.delete(file.name)
