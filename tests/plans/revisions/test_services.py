"""Drafting, submitting, deciding, returning, withdrawing and issuing, as they are written down."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bcp_portal.accounts.models import Person
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.models import Entry
from bcp_portal.ui.errors import DomainError
from plans.document.coverage import Coverage
from plans.models import (
    Chapter,
    Contributor,
    Decision,
    IssueJob,
    Revision,
    Submission,
    SubmittedContent,
)
from plans.revisions import decisions, issuing
from plans.revisions.decisions import RemarkOrder, StaleContent, Wish
from plans.revisions.draft_services import update_revision
from plans.revisions.involvement import NAMESAKE, OWN_DRAFT
from plans.revisions.issuing import retry_issue
from plans.revisions.route import Quorum, RouteStep, Seat, StepAction
from plans.revisions.route_services import save_small_office
from plans.revisions.rules import NO_PERSON
from plans.revisions.situations import returned_revisions, waiting_for
from plans.revisions.withdrawal import withdraw_revision
from plans.working_copy.builder import build_document
from tests.jobs.by_hand import carry_out
from tests.plans.revisions.conftest import APPROVE, CHECK, Town

TODAY = timezone.localdate


def state(revision: Revision) -> str:
    revision.refresh_from_db()
    return revision.state


def refused(message: str) -> "pytest.RaisesExc[DomainError]":
    return pytest.raises(DomainError, match=message)


def test_the_whole_way_issues_what_was_approved(town: Town) -> None:
    revision = town.draft()
    assert (state(revision), revision.number) == ("draft", 1)
    submission = town.submit(revision)
    assert state(revision) == "checking"
    town.decide(revision, "checker", 0)
    assert state(revision) == "awaiting" and town.issued == []
    town.decide(revision, "approver", 1, comment="よくできています。")
    assert state(revision) == "issued" and revision.edition_uid
    (order,) = town.issued
    assert order.content["sha256"] == submission.content_sha256
    stored = SubmittedContent.objects.get(submission=submission)
    assert (order.content["document"], order.content["rows"]) == (stored.document, stored.rows)
    assert order.revision_uid == revision.uid and order.coverage == revision.coverage
    assert [each["name"] for each in order.deciders] == ["見本 checker", "見本 approver"]
    assert [each["decision"] for each in order.deciders] == ["確認", "承認"]
    assert order.drafter["name"] == "見本 drafter"
    actions = list(Entry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions[-5:] == [
        "改定の起案",
        "改定の提出",
        "改定の確認",
        "改定の承認",
        "改定の終了",
    ]


def test_what_is_typed_after_the_submit_is_not_what_is_approved(town: Town) -> None:
    revision = town.submitted()
    Chapter.objects.filter(title="目的").update(body="<p>後から書いた文。</p>")
    town.decide(revision, "checker", 0)
    town.decide(revision, "approver", 1)
    text = str(town.issued[0].content["document"])
    assert "目的を定める。" in text and "後から書いた文" not in text


@pytest.mark.parametrize("step", [0, 1])
@pytest.mark.parametrize("wish", Wish)
def test_the_drafter_is_refused_whatever_role_they_get(town: Town, step: int, wish: Wish) -> None:
    revision = town.submitted()
    if step:
        town.decide(revision, "checker", 0)
    town.drafter.roles = ["editor", "checker", "approver", "head"]
    town.drafter.save()
    with refused(OWN_DRAFT):
        town.decide(revision, "drafter", step, wish=wish, comment="直す")
    assert Decision.objects.filter(user_key=town.drafter.user_id).count() == 0


def test_a_second_account_of_the_drafter_is_refused(town: Town) -> None:
    revision = town.submitted()
    person = town.drafter.person
    town.drafter.person = None
    town.drafter.save()
    town.checker.person = person
    town.checker.save()
    with refused(OWN_DRAFT):
        town.decide(revision, "checker", 0)


def test_a_second_entry_of_the_drafter_in_the_list_of_persons_is_refused(town: Town) -> None:
    revision = town.submitted()
    drafter = town.drafter.person
    second = Person.objects.create(
        municipality=town.municipality, name=drafter.name.replace(" ", "　"), post="課長"
    )
    town.checker.person = second
    town.checker.save()
    with refused(NAMESAKE):
        town.decide(revision, "checker", 0)
    shown = town.client("admin").get(f"/{town.municipality.code}/revisions/routes/")
    assert "同じ人が2回登録されているかもしれません" in shown.content.decode()
    Person.objects.filter(pk=second.pk).update(kana="べつのひと")
    Person.objects.filter(pk=drafter.pk).update(kana="みほん")
    town.decide(revision, "checker", 0)
    shown = town.client("admin").get(f"/{town.municipality.code}/revisions/routes/")
    assert "同じ人が2回登録されているかもしれません" not in shown.content.decode()


def test_who_submitted_is_refused_like_the_drafter(town: Town) -> None:
    revision = town.draft()
    town.submit(revision, by="writer")
    town.writer.roles = ["checker"]
    town.writer.save()
    with refused(OWN_DRAFT):
        town.decide(revision, "writer", 0)
    assert set(Contributor.objects.values_list("name", flat=True)) == {
        "見本 drafter",
        "見本 writer",
    }


def test_an_account_without_person_neither_drafts_nor_decides(town: Town) -> None:
    revision = town.submitted()
    for name in ("checker", "writer"):
        town.members[name].person = None
        town.members[name].save()
    with refused(NO_PERSON):
        town.decide(revision, "checker", 0)
    withdraw_revision(revision=revision, membership=town.drafter, keep_draft=False)
    with refused(NO_PERSON):
        town.draft(by="writer")


def test_the_small_office_decides_its_own_draft_and_it_is_written_down(town: Town) -> None:
    town.drafter.roles = ["editor", "checker", "approver"]
    town.drafter.save()
    for name in ("checker", "approver", "second"):
        town.members[name].is_active = False
        town.members[name].save()
    revision = town.draft()
    with refused("できる人がいません（課長）"):
        town.submit(revision)
    save_small_office(
        membership=town.admin, is_on=True, reason="職員が1人のため", expected_version=1
    )
    submission = town.submit(revision)
    assert submission.small_office
    town.decide(revision, "drafter", 0)
    outcome = town.decide(revision, "drafter", 1)
    assert outcome.decision.small_office and state(revision) == "issued"
    assert town.issued[0].drafter["small_office"] is True
    entry = Entry.objects.get(action="決裁の設定の変更")
    assert {change["after"] for change in entry.changes} == {"使う", "職員が1人のため"}


def test_switching_the_exception_off_ends_it_at_once(town: Town) -> None:
    town.drafter.roles = ["editor", "checker", "approver"]
    town.drafter.save()
    setting = save_small_office(
        membership=town.admin, is_on=True, reason="1人のため", expected_version=1
    )
    revision = town.submitted()
    save_small_office(
        membership=town.admin, is_on=False, reason="", expected_version=setting.version
    )
    with refused(OWN_DRAFT):
        town.decide(revision, "drafter", 0)


def test_switching_it_on_later_does_not_open_what_was_submitted_before(town: Town) -> None:
    revision = town.submitted()
    save_small_office(membership=town.admin, is_on=True, reason="1人", expected_version=1)
    town.drafter.roles = ["editor", "checker"]
    town.drafter.save()
    with refused(OWN_DRAFT):
        town.decide(revision, "drafter", 0)


def test_a_second_press_gets_the_same_decision(town: Town) -> None:
    revision = town.submitted()
    first = town.decide(revision, "checker", 0)
    again = town.decide(revision, "checker", 0)
    assert (first.already, again.already) == (False, True)
    assert first.decision == again.decision and Decision.objects.count() == 1
    with refused("「確認」としてすでに記録されています"):
        town.decide(revision, "checker", 0, wish=Wish.RETURN, comment="直す")


def test_a_press_repeated_after_the_issue_is_answered_alike(town: Town) -> None:
    revision = town.submitted()
    town.decide(revision, "checker", 0)
    town.decide(revision, "approver", 1)
    assert town.decide(revision, "approver", 1).already
    assert len(town.issued) == 1


def test_the_second_of_two_approvers_hears_who_was_first(town: Town) -> None:
    revision = town.submitted()
    town.decide(revision, "checker", 0)
    town.decide(revision, "approver", 1)
    with refused("「部長の承認」は、approver職 見本 approverがすでに決めています"):
        town.decide(revision, "second", 1)


def test_all_of_a_role_must_decide(town: Town) -> None:
    town.set_route(RouteStep("両部長の承認", StepAction.APPROVE, APPROVE.seats, Quorum.ALL))
    revision = town.submitted()
    seats = revision.submissions.get().route.steps[0].seats
    numbers = {seat.holder.name: number for number, seat in enumerate(seats)}
    assert numbers.keys() == {"見本 approver", "見本 second"}
    town.decide(revision, "approver", 0, seat=numbers["見本 approver"])
    assert state(revision) == "awaiting"
    town.decide(revision, "second", 0, seat=numbers["見本 second"])
    assert state(revision) == "issued"


def test_another_digest_than_the_submitted_is_refused(town: Town) -> None:
    revision = town.submitted()
    with pytest.raises(StaleContent, match="別の内容で提出されました"):
        town.decide(revision, "checker", 0, digest="0" * 64)
    assert Decision.objects.count() == 0


def test_the_same_text_for_another_day_is_another_digest(town: Town) -> None:
    revision = town.submitted()
    old = revision.submissions.get()
    withdraw_revision(revision=revision, membership=town.drafter, keep_draft=True)
    town.change(effective_on=TODAY() + timedelta(days=90))
    new = town.submit(revision)
    assert new.content_sha256 == old.content_sha256 and new.digest != old.digest
    with pytest.raises(StaleContent):
        town.decide(revision, "checker", 0, digest=old.digest)


def test_what_cannot_be_printed_is_refused_before_anybody_decides(town: Town) -> None:
    revision = town.draft(reason="避難所😀を加える")
    with refused("改定履歴.*「😀」（U.1F600）は、印刷できる字形がありません"):
        town.submit(revision)
    town.change(reason="避難所を加える")
    Chapter.objects.filter(title="目的").update(body="<p>目的😀を定める。</p>")
    with refused("「1 目的」の本文にある文字「😀」（U.1F600）は、印刷できる字形がありません"):
        town.submit(revision)
    assert state(revision) == "draft"
    Chapter.objects.filter(title="目的").update(body="<p>目的を定める。</p>")
    assert town.submit(revision).number == 1


def test_a_return_carries_remarks_and_opens_the_draft_again(town: Town) -> None:
    revision = town.submitted()
    with refused("何を直せばよいか"):
        town.decide(revision, "checker", 0, wish=Wish.RETURN)
    remark = RemarkOrder("passage", "誰が定めるのかを書いてください。", anchor="a", quote="定める")
    outcome = town.decide(revision, "checker", 0, wish=Wish.RETURN, remarks=(remark,))
    assert state(revision) == "returned"
    (kept,) = outcome.decision.remarks.all()
    assert (kept.quote, kept.text) == ("定める", "誰が定めるのかを書いてください。")
    with refused("この提出は審査が終わっています"):
        town.decide(revision, "approver", 1)
    assert town.submit(revision).number == 2 and state(revision) == "checking"


def test_what_is_submitted_again_word_for_word_is_decided_anew(town: Town) -> None:
    revision = town.submitted()
    first = town.decide(revision, "checker", 0, wish=Wish.RETURN, comment="直す").decision
    second = town.submit(revision)
    assert second.digest == first.digest
    assert not town.decide(revision, "checker", 0).already
    assert town.decide(revision, "checker", 0).already
    withdraw_revision(revision=revision, membership=town.drafter, keep_draft=True)
    assert town.submit(revision).digest == first.digest
    assert not town.decide(revision, "checker", 0).already
    assert state(revision) == "awaiting"


def test_who_drafted_withdraws_and_nobody_else(town: Town) -> None:
    revision = town.submitted()
    with refused("起案または提出をした人（見本 drafter）だけです"):
        withdraw_revision(revision=revision, membership=town.writer, keep_draft=False)
    withdraw_revision(revision=revision, membership=town.drafter, keep_draft=False)
    assert state(revision) == "withdrawn"
    assert withdraw_revision(revision=revision, membership=town.drafter, keep_draft=False)
    with refused("審査が終わっています"):
        town.decide(revision, "checker", 0)
    assert Submission.objects.get().state == "withdrawn"


def test_another_may_withdraw_when_the_drafter_is_gone(town: Town) -> None:
    revision = town.submitted()
    town.drafter.is_active = False
    town.drafter.save()
    withdraw_revision(revision=revision, membership=town.writer, keep_draft=False)
    assert state(revision) == "withdrawn"


def test_after_approval_nothing_is_withdrawn(town: Town) -> None:
    revision = town.submitted()
    town.decide(revision, "checker", 0)
    town.decide(revision, "approver", 1)
    with refused("「発行済み」のため、取り下げられません"):
        withdraw_revision(revision=revision, membership=town.drafter, keep_draft=False)


def named(town: Town, *deputies: str) -> RouteStep:
    seat = Seat(
        holder=town.holder("approver"),
        deputies=tuple(town.holder(name) for name in deputies),
        chosen_on=TODAY().isoformat(),
    )
    return RouteStep("部長の承認", StepAction.APPROVE, (seat,))


def test_a_deputy_decides_with_a_reason_and_the_absent_one_reads_afterwards(town: Town) -> None:
    town.set_route(named(town, "second"))
    revision = town.submitted()
    with refused("本人が決められない理由"):
        town.decide(revision, "second", 0)
    outcome = town.decide(revision, "second", 0, absence="出張のため")
    assert outcome.decision.on_behalf_of == "approver職 見本 approver"
    assert town.issued[0].deciders[0]["absence"] == "出張のため"
    assert state(revision) == "issued"
    after = town.decide(revision, "approver", 0)
    assert after.decision.verdict == "reviewed_after"
    assert town.decide(revision, "approver", 0).already


def test_who_moved_away_needs_no_reason(town: Town) -> None:
    town.set_route(named(town, "second"))
    revision = town.submitted()
    town.approver.person.left_on = TODAY() - timedelta(days=1)
    town.approver.person.save()
    with refused("退職しました"):
        town.decide(revision, "approver", 0)
    assert town.decide(revision, "second", 0).decision.absence == ""


def test_a_meeting_needs_its_day_and_its_paper(town: Town) -> None:
    step = RouteStep(
        "本部会の決定", StepAction.APPROVE, (Seat(role="head"),), meeting_body="本部会"
    )
    town.set_route(step)
    revision = town.submitted()
    paper = SimpleUploadedFile("議事録.pdf", b"minutes")
    with refused("本部会で決めた日"):
        town.decide(revision, "head", 0, paper=paper)
    with refused("議事録などの資料を添付"):
        town.decide(revision, "head", 0, meeting_on=TODAY())
    for day in (TODAY() - timedelta(days=1), TODAY() + timedelta(days=1)):
        with refused("提出した日から今日までの間"):
            town.decide(revision, "head", 0, meeting_on=day, paper=paper)
    decision = town.decide(revision, "head", 0, meeting_on=TODAY(), paper=paper).decision
    assert (decision.meeting_body, decision.paper_name) == ("本部会", "議事録.pdf")
    assert decision.paper.open().read() == b"minutes"
    assert town.issued[0].deciders[0]["meeting_on"] == TODAY().isoformat()


def test_a_report_keeps_nobody_waiting(town: Town) -> None:
    report = RouteStep("市長への報告", StepAction.REPORT, (Seat(role="head"),))
    town.set_route(APPROVE, report)
    revision = town.submitted()
    town.decide(revision, "approver", 0)
    assert state(revision) == "issued"
    assert [each.step_name for each in waiting_for(town.head)] == ["市長への報告"]
    assert town.decide(revision, "head", 1).decision.verdict == "noted"
    assert waiting_for(town.head) == []


def test_overlapping_revisions_are_refused_naming_the_other(town: Town) -> None:
    first, second = Chapter.objects.order_by("position")
    anchors = [f"chapter-{first.uid}", f"chapter-{second.uid}"]
    document = build_document(town.municipality, include_personal=False)
    assert [section.anchor for section in document.chapters] == anchors
    town.draft(kind="minor", coverage=Coverage.of(anchors[:1]))
    with refused("「1 目的」は、見本 drafterが起案した改定第1号（軽微な改定）（下書き）の対象です"):
        town.draft(by="writer", kind="minor", coverage=Coverage.of(anchors))
    with refused("改定第1号"):
        town.draft(by="writer")
    other = town.draft(by="writer", kind="minor", coverage=Coverage.of(anchors[1:], [9]))
    assert other.number == 2
    with refused("対象を選んで"):
        town.draft(coverage=Coverage())


def test_a_draft_saved_twice_is_a_conflict(town: Town) -> None:
    revision = town.draft()
    document = build_document(town.municipality, include_personal=False)
    for reason, version in (("理由1", 1), ("理由2", 1)):
        call = {
            "revision": revision,
            "membership": town.writer,
            "order": town.order(reason=reason),
            "document": document,
            "expected_version": version,
        }
        if reason == "理由1":
            assert update_revision(**call).version == 2
        else:
            with pytest.raises(Conflict):
                update_revision(**call)
    town.submit(revision)
    revision.refresh_from_db()
    with refused("「確認中」のため、変更できません"):
        update_revision(**{**call, "expected_version": revision.version})


def test_what_is_missing_stops_a_submit(town: Town) -> None:
    revision = town.draft(effective_on=None)
    with refused("施行日"):
        town.submit(revision)
    town.change(effective_on=TODAY(), kind="minor")
    with refused("最初の版は「策定」"):
        town.submit(revision)
    town.change(kind="enactment")
    town.set_route(CHECK)
    with refused("承認の段階がありません"):
        town.submit(revision)
    assert Submission.objects.count() == 0 and state(revision) == "draft"


def test_a_phrase_nobody_set_stops_a_submit(town: Town) -> None:
    revision = town.draft()
    body = '<p>被害は<span data-placeholder="intensity"></span>を想定する。</p>'
    Chapter.objects.filter(title="目的").update(body=body)
    with refused("まだ決まっていない語句があります：「1 目的」の〔"):
        town.submit(revision)


def test_a_later_change_of_the_settings_does_not_touch_what_is_under_way(town: Town) -> None:
    revision = town.submitted()
    town.set_route(APPROVE)
    assert [step.name for step in revision.submissions.get().route.steps] == [
        "課長の確認",
        "部長の承認",
    ]
    due = [step.due_on for step in revision.submissions.get().route.steps]
    assert due == [(TODAY() + timedelta(days=days)).isoformat() for days in (7, 14)]


def test_a_failed_issue_is_tried_again_without_deciding_again(town: Town, monkeypatch) -> None:
    fine = issuing.issue_edition

    def fail(**_: object) -> None:
        raise DomainError("第1章を印刷できません。")

    monkeypatch.setattr(issuing, "issue_edition", fail)
    revision = town.submitted()
    town.decide(revision, "checker", 0)
    town.decide(revision, "approver", 1)
    assert state(revision) == "issue_failed"
    assert revision.issue_message == "第1章を印刷できません。"
    monkeypatch.setattr(issuing, "issue_edition", fine)
    with refused("起案または承認した人だけ"):
        retry_issue(revision=revision, membership=town.writer)
    retry_issue(revision=revision, membership=town.approver)
    assert state(revision) == "issued" and len(town.issued) == 1
    assert Decision.objects.count() == 2


def test_an_unexpected_failure_is_told_and_an_old_attempt_does_nothing(
    town: Town, monkeypatch
) -> None:
    def break_down(**_: object) -> None:
        raise ValueError("no paper")

    monkeypatch.setattr(issuing, "issue_edition", break_down)
    revision = town.submitted()
    town.decide(revision, "checker", 0)
    town.decide(revision, "approver", 1)
    assert state(revision) == "issue_failed" and "もう一度" in revision.issue_message
    Revision.objects.update(state="issuing", issue_attempt=7)
    IssueJob.objects.update(state="queued")
    carry_out(IssueJob.objects.get())
    assert state(revision) == "issuing" and town.issued == []


def test_an_edition_that_is_awaited_and_nobody_makes_is_made(town: Town) -> None:
    revision = town.submitted()
    town.decide(revision, "checker", 0)
    with patch.object(issuing, "hand_to_worker"), patch.object(decisions, "hand_to_worker"):
        town.decide(revision, "approver", 1)
    assert state(revision) == "issuing" and not IssueJob.objects.exists()
    issuing.adopt_revisions()
    issuing.adopt_revisions()
    assert state(revision) == "issued" and IssueJob.objects.count() == 1


@pytest.mark.parametrize("model", [Decision])
def test_a_decision_is_never_changed(town: Town, model: type) -> None:
    revision = town.submitted()
    decision = town.decide(revision, "checker", 0).decision
    for change in (
        lambda: decision.save(),
        lambda: decision.delete(),
        lambda: Decision.objects.update(comment="別の意見"),
        lambda: Decision.objects.all().delete(),
    ):
        with pytest.raises(TypeError, match="never changed"):
            change()


def test_the_list_of_what_waits(town: Town, django_assert_num_queries) -> None:
    revision = town.submitted()
    (waiting,) = waiting_for(town.checker)
    assert (waiting.submission.revision, waiting.step_name) == (revision, "課長の確認")
    assert waiting_for(town.approver) == waiting_for(town.drafter) == []
    town.decide(revision, "checker", 0)
    assert len(waiting_for(town.approver)) == len(waiting_for(town.second)) == 1


@pytest.mark.parametrize("field", ["head", "route_data", "digest"])
def test_what_is_altered_in_the_database_is_neither_decided_nor_issued(
    town: Town, field: str
) -> None:
    revision = town.submitted()
    town.decide(revision, "checker", 0)
    submission = revision.submissions.get()
    altered = {
        "head": {**submission.head, "effective_on": "2001-01-01"},
        "route_data": [submission.route_data[0], {**submission.route_data[1], "name": "別"}],
        "digest": "0" * 64,
    }
    Submission.objects.filter(pk=submission.pk).update(**{field: altered[field]})
    with refused("書き換えられています"):
        town.decide(revision, "approver", 1)
    assert town.issued == [] and Decision.objects.count() == 1


def test_a_submission_is_never_changed(town: Town) -> None:
    submission = town.submitted().submissions.get()
    submission.digest = "0" * 64
    for change in (submission.save, submission.delete):
        with pytest.raises(TypeError, match="never changed"):
            change()


def test_a_returned_revision_is_on_the_list_of_those_who_draft(town: Town) -> None:
    revision = town.submitted()
    town.decide(revision, "checker", 0, wish=Wish.RETURN, comment="直す")
    assert returned_revisions(town.drafter) == returned_revisions(town.writer) == [revision]
    assert returned_revisions(town.approver) == []
