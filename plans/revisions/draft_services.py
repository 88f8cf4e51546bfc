"""Every write to a revision before it is submitted: what it is for, what it covers, its kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from bcp_portal.accounts.models import Membership, User
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.edits import Edit, plain, write_edits
from bcp_portal.audit.seal_proofs import seal_faults_of
from bcp_portal.audit.services import Change, record
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.plan import Plan
from plans.document.coverage import Coverage
from plans.document.document import Document
from plans.document.revision_kind import RevisionKind
from plans.revisions.models.revision import Revision
from plans.revisions.people import actor_of, note_contributor
from plans.revisions.states import CLOSED, RevisionState, may_follow

ALTERED = (
    "この改定には何も書き込めません。システムの担当者に連絡し、取下げの「この改定をやめる」で取り下げてから、"
    "新しい改定を起案してください。"
)
NO_PLAN = "計画がまだ作られていません。先に「章立てと本文」で計画を作り始めてください。"


@dataclass(frozen=True)
class RevisionOrder:
    """What a person wants a revision to be."""

    kind: str
    reason: str
    coverage: Coverage
    effective_on: date | None = None
    document_number: str = ""
    kind_reason: str = ""

    def values(self) -> dict[str, Any]:
        """Return the fields of the model."""
        return {
            "kind": self.kind,
            "reason": self.reason,
            "coverage_data": self.coverage.to_json(),
            "effective_on": self.effective_on,
            "document_number": self.document_number,
            "kind_reason": self.kind_reason,
        }


@transaction.atomic
def create_revision(
    *, membership: Membership, order: RevisionOrder, document: Document
) -> Revision:
    """Open a revision; DomainError names the open one that covers some of the same parts.

    `document` is the working copy, in whose words parts are named. Two people who create at the
    same moment follow one another, because both hold the plan.
    """
    _hold_plan()
    _require_free(order.coverage, document)
    actor = actor_of(membership)
    last = Revision.objects.aggregate(last=Max("number"))["last"] or 0
    revision = Revision(
        municipality=membership.municipality,
        number=last + 1,
        drafter=membership.user,
        drafter_name=actor.name,
        drafter_post=actor.post,
    )
    shown = partial(_shown, document)
    edit = Edit(revision, order.values(), labels=_LABELS, text=shown, is_new=True)
    written = write_edits([edit])
    note_contributor(revision, membership)
    log(revision, membership.user, "改定の起案", changes=written.changes)
    return revision


@transaction.atomic
def update_revision(
    *,
    revision: Revision,
    membership: Membership,
    order: RevisionOrder,
    document: Document,
    expected_version: int,
) -> Revision:
    """Change a draft; Conflict when somebody else saved it in between."""
    _hold_plan()
    current = locked_revision(revision)
    if current.version != expected_version:
        raise Conflict(current)
    if not current.is_editable:
        raise DomainError(
            f"この改定は「{current.get_state_display()}」のため、変更できません。", status=409
        )
    _require_free(order.coverage, document, but=current)
    edit = Edit(current, order.values(), labels=_LABELS, text=partial(_shown, document))
    written = write_edits([edit])
    if written:
        note_contributor(current, membership)
        log(current, membership.user, "改定の変更", changes=written.changes)
    return current


def locked_revision(revision: Revision, *, even_altered: bool = False) -> Revision:
    """Return the revision as it is now; who decides, submits or withdraws follows one another.

    Raises DomainError for one that was changed behind the program's back, unless it is to be
    written `even_altered`: to seal it anew would hide that.
    """
    current = Revision.objects.select_for_update().get(pk=revision.pk)
    faults = () if even_altered else seal_faults_of([current])
    if faults:
        raise DomainError(f"{''.join(faults)}{ALTERED}", status=409)
    return current


def move_to(revision: Revision, state: RevisionState) -> None:
    """Put a locked revision into a state that may follow; anything else is a fault of the program."""
    if not may_follow(revision.state, state):
        raise ValueError(f"{revision.state} is not followed by {state}.")
    revision.state = state
    revision.save()


def log(
    revision: Revision,
    actor: User | None,
    action: str,
    *,
    changes: Sequence[Change] = (),
    note: str = "",
    touched: Sequence[Model] = (),
    sealed_anew: bool = True,
) -> None:
    """Write one entry about a revision, which seals it as it is now, and what else was touched of it.

    Comes after the writes, or the seal is of what was before. A revision that was altered is not
    `sealed_anew`: that would hide it.
    """
    record(
        municipality=revision.municipality,
        actor=actor,
        action=action,
        target=revision,
        changes=changes,
        note=note,
        sealed=[*([revision] if sealed_anew else []), *touched],
    )


def _hold_plan() -> None:
    if Plan.objects.select_for_update().first() is None:
        raise DomainError(NO_PLAN)


def _require_free(coverage: Coverage, document: Document, but: Revision | None = None) -> None:
    if coverage.is_empty:
        raise DomainError("改定の対象を選んでください。")
    others = Revision.objects.exclude(state__in=CLOSED)
    for other in others.exclude(pk=but.pk) if but else others:
        if coverage.overlaps(other.coverage):
            shared = coverage.shared_with(other.coverage).label(document)
            raise DomainError(
                f"「{shared}」は、{other.drafter_name}が起案した{other}"
                f"（{other.get_state_display()}）の対象です。"
                "その改定が終わるのを待つか、対象を分けてください。",
                status=409,
            )


_LABELS = {
    "kind": "改定の種類",
    "reason": "改定の理由",
    "coverage": "対象",
    "effective_on": "施行日",
    "document_number": "文書番号",
    "kind_reason": "種類を軽くする理由",
}


def _shown(document: Document, revision: Revision, name: str) -> str:
    if name == "kind":
        return str(RevisionKind(revision.kind).label)
    if name == "coverage":
        return revision.coverage.label(document)
    if name == "effective_on":
        return revision.effective_on.isoformat() if revision.effective_on else ""
    return plain(revision, name)
