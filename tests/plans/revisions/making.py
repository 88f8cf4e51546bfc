"""Rows of revisions for tests that need one without walking its way."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from bcp_portal.accounts.models import Municipality
from plans.document.canonical import content_sha256
from plans.document.coverage import WHOLE
from plans.models import (
    ApprovalRoute,
    Decision,
    Revision,
    Submission,
    SubmittedContent,
)
from plans.revisions.frozen_head import digest_of
from plans.revisions.route import Route, RouteStep, Seat, StepAction
from plans.working_copy.builder import build_document


def a_step(name: str = "部長の承認", role: str = "approver", **values: Any) -> RouteStep:
    return RouteStep(name, StepAction.APPROVE, (Seat(role=role),), **values)


def a_revision(municipality: Municipality, reason: str = "見直しのため", **values: Any) -> Revision:
    return Revision.objects.create(
        **{
            "municipality": municipality,
            "number": Revision.objects.count() + 1,
            "kind": "minor",
            "reason": reason,
            "coverage_data": WHOLE.to_json(),
            "effective_on": timezone.localdate() + timedelta(days=30),
            "drafter_name": "起案 太郎",
            **values,
        }
    )


def a_submission(municipality: Municipality, reason: str = "見直しのため") -> Submission:
    """Submit a revision to one approver."""
    revision = a_revision(municipality, reason, state="awaiting")
    assert revision.effective_on
    head = {
        "kind": "minor",
        "kind_reason": "",
        "proposed_kind": "minor",
        "proposed_reasons": ["言い回しだけです。"],
        "reason": reason,
        "coverage": WHOLE.to_json(),
        "coverage_label": "計画の全体",
        "effective_on": revision.effective_on.isoformat(),
        "document_number": "情政第1号",
        "base_edition_uid": "",
        "base_edition_label": "",
    }
    route = Route((a_step(),))
    document = build_document(municipality, include_personal=True).to_json()
    content = content_sha256(document, {})
    submission: Submission = Submission.objects.create(
        municipality=municipality,
        revision=revision,
        number=1,
        head=head,
        route_data=route.to_json(),
        content_sha256=content,
        digest=digest_of(head, route, content),
        submitted_by_name="起案 太郎",
        submitted_at=timezone.now(),
    )
    SubmittedContent.objects.create(
        municipality=municipality,
        submission=submission,
        document=document,
        rows={},
    )
    return submission


def a_decision(submission: Submission, paper: str = "") -> Decision:
    """Decide from the first seat, at a meeting when there is a paper."""
    decision = Decision(
        municipality=submission.municipality,
        submission=submission,
        step_number=0,
        seat_number=0,
        slot="0",
        verdict="approved",
        digest=submission.digest,
        user_key=0,
        person_uid=uuid4(),
        name="承認 一郎",
        at=timezone.now(),
    )
    if paper:
        decision.meeting_body, decision.meeting_on = "本部会", timezone.localdate()
        decision.paper_name = "議事録.txt"
        decision.paper_sha256 = hashlib.sha256(paper.encode()).hexdigest()
        decision.paper.save("paper", ContentFile(paper.encode()), save=False)
    decision.save()
    return decision


def a_route(
    municipality: Municipality, step_name: str = "部長の承認", kind: str = "minor"
) -> ApprovalRoute:
    return ApprovalRoute.objects.create(
        municipality=municipality,
        kind=kind,
        route_data=Route((a_step(step_name),)).to_json(),
    )
