"""What a revision leaves out, repeats or cannot be asked for yet is told to those it concerns."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bcp_portal.accounts.models import Department
from bcp_portal.accounts.rows import RowStatus
from plans.annexes.models.organisation import ResponseRole
from plans.document.coverage import Coverage
from plans.models import Chapter, Plan
from plans.revisions.decisions import Wish
from plans.revisions.draft_parts import draft_parts
from plans.revisions.forms import RemarkForm
from plans.revisions.page import RevisionPage
from plans.revisions.sheet import approval_sheet
from tests.plans.revisions.conftest import APPROVE, Town, town
from tests.plans.revisions.test_sheet import MEETING

__all__ = ["town"]


def page(town: Town, by: str, revision: Any, name: str = "") -> str:
    answer = town.client(by).get(f"/{town.municipality.code}/revisions/{revision.uid}/{name}")
    return answer.content.decode()


def a_draft_role(town: Town) -> None:
    ResponseRole.objects.create(
        municipality=town.municipality,
        structure="disaster",
        role_name="見習い係",
        duties="記録",
        row_status="draft",
    )


def test_rows_that_stay_out_are_named_to_the_approver_and_on_the_sheet(town: Town) -> None:
    town.set_route(APPROVE)
    Plan.objects.update(annex_numbers=[8])
    a_draft_role(town)
    draft = town.draft()
    assert "見習い係" in page(town, "drafter", draft, "submit/")
    town.submit(draft)
    ResponseRole.objects.update(row_status="active", role_name="後の名前")
    shown = page(town, "approver", draft)
    assert "「作成中」のため、版に載らない行" in shown and "見習い係" in shown
    draft.refresh_from_db()
    facts = dict(approval_sheet(RevisionPage(draft)).facts)
    assert "見習い係」（1行）" in facts["「作成中」のため載らない行"]


def test_rows_of_parts_that_are_not_covered_are_not_listed(town: Town) -> None:
    a_draft_role(town)
    first = Chapter.objects.get(title="目的")
    only_first = Coverage.of([f"chapter-{first.uid}"], tables=["c-5"])
    assert draft_parts(town.municipality, only_first) == []
    assert [each.count for each in draft_parts(town.municipality, Coverage.of([], [8]))] == [1]


def test_who_may_not_submit_yet_is_offered_to_look_again(town: Town) -> None:
    ready = town.draft()
    assert "提出する</button>" in page(town, "drafter", ready, "submit/")
    town.change(effective_on=None)
    shown = page(town, "drafter", ready, "submit/")
    assert "まだ提出できません" in shown and "もう一度確かめる" in shown
    assert "提出する</button>" not in shown


def test_a_returned_content_that_comes_again_unchanged_is_told_to_both(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    said = "差し戻された第1回の提出から変わっていません"
    assert said not in page(town, "approver", revision)
    town.decide(revision, "approver", 0, wish=Wish.RETURN, comment="直す")
    assert said in page(town, "drafter", revision, "submit/")
    town.submit(revision)
    assert said in page(town, "approver", revision)
    town.decide(revision, "approver", 0, wish=Wish.RETURN, comment="直す")
    Chapter.objects.filter(title="目的").update(body="<p>直した。</p>")
    assert "の提出から変わっていません" not in page(town, "drafter", revision, "submit/")
    town.submit(revision)
    assert "の提出から変わっていません" not in page(town, "approver", revision)


def test_day_and_paper_of_a_meeting_are_asked_for_at_once(town: Town) -> None:
    town.set_route(MEETING)
    revision = town.submitted()
    digest = revision.submissions.get().digest
    address = f"/{town.municipality.code}/revisions/{revision.uid}/decide/"
    data = {"step": "0", "seat": "0", "digest": digest}
    said = town.client("head").post(address, data).content.decode()
    assert "本部会で決めた日を書いてください。" in said and "資料を添付してください。" in said
    assert "入力内容に2件の誤りがあります" in said
    assert (
        'href="#id_meeting_on">会議の日</a>' in said and 'href="#id_paper">会議の資料</a>' in said
    )
    late = timezone.localdate() + timedelta(days=1)
    paper = SimpleUploadedFile("議事録.pdf", b"minutes")
    again = {**data, "meeting_on": f"{late:%Y-%m-%d}", "paper": paper}
    said = town.client("head").post(address, again).content.decode()
    assert "提出した日から今日までの間の日" in said and "資料を添付してください。" not in said
    assert "選んだファイル「議事録.pdf」は残っていません" in said


@pytest.mark.parametrize(("quote", "is_there"), [("目的を 定める", True), ("14日以内", False)])
def test_a_quote_has_to_stand_at_the_chosen_place(town: Town, quote: str, is_there: bool) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    anchor = f"passage:chapter-{Chapter.objects.get(title='目的').uid}"
    digest = revision.submissions.get().digest
    data = {
        "step": "0",
        "seat": "0",
        "digest": digest,
        "remarks-TOTAL_FORMS": "1",
        "remarks-INITIAL_FORMS": "0",
        "remarks-0-where": anchor,
        "remarks-0-quote": quote,
        "remarks-0-text": "直す",
    }
    address = f"/{town.municipality.code}/revisions/{revision.uid}/return/"
    answer = town.client("approver").post(address, data)
    assert (answer.status_code == 302) is is_there
    if not is_there:
        assert "「14日以内」は、本文 1 目的にありません" in answer.content.decode()


def test_a_quote_of_a_row_is_kept() -> None:
    data = {"where": "row:8/u", "quote": "班長", "text": "直す"}
    form = RemarkForm(data, places=[("row:8/u", "様式8 1行目")], said=lambda place: "班長")
    assert form.is_valid()
    order = form.order()
    assert order is not None and order.quote == "班長"


def test_who_decides_again_sees_why_the_submission_before_was_sent_back(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    town.decide(revision, "approver", 0, wish=Wish.RETURN, comment="期限を直してください")
    town.submit(revision)
    shown = page(town, "approver", revision)
    assert "前の提出は差し戻されています" in shown and "期限を直してください" in shown
    revision.refresh_from_db()
    facts = dict(approval_sheet(RevisionPage(revision)).facts)
    assert "期限を直してください" in facts["前の提出の差戻し"]


def test_a_draft_in_a_register_is_said_to_be_named_without_a_mark(town: Town) -> None:
    Department.objects.create(
        municipality=town.municipality, name="仮の課", row_status=RowStatus.DRAFT
    )
    address = f"/{town.municipality.code}/annex/departments/"
    shown = town.client("drafter").get(address).content.decode()
    assert "名前が（作成中）と付いて印刷され、版には印なしで載ります" in shown
    assert "【作成中】と付いて出ますが" not in shown
    row = Department.objects.get(name="仮の課")
    address = reverse("annex:row", args=[town.municipality.code, "departments", row.uid])
    shown = town.client("drafter").get(address).content.decode()
    assert "有効にする（（作成中）の印を外す）" in shown and "版に載せる" not in shown
    shown = town.client("drafter").get(f"/{town.municipality.code}/annex/").content.decode()
    assert "台帳に「作成中」の行があります" in shown
    assert "「作成中」の行は、版に載りません" not in shown
