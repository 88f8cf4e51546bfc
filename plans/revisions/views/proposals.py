"""What a draft's page says of its kind and of what comes along: found out beside the form, never before it."""

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import render

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.jobs.models import JobState, Preparation
from bcp_portal.jobs.prepared.services import preparation_of, prepare, value_of
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.troubles import trouble_of
from plans.document.coverage import Coverage
from plans.editions.queries import latest_sha256, latest_without_text
from plans.revisions.prepared import PROPOSAL, Proposed, wanted_proposal
from plans.revisions.prospective_changes import first_proposal
from plans.revisions.side_effects import beside
from plans.revisions.views.base import RevisionView

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class KindAnswer:
    """What is proposed, or the job that finds it out, or why there is neither (Japanese)."""

    proposed: Proposed | None = None
    job: Preparation | None = None
    trouble: str = ""

    def context(self, municipality: Municipality) -> dict[str, Any]:
        """Return what the sections of the page show."""
        shown = self.proposed
        return {
            "answer": self,
            "proposal": shown.proposal if shown else None,
            "beside": beside(municipality, shown.followers, shown.left_out, latest_without_text())
            if shown
            else None,
        }


def answer_for(membership: Membership, coverage: Coverage) -> KindAnswer:
    """Return what is known of a revision of these parts, or ask for it in the background.

    The form is of use without it: whatever keeps it from being asked for is said beside the form.
    """
    if not latest_sha256():
        return KindAnswer(Proposed(first_proposal(), (), ()))
    try:
        job = prepare(membership=membership, wanted=wanted_proposal(coverage, membership))
    except DomainError as error:
        return KindAnswer(trouble=error.message)
    except DatabaseError as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        logger.warning("The proposal of a kind could not be asked for: %s", error)
        return KindAnswer(trouble=trouble)
    return answer_of(job)


def answer_of(job: Preparation) -> KindAnswer:
    """Return what a job has found out so far."""
    if job.state == JobState.DONE:
        return KindAnswer(value_of(job))
    return KindAnswer(job=job if job.is_under_way else None, trouble=job.message)


class KindProposalView(RevisionView):
    """The part of the page that asks again each second until it is known what is proposed."""

    permission = Permission.DRAFT_REVISION
    http_method_names = ["get", "head"]

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = preparation_of(request.membership, uid)
        if job is None or job.product != PROPOSAL:
            raise Http404
        context = answer_of(job).context(request.municipality)
        return render(request, "plans/revisions/_proposal.html", {**context, "later": True})
