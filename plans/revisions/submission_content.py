"""Finds out what a submission would freeze, and everything that stands in its way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.checks.asking import findings_at
from bcp_portal.checks.findings import Finding, NotReady
from bcp_portal.checks.registry import Moment
from plans.blanks.finding import blanks_of
from plans.document.named_drafts import HEAD_KEY as NAMED_KEY
from plans.editions.snapshot import Snapshot
from plans.issuing.frozen_working_copy import frozen
from plans.public_edition.issuing import public_counts, released_in
from plans.revisions.content_to_submit import ContentToSubmit
from plans.revisions.draft_parts import HEAD_KEY as DRAFTS_KEY
from plans.revisions.draft_parts import draft_parts
from plans.revisions.frozen_head import head_of
from plans.revisions.models.revision import Revision
from plans.revisions.parties import Situation
from plans.revisions.prospective_changes import Prospect
from plans.revisions.public_outlook import HEAD_KEY
from plans.revisions.route import Route


@dataclass(frozen=True)
class Prepared:
    """Everything a submission freezes; `began_at` is when its content was read.

    `told` was found and refuses nothing.
    """

    snapshot: Snapshot
    head: dict[str, Any]
    route: Route
    situation: Situation
    began_at: datetime
    told: tuple[Finding, ...]


def prepared(
    current: Revision, membership: Membership, prospect: Prospect | None = None
) -> Prepared:
    """Return what would be frozen; writes nothing.

    Raises NotReady with everything that stands in the way, one check not hiding the next. What
    a `prospect` of the revision found out of this moment is not found out again.
    """
    prospect = prospect or Prospect(current.municipality, current.coverage)
    began_at = timezone.now()  # what is written from now on is not in the snapshot
    snapshot = frozen(current.municipality, prospect.composed, prospect.latest)
    content = ContentToSubmit(current, membership, prospect, snapshot)
    found = NotReady(findings_at(Moment.SUBMIT, content))
    if found.refusals:
        raise found
    head = _head(content)
    return Prepared(snapshot, head, content.route, content.situation, began_at, found.findings)


def _head(content: ContentToSubmit) -> dict[str, Any]:
    """Return what is decided on besides the content."""
    current, prospect, snapshot = content.revision, content.prospect, content.content
    if content.effective_on is None:
        raise AssertionError("A check without an answer did not refuse.")
    label = current.coverage.label(snapshot.document)
    released = [
        each.to_json() for each in released_in(snapshot, content.style, lambda: content.summary)
    ]
    head = head_of(
        current, prospect.proposal, label, content.effective_on, prospect.latest, released
    )
    # What comes along unchosen and what is left out, for those who decide.
    head["followers"] = [each.to_json() for each in prospect.followers]
    head["left_out"] = [each.to_json() for each in prospect.left_out]
    head[NAMED_KEY] = [each.to_json() for each in prospect.named_drafts]
    counts = public_counts(snapshot)
    head[HEAD_KEY] = counts.to_json() if counts else None
    blanks = blanks_of(current.municipality, current.coverage)
    head["blanks"] = [each.to_json() for each in blanks]
    drafts = draft_parts(current.municipality, current.coverage)
    head[DRAFTS_KEY] = [each.to_json() for each in drafts]
    return head
