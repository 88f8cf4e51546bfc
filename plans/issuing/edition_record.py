"""What an edition is made of: the order that was approved, its composed content, its files, its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from bcp_portal.accounts.models import Municipality
from plans.document.canonical import sha256_of
from plans.document.coverage import WHOLE, Coverage
from plans.document.document import Document
from plans.document.edition_number import EditionNumber
from plans.document.revision_kind import RevisionKind
from plans.editions.chain import GENESIS
from plans.editions.models.edition import Edition
from plans.editions.models.edition_setting import RevisionDay
from plans.editions.printing import Prints
from plans.editions.revision_day import EditionDays
from plans.editions.snapshot import Snapshot
from plans.public_edition.issuing import PublicEdition


@dataclass(frozen=True)
class IssueOrder:
    """What was approved: `content` is Snapshot.to_json(), deciders are written down as they come.

    A decider says at least name, post, decision and at (ISO); on_behalf_of, meeting_body,
    meeting_on and comment where there are any. The drafter says name and post.
    """

    revision_uid: UUID
    kind: str
    reason: str
    content: Mapping[str, Any]
    effective_on: date
    document_number: str = ""
    drafter: Mapping[str, Any] = field(default_factory=dict)
    deciders: tuple[Mapping[str, Any], ...] = ()
    coverage: Coverage = WHOLE


@dataclass(frozen=True)
class ComposedEdition:
    """One edition ready to be printed and stored, and the edition it was composed behind."""

    previous: Edition | None
    number: EditionNumber
    snapshot: Snapshot
    masked: Document
    days: EditionDays
    listed_by: RevisionDay
    revised_on: date
    short_code: str


@dataclass(frozen=True)
class EditionFiles:
    """The files of one edition; `public` is None where no public edition is made."""

    prints: Prints
    public: PublicEdition | None


def unsaved_edition(
    municipality: Municipality, order: IssueOrder, composed: ComposedEdition, made: EditionFiles
) -> Edition:
    """Return the record of an edition, without its place in the log, its moment and its chain hash."""
    previous, number = composed.previous, composed.number
    public = made.public.document.to_json() if made.public else None
    return Edition(
        municipality=municipality,
        uid=uuid4(),
        sequence=previous.sequence + 1 if previous else 1,
        number_major=number.major,
        number_minor=number.minor,
        number_part=number.part,
        label=number.label,
        kind=order.kind,
        kind_label=_kind_label(order.kind),
        reason=order.reason,
        coverage=order.coverage.to_json(),
        coverage_label=order.coverage.label(composed.snapshot.document),
        revision_uid=order.revision_uid,
        document=composed.snapshot.document.to_json(),
        public_document=public,
        rows=composed.snapshot.rows,
        submitted_sha256=order.content["sha256"],
        content_sha256=composed.snapshot.sha256,
        public_sha256=sha256_of(public) if public is not None else "",
        previous=previous,
        previous_hash=previous.chain_hash if previous else GENESIS,
        deciders=_plain(order.deciders),
        drafter=dict(order.drafter),
        document_number=order.document_number,
        effective_on=order.effective_on,
        revised_on=composed.revised_on,
        pdf_sha256=made.prints.internal_sha256,
        masked_pdf_sha256=made.prints.masked_sha256,
        public_pdf_sha256=made.public.pdf_sha256 if made.public else "",
        short_code=composed.short_code,
    )


def _kind_label(kind: str) -> str:
    return str(RevisionKind(kind).label) if kind in RevisionKind.values else kind


def _plain(deciders: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(decider) for decider in deciders]
