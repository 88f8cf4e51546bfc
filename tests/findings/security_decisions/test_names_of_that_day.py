"""A decided 起案書 calls everybody as on the day they acted, despite later renames and transfers."""

from typing import Any

from bcp_portal.accounts.models import Department, Membership, Person, User
from plans.comparison.layout import Layout
from plans.models import ApprovalRoute, Revision
from plans.revisions.page import RevisionPage
from plans.revisions.route import RouteStep, Seat, StepAction
from plans.revisions.sheet import approval_sheet
from plans.revisions.sheet_print import comparison_sheet
from plans.revisions.states import SubmissionState
from tests.findings.security_decisions.test_authors import write_chapter
from tests.plans.revisions.conftest import Town


def test_a_decided_sheet_names_nobody_anew(town: Town) -> None:
    department = Department.objects.create(municipality=town.municipality, name="情報政策課")
    for member in town.members.values():
        member.person.department = department
        member.person.save()
    revision = decided(town)
    before = sheets(revision)
    said = repr(before)
    for name in ("drafter", "second", "approver", "head"):
        assert f"情報政策課 {name}職 見本 {name}" in said, name
    assert "見本 checkerの代行" in said and "と同じ人の決定" in said and "見本 writer（" in said
    former = list(Person.objects.values_list("name", "post"))
    for number, person in enumerate(Person.objects.all()):
        person.name, person.post, person.kana = f"新しい名{number}", f"新しい職{number}", "かな"
        person.save()
    Department.objects.update(name="デジタル推進課")
    User.objects.update(display_name="新しい表示名")
    assert sheets(revision) == before
    # Nor when others bear the names now, and those who decided have left.
    for name, post in former:
        Person.objects.create(
            municipality=town.municipality, name=name, post=post, department=department
        )
    Membership.objects.update(person=None, roles=["viewer"])
    Person.objects.filter(name__startswith="新しい").update(department=None, row_status="retired")
    ApprovalRoute.objects.all().delete()
    assert sheets(revision) == before


def decided(town: Town) -> Revision:
    """Return a revision on whose sheet stand a deputy, one person twice, and two who did nothing."""
    town.approver.roles = ["checker", "approver"]
    town.approver.save()
    for_checker = Seat(holder=town.holder("checker"), deputies=(town.holder("approver"),))
    town.set_route(
        RouteStep(
            "課長の確認", StepAction.CHECK, (for_checker, Seat(holder=town.holder("second")))
        ),
        RouteStep("部長の承認", StepAction.APPROVE, (Seat(holder=town.holder("approver")),)),
        RouteStep("市長への報告", StepAction.REPORT, (Seat(holder=town.holder("head")),)),
    )
    write_chapter(town, "writer", "目的", "<p>新しい目的を定める。</p>")
    revision = town.submitted()
    town.decide(revision, "approver", 0, absence="出張のため")
    town.decide(revision, "approver", 1)
    assert revision.submissions.get().state == SubmissionState.APPROVED
    return revision


def sheets(revision: Revision) -> tuple[Any, Any]:
    page = RevisionPage(Revision.objects.get(pk=revision.pk))
    assert page.submission is not None
    return approval_sheet(page), comparison_sheet(page, page.submission, Layout())
