"""A town with a small plan and the people who draft, check, approve and read it."""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality, Person
from bcp_portal.accounts.permissions import Role
from plans.document.coverage import WHOLE
from plans.models import ApprovalRoute, Chapter, Plan, Revision, Submission
from plans.revisions import issuing
from plans.revisions.decisions import DecisionOrder, DecisionOutcome, Wish, decide
from plans.revisions.draft_services import RevisionOrder, create_revision, log
from plans.revisions.people import holder_of
from plans.revisions.route import Holder, Route, RouteStep, Seat, StepAction
from plans.revisions.submission import submit_revision
from plans.working_copy.builder import build_document
from tests.conftest import MemberFactory

# What goes on in a revision is the same with four 様式 as with twenty, and several times quicker.
FEW_ANNEXES = [1, 3, 8, 9]


@dataclass
class Town:
    """A municipality, its people by name, and the usual steps on the way of a revision."""

    municipality: Municipality
    members: dict[str, Membership] = field(default_factory=dict)
    issued: list[Any] = field(default_factory=list)

    def __getattr__(self, name: str) -> Membership:
        try:
            return self.__dict__["members"][name]
        except KeyError:
            raise AttributeError(name) from None

    def holder(self, name: str) -> Holder:
        return holder_of(self.members[name].person)

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(
            self.members[name].user, backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    def set_route(self, *steps: RouteStep, kind: str = "enactment") -> None:
        ApprovalRoute.objects.update_or_create(
            municipality=self.municipality,
            kind=kind,
            defaults={"route_data": Route(steps).to_json()},
        )

    def order(self, **values: Any) -> RevisionOrder:
        return RevisionOrder(
            **{
                "kind": "enactment",
                "reason": "計画を定めるため",
                "coverage": WHOLE,
                "effective_on": timezone.localdate() + timedelta(days=30),
                "document_number": "情政第123号",
                **values,
            }
        )

    def draft(self, by: str = "drafter", **values: Any) -> Revision:
        document = build_document(self.municipality, include_personal=False)
        return create_revision(
            membership=self.members[by], order=self.order(**values), document=document
        )

    def submit(self, revision: Revision, by: str = "drafter") -> Submission:
        revision.refresh_from_db()
        return submit_revision(
            revision=revision, membership=self.members[by], expected_version=revision.version
        )

    def submitted(self, **values: Any) -> Revision:
        revision = self.draft(**values)
        self.submit(revision)
        revision.refresh_from_db()
        return revision

    def change(self, **values: Any) -> None:
        """Change every revision without asking what may be changed, as the program would write it."""
        for revision in Revision.objects.all():
            for name, value in values.items():
                setattr(revision, name, value)
            revision.save()
            log(revision, None, "改定の変更")

    def decide(self, revision: Revision, by: str, step: int, **values: Any) -> DecisionOutcome:
        digest = revision.submissions.order_by("-number").first().digest
        values = {"seat": 0, "wish": Wish.AGREE, "digest": digest, **values}
        return decide(
            revision=revision,
            membership=self.members[by],
            order=DecisionOrder(step=step, **values),
        )


CHECK = RouteStep("課長の確認", StepAction.CHECK, (Seat(role="checker", post_label="課長"),))
APPROVE = RouteStep("部長の承認", StepAction.APPROVE, (Seat(role="approver", post_label="部長"),))


@pytest.fixture
def town(in_scope: Municipality, member: MemberFactory, monkeypatch: Any) -> Town:
    town = a_town(in_scope, member)
    issue_nothing(town, monkeypatch)
    return town


def a_town(municipality: Municipality, member: MemberFactory) -> Town:
    """Make the town in the scope of its municipality."""
    town = Town(municipality)
    roles = {
        "drafter": Role.EDITOR,
        "writer": Role.EDITOR,
        "checker": Role.CHECKER,
        "approver": Role.APPROVER,
        "second": Role.APPROVER,
        "head": Role.HEAD,
        "reader": Role.VIEWER,
        "admin": Role.ADMIN,
    }
    for name, role in roles.items():
        membership = member(role, username=name)
        membership.person = Person.objects.create(
            municipality=municipality, name=f"見本 {name}", post=f"{name}職"
        )
        membership.save()
        town.members[name] = membership
    plan = Plan.objects.create(
        municipality=municipality, title="見本市 ICT業務継続計画", annex_numbers=FEW_ANNEXES
    )
    for position, title in enumerate(("目的", "体制"), 1):
        Chapter.objects.create(
            municipality=municipality,
            plan=plan,
            title=title,
            body=f"<p>{title}を定める。</p>",
            position=position,
            confidentiality="public",
        )
    town.set_route(CHECK, APPROVE)
    return town


def issue_nothing(town: Town, monkeypatch: Any) -> None:
    """Note what would be issued, which has tests of its own."""

    def issue(*, municipality: Municipality, order: Any, actor: Any) -> Any:
        town.issued.append(order)
        return SimpleNamespace(uid=uuid4(), label="初版")

    monkeypatch.setattr(issuing, "issue_edition", issue)
