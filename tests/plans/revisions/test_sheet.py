"""The approval sheet: what it says, and that it prints with the 新旧対照表 behind it."""

from io import BytesIO
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from plans.document.coverage import Coverage
from plans.editions.models.edition import Edition
from plans.issuing.services import issue_edition
from plans.models import Chapter, Revision
from plans.prints.products import PrintOrder
from plans.revisions import issuing
from plans.revisions.page import RevisionPage
from plans.revisions.route import RouteStep, Seat, StepAction
from plans.revisions.route_services import save_small_office
from plans.revisions.sheet import ApprovalSheet, SealBox, approval_sheet
from plans.revisions.sheet_print import make_print
from tests.plans.editions.making import quick_prints
from tests.plans.revisions.conftest import APPROVE, CHECK, Town

MEETING = RouteStep(
    "本部会の決定",
    StepAction.APPROVE,
    (Seat(role="head", post_label="本部長"),),
    meeting_body="本部会",
)
REPORT = RouteStep(
    "議会への報告", StepAction.REPORT, (Seat(role="viewer", post_label="議会事務局"),)
)


def sheet_of(revision: Revision) -> ApprovalSheet:
    revision = Revision.objects.get(pk=revision.pk)
    return approval_sheet(RevisionPage(revision))


def decided(town: Town, **values: Any) -> Revision:
    """Bring a revision through check, deputy, meeting and report."""
    seat = Seat(
        holder=town.holder("approver"),
        deputies=(town.holder("second"),),
        chosen_on=timezone.localdate().isoformat(),
    )
    named = RouteStep("部長の承認", StepAction.APPROVE, (seat,))
    for kind in ("enactment", "minor"):
        town.set_route(CHECK, named, MEETING, REPORT, kind=kind)
    revision = town.submitted(**values)
    town.decide(revision, "checker", 0, comment="異議なし")
    town.decide(revision, "second", 1, absence="出張のため")
    paper = SimpleUploadedFile("議事録.pdf", b"minutes")
    town.decide(revision, "head", 2, meeting_on=timezone.localdate(), paper=paper)
    return revision


def test_who_drafted_circulated_and_decided_stands_in_boxes(town: Town) -> None:
    sheet = sheet_of(decided(town))
    groups = dict(sheet.groups)
    assert list(groups) == ["起案", "回議", "決裁", "報告"]
    assert [box.who for box in groups["起案"]] == ["drafter職 見本 drafter"]
    check, deputy = groups["回議"]
    assert (check.who, check.verdict, check.notes) == (
        "checker職 見本 checker",
        "確認",
        ("意見：異議なし",),
    )
    assert deputy.verdict == "承認（代行）"
    assert deputy.notes == ("approver職 見本 approverの代行（出張のため）",)
    (meeting,) = groups["決裁"]
    assert meeting.notes[0].startswith("本部会（令和")
    assert meeting.notes[1].startswith("資料：＊＊＊.pdf　SHA-256 ")
    assert groups["報告"] == (SealBox("議会への報告", "議会事務局"),)


def test_the_facts_and_hashes_are_those_of_what_was_submitted(town: Town) -> None:
    revision = town.submitted()
    sheet = sheet_of(revision)
    facts = dict(sheet.facts)
    assert facts["文書番号"] == "情政第123号"
    assert facts["対象"] == "計画の全体"
    assert facts["改定の理由"] == "計画を定めるため"
    submission = revision.submissions.get()
    assert dict(sheet.hashes) == {
        "提出のハッシュ値": submission.digest,
        "内容のハッシュ値": submission.content_sha256,
    }
    boxes = dict(sheet.groups)
    assert boxes["決裁"] == (SealBox("部長の承認", "部長"),)
    assert sheet.exception == ""


def test_the_small_office_is_printed_on_it(town: Town) -> None:
    save_small_office(membership=town.admin, is_on=True, reason="1人", expected_version=1)
    town.drafter.roles = ["editor", "checker", "approver"]
    town.drafter.save()
    revision = town.submitted()
    town.decide(revision, "drafter", 0)
    sheet = sheet_of(revision)
    assert "少人数の特例により" in sheet.exception
    assert dict(sheet.groups)["回議"][0].notes == (
        "少人数の特例により、起案・提出をした本人または変更を書いた本人が決定",
    )


def test_it_prints_with_the_comparison_behind_it(town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr(issuing, "issue_edition", issue_edition)
    town.set_route(APPROVE)
    with quick_prints():
        town.decide(town.submitted(), "approver", 0)
        chapter = Chapter.objects.get(title="目的")
        Chapter.objects.filter(pk=chapter.pk).update(body="<p>新しい目的を定める。</p>")
        coverage = Coverage.of([f"chapter-{chapter.uid}"])
        revision = decided(town, kind="minor", coverage=coverage)
    assert dict(sheet_of(revision).hashes)["PDFのハッシュ値"] == newest().pdf_sha256
    order = PrintOrder(town.municipality, {"revision": str(revision.uid)})
    content = make_print(order)
    with pikepdf.open(BytesIO(content)) as pdf:
        shapes = [page.mediabox[2] > page.mediabox[3] for page in pdf.pages]
    assert shapes[0] is False and shapes[-1] is True


def newest() -> Edition:
    return Edition.objects.order_by("-sequence").first()
