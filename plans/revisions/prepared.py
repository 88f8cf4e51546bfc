"""What the pages of a draft say of the whole content, found out in the background.

To see what a revision would carry, the whole plan is put together, compared with the last edition
and read by the leak check: many seconds, in which a thread of the web server would serve nobody.
"""

from dataclasses import dataclass

from django.urls import reverse

from bcp_portal.accounts.consistent_reads import one_moment
from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.checks.findings import Finding
from bcp_portal.jobs.models import Preparation
from bcp_portal.jobs.prepared.products import (
    MadePage,
    PreparationRequest,
    PreparedProduct,
    Report,
    register_prepared,
)
from bcp_portal.ui.errors import DomainError
from plans.comparison.changes import Comparison
from plans.document.coverage import Coverage
from plans.document.named_drafts import NamedDraft
from plans.editions.queries import latest_sha256
from plans.phrases.placeholders import UnsetPlaceholder, unset_placeholders
from plans.revisions.before_submit import refusals_now
from plans.revisions.differences import Difference
from plans.revisions.followers import Follower
from plans.revisions.frozen_parties import FrozenParties
from plans.revisions.kind_proposal import KindProposal
from plans.revisions.models.revision import Revision
from plans.revisions.models.route import ApprovalRoute
from plans.revisions.prospective_changes import Prospect
from plans.revisions.prospective_situation import situation_before
from plans.revisions.public_outlook import Outlook
from plans.working_copy.version import version_of_working_copy

BEFORE_SUBMIT = "before-submit"
PROPOSAL = "revision-proposal"
GONE = "この改定は、もう提出の前ではありません。改定の画面を開き直してください。"


@dataclass(frozen=True)
class Proposed:
    """What changed so far asks for, and what stands beside the chosen parts."""

    proposal: KindProposal
    followers: tuple[Follower, ...]
    left_out: tuple[Difference, ...]


@dataclass(frozen=True)
class Foreseen:
    """What a person would submit, and what checks say of it, as it was read at one moment.

    Without a route nobody had a hand in it: there are no `parties`.
    """

    proposed: Proposed
    named_drafts: tuple[NamedDraft, ...]
    gaps: tuple[UnsetPlaceholder, ...]
    comparison: Comparison | None
    parties: FrozenParties | None
    outlook: Outlook
    findings: tuple[Finding, ...]
    unchanged: str


def register_before_submit() -> None:
    """Tell the jobs; called once at start."""
    register_prepared(
        PreparedProduct(
            BEFORE_SUBMIT, "提出の前の確認", _foreseen, _submit_page, is_page=True, opens=_opens_own
        )
    )
    register_prepared(
        PreparedProduct(
            PROPOSAL,
            "改定の種類の提案",
            _proposed,
            lambda job: reverse("revisions:list", args=[job.municipality.code]),
            is_page=True,
            opens=_opens,
        )
    )


def wanted_before_submit(revision: Revision, membership: Membership) -> PreparationRequest:
    """Return what is asked for: what this person would submit of this revision as it is now."""
    return PreparationRequest(
        BEFORE_SUBMIT, options_of(revision, membership), versions=_versions(membership)
    )


def wanted_proposal(coverage: Coverage, membership: Membership) -> PreparationRequest:
    """Return what is asked for: what a revision of these parts would change as all is now."""
    options = {"coverage": coverage.to_json()}
    return PreparationRequest(PROPOSAL, options, versions=_versions(membership))


def options_of(revision: Revision, membership: Membership) -> dict[str, str | int]:
    """Return whose look at which revision it is: who submits has a hand in it too."""
    return {
        "revision": str(revision.uid),
        "version": revision.version,
        "person": membership.user_id,
    }


def _versions(membership: Membership) -> tuple[str, str]:
    return latest_sha256(), version_of_working_copy(membership.municipality)


def _foreseen(job: Preparation, report: Report) -> MadePage:
    report("計画の読み取り", 0, 4)
    with one_moment(temporary_tables=True):
        revision, membership = _asked(job)
        prospect = Prospect(revision.municipality, revision.coverage)
        document = prospect.composed.full
        report("提出できるかどうかの確認", 1, 4)
        findings, unchanged = refusals_now(revision, membership, prospect)
        report("公開しない値の検査", 2, 4)
        outlook = prospect.outlook
        report("前の版との比較", 3, 4)
        return MadePage(
            Foreseen(
                _proposed_of(prospect),
                tuple(prospect.named_drafts),
                tuple(unset_placeholders(document)),
                prospect.comparison,
                _parties(revision, prospect, membership),
                outlook,
                findings,
                unchanged,
            )
        )


def _proposed(job: Preparation, report: Report) -> MadePage:
    report("計画の読み取りと、前の版との比較", 0, 1)
    coverage = Coverage.from_json(job.options["coverage"])
    with one_moment(temporary_tables=True):
        return MadePage(_proposed_of(Prospect(job.municipality, coverage)))


def _proposed_of(prospect: Prospect) -> Proposed:
    return Proposed(prospect.proposal, tuple(prospect.followers), tuple(prospect.left_out))


def _asked(job: Preparation) -> tuple[Revision, Membership]:
    """Return the revision and who would submit it; DomainError when it is not as they saw it."""
    revisions = Revision.objects.select_related("municipality", "drafter")
    found = revisions.filter(uid=job.options["revision"], version=job.options["version"]).first()
    people = Membership.objects.select_related("municipality", "user", "person")
    member = people.filter(municipality=job.municipality, user=job.requested_by).first()
    if found is None or member is None or not found.is_editable:
        raise DomainError(GONE, status=409)
    return found, member


def _parties(
    revision: Revision, prospect: Prospect, membership: Membership
) -> FrozenParties | None:
    if not ApprovalRoute.objects.filter(kind=revision.kind).exists():
        return None
    before = prospect.old.full if prospect.old else None
    return situation_before(revision, before, prospect.document, membership).parties


def _opens(membership: Membership, job: Preparation) -> bool:
    return bool(membership.may(Permission.DRAFT_REVISION))


def _opens_own(membership: Membership, job: Preparation) -> bool:
    return _opens(membership, job) and job.requested_by_id == membership.user_id


def _submit_page(job: Preparation) -> str:
    args = [job.municipality.code, job.options["revision"]]
    return f"{reverse('revisions:submit', args=args)}?of={job.uid}"
